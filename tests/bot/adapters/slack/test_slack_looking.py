"""Tests that a post is found again, and that not being let look is never taken for nothing."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.errors import Busy, PersonClosed, PostError, Refused, TargetLost, Uncertain
from tests.bot.adapters.slack.conftest import SlackStage
from tests.bot.adapters.slack.test_slack_posting import BRUNO, EN, HELLO, LONG_AGO, mishap, place


async def test_a_post_is_not_looked_for_before_it_was_due(http: SlackStage) -> None:
    await http.app.post(place(http), HELLO, EN, "k1")
    later = datetime.now(UTC) + timedelta(minutes=5)
    assert await http.app.find(place(http), "k1", later) is None


async def test_a_post_is_found_behind_many_others(http: SlackStage) -> None:
    ref = await http.app.post(place(http), HELLO, EN, "k1")
    for number in range(450):
        http.state.messages.insert(
            0, replace(http.bruno.last, ts=f"{2e9 + number:.6f}", metadata=None)
        )
    assert await http.app.find(place(http), "k1", LONG_AGO) == ref


async def test_a_post_in_a_thread_is_found_there(http: SlackStage) -> None:
    root = await http.app.post(place(http), HELLO, EN, "k1")
    below = await http.app.post(place(http, root.id), HELLO, EN, "k2")
    assert await http.app.find(place(http, root.id), "k2", LONG_AGO) == below


async def test_a_direct_message_is_found_where_slack_put_it(http: SlackStage) -> None:
    ref = await http.app.post(BRUNO, HELLO, EN, "k1")
    assert ref.place.channel == "DBRUNO"
    assert await http.app.find(BRUNO, "k1", LONG_AGO) == ref


async def test_looking_without_the_scope_is_a_word_to_the_coordinator(http: SlackStage) -> None:
    http.state.scopes.discard("channels:history")
    with pytest.raises(TargetLost, match="missing_scope"):
        await http.app.find(place(http), "k1", LONG_AGO)


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
    http: SlackStage, target: str, how: dict[str, Any], error: type[PostError]
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
    http: SlackStage, how: dict[str, Any], error: type[PostError]
) -> None:
    mishap(http, "conversations.open", **how)
    with pytest.raises(error):
        await http.app.find(BRUNO, "k1", LONG_AGO)


@pytest.mark.parametrize(
    ("scope", "private"), [("channels:history", False), ("groups:history", True)]
)
async def test_looking_needs_the_scope_of_the_channel(
    http: SlackStage, scope: str, private: bool
) -> None:
    http.state.channels[http.general].private = private
    http.state.scopes.discard(scope)
    with pytest.raises(TargetLost, match="missing_scope"):
        await http.app.find(place(http), "k1", LONG_AGO)


async def test_looking_for_a_direct_message_needs_its_scope(http: SlackStage) -> None:
    http.state.scopes.discard("im:history")
    with pytest.raises(TargetLost, match="missing_scope"):
        await http.app.find(BRUNO, "k1", LONG_AGO)


async def test_looking_where_the_bot_was_put_out_is_not_taken_for_nothing(http: SlackStage) -> None:
    await http.app.post(place(http), HELLO, EN, "k1")
    http.state.channels[http.general].bot = False
    with pytest.raises(TargetLost, match="not_in_channel"):
        await http.app.find(place(http), "k1", LONG_AGO)


async def test_a_message_in_an_archived_channel_is_found_all_the_same(http: SlackStage) -> None:
    ref = await http.app.post(place(http), HELLO, EN, "k1")
    http.state.channels[http.general].archived = True
    assert await http.app.find(place(http), "k1", LONG_AGO) == ref


async def test_a_slack_whose_clock_is_behind_hides_no_message(http: SlackStage) -> None:
    ref = await http.app.post(place(http), HELLO, EN, "k1")
    ahead = datetime.now(UTC) + timedelta(seconds=30)
    assert await http.app.find(place(http), "k1", ahead) == ref
