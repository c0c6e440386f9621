"""Tests what the bot posts by itself: once, where it belongs, found again, and each error named."""

from datetime import UTC, datetime
from typing import Any

import pytest

from bot.adapters.slack.refusals import CLOSED, KNOWN, LOST, OPEN, WAIT, WRONG, mapped
from bot.chat import Account, File, Message, Paragraph, Person, Picture, Place, said
from bot.errors import Busy, PersonClosed, PostError, Refused, TargetLost, Uncertain
from bot.i18n import t
from bot.protocol import IN_TIME, Reader
from tests.bot.adapters.slack.conftest import SlackStage
from tests.fakes.slack import checks
from tests.fakes.slack.seen import rung, seen
from tests.fakes.slack.state import Mishap
from tests.tables import in_turn

EN = Reader("en", "UTC")
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
BRUNO = Account("slack", "T0HOME", "UBRUNO")
HELLO = said(t("Hello"))


def place(stage: SlackStage, thread: str = "") -> Place:
    return Place("slack", "T0HOME", stage.general, thread=thread)


def mishap(stage: SlackStage, method: str = "chat.postMessage", **how: Any) -> None:
    """Have something go wrong once."""
    stage.state.mishaps[method].append(Mishap(**how))


async def test_a_post_stands_in_its_channel_and_is_found_by_its_key(http: SlackStage) -> None:
    ref = await http.app.post(place(http), HELLO, EN, "k1")
    assert http.bruno.last.text == "Hello"
    assert await http.app.find(place(http), "k1", LONG_AGO) == ref
    assert await http.app.find(place(http), "k2", LONG_AGO) is None


async def test_a_post_opens_no_thread_so_that_what_follows_is_seen(http: SlackStage) -> None:
    ref = await http.app.post(place(http), Message(t("Topic"), thread=True), EN, "k1")
    assert ref.place.thread == ""
    assert await http.app.find(place(http), "k1", LONG_AGO) == ref


async def test_files_and_pictures_stand_below_their_message(http: SlackStage) -> None:
    picture = Picture(File("map.png", b"\x89PNG", "image/png"), t("A map"))
    message = Message(t("Files"), (picture,), files=(File("a.ics", b"BEGIN"),))
    ref = await http.app.post(place(http), message, EN, "k1")
    assert http.bruno.last.files == ["a.ics", "map.png"]
    assert http.bruno.last.thread == ref.id


async def test_only_those_who_are_to_be_notified_are_rung(http: SlackStage) -> None:
    amina = Person("Amina", (Account("slack", "T0HOME", "UAMINA"),))
    bruno = Person("Bruno <b>", (Account("slack", "T0HOME", "UBRUNO"),))
    words = t("{a} and {b}", a=amina, b=bruno)
    await http.app.post(place(http), Message(blocks=(Paragraph(words),), notify=(amina,)), EN, "k")
    assert seen(http.bruno.last.blocks) == "@UAMINA and Bruno <b>\n@UAMINA "
    assert rung(http.bruno.last.blocks) == {"UAMINA"}


async def test_slack_is_told_to_look_for_nothing_in_the_words(http: SlackStage) -> None:
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
    http: SlackStage, how: dict[str, Any], error: type[PostError]
) -> None:
    mishap(http, **({"error": "service_unavailable"} | how))
    with pytest.raises(error):
        await http.app.post(place(http), HELLO, EN, "k1")
    assert len(http.asked("chat.postMessage")) <= 1


async def test_being_asked_to_wait_says_how_long_and_for_what(http: SlackStage) -> None:
    mishap(http, status=429, headers={"Retry-After": "7"}, error="ratelimited")
    with pytest.raises(Busy) as busy:
        await http.app.post(place(http), HELLO, EN, "k1")
    assert busy.value.retry_after == 7
    assert busy.value.bucket == f"T0HOME:{http.general}:chat.postMessage"


async def test_a_wait_that_cannot_be_read_is_half_a_minute(http: SlackStage) -> None:
    mishap(http, status=429, headers={"Retry-After": "soon"}, error="ratelimited")
    with pytest.raises(Busy) as busy:
        await http.app.post(place(http), HELLO, EN, "k1")
    assert busy.value.retry_after == 30


async def test_a_dropped_connection_after_acceptance_posts_once_and_is_found(
    http: SlackStage,
) -> None:
    mishap(http, accepts=True, drops=True)
    with pytest.raises(Uncertain):
        await http.app.post(place(http), HELLO, EN, "k1")
    found = await http.app.find(place(http), "k1", LONG_AGO)
    assert found is not None
    assert len(http.bruno.seen) == 1


