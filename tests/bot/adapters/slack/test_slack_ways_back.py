"""Tests the ways an answer goes back when the first one is closed: none of them loses it."""

from bot.calls import Ask, Change, Form, Reader, Say
from bot.chat import Account, File, Message, Paragraph, Person, Place, button, said
from bot.i18n import joined, t
from tests.bot.adapters.slack.conftest import Stage
from tests.fakes.slack.seen import seen


def spend(stage: Stage) -> None:
    """Have every response_url that there is be spent."""
    for hook in stage.state.hooks.values():
        hook.used = 5


async def pressed_late(stage: Stage, label: str) -> None:
    """Have Amina press a button whose response_url is good for nothing."""
    found = stage.amina.thing(label)
    action = {key: found.element[key] for key in ("action_id", "type", "text", "value")}
    body = stage.amina.action_body(found, action)
    spend(stage)
    await stage.slack.deliver("interactive", body)
    await stage.settled()


async def shown(http: Stage, *, private: bool = False) -> None:
    """Show a message whose button changes it."""
    message = said(t("Before"), button(t("On"), "toy.add"))
    http.core.replies["toy.see"] = Say(message, private=private)
    http.core.replies["toy.add"] = Change(said(t("After")))
    await http.slash("toy see")


async def test_a_public_message_is_changed_when_the_response_url_is_spent(http: Stage) -> None:
    await shown(http)
    await pressed_late(http, "On")
    assert [posted.text for posted in http.bruno.seen] == ["After"]


async def test_a_private_message_that_cannot_be_changed_is_followed_by_another(
    http: Stage,
) -> None:
    await shown(http, private=True)
    await pressed_late(http, "On")
    assert [posted.text for posted in http.amina.seen] == ["After", "Before"]


async def test_a_change_without_a_message_is_said_privately(http: Stage) -> None:
    http.core.replies["toy.see"] = Change(said(t("After")))
    await http.slash("toy see")
    assert http.amina.last.only == "UAMINA"


async def test_a_public_answer_goes_to_the_channel_when_the_response_url_is_spent(
    http: Stage,
) -> None:
    await shown(http)
    http.core.replies["toy.add"] = Say(said(t("Aloud")), private=False)
    await pressed_late(http, "On")
    assert http.bruno.last.text == "Aloud"


async def test_a_public_answer_to_a_direct_message_stays_there(http: Stage) -> None:
    http.core.replies["desk"] = Say(said(t("Aloud")), private=False)
    direct = http.state.direct("UAMINA")
    await http.amina.say("hello", direct, "message")
    await http.settled()
    assert (http.amina.last.channel, http.amina.last.text) == (direct, "Aloud")


async def test_public_files_stand_in_the_channel(http: Stage) -> None:
    message = Message(blocks=(Paragraph(t("Here")),), files=(File("a.md", b"x"),))
    http.core.replies["toy.see"] = Say(message, private=False)
    await http.slash("toy see")
    assert http.bruno.last.files == ["a.md"]


async def test_an_answer_that_no_way_takes_is_only_noted(http: Stage) -> None:
    http.core.replies["help"] = Say(said(t("Lost")))
    http.state.revoked = "token_revoked"
    await http.amina.say("<@U0BOT>", http.general)
    await http.settled()
    assert len(http.core.calls) == 1


async def test_a_slow_public_answer_closes_the_modal_that_waited(http: Stage) -> None:
    http.app.asking.patience, http.core.delay = 0.02, 0.1
    http.core.replies["toy.see"] = Say(said(t("Aloud")), private=False)
    await http.slash("toy see")
    assert http.bruno.last.text == "Aloud"
    assert http.amina.modal["title"]["text"] == "Done"


async def test_slow_suggestions_are_none(http: Stage) -> None:
    http.core.replies["toy.add"] = Ask(Form(t("Add"), "toy.add", ()))
    await http.slash("toy add")
    http.app.asking.patience = 0.0
    assert await http.amina.suggest("session", "x") == []


async def test_a_message_with_a_long_change_goes_on_behind_it(http: Stage) -> None:
    await shown(http, private=True)
    long = Message(blocks=tuple(Paragraph(t("{x}", x="y" * 2900)) for _ in range(6)))
    http.core.replies["toy.add"] = Change(long)
    await http.press("On")
    assert sum(seen(posted.blocks).count("y") for posted in http.amina.seen) == 6 * 2900


async def test_a_long_list_of_people_is_all_said(http: Stage) -> None:
    people = [Person(f"P{n}", (Account("slack", "T0HOME", f"U0{n:09d}"),)) for n in range(300)]
    listed = Paragraph(joined([t("{who}", who=one) for one in people], ", "))
    message = Message(blocks=(listed,), notify=tuple(people))
    http.core.replies["toy.see"] = Say(message)
    await http.slash("toy see")
    assert sum(seen(posted.blocks).count("@U0") for posted in http.amina.seen) == 600
    await http.app.post(Place("slack", "T0HOME", http.general), message, Reader(), "k1")
    assert sum(seen(posted.blocks).count("@U0") for posted in http.bruno.seen) == 600
