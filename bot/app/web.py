"""Serves what is read over HTTP: calendars, and figures, health and readiness for a monitor."""

import asyncio
import hmac
from collections.abc import Callable, Mapping
from datetime import datetime
from ipaddress import ip_address

from aiohttp import web

from bot.app import CannotStart
from bot.app.figures import CONTENT_TYPE, Figures
from bot.app.platforms import Connectable
from bot.app.roles import SCHEDULER, ProcessState
from bot.app.stopping import CLOSING
from bot.config import WebSection as Section
from bot.listening import PATIENCE as FOR_REQUESTS
from bot.listening import HttpListener
from bot.protocol import Adapter
from bot.web.guard import LARGEST
from bot.web.site import Site
from storage import Storage
from storage.engine import DatabaseTrouble
from storage.undelivered import depth

FORWARDED = ("Forwarded", "X-Forwarded-For", "X-Real-IP", "Via")
"""Headers that proxies add."""
PATIENCE = 5.0
"""Seconds the database has to answer."""


class Monitor:
    """Three pages: `/metrics`, `/health` (it lives and hears), `/ready` (it can do its work).

    Beside them are calendars, where there is an address by which people reach them.
    """

    def __init__(
        self,
        section: Section,
        storage: Storage,
        adapters: Mapping[str, Adapter],
        standing: ProcessState,
        now: Callable[[], datetime],
    ) -> None:
        self.section = section
        self.storage = storage
        self.adapters = adapters
        self.standing = standing
        self.now = now
        self.figures = Figures()
        self.figures.take(self._roles())
        self.port = section.port
        self.patience = FOR_REQUESTS
        self.site: Site | None = None
        self._listener: HttpListener | None = None

    async def start(self) -> None:
        """Listen. Raises CannotStart when the port is taken."""
        app = web.Application(client_max_size=LARGEST)
        app.router.add_get("/metrics", self._metrics)
        app.router.add_get("/health", self._health)
        app.router.add_get("/ready", self._ready)
        if self.site is not None:
            app.router.add_routes(self.site.routes())
        self._listener = HttpListener(app, self.patience, CLOSING / 2)
        host, port = self.section.host, self.section.port
        try:
            self.port = await self._listener.start(host, port)
        except OSError as error:
            self._listener = None
            raise CannotStart(f"[web] cannot listen on {host}:{port}: {error.strerror}") from error

    async def stop(self) -> None:
        """Listen no more."""
        if self._listener is not None:
            await self._listener.stop()

    async def _health(self, request: web.Request) -> web.Response:
        deaf = self.standing.deaf()
        lines = [f"{name}: not connected for {seconds} s\n" for name, seconds in deaf.items()]
        return web.Response(text="".join(lines) or "well\n", status=503 if deaf else 200)

    async def _ready(self, request: web.Request) -> web.Response:
        if self.standing.stopping:
            return web.Response(text="stopping\n", status=503)
        parts = {"database": await self._queue() is not None, **await self._connected()}
        lines = [f"{name}: {'ready' if ready else 'not ready'}\n" for name, ready in parts.items()]
        return web.Response(text="".join(lines), status=200 if all(parts.values()) else 503)

    async def _metrics(self, request: web.Request) -> web.Response:
        if not self._may_see_figures(request):
            return web.Response(status=404)
        shown = self.figures.shown(await self._queue(), await self._connected())
        return web.Response(body=shown, headers={"Content-Type": CONTENT_TYPE})

    def _may_see_figures(self, request: web.Request) -> bool:
        """Say whether somebody has the token, or asks from this machine and through no proxy."""
        token = self.section.token.get_secret_value()
        said = request.headers.get("Authorization", "").removeprefix("Bearer ")
        if token:
            return hmac.compare_digest(said.encode(), token.encode())
        forwarded = any(name in request.headers for name in FORWARDED)
        return not forwarded and ip_address(request.remote or "0.0.0.0").is_loopback  # noqa: S104

    def _roles(self) -> list[str]:
        """Name what this process does."""
        roles = self.standing.roles
        sends = [SCHEDULER] if roles.sends else []
        return sends + [name for name in self.adapters if roles.listens(name)]

    async def _connected(self) -> Mapping[str, bool]:
        """Say of each platform whether it is there; one that is only posted to need not listen."""
        return {
            name: name in self.standing.started
            and (not self.standing.roles.listens(name) or await _is_connected(adapter))
            for name, adapter in self.adapters.items()
        }

    async def _queue(self) -> Mapping[str, int] | None:
        """Count the deliveries by state; None when the database does not answer."""
        try:
            async with asyncio.timeout(PATIENCE):
                return await self.storage.long(lambda open: depth(open.db, self.now()))
        except (TimeoutError, DatabaseTrouble):
            return None


async def _is_connected(adapter: Adapter) -> bool:
    return not isinstance(adapter, Connectable) or await adapter.connected()
