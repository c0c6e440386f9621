"""Tests the ways an answer goes back when the first one is closed: none of them loses it."""

import pytest

from bot.chat import Account, File, Message, Paragraph, Person, Place, button, said
from bot.i18n import joined, t
from bot.protocol import Ask, Call, Change, Field, Form, Reader, Reply, Say
from tests.bot.adapters.slack.conftest import SlackStage
from tests.fakes.slack.seen import seen
from tests.fakes.slack.state import Mishap


def spend(stage: SlackStage) -> None:
    """Have every response_url that there is be spent."""
    for hook in stage.state.hooks.values():
        hook.used = 5


async def pressed_late(stage: SlackStage, label: str) -> None:
    """Have Amina press a button whose response_url is good for nothing."""
    found = stage.amina.thing(label)
    action = {key: found.element[key] for key in ("action_id", "type", "text", "value")}
    body = stage.amina.action_body(found, action)
    spend(stage)
    await stage.slack.deliver("interactive", body)
    await stage.settled()


async def shown(http: SlackStage, *, private: bool = False) -> None:
    """Show a message whose button changes it."""
    message = said(t("Before"), button(t("On"), "toy.add"))
    http.core.replies["toy.see"] = Say(message, private=private)
    http.core.replies["toy.add"] = Change(said(t("After")))
    await http.slash("toy see")


async def test_a_public_message_is_changed_when_the_response_url_is_spent(http: SlackStage) -> None:
    await shown(http)
    await pressed_late(http, "On")
    assert [posted.text for posted in http.bruno.seen] == ["After"]


async def test_a_private_message_that_cannot_be_changed_is_followed_by_another(
    http: SlackStage,
) -> None:
    await shown(http, private=True)
    await pressed_late(http, "On")
    assert [posted.text for posted in http.amina.seen] == ["After", "Before"]


async def test_a_change_without_a_message_is_said_privately(http: SlackStage) -> None:
    http.core.replies["toy.see"] = Change(said(t("After")))
    await http.slash("toy see")
    assert http.amina.last.only == "UAMINA"


async def test_a_public_answer_goes_to_the_channel_when_the_response_url_is_spent(
    http: SlackStage,
) -> None:
    await shown(http)
    http.core.replies["toy.add"] = Say(said(t("Aloud")), private=False)
    await pressed_late(http, "On")
    assert http.bruno.last.text == "Aloud"


async def test_a_public_answer_to_a_direct_message_stays_there(http: SlackStage) -> None:
    http.core.replies["my.week"] = Say(said(t("Aloud")), private=False)
    direct = http.state.direct("UAMINA")
    await http.amina.say("hello", direct, "message")
    await http.settled()
    assert (http.amina.last.channel, http.amina.last.text) == (direct, "Aloud")


async def test_public_files_stand_in_the_channel(http: SlackStage) -> None:
    message = Message(blocks=(Paragraph(t("Here")),), files=(File("a.md", b"x"),))
    http.core.replies["toy.see"] = Say(message, private=False)
    await http.slash("toy see")
    assert http.bruno.last.files == ["a.md"]


async def test_an_answer_whose_url_cannot_be_reached_is_whispered_in_the_channel(
    http: SlackStage,
) -> None:
    body = http.amina.slash_body("toy see", http.general) | {"response_url": "http://127.0.0.1:9/"}
    await http.slack.deliver("slash", body)
    await http.settled()
    assert (http.amina.last.only, http.amina.last.text) == ("UAMINA", "Here you are.")


async def test_a_change_of_a_message_that_was_deleted_is_said_privately(http: SlackStage) -> None:
    await shown(http)
    http.state.mishaps["chat.update"].append(Mishap("message_not_found"))
    await pressed_late(http, "On")
    assert (http.amina.last.only, http.amina.last.text) == ("UAMINA", "After")


LONG = Message(blocks=tuple(Paragraph(t("{x}", x="y" * 2900)) for _ in range(30)))


async def test_what_cannot_be_said_aloud_in_the_end_is_said_to_who_asked(http: SlackStage) -> None:
    http.state.channels[http.general].bot = False
    http.core.replies["toy.see"] = Say(LONG, private=False)
    await http.slash("toy see")
    aloud = sum(seen(posted.blocks).count("y") for posted in http.bruno.seen)
    assert 0 < aloud < 30 * 2900
    rest = [posted for posted in http.amina.seen if posted not in http.bruno.seen]
    assert "only you can see it. I'm not in that channel." in seen(rest[-1].blocks)
    alone = sum(seen(posted.blocks).count("y" * 2900) for posted in rest)
    assert aloud + alone * 2900 == 30 * 2900


async def test_public_files_come_directly_where_the_bot_is_not_in_the_channel(
    http: SlackStage,
) -> None:
    http.state.channels[http.general].bot = False
    message = Message(blocks=(Paragraph(t("Here")),), files=(File("a.md", b"x"),))
    http.core.replies["toy.see"] = Say(message, private=False)
    await http.slash("toy see")
    assert http.bruno.last.text == "Here"
    assert (http.amina.last.channel, http.amina.last.files) == (
        http.state.direct("UAMINA"),
        ["a.md"],
    )


