"""Tests the App Home: a desk of one's own, kept current while somebody looks at it."""

import asyncio

from bot.chat import Message, Paragraph, button, said
from bot.i18n import plain, t
from bot.protocol import Call, Say
from tests.bot.adapters.slack.conftest import SlackStage
from tests.fakes.slack.seen import seen


def desk(stage: SlackStage) -> str:
    """Give the words of Amina's Home."""
    return seen(stage.amina.home["blocks"])


def counting(stage: SlackStage) -> None:
    """Have the desk say how often something was added."""

    def answer(call: Call) -> Say:
        added = sum(one.command == "toy.add" for one in stage.core.calls)
        return Say(
            said(t("{name}: {added}", name=call.name, added=added), button(t("Add"), "toy.add"))
        )

    stage.core.replies["my.week"] = answer


async def test_the_home_is_the_desk_of_whoever_opens_it(stage: SlackStage) -> None:
    counting(stage)
    await stage.amina.open_home()
    await stage.settled()
    assert desk(stage) == "Amina Otieno: 0"
    assert stage.core.last.place.channel == ""


async def test_a_press_in_the_home_shows_at_once_what_it_changed(stage: SlackStage) -> None:
    counting(stage)
    await stage.amina.open_home()
    await stage.settled()
    await stage.press("Add")
    assert desk(stage) == "Amina Otieno: 1"
    assert seen(stage.amina.modal["blocks"]) == "Here you are."


async def test_what_others_do_shows_in_an_open_home(stage: SlackStage) -> None:
    counting(stage)
    await stage.amina.open_home()
    await stage.settled()
    await stage.bruno.slash("toy add", stage.general)
    await stage.settled()
    assert desk(stage) == "Amina Otieno: 1"


async def test_what_changed_elsewhere_shows_in_an_open_home_after_a_while(http: SlackStage) -> None:
    """Another process, another platform or the clock may have changed it."""
    assert http.app.homes is not None
    http.app.homes.anyway = 0.01
    http.core.replies["my.week"] = Say(said(t("Before")))
    await http.amina.open_home()
    await http.settled()
    http.core.replies["my.week"] = Say(said(t("After")))
    async with asyncio.timeout(10):
        while desk(http) != "After":  # noqa: ASYNC110  # it looks by itself
            await asyncio.sleep(0.01)
    asked = len(http.core.calls)
    http.app.homes.stop()
    await asyncio.sleep(0.05)
    assert len(http.core.calls) <= asked + 1
    assert len(http.asked("views.publish")) == 2


async def test_a_home_that_has_not_changed_is_not_sent_again(stage: SlackStage) -> None:
    await stage.amina.open_home()
    await stage.settled()
    await stage.slash("toy see")
    assert len(stage.asked("views.publish")) == 1


async def test_nobodys_home_is_sent_who_did_not_open_it(stage: SlackStage) -> None:
    await stage.slash("toy see")
    assert stage.asked("views.publish") == []


async def test_the_messages_tab_is_no_home(stage: SlackStage) -> None:
    await stage.amina.open_home(tab="messages")
    await stage.settled()
    assert stage.core.calls == []


async def test_a_very_long_desk_is_cut_to_what_a_home_holds(stage: SlackStage) -> None:
    long = Message(blocks=tuple(Paragraph(plain(str(number))) for number in range(150)))
    stage.core.replies["my.week"] = Say(long)
    await stage.amina.open_home()
    await stage.settled()
    assert len(stage.amina.home["blocks"]) == 100
    assert desk(stage).endswith("Write to me, and I'll send you all of it.")


async def test_a_home_that_slack_refuses_is_no_end(stage: SlackStage) -> None:
    stage.state.revoked = "account_inactive"
    await stage.amina.open_home()
    await stage.settled()
    stage.state.revoked = ""
    await stage.slash("toy see")
    assert stage.amina.last.text == "Here you are."
