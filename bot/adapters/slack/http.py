"""Takes Slack's requests over HTTP: signed ones, in time, and each of them once."""

import hashlib
import hmac
from collections import OrderedDict
from collections.abc import Callable
from time import time
from typing import Any

import structlog
from aiohttp import web
from slack_bolt.async_app import AsyncApp
from slack_bolt.request.async_request import AsyncBoltRequest

from bot.listening import PATIENCE, Handler, HttpListener

log = structlog.get_logger()

WINDOW = 300  # seconds (docs.slack.dev, “Verifying requests from Slack”)
REMEMBERED = 100_000
LARGEST = 4 * 1024 * 1024
HEALTH = "/health"


class Signatures:
    """Tells Slack's requests from others'; `clock` gives seconds since 1970."""

    def __init__(self, secret: str, clock: Callable[[], float] = time) -> None:
        self.secret = secret.encode()
        self.clock = clock
        self._used: OrderedDict[str, None] = OrderedDict()

    def accept(self, body: bytes, timestamp: str, signature: str) -> bool:
        """Say whether a request is Slack's, of now, and not one that was taken before."""
        if not (timestamp.isascii() and timestamp.isdigit() and len(timestamp) < 20):
            return False
        if not signature.isascii():
            return False
        if abs(self.clock() - int(timestamp)) > WINDOW:
            return False
        words = b"v0:" + timestamp.encode() + b":" + body
        expected = "v0=" + hmac.new(self.secret, words, hashlib.sha256).hexdigest()
        if not hmac.compare_digest(expected.encode(), signature.encode()):
            return False
        return self._first(signature)

    def forget(self, signature: str) -> None:
        """Take a request again after all: it was not carried out."""
        self._used.pop(signature, None)

    def _first(self, signature: str) -> bool:
        if signature in self._used:
            return False
        self._used[signature] = None
        if len(self._used) > REMEMBERED:
            self._used.popitem(last=False)
        return True


class Http:
    """The server: one path for Slack, one that says that we are well, and the pages to install."""

    def __init__(self, app: AsyncApp, signatures: Signatures) -> None:
        self.app = app
        self.signatures = signatures
        self.port = 0
        self.patience = PATIENCE
        self._listener: HttpListener | None = None

    async def start(self, host: str, port: int, path: str, pages: dict[str, Handler]) -> None:
        """Begin to listen; `self.port` is the port that was given when 0 was asked for."""
        server = web.Application(client_max_size=LARGEST)
        server.router.add_post(path, self.take)
        server.router.add_get(HEALTH, _well)
        for where, page in pages.items():
            server.router.add_get(where, page)
        self._listener = HttpListener(server, self.patience)
        self.port = await self._listener.start(host, port)
        log.info("listening", action="start", platform="slack", host=host, port=self.port)

    async def stop(self) -> None:
        """Take no more requests."""
        if self._listener is not None:
            await self._listener.stop()

    async def take(self, request: web.Request) -> web.Response:
        """Take one request: 401 for what Slack did not sign, 400 for what cannot be read."""
        body = await request.read()
        signature = request.headers.get("X-Slack-Signature", "")
        timestamp = request.headers.get("X-Slack-Request-Timestamp", "")
        if not self.signatures.accept(body, timestamp, signature):
            return web.Response(status=401, text="This request is not signed by Slack.")
        try:
            # Bolt looks at no other header, once a request is known to be Slack's.
            kind: dict[str, Any] = {"content-type": request.headers.get("Content-Type", "")}
            heard = AsyncBoltRequest(body=body.decode(), headers=kind)
            readable = isinstance(heard.body.get("event", {}), dict)
        except (ValueError, AttributeError, TypeError, RecursionError):
            readable = False  # it is no JSON, no object, or nested deeper than anything is read
        if not readable:
            return web.Response(status=400, text="This request cannot be read.")
        answer = await self.app.async_dispatch(heard)
        if answer.status != 200:
            self.signatures.forget(signature)
        told = answer.first_headers()
        return web.Response(status=answer.status, body=answer.body.encode(), headers=told)


async def _well(request: web.Request) -> web.Response:
    return web.Response(text="ok")
