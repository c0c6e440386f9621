"""Tests both doors Slack comes in by: signed requests, sockets that break, Slack being down."""

import asyncio
import hmac
import json
import time

import pytest

from bot.adapters.slack import Core, Setup, Slack
from bot.adapters.slack.http import Signatures
from bot.adapters.slack.socket import until_there
from bot.errors import Busy, Refused, TargetLost
from bot.i18n import t
from tests.bot.adapters.slack.conftest import NOW, SlackStage, Spoken, setup, workspace

FORM = "application/x-www-form-urlencoded"
OLD = str(int(time.time()) - 301)


@pytest.mark.parametrize(
    "wrong",
    [
        {"headers": {"X-Slack-Signature": ""}},
        {"headers": {"X-Slack-Request-Timestamp": ""}},
        {"headers": {"X-Slack-Signature": "v0=äöü"}},
        {"headers": {"X-Slack-Signature": "v0=\udcff"}},
        {"secret": "guessed"},
        {"timestamp": OLD},
        {"timestamp": "now"},
        {"timestamp": "٣٣"},
        {"timestamp": "9" * 30},
    ],
)
async def test_what_slack_did_not_sign_now_is_401_and_nothing_is_done(
    http: SlackStage, wrong: dict[str, str]
) -> None:
    body = http.amina.slash_body("toy see", http.general)
    status, _ = await http.slack.request(json.dumps(body).encode(), "application/json", **wrong)  # type: ignore[arg-type]
    await http.settled()
    assert status == 401
    assert http.core.calls == []


async def test_a_replayed_request_is_401_and_nothing_is_done_again(http: SlackStage) -> None:
    body = b"command=%2Fcop&text=toy+see&user_id=UAMINA&team_id=T0HOME&trigger_id=1"
    now = str(int(time.time()))
    statuses = [(await http.slack.request(body, FORM, timestamp=now))[0] for _ in "ab"]
    await http.settled()
    assert statuses == [200, 401]
    assert len(http.core.calls) == 1


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b"payload={",
        b"\xff\xfe",
        b"payload=%7B%22type",
        b"payload=null",
        b"[]",
        b"null",
        b"1",
        b"[" * 100_000,
        b'{"event": ' * 100_000,
        b"payload=" + b"[" * 100_000,
        b'{"type": "event_callback", "team_id": "T0HOME", "event": null}',
    ],
)
async def test_what_cannot_be_read_is_400(http: SlackStage, body: bytes) -> None:
    kind = FORM if body.startswith(b"payload") else "application/json"
    assert (await http.slack.request(body, kind))[0] == 400


async def test_the_address_is_confirmed_to_slack(http: SlackStage) -> None:
    asked = json.dumps({"type": "url_verification", "challenge": "abc", "token": "old"}).encode()
    status, answer = await http.slack.request(asked, "application/json")
    assert (status, "abc" in answer) == (200, True)


async def test_health_is_told_without_a_signature(http: SlackStage) -> None:
    address = http.slack.url.replace("/slack/events", "/health")
    async with http.slack.session.get(address) as answer:
        assert (answer.status, await answer.text()) == (200, "ok")


async def test_a_call_is_acknowledged_before_it_is_carried_out(http: SlackStage) -> None:
    http.core.delay = 0.2
    await http.amina.slash("toy see", http.general)
    assert http.amina.seen == []
    await http.settled()
    assert http.amina.last.text == "Here you are."


async def test_a_crowd_is_answered_as_a_whole(stage: SlackStage) -> None:
    stage.core.delay = 0.01
    await asyncio.gather(*(stage.amina.slash("toy see", stage.general) for _ in range(60)))
    await stage.settled()
    assert len(stage.core.calls) == 60
    assert len(stage.amina.seen) == 60


def test_a_request_that_failed_may_come_again() -> None:
    doors = Signatures("shush", clock=lambda: 1000.0)
    signature = "v0=" + hmac.new(b"shush", b"v0:1000:x", "sha256").hexdigest()
    assert doors.accept(b"x", "1000", signature)
    doors.forget(signature)
    assert doors.accept(b"x", "1000", signature)


async def test_an_event_that_comes_again_on_another_socket_is_answered_once(
    socket: SlackStage,
) -> None:
    direct = socket.state.direct("UAMINA")
    event = {"type": "message", "user": "UAMINA", "channel": direct, "channel_type": "im"}
    for _ in range(2):
        await socket.slack.event(event | {"text": "hello", "ts": "1.1"}, id="Ev-same")
    await socket.settled()
    assert [call.event for call in socket.core.calls] == ["Ev-same"]