@pytest.mark.parametrize("private", [True, False])
async def test_files_that_are_lost_are_told_of(http: SlackStage, private: bool) -> None:
    message = Message(blocks=(Paragraph(t("Here")),), files=(File("a.md", b"x"),))
    http.core.replies["toy.see"] = Say(message, private=private)
    http.state.mishaps["files.getUploadURLExternal"] += [Mishap("access_denied")] * 2
    await http.slash("toy see")
    assert http.amina.last.only == "UAMINA"
    assert seen(http.amina.last.blocks).startswith("I couldn't send a.md. Slack doesn't let")


async def test_an_answer_too_long_for_a_modal_comes_directly(http: SlackStage) -> None:
    many = Message(blocks=tuple(Paragraph(t("Line {n}", n=n)) for n in range(150)))
    http.core.replies["help"] = Say(many)
    await http.amina.shortcut("help")
    await http.settled()
    words = " ".join(seen(posted.blocks) for posted in http.amina.seen)
    assert all(f"Line {number}" in words for number in range(150))


async def test_a_long_answer_to_a_form_comes_directly(http: SlackStage) -> None:
    many = Message(blocks=tuple(Paragraph(t("Line {n}", n=n)) for n in range(150)))
    http.core.replies["help"] = Ask(
        Form(t("Add"), "toy.add", (Field("title", t("Title"), "text"),))
    )
    http.core.replies["toy.add"] = Say(many)
    await http.amina.shortcut("help")
    await http.settled()
    await http.submit(title="Ball")
    words = " ".join(seen(posted.blocks) for posted in http.amina.seen)
    assert all(f"Line {number}" in words for number in range(150))


async def test_what_was_typed_outlives_a_modal_that_was_closed_meanwhile(http: SlackStage) -> None:
    def again(call: Call) -> Reply:
        wrong = t("No.") if call.filled else None
        field = Field("title", t("Title"), "long", call.args.get("title", ""), error=wrong)
        return Ask(Form(t("Add"), "toy.add", (field,)))

    http.core.replies["toy.add"] = again
    await http.slash("toy add")
    http.app.asking.patience, http.core.delay = 0.02, 0.1
    await http.amina.submit(title="many words " * 40)
    http.slack.close_view("UAMINA")
    await http.settled()
    await http.press("Open the form")
    assert http.amina.modal["blocks"][-1]["element"]["initial_value"] == "many words " * 40


async def test_a_form_that_was_sent_off_is_not_opened_again(http: SlackStage) -> None:
    http.core.replies["help"] = Ask(
        Form(t("Add"), "toy.add", (Field("title", t("Title"), "text"),))
    )
    await http.amina.say("<@U0BOT>", http.general)
    await http.settled()
    button = http.amina.thing("Open the form")
    await http.press("Open the form")
    await http.submit(title="Ball")
    await http.amina.press_on(button)
    await http.settled()
    assert "sent or discarded" in http.amina.last.text


async def test_an_answer_that_no_way_takes_is_only_noted(http: SlackStage) -> None:
    http.core.replies["help"] = Say(said(t("Lost")))
    http.state.revoked = "token_revoked"
    await http.amina.say("<@U0BOT>", http.general)
    await http.settled()
    assert len(http.core.calls) == 1


async def test_a_slow_public_answer_closes_the_modal_that_waited(http: SlackStage) -> None:
    http.app.asking.patience, http.core.delay = 0.02, 0.1
    http.core.replies["toy.see"] = Say(said(t("Aloud")), private=False)
    await http.slash("toy see")
    assert http.bruno.last.text == "Aloud"
    assert http.amina.modal["title"]["text"] == "Done"


async def test_slow_suggestions_are_none(http: SlackStage) -> None:
    http.core.replies["toy.add"] = Ask(Form(t("Add"), "toy.add", ()))
    await http.slash("toy add")
    http.app.asking.patience = 0.0
    assert await http.amina.suggest("session", "x") == []


async def test_a_message_with_a_long_change_goes_on_behind_it(http: SlackStage) -> None:
    await shown(http, private=True)
    long = Message(blocks=tuple(Paragraph(t("{x}", x="y" * 2900)) for _ in range(6)))
    http.core.replies["toy.add"] = Change(long)
    await http.press("On")
    assert sum(seen(posted.blocks).count("y") for posted in http.amina.seen) == 6 * 2900


async def test_a_long_list_of_people_is_all_said(http: SlackStage) -> None:
    people = [Person(f"P{n}", (Account("slack", "T0HOME", f"U0{n:09d}"),)) for n in range(300)]
    listed = Paragraph(joined([t("{who}", who=one) for one in people], ", "))
    message = Message(blocks=(listed,), notify=tuple(people))
    http.core.replies["toy.see"] = Say(message)
    await http.slash("toy see")
    assert sum(seen(posted.blocks).count("@U0") for posted in http.amina.seen) == 600
    await http.app.post(Place("slack", "T0HOME", http.general), message, Reader(), "k1")
    assert sum(seen(posted.blocks).count("@U0") for posted in http.bruno.seen) == 600


async def test_an_answer_with_half_a_character_comes_back(http: SlackStage) -> None:
    message = said(t("Half {half}, and more", half="\ud83d"), button(t("On"), "toy.add"))
    http.core.replies["toy.see"] = Say(message)
    await http.slash("toy see")
    assert [posted.text for posted in http.amina.seen] == ["Half ?, and more"]
