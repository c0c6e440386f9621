"""Sends raw bytes to the two doors there are over HTTP: Slack's, and the pages for a monitor."""

import asyncio
import hashlib
import hmac
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, cast

from slack_bolt.async_app import AsyncApp
from slack_bolt.response import BoltResponse

from bot.adapters.slack.http import LARGEST, Http, Signatures
from bot.app.roles import ProcessState
from bot.app.web import Monitor
from bot.config import WebSection as Section
from bot.listening import Timeouts
from fuzz.area import Take, ensure
from fuzz.dice import Dice
from fuzz.worlds import database
from storage import Storage
from tests.chatting import START

SECRET = "shush"
PATIENCE = Timeouts(0.05, 0.05)
SECONDS = 3.0
"""In which there has to be an answer, or the connection be let go."""
PATHS = ("/slack/events", "/health", "/metrics", "/ready", "/", "//", "/%00", "/../../etc/passwd",
         "*", "http://evil.example/", "/slack/events?" + "a=b&" * 2000, "/é", "/a/..")  # fmt: skip
METHODS = ("GET", "POST", "POST", "POST", "HEAD", "PUT", "OPTIONS", "TRACE", "CONNECT", "X", "")
HEADERS = ("Transfer-Encoding: chunked", "Content-Length: -1", "Content-Length: 99999999999",
           "Content-Length: 1\r\nContent-Length: 2", "Expect: 100-continue", "Upgrade: websocket",
           "Content-Encoding: gzip", "Connection: close", "Cookie: " + "a=b; " * 500, "X", ": x",
           "Content-Encoding: br", "Range: bytes=0-", "Host: a\r\nHost: b", "X-Slack-Signature: v",
           "If-None-Match: *", "Content-Type: multipart/form-data", "X: \x00")  # fmt: skip
KINDS = ("application/json", "application/x-www-form-urlencoded", "text/plain", "x" * 300, "")
DEEP = (b"[", b'{"event": ', b'{"a":[', b"payload=" + b"[" * 1000)
BODIES = (
    b"command=%2Fcop&text=me&user_id=U1&team_id=T1&trigger_id=1",
    b'{"type": "event_callback", "event": {"type": "message"}, "team_id": "T1"}',
    b"payload=%7B%22type%22%3A%22block_actions%22%7D", b"", b"null", b"\xff\xfe", b"payload=",
)  # fmt: skip


class Answering:
    """What is behind Slack's door; the other area is about that."""

    async def async_dispatch(self, heard: Any) -> BoltResponse:  # noqa: ANN401
        """Say that it was heard."""
        return BoltResponse(status=200, body="")


@contextmanager
def world(dice: Dice) -> Iterator[Take]:
    """Give both servers on loopback."""
    with database() as url, asyncio.Runner() as runner:
        storage = Storage(url)
        slack = Http(cast(AsyncApp, Answering()), Signatures(SECRET))
        pages = Monitor(
            Section(host="127.0.0.1", port=0), storage, {}, ProcessState(), lambda: START
        )
        slack.patience = pages.patience = PATIENCE
        runner.run(slack.start("127.0.0.1", 0, "/slack/events", {}))
        runner.run(pages.start())

        def take(dice: Dice) -> None:
            runner.run(_send(dice, dice.choice((slack.port, slack.port, pages.port))))

        yield take
        for port in (slack.port, pages.port):
            told = runner.run(_answer(port, b"GET /health HTTP/1.1\r\nHost: x\r\n\r\n"))
            ensure(told.startswith(b"HTTP/1.1 200"), "a server does not live any more")
        runner.run(slack.stop())
        runner.run(pages.stop())
        storage.close()


async def _send(dice: Dice, port: int) -> None:
    """Send a request, and see that whatever is answered is an answer."""
    told = await _answer(port, made(dice))
    status = told[9:12] if told.startswith(b"HTTP/") else b""
    ensure(not told or status.isdigit(), f"no answer: {told[:100]!r}")
    ensure(not status.startswith(b"5"), f"status {status.decode()}")


def made(dice: Dice) -> bytes:
    """Make a request: half of them signed, many of them damaged."""
    body = _body(dice)
    lines = [f"{dice.choice(METHODS)} {dice.choice(PATHS)} HTTP/1.{dice.choice((1, 1, 1, 0, 7))}"]
    lines += ["Host: localhost", f"Content-Type: {dice.choice(KINDS)}"]
    lines += [f"Content-Length: {len(body)}"] if not dice.one_in(8) else []
    lines += [dice.choice(HEADERS) for _ in range(dice.choice((0, 0, 1, 3)))]
    if dice.one_in(2):
        now = str(int(time.time()) + dice.choice((0, 0, 400, -400)))
        signed = hmac.new(SECRET.encode(), f"v0:{now}:".encode() + body, hashlib.sha256)
        signature = dice.value() if dice.one_in(4) else f"v0={signed.hexdigest()}"
        lines += [f"X-Slack-Request-Timestamp: {now}", f"X-Slack-Signature: {signature}"]
    raw = "\r\n".join(lines).encode("utf-8", "replace") + b"\r\n\r\n" + body
    return dice.damaged_bytes(raw) if dice.one_in(4) else raw


def _body(dice: Dice) -> bytes:
    if dice.one_in(6):
        return dice.choice(DEEP) * dice.choice((10, 1000, 1000, 20_000))
    if dice.one_in(300):
        return b"x" * (LARGEST + 1)
    body = dice.choice(BODIES)
    return dice.damaged_bytes(body) if dice.one_in(2) else body


async def _answer(port: int, raw: bytes) -> bytes:
    """Send bytes and give what comes back first, or nothing when the connection is let go."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        async with asyncio.timeout(SECONDS):
            writer.write(raw)
            return await reader.read(10_000)
    except ConnectionError:
        return b""
    finally:
        writer.close()
