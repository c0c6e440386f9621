"""Tests that a post is changed as a whole, however long it is and was."""

import pytest

from bot.adapters.slack.notes import InMemory
from bot.chat import Message, MessageRef, Paragraph, said
from bot.errors import Busy, MessageGone, Refused
from bot.i18n import t
from tests.bot.adapters.slack.conftest import SlackStage
from tests.bot.adapters.slack.test_slack_posting import EN, HELLO, LONG_AGO, mishap, place
from tests.fakes.slack.seen import seen


async def test_an_edit_takes_the_place_of_the_message(http: SlackStage) -> None:
    ref = await http.app.post(place(http), HELLO, EN, "k1")
    await http.app.edit(ref, said(t("Changed")), EN)
    assert [posted.text for posted in http.bruno.seen] == ["Changed"]


async def test_an_edited_post_is_still_found(http: SlackStage) -> None:
    ref = await http.app.post(place(http), HELLO, EN, "k1")
    await http.app.edit(ref, said(t("Changed")), EN)
    assert await http.app.find(place(http), "k1", LONG_AGO) == ref


def long(word: str, times: int) -> Message:
    """Make a message of so many paragraphs of 1,400 characters."""
    return Message(blocks=tuple(Paragraph(t("{w}", w=word * 700)) for _ in range(times)))


def all_words(stage: SlackStage) -> str:
    """Give all that stands in the channel, the oldest first, without ends of lines."""
    whole = "".join(seen(posted.blocks) for posted in reversed(stage.bruno.seen))
    return whole.replace("\n", "")


@pytest.mark.parametrize(("first", "then"), [(1, 20), (20, 30), (30, 20), (30, 1), (20, 20)])
async def test_a_long_post_is_edited_as_a_whole(http: SlackStage, first: int, then: int) -> None:
    ref = await http.app.post(place(http), long("ab", first), EN, "k1")
    for word, times in (("cd", then), ("ef", first), ("gh", then)):
        await http.app.edit(ref, long(word, times), EN)
        assert all_words(http) == word * 700 * times


async def test_a_post_that_shrinks_leaves_nothing_behind(http: SlackStage) -> None:
    ref = await http.app.post(place(http), long("ab", 30), EN, "k1")
    assert len(http.bruno.seen) > 2
    await http.app.edit(ref, HELLO, EN)
    assert [posted.text for posted in http.bruno.seen] == ["Hello"]


async def test_an_ordinary_edit_goes_through_no_channel(http: SlackStage) -> None:
    ref = await http.app.post(place(http), long("ab", 30), EN, "k1")
    await http.app.edit(ref, HELLO, EN)
    await http.app.edit(ref, HELLO, EN)
    assert http.asked("conversations.history") == []


async def test_a_long_post_of_an_older_version_is_edited_as_a_whole(http: SlackStage) -> None:
    ref = await http.app.post(place(http), long("ab", 30), EN, "k1")
    http.app.posting.notes = InMemory()
    await http.app.edit(ref, long("cd", 30), EN)
    assert all_words(http) == "cd" * 700 * 30


async def test_what_somebody_else_deleted_is_no_trouble(http: SlackStage) -> None:
    ref = await http.app.post(place(http), long("ab", 30), EN, "k1")
    del http.state.messages[-1]
    await http.app.edit(ref, HELLO, EN)
    assert [posted.text for posted in http.bruno.seen] == ["Hello"]


async def test_what_may_not_be_deleted_is_emptied(http: SlackStage) -> None:
    ref = await http.app.post(place(http), long("ab", 16), EN, "k1")
    mishap(http, "chat.delete", error="compliance_exports_prevent_deletion")
    await http.app.edit(ref, HELLO, EN)
    assert (http.bruno.last.text, http.bruno.last.blocks) == ("…", [])


@pytest.mark.parametrize("method", ["chat.delete", "chat.postMessage", "chat.update"])
async def test_an_edit_that_was_cut_off_is_finished_by_the_next(
    http: SlackStage, method: str
) -> None:
    ref = await http.app.post(
        place(http), long("ab", 12 if method == "chat.postMessage" else 40), EN, "k1"
    )
    mishap(http, method, error="ratelimited", status=429)
    wanted = long("cd", 40 if method == "chat.postMessage" else 1)
    with pytest.raises(Busy):
        await http.app.edit(ref, wanted, EN)
    await http.app.edit(ref, wanted, EN)
    assert all_words(http) == "cd" * 700 * len(wanted.blocks)


async def test_an_edit_of_what_is_gone_is_refused(http: SlackStage) -> None:
    with pytest.raises(MessageGone, match="message_not_found"):
        await http.app.edit(MessageRef(place(http), "1.000001"), HELLO, EN)


@pytest.mark.parametrize("place_behind", [0, -1])
async def test_a_part_that_somebody_deleted_stands_again(
    http: SlackStage, place_behind: int
) -> None:
    ref = await http.app.post(place(http), long("ab", 30), EN, "k1")
    behind = [posted for posted in http.state.messages if posted.ts != ref.id]
    http.state.messages.remove(behind[place_behind])
    for word in ("cd", "ef"):
        await http.app.edit(ref, long(word, 30), EN)
        assert all_words(http) == word * 700 * 30


async def test_a_part_that_may_not_be_changed_is_no_deleted_one(http: SlackStage) -> None:
    ref = await http.app.post(place(http), long("ab", 30), EN, "k1")
    mishap(http, "chat.update", delay=0.0001)
    mishap(http, "chat.update", error="edit_window_closed")
    with pytest.raises(Refused, match="edit_window_closed"):
        await http.app.edit(ref, long("cd", 30), EN)
