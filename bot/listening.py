"""Listens for HTTP, and lets go of whoever sends a request too slowly."""

import asyncio
import socket
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from aiohttp import web
from aiohttp.http_exceptions import HttpProcessingError

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
KEPT = 75.0
"""Seconds an idle connection stays: longer than load balancers keep theirs, which is 60."""
LINGERING = 1.0
"""Seconds for which the rest of a request that was answered already is read."""

UNREADABLE = (web.RequestPayloadError, HttpProcessingError, ValueError, LookupError, RuntimeError)
"""What aiohttp raises of a body that is not packed, or of a form not written, as it says."""


@dataclass(frozen=True, slots=True)
class Timeouts:
    """How many seconds the headers of a connection's first request may take, and each body."""

    headers: float = 10.0
    body: float = 10.0


PATIENCE = Timeouts()


class HttpListener:
    """Serves an application on one port. aiohttp itself waits for headers and bodies for ever."""

    def __init__(
        self, app: web.Application, patience: Timeouts = PATIENCE, stopping: float = 60.0
    ) -> None:
        self.patience = patience
        self._waiting: dict[object, asyncio.TimerHandle] = {}
        app.middlewares.insert(0, self._arrived)
        self._runner = _Runner(app, self._await_headers, stopping)

    async def start(self, host: str, port: int) -> int:
        """Listen; gives the port, which is another one than 0. Raises OSError."""
        await self._runner.setup()
        try:
            await web.TCPSite(self._runner, host, port).start()
        except OSError:
            await self._runner.cleanup()
            raise
        return int(self._runner.addresses[0][1])

    async def start_on(self, listens: socket.socket) -> None:
        """Answer those who connect to a socket, and those who did before; it is closed at last."""
        await self._runner.setup()
        await web.SockSite(self._runner, listens).start()

    async def stop(self) -> None:
        """Listen no more, once what is under way was answered."""
        await self._runner.cleanup()

    def _await_headers(self, connection: web.RequestHandler) -> None:
        loop = asyncio.get_running_loop()
        self._waiting[connection] = loop.call_later(self.patience.headers, self._let_go, connection)

    def _let_go(self, connection: web.RequestHandler) -> None:
        del self._waiting[connection]
        connection.force_close()

    @web.middleware
    async def _arrived(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Answer a request whose headers are here, once its body is here as well."""
        if waiting := self._waiting.pop(request.protocol, None):
            waiting.cancel()
        try:
            async with asyncio.timeout(self.patience.body):
                await _taken_in(request)
        except TimeoutError:
            return web.Response(status=408, text="This request took too long to arrive.")
        except UNREADABLE:
            return web.Response(status=400, text="This request cannot be read.")
        return await handler(request)


async def _taken_in(request: web.Request) -> None:
    """Read a body, once for whoever asks again; what is not packed as it says raises."""
    if request.content_type != "multipart/form-data":  # which can be read as a form only
        await request.read()
    await request.post()


class _Runner(web.AppRunner):
    """Tells of each connection that is made."""

    def __init__(
        self, app: web.Application, made: Callable[[web.RequestHandler], None], stopping: float
    ) -> None:
        super().__init__(
            app,
            access_log=None,
            shutdown_timeout=stopping,
            keepalive_timeout=KEPT,
            lingering_time=LINGERING,
        )
        self.made = made

    @property
    def server(self) -> Any:  # noqa: ANN401
        """What makes the protocol of a new connection."""
        make = super().server
        return make and (lambda: self._new(make))

    def _new(self, make: Callable[[], web.RequestHandler]) -> web.RequestHandler:
        connection = make()
        self.made(connection)
        return connection