async def test_slack_that_cannot_be_reached_was_not_posted_to(http: SlackStage) -> None:
    await http.slack.runner.cleanup()
    with pytest.raises(Uncertain):  # over the connection that was open still
        await http.app.post(place(http), HELLO, EN, "k1")
    with pytest.raises(Busy):
        await http.app.post(place(http), HELLO, EN, "k1")


@pytest.mark.parametrize(
    "change", [{"bot": False}, {"archived": True}, {"private": True, "bot": False}]
)
async def test_a_channel_that_is_lost_comes_with_what_to_do(
    http: SlackStage, change: dict[str, bool]
) -> None:
    for name, value in change.items():
        setattr(http.state.channels[http.general], name, value)
    with pytest.raises(TargetLost) as lost:
        await http.app.post(place(http), HELLO, EN, "k1")
    assert lost.value.text.template


async def test_a_revoked_token_is_a_lost_workspace(http: SlackStage) -> None:
    http.state.revoked = "token_revoked"
    with pytest.raises(TargetLost, match="token_revoked"):
        await http.app.post(place(http), HELLO, EN, "k1")


async def test_somebody_who_was_deactivated_is_closed(http: SlackStage) -> None:
    http.state.users["UBRUNO"]["deleted"] = True
    with pytest.raises(PersonClosed):
        await http.app.post(BRUNO, HELLO, EN, "k1")


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


@in_turn("name", sorted(KNOWN))
def test_every_mapped_error_has_one_meaning(name: str) -> None:
    groups = [group for group in (LOST, WAIT, OPEN, WRONG) if name in group]
    assert len(groups) <= 1
    assert not isinstance(mapped(name), PersonClosed)
    assert (name in CLOSED) == isinstance(mapped(name, person=True), PersonClosed)


LONG = Message(blocks=tuple(Paragraph(t("{x}", x="x" * 2900)) for _ in range(8)))
CALENDAR = Message(t("Hello"), files=(File("a.ics", b"BEGIN"),))
WAIT_A_SECOND = {"status": 429, "headers": {"Retry-After": "1"}, "error": "ratelimited"}
WAIT_LONG = WAIT_A_SECOND | {"headers": {"Retry-After": "60"}}


def after_the_first(stage: SlackStage, **how: Any) -> None:
    """Have something go wrong with the second post."""
    mishap(stage, delay=0.0001)
    mishap(stage, **how)


def words(stage: SlackStage) -> int:
    """Count the letters of the long message that stand in the channel."""
    return sum(seen(posted.blocks).count("x") for posted in stage.bruno.seen)


async def test_what_follows_a_post_waits_as_slack_asks(http: SlackStage) -> None:
    after_the_first(http, **WAIT_A_SECOND)
    await http.app.post(place(http), LONG, EN, "k1")
    assert words(http) == 8 * 2900


async def test_a_file_that_follows_a_post_waits_as_slack_asks(http: SlackStage) -> None:
    mishap(http, "files.getUploadURLExternal", **WAIT_A_SECOND)
    ref = await http.app.post(place(http), CALENDAR, EN, "k1")
    assert [posted.files for posted in http.bruno.seen] == [["a.ics"], []]
    assert http.bruno.last.thread == ref.id


@pytest.mark.parametrize("how", [WAIT_LONG, {"status": 500}, {"error": "invalid_blocks"}])
async def test_a_part_that_cannot_follow_is_missed_aloud(
    http: SlackStage, how: dict[str, Any]
) -> None:
    after_the_first(http, **how)
    ref = await http.app.post(place(http), LONG, Reader("es", "UTC"), "k1")
    assert await http.app.find(place(http), "k1", LONG_AGO) == ref
    assert http.bruno.last.text.startswith("Es posible que falte una parte de este mensaje.")
    assert http.bruno.last.thread == ref.id


async def test_a_file_that_may_not_follow_is_missed_aloud(http: SlackStage) -> None:
    http.state.scopes.discard("files:write")
    ref = await http.app.post(place(http), CALENDAR, EN, "k1")
    assert http.bruno.last.text == (
        "I couldn't send a.ics. I'm missing a permission that Slack requires. "
        "Please install me again with all permissions."
    )
    assert http.bruno.last.thread == ref.id


async def test_a_post_stands_though_it_is_too_late_for_what_follows(http: SlackStage) -> None:
    IN_TIME.set(lambda: not http.state.messages)
    await http.app.post(place(http), LONG, EN, "k1")
    assert len(http.bruno.seen) == 1
