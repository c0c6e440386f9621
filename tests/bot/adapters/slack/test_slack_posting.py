"""Tests what the bot posts by itself: once, where it belongs, found again, and each error named."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.adapters.slack.notes import InMemory
from bot.adapters.slack.refusals import CLOSED, KNOWN, LOST, OPEN, WAIT, WRONG, mapped
from bot.calls import Reader
from bot.chat import Account, File, Message, MessageRef, Paragraph, Person, Picture, Place, said
from bot.errors import Busy, PersonClosed, PostError, Refused, TargetLost, Uncertain
from bot.i18n import t
from tests.bot.adapters.slack.conftest import Stage
from tests.fakes.slack import checks
from tests.fakes.slack.seen import rung, seen
from tests.fakes.slack.state import Mishap

EN = Reader("en", "UTC")
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
BRUNO = Account("slack", "T0HOME", "UBRUNO")
HELLO = said(t("Hello"))


def place(stage: Stage, thread: str = "") -> Place:
    return Place("slack", "T0HOME", stage.general, thread=thread)


def mishap(stage: Stage, method: str = "chat.postMessage", **how: Any) -> None:
    """Have something go wrong once."""
    stage.state.mishaps[method].append(Mishap(**how))


async def test_a_post_stands_in_its_channel_and_is_found_by_its_key(http: Stage) -> None:
    ref = await http.app.post(place(http), HELLO, EN, "k1")
    assert http.bruno.last.text == "Hello"
    assert await http.app.find(place(http), "k1", LONG_AGO) == ref
    assert await http.app.find(place(http), "k2", LONG_AGO) is None


async def test_a_post_is_not_looked_for_before_it_was_due(http: Stage) -> None:
    await http.app.post(place(http), HELLO, EN, "k1")
    later = datetime.now(UTC) + timedelta(minutes=5)
    assert await http.app.find(place(http), "k1", later) is None


async def test_a_post_is_found_behind_many_others(http: Stage) -> None:
    ref = await http.app.post(place(http), HELLO, EN, "k1")
    for number in range(450):
        http.state.messages.insert(
            0, replace(http.bruno.last, ts=f"{2e9 + number:.6f}", metadata=None)
        )
    assert await http.app.find(place(http), "k1", LONG_AGO) == ref


async def test_a_post_in_a_thread_is_found_there(http: Stage) -> None:
    root = await http.app.post(place(http), HELLO, EN, "k1")
    below = await http.app.post(place(http, root.id), HELLO, EN, "k2")
    assert await http.app.find(place(http, root.id), "k2", LONG_AGO) == below


async def test_a_post_opens_no_thread_so_that_what_follows_is_seen(http: Stage) -> None:
    ref = await http.app.post(place(http), Message(t("Topic"), thread=True), EN, "k1")
    assert ref.place.thread == ""
    assert await http.app.find(place(http), "k1", LONG_AGO) == ref


async def test_a_direct_message_is_found_where_slack_put_it(http: Stage) -> None:
    ref = await http.app.post(BRUNO, HELLO, EN, "k1")
    assert ref.place.channel == "DBRUNO"
    assert await http.app.find(BRUNO, "k1", LONG_AGO) == ref


async def test_an_edit_takes_the_place_of_the_message(http: Stage) -> None:
    ref = await http.app.post(place(http), HELLO, EN, "k1")
    await http.app.edit(ref, said(t("Changed")), EN)
    assert [posted.text for posted in http.bruno.seen] == ["Changed"]


async def test_an_edited_post_is_still_found(http: Stage) -> None:
    ref = await http.app.post(place(http), HELLO, EN, "k1")
    await http.app.edit(ref, said(t("Changed")), EN)
    assert await http.app.find(place(http), "k1", LONG_AGO) == ref


def long(word: str, times: int) -> Message:
    """Make a message of so many paragraphs of 1,400 characters."""
    return Message(blocks=tuple(Paragraph(t("{w}", w=word * 700)) for _ in range(times)))


def all_words(stage: Stage) -> str:
    """Give all that stands in the channel, the oldest first, without ends of lines."""
    whole = "".join(seen(posted.blocks) for posted in reversed(stage.bruno.seen))
    return whole.replace("\n", "")


@pytest.mark.parametrize(("first", "then"), [(1, 20), (20, 30), (30, 20), (30, 1), (20, 20)])
async def test_a_long_post_is_edited_as_a_whole(http: Stage, first: int, then: int) -> None:
    ref = await http.app.post(place(http), long("ab", first), EN, "k1")
    for word, times in (("cd", then), ("ef", first), ("gh", then)):
        await http.app.edit(ref, long(word, times), EN)
        assert all_words(http) == word * 700 * times


async def test_a_post_that_shrinks_leaves_nothing_behind(http: Stage) -> None:
    ref = await http.app.post(place(http), long("ab", 30), EN, "k1")
    assert len(http.bruno.seen) > 2
    await http.app.edit(ref, HELLO, EN)
    assert [posted.text for posted in http.bruno.seen] == ["Hello"]


async def test_an_ordinary_edit_goes_through_no_channel(http: Stage) -> None:
    ref = await http.app.post(place(http), long("ab", 30), EN, "k1")
    await http.app.edit(ref, HELLO, EN)
    await http.app.edit(ref, HELLO, EN)
    assert http.asked("conversations.history") == []


async def test_a_long_post_of_an_older_version_is_edited_as_a_whole(http: Stage) -> None:
    ref = await http.app.post(place(http), long("ab", 30), EN, "k1")
    http.app.posting.notes = InMemory()
    await http.app.edit(ref, long("cd", 30), EN)
    assert all_words(http) == "cd" * 700 * 30


async def test_what_somebody_else_deleted_is_no_trouble(http: Stage) -> None:
    ref = await http.app.post(place(http), long("ab", 30), EN, "k1")
    del http.state.messages[-1]
    await http.app.edit(ref, HELLO, EN)
    assert [posted.text for posted in http.bruno.seen] == ["Hello"]


async def test_what_may_not_be_deleted_is_emptied(http: Stage) -> None:
    ref = await http.app.post(place(http), long("ab", 16), EN, "k1")
    mishap(http, "chat.delete", error="compliance_exports_prevent_deletion")
    await http.app.edit(ref, HELLO, EN)
    assert (http.bruno.last.text, http.bruno.last.blocks) == ("…", [])


@pytest.mark.parametrize("method", ["chat.delete", "chat.postMessage", "chat.update"])
async def test_an_edit_that_was_cut_off_is_finished_by_the_next(http: Stage, method: str) -> None:
    ref = await http.app.post(
        place(http), long("ab", 12 if method == "chat.postMessage" else 40), EN, "k1"
    )
    mishap(http, method, error="ratelimited", status=429)
    wanted = long("cd", 40 if method == "chat.postMessage" else 1)
    with pytest.raises(Busy):
        await http.app.edit(ref, wanted, EN)
    await http.app.edit(ref, wanted, EN)
    assert all_words(http) == "cd" * 700 * len(wanted.blocks)


async def test_files_and_pictures_stand_below_their_message(http: Stage) -> None:
    picture = Picture(File("map.png", b"\x89PNG", "image/png"), t("A map"))
    message = Message(t("Files"), (picture,), files=(File("a.ics", b"BEGIN"),))
    ref = await http.app.post(place(http), message, EN, "k1")
    assert http.bruno.last.files == ["a.ics", "map.png"]
    assert http.bruno.last.thread == ref.id


async def test_only_those_who_are_to_be_notified_are_rung(http: Stage) -> None:
    amina = Person("Amina", (Account("slack", "T0HOME", "UAMINA"),))
    bruno = Person("Bruno <b>", (Account("slack", "T0HOME", "UBRUNO"),))
    words = t("{a} and {b}", a=amina, b=bruno)
    await http.app.post(place(http), Message(blocks=(Paragraph(words),), notify=(amina,)), EN, "k")
    assert seen(http.bruno.last.blocks) == "@UAMINA and Bruno <b>\n@UAMINA "
    assert rung(http.bruno.last.blocks) == {"UAMINA"}


async def test_slack_is_told_to_look_for_nothing_in_the_words(http: Stage) -> None:
    await http.app.post(place(http), HELLO, EN, "k1")
    (asked,) = http.asked("chat.postMessage")
    assert (asked["link_names"], asked["parse"]) == (False, "none")
    assert (asked["unfurl_links"], asked["unfurl_media"]) == (False, False)


@pytest.mark.parametrize(
    ("how", "error"),
    [
        ({"status": 429, "headers": {"Retry-After": "7"}, "error": "ratelimited"}, Busy),
        ({"status": 503}, Busy),
        ({"status": 500, "error": "internal_error"}, Uncertain),
        ({"accepts": True, "drops": True}, Uncertain),
        ({"drops": True}, Uncertain),
        ({"error": "fatal_error"}, Uncertain),
        ({"error": "rate_limited"}, Busy),
        ({"error": "not_in_channel"}, TargetLost),
        ({"error": "invalid_blocks"}, Refused),
        ({"error": "something_new"}, Refused),
    ],
)
async def test_what_goes_wrong_is_named(
    http: Stage, how: dict[str, Any], error: type[PostError]
) -> None:
    mishap(http, **({"error": "service_unavailable"} | how))
    with pytest.raises(error):
        await http.app.post(place(http), HELLO, EN, "k1")
    assert len(http.asked("chat.postMessage")) <= 1


@pytest.mark.parametrize("target", ["channel", "thread", "person"])
@pytest.mark.parametrize(
    ("how", "error"),
    [
        ({"error": "missing_scope"}, TargetLost),
        ({"error": "not_in_channel"}, TargetLost),
        ({"error": "channel_not_found"}, TargetLost),
        ({"error": "no_permission"}, TargetLost),
        ({"error": "not_allowed_token_type"}, TargetLost),
        ({"error": "method_not_supported_for_channel_type"}, Refused),
        ({"error": "something_new"}, Refused),
        ({"error": "ratelimited", "status": 429, "headers": {"Retry-After": "7"}}, Busy),
        ({"error": "service_unavailable", "status": 503}, Busy),
        ({"error": "internal_error", "status": 500}, Uncertain),
        ({"drops": True}, Uncertain),
    ],
)
async def test_what_goes_wrong_in_looking_is_named(
    http: Stage, target: str, how: dict[str, Any], error: type[PostError]
) -> None:
    root = await http.app.post(place(http), HELLO, EN, "k1")
    where = BRUNO if target == "person" else place(http, root.id if target == "thread" else "")
    method = "conversations.replies" if target == "thread" else "conversations.history"
    for _ in range(1 + how.get("drops", False)):  # aiohttp asks once more where that is harmless
        mishap(http, method, **how)
    with pytest.raises(error):
        await http.app.find(where, "k2", LONG_AGO)


@pytest.mark.parametrize(
    ("how", "error"),
    [
        ({"error": "missing_scope"}, TargetLost),
        ({"error": "user_disabled"}, PersonClosed),
        ({"error": "ratelimited", "status": 429}, Busy),
        ({"drops": True}, Uncertain),
    ],
)
async def test_what_goes_wrong_in_looking_for_a_person_is_named(
    http: Stage, how: dict[str, Any], error: type[PostError]
) -> None:
    mishap(http, "conversations.open", **how)
    with pytest.raises(error):
        await http.app.find(BRUNO, "k1", LONG_AGO)


@pytest.mark.parametrize(
    ("scope", "private"), [("channels:history", False), ("groups:history", True)]
)
async def test_looking_needs_the_scope_of_the_channel(
    http: Stage, scope: str, private: bool
) -> None:
    http.state.channels[http.general].private = private
    http.state.scopes.discard(scope)
    with pytest.raises(TargetLost, match="missing_scope"):
        await http.app.find(place(http), "k1", LONG_AGO)


async def test_looking_for_a_direct_message_needs_its_scope(http: Stage) -> None:
    http.state.scopes.discard("im:history")
    with pytest.raises(TargetLost, match="missing_scope"):
        await http.app.find(BRUNO, "k1", LONG_AGO)


async def test_looking_where_the_bot_was_put_out_is_not_taken_for_nothing(http: Stage) -> None:
    await http.app.post(place(http), HELLO, EN, "k1")
    http.state.channels[http.general].bot = False
    with pytest.raises(TargetLost, match="not_in_channel"):
        await http.app.find(place(http), "k1", LONG_AGO)


async def test_a_message_in_an_archived_channel_is_found_all_the_same(http: Stage) -> None:
    ref = await http.app.post(place(http), HELLO, EN, "k1")
    http.state.channels[http.general].archived = True
    assert await http.app.find(place(http), "k1", LONG_AGO) == ref


async def test_a_slack_whose_clock_is_behind_hides_no_message(http: Stage) -> None:
    ref = await http.app.post(place(http), HELLO, EN, "k1")
    ahead = datetime.now(UTC) + timedelta(seconds=30)
    assert await http.app.find(place(http), "k1", ahead) == ref


async def test_being_asked_to_wait_says_how_long_and_for_what(http: Stage) -> None:
    mishap(http, status=429, headers={"Retry-After": "7"}, error="ratelimited")
    with pytest.raises(Busy) as busy:
        await http.app.post(place(http), HELLO, EN, "k1")
    assert busy.value.retry_after == 7
    assert busy.value.bucket == f"T0HOME:{http.general}:chat.postMessage"


async def test_a_wait_that_cannot_be_read_is_half_a_minute(http: Stage) -> None:
    mishap(http, status=429, headers={"Retry-After": "soon"}, error="ratelimited")
    with pytest.raises(Busy) as busy:
        await http.app.post(place(http), HELLO, EN, "k1")
    assert busy.value.retry_after == 30


async def test_a_dropped_connection_after_acceptance_posts_once_and_is_found(http: Stage) -> None:
    mishap(http, accepts=True, drops=True)
    with pytest.raises(Uncertain):
        await http.app.post(place(http), HELLO, EN, "k1")
    found = await http.app.find(place(http), "k1", LONG_AGO)
    assert found is not None
    assert len(http.bruno.seen) == 1


async def test_slack_that_cannot_be_reached_was_not_posted_to(http: Stage) -> None:
    await http.slack.runner.cleanup()
    with pytest.raises(Uncertain):  # over the connection that was open still
        await http.app.post(place(http), HELLO, EN, "k1")
    with pytest.raises(Busy):
        await http.app.post(place(http), HELLO, EN, "k1")


@pytest.mark.parametrize(
    "change", [{"bot": False}, {"archived": True}, {"private": True, "bot": False}]
)
async def test_a_channel_that_is_lost_comes_with_what_to_do(
    http: Stage, change: dict[str, bool]
) -> None:
    for name, value in change.items():
        setattr(http.state.channels[http.general], name, value)
    with pytest.raises(TargetLost) as lost:
        await http.app.post(place(http), HELLO, EN, "k1")
    assert lost.value.text.template


async def test_a_revoked_token_is_a_lost_workspace(http: Stage) -> None:
    http.state.revoked = "token_revoked"
    with pytest.raises(TargetLost, match="token_revoked"):
        await http.app.post(place(http), HELLO, EN, "k1")


async def test_somebody_who_was_deactivated_is_closed(http: Stage) -> None:
    http.state.users["UBRUNO"]["deleted"] = True
    with pytest.raises(PersonClosed):
        await http.app.post(BRUNO, HELLO, EN, "k1")


async def test_an_edit_of_what_is_gone_is_refused(http: Stage) -> None:
    with pytest.raises(Refused, match="message_not_found"):
        await http.app.edit(MessageRef(place(http), "1.000001"), HELLO, EN)


async def test_looking_without_the_scope_is_a_word_to_the_coordinator(http: Stage) -> None:
    http.state.scopes.discard("channels:history")
    with pytest.raises(TargetLost, match="missing_scope"):
        await http.app.find(place(http), "k1", LONG_AGO)


@pytest.mark.skipif(not checks.present(), reason=checks.REASON)
@pytest.mark.parametrize(
    "method",
    [
        "chat.delete",
        "chat.postMessage",
        "chat.update",
        "conversations.history",
        "conversations.open",
        "users.info",
    ],
)
def test_every_published_error_is_mapped(method: str) -> None:
    names = checks.error_names(method)
    assert len(names) > 10
    assert set(names) <= KNOWN


@pytest.mark.parametrize("name", sorted(KNOWN))
def test_every_mapped_error_has_one_meaning(name: str) -> None:
    groups = [group for group in (LOST, WAIT, OPEN, WRONG) if name in group]
    assert len(groups) <= 1
    assert not isinstance(mapped(name), PersonClosed)
    assert (name in CLOSED) == isinstance(mapped(name, person=True), PersonClosed)