async def test_a_socket_that_drops_in_the_middle_of_a_call_loses_nothing(
    socket: SlackStage,
) -> None:
    socket.core.delay = 0.1
    body = socket.amina.slash_body("toy see", socket.general)
    await socket.slack.send("slash", body)
    await socket.slack.sockets[0].close()
    await socket.settled()
    assert socket.amina.last.text == "Here you are."


async def test_a_dropped_socket_is_opened_anew(socket: SlackStage) -> None:
    await socket.slack.sockets[0].close()
    await socket.slack.connected(1)
    await socket.slash("toy see")
    assert len(socket.asked("apps.connections.open")) == 2


async def test_slack_may_ask_to_connect_anew(socket: SlackStage) -> None:
    first = socket.slack.sockets[0]
    await first.send_json({"type": "disconnect", "reason": "refresh_requested"})
    async with asyncio.timeout(10), socket.slack.changed:
        await socket.slack.changed.wait_for(lambda: socket.slack.sockets[:1] not in ([], [first]))
    await socket.slash("toy see")
    assert socket.amina.last.text == "Here you are."


async def test_a_socket_that_is_turned_away_comes_back_with_a_new_ticket(
    socket: SlackStage,
) -> None:
    socket.slack.turned_away = 1
    await socket.slack.sockets[0].close()
    await socket.slack.connected(1)
    await socket.slash("toy see")
    assert socket.amina.last.text == "Here you are."
    assert len(socket.asked("apps.connections.open")) == 3
    assert await socket.app.connected()


async def test_a_socket_that_is_turned_away_at_the_start_asks_for_a_new_ticket() -> None:
    slack, core = await workspace().start(), Spoken()
    slack.turned_away = 1
    app = Slack(setup(slack, "socket"), Core(core.dispatch, core.complete, lambda: NOW, ()))
    async with asyncio.timeout(5):
        await app.start()
    assert await app.connected()
    await app.stop()
    await slack.stop()


async def test_a_socket_that_is_stopped_while_it_is_turned_away_tries_no_more(
    socket: SlackStage,
) -> None:
    socket.slack.turned_away = 9
    await socket.slack.sockets[0].close()
    await asyncio.sleep(0.1)
    await socket.app.stop()
    await asyncio.sleep(1.1)
    assert socket.slack.turned_away == 8


async def test_malformed_words_on_a_socket_do_no_harm(socket: SlackStage) -> None:
    await socket.slack.sockets[0].send_str("{")
    await socket.slash("toy see")
    assert socket.amina.last.text == "Here you are."


async def test_slack_that_is_down_at_the_start_is_waited_for() -> None:
    slack, core = await workspace().start(), Spoken()
    slack.down = True
    app = Slack(setup(slack, "socket"), Core(core.dispatch, core.complete, lambda: NOW, ()))
    starting = asyncio.create_task(app.start())
    await asyncio.sleep(0.1)
    slack.down = False
    await starting
    await slack.connected()
    await app.stop()
    await slack.stop()


async def test_waiting_never_gives_up_and_pauses_longer() -> None:
    left = iter([Busy(1), Busy(1), Busy(1)])

    async def attempt() -> str:
        for error in left:
            raise error
        return "there"

    assert await until_there(attempt, first=0.0) == "there"


@pytest.mark.parametrize("mode", ["http", "socket"])
async def test_a_token_slack_does_not_take_is_said_at_once(mode: str) -> None:
    slack, core = await workspace().start(), Spoken()
    wrong = {"bot_token": "xoxb-old"} if mode == "http" else {"app_token": "xapp-old"}
    made = setup(slack, mode)
    made = Setup(**{name: getattr(made, name) for name in made.__slots__} | wrong)
    app = Slack(made, Core(core.dispatch, core.complete, lambda: NOW, ()))
    with pytest.raises(Refused, match="invalid_auth"):
        await app.start()
    assert app.session.closed
    await slack.stop()


async def test_a_lost_channel_at_the_start_is_no_wrong_token() -> None:
    async def attempt() -> None:
        raise TargetLost("is_archived", t("Gone"))

    with pytest.raises(TargetLost):
        await until_there(attempt)


async def test_stopping_waits_for_what_is_under_way(http: SlackStage) -> None:
    http.core.delay = 0.1
    await http.amina.slash("toy see", http.general)
    await http.app.stop()
    assert http.amina.last.text == "Here you are."
