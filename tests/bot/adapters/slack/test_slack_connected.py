"""Shows that Slack knows whether calls can come in."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest

from bot.adapters.slack import Core, Setup, Slack
from bot.chat import Place, said
from bot.errors import Busy, PostError, Refused, Uncertain
from bot.i18n import t
from bot.protocol import Reader
from bot.their_clock import TheirClock
from tests.bot.adapters.slack.conftest import NOW, SlackStage, Spoken, setup, workspace
from tests.fakes.slack.state import Mishap


async def test_slack_is_connected_once_started(stage: SlackStage) -> None:
    assert await stage.app.connected()


async def test_socket_that_was_closed_is_not_connected(socket: SlackStage) -> None:
    assert socket.app.socket
    await socket.app.socket.stop()
    assert not await socket.app.connected()


async def test_socket_that_slack_opens_no_more_ends_what_lasts(socket: SlackStage) -> None:
    socket.state.mishaps["apps.connections.open"].append(Mishap(error="invalid_auth"))
    await socket.slack.sockets[-1].send_json({"type": "disconnect", "reason": "refresh_requested"})
    async with asyncio.timeout(30):
        with pytest.raises(Refused, match="invalid_auth"):
            await socket.app.lasts()


@pytest.mark.parametrize("unreadable", ["[]", "{", '{"type": "slash_commands"}', "null"])
async def test_envelope_that_cannot_be_read_makes_nobody_deaf(
    socket: SlackStage, unreadable: str
) -> None:
    await socket.slack.sockets[-1].send_str(unreadable)
    await socket.slash("session list")
    assert len(socket.core.calls) == 1
    assert len(socket.slack.sockets) == 1


async def test_slack_that_was_not_started_is_not_connected() -> None:
    core = Spoken()
    app = Slack(Setup(), Core(core.dispatch, core.complete, lambda: NOW, ()))
    assert not await app.connected()


@pytest.fixture(params=["http", "socket"])
async def sender(request: pytest.FixtureRequest) -> AsyncIterator[SlackStage]:
    """Give an app that is only to post."""
    slack, core = await workspace().start(), Spoken()
    app = Slack(setup(slack, request.param), Core(core.dispatch, core.complete, lambda: NOW, ()))
    await app.start(listen=False)
    yield SlackStage(slack, app, core)
    await app.stop()
    await slack.stop()


async def test_what_only_posts_opens_no_socket_and_no_port(sender: SlackStage) -> None:
    assert (sender.app.socket, sender.app.http) == (None, None)
    assert sender.asked("apps.connections.open") == []


async def test_what_only_posts_is_connected_until_it_stops(sender: SlackStage) -> None:
    assert await sender.app.connected()
    await sender.app.stop()
    assert not await sender.app.connected()


async def test_what_only_posts_needs_neither_app_token_nor_secret() -> None:
    slack, core = await workspace().start(), Spoken()
    made = Setup(bot_token=slack.state.token, api_url=slack.api_url)
    app = Slack(made, Core(core.dispatch, core.complete, lambda: NOW, ()))
    await app.start(listen=False)
    place = Place("slack", slack.state.team, next(iter(slack.state.channels)))
    await app.post(place, said(t("Hello")), Reader(), "k1")
    await app.stop()
    await slack.stop()
    assert [posted.text for posted in slack.state.messages] == ["Hello"]


async def test_time_is_that_of_slack_and_not_ours(http: SlackStage) -> None:
    ahead = {"Date": "Wed, 02 Dec 2026 09:00:05 GMT"}
    http.state.mishaps["api.test"].append(Mishap(accepts=True, headers=ahead))
    assert await http.app.time() == datetime(2026, 12, 2, 9, 0, 5, tzinfo=UTC)


async def test_time_is_asked_for_at_each_call(http: SlackStage) -> None:
    told = [await http.app.time() for _ in "ab"]
    assert all(one and abs(datetime.now(UTC) - one) < timedelta(minutes=1) for one in told)
    assert len(http.asked("api.test")) == 2


@pytest.mark.parametrize("told", ["", "soon", "Wed, 99 Foo 2026"])
async def test_time_that_slack_does_not_tell_is_none(http: SlackStage, told: str) -> None:
    http.app.clock = http.app.web.clock = TheirClock()
    http.state.mishaps["api.test"].append(Mishap(accepts=True, headers={"Date": told}))
    assert await http.app.time() is None


WRONG = [
    (Mishap(drops=True), Uncertain),
    (Mishap(error="ratelimited", status=429, headers={"Retry-After": "3"}), Busy),
    (Mishap(error="internal_error", status=500), Uncertain),
]


@pytest.mark.parametrize(("wrong", "error"), WRONG)
async def test_time_without_any_good_answer_is_an_error(
    http: SlackStage, wrong: Mishap, error: type[Exception]
) -> None:
    http.app.clock = http.app.web.clock = TheirClock()
    http.state.mishaps["api.test"].append(wrong)
    with pytest.raises(error):
        await http.app.time()


@pytest.mark.parametrize("wrong", [wrong for wrong, _ in WRONG])
async def test_time_is_that_of_any_other_answer_where_the_question_fails(
    http: SlackStage, wrong: Mishap
) -> None:
    ahead = {"Date": "Wed, 02 Dec 2026 09:00:05 GMT"}
    http.state.mishaps["users.info"].append(Mishap(accepts=True, headers=ahead))
    await http.app.web.user(http.state.team, "UAMINA")
    http.state.mishaps["api.test"].append(wrong)
    told = await http.app.time()
    assert told
    assert abs(told - datetime(2026, 12, 2, 9, 0, 5, tzinfo=UTC)) < timedelta(minutes=1)


async def test_time_is_that_of_an_answer_by_which_slack_says_no(http: SlackStage) -> None:
    ahead = {"Date": "Wed, 02 Dec 2026 09:00:05 GMT"}
    http.state.mishaps["api.test"].append(Mishap(error="internal_error", headers=ahead))
    assert await http.app.time() == datetime(2026, 12, 2, 9, 0, 5, tzinfo=UTC)


async def test_time_of_a_slack_that_is_gone_is_an_error(http: SlackStage) -> None:
    http.app.clock = http.app.web.clock = TheirClock()
    await http.slack.runner.cleanup()
    with pytest.raises(PostError):
        await http.app.time()
