"""Tests two sockets in two processes: each payload comes to one, to the other when one drops."""

from collections.abc import AsyncIterator

import pytest

from tests.bot.adapters.slack.pairs import Pair, opened


@pytest.fixture
async def sockets(sqlite_url: str) -> AsyncIterator[Pair]:
    """Give two processes, each with a socket of its own."""
    async for made in opened(sqlite_url, "socket"):
        await made.slack.connected(2)
        yield made


async def test_each_payload_comes_to_one_of_two_sockets(sockets: Pair) -> None:
    for _ in range(6):
        await sockets.amina.slash("count up", sockets.general)
    await sockets.settled()
    assert (len(sockets.one.calls), len(sockets.two.calls)) == (3, 3)
    assert sockets.counted() == "6"


async def test_what_came_to_a_socket_that_dropped_is_not_done_twice(sockets: Pair) -> None:
    body = sockets.amina.slash_body("count up", sockets.general)
    await sockets.slack.send_again("slash", body)
    await sockets.slack.connected(2)
    await sockets.settled()
    assert len(sockets.one.calls) == len(sockets.two.calls) == 1
    assert sockets.counted() == "1"


async def test_a_form_sent_to_a_socket_that_dropped_is_not_done_twice(sockets: Pair) -> None:
    await sockets.amina.slash("count named", sockets.general)
    await sockets.settled()
    body = sockets.amina.submission_body(sockets.amina.modal, {"title": "Kite"})
    ack = await sockets.slack.send_again("interactive", body)
    await sockets.settled()
    assert (ack, sockets.counted()) == ({"response_action": "clear"}, "1")


async def test_a_message_to_a_socket_that_dropped_is_answered_once(sockets: Pair) -> None:
    direct = sockets.slack.state.direct("UAMINA")
    event = {"type": "message", "user": "UAMINA", "channel": direct, "channel_type": "im"}
    body = {
        "type": "event_callback",
        "team_id": sockets.slack.state.team,
        "event_id": "Ev-same",
        "event": event | {"text": "hello", "ts": "1.1"},
    }
    await sockets.slack.send_again("event", body)
    await sockets.settled()
    assert len(sockets.one.calls) + len(sockets.two.calls) == 1


async def test_a_form_asked_for_over_a_socket_that_dropped_is_open_once(sockets: Pair) -> None:
    body = sockets.amina.slash_body("count named", sockets.general)
    await sockets.slack.send_again("slash", body)
    await sockets.settled()
    assert sockets.amina.modal["blocks"][-1]["block_id"] == "title"
    assert sockets.amina.seen == [], "nobody is asked to open a form that is open"
