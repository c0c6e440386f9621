"""Runs the bot on its platforms, from the first connection to a clean stop."""

import asyncio
import signal
from collections.abc import Callable, Mapping
from contextlib import AsyncExitStack
from datetime import timedelta
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

import structlog

from bot.app.canary import Canary
from bot.app.database import Progress, database_url, open_storage
from bot.app.log import set_up_log
from bot.app.memory import set_up_memory
from bot.app.parts import all_groups
from bot.app.platforms import Core, adapters
from bot.calls import Adapter, Answer, Call
from bot.config import Settings, load
from bot.dispatcher import Dispatcher
from bot.scheduler.clock import Alarm, now
from bot.scheduler.outbox import Outbox, Pace
from storage import Storage

if TYPE_CHECKING:
    from bot.app.web import Web

log = structlog.get_logger()

PRUNE = 3600.0
"""Seconds between two looks for what is old."""
REMEMBERED = timedelta(days=3)
"""How long an event that comes again is known; platforms send again for hours at most."""


class Running:
    """The bot at work: dispatcher, outbox, alarm clock and platforms, on one database."""

    def __init__(
        self,
        settings: Settings,
        storage: Storage,
        make: Callable[[Core], Mapping[str, Adapter]] = adapters,
    ) -> None:
        self.storage = storage
        groups = all_groups()
        self.dispatcher = Dispatcher(storage, groups)
        core = Core(self.answer, self.dispatcher.complete, now, groups, storage, settings)
        self.adapters: Mapping[str, Adapter] = make(core)
        self.outbox = Outbox(storage, self.dispatcher.notices, self.adapters, now, _pace(settings))
        self.alarm = Alarm()
        self.started: set[str] = set()
        self.canary: Canary | None = None
        if settings.canary is not None:
            self.canary = Canary(settings.canary, storage, self.adapters, now)
        self.web = self._watched(settings)

    def _watched(self, settings: Settings) -> "Web | None":
        """Have everything counted that is shown, where somebody looks."""
        if settings.web is None:
            return None
        from bot.app.web import Web  # slow to load, and needed by those who watch only

        web = Web(settings.web, self.storage, self.adapters, self.started, now)
        self.outbox.endings.observe = web.figures.delivery
        if self.canary is not None:
            self.canary.observe = web.figures.canary
        return web

    async def answer(self, call: Call) -> Answer:
        """Carry a call out, and look at once for what it wants sent."""
        begun = perf_counter()
        answer = await self.dispatcher.answer(call)
        self.outbox.wake()
        if self.web is not None and call.command in self.dispatcher.commands:
            self.web.figures.call(call.command, perf_counter() - begun)
        return answer

    async def until(self, stopped: asyncio.Event) -> None:
        """Run until told to stop; then take no more calls and finish what is under way."""
        async with AsyncExitStack() as running:
            if self.web is not None:
                await self.web.start()
                running.push_async_callback(self.web.stop)
            for adapter in self.adapters.values():
                running.push_async_callback(adapter.stop)
            await self._send_until(stopped)

    async def _connect(self) -> None:
        """Start the platforms side by side, one that is down keeping no other waiting."""

        async def start(name: str, adapter: Adapter) -> None:
            await adapter.start()
            self.started.add(name)
            log.info("connected", action="start", platform=name)

        await asyncio.gather(*(start(*one) for one in self.adapters.items()))
        await asyncio.Event().wait()

    async def _send_until(self, stopped: asyncio.Event) -> None:
        self.alarm.start()
        self.alarm.ring_every(PRUNE, "prune", self.prune)
        if self.canary is not None:
            self.alarm.ring_every(self.canary.every.total_seconds(), "canary", self.sing)
        sending = asyncio.create_task(self.outbox.run())
        connecting = asyncio.create_task(self._connect())
        set_up_memory()
        log.info("running", action="start", platforms=sorted(self.adapters))
        stopping = asyncio.create_task(stopped.wait())
        work = (sending, connecting, stopping)
        done, _ = await asyncio.wait(work, return_when=asyncio.FIRST_COMPLETED)
        log.info("stopping", action="stop")
        self.alarm.stop()
        stopping.cancel()
        connecting.cancel()
        self.outbox.stop()
        await sending
        await asyncio.wait((connecting,))
        if connecting in done:
            await connecting

    async def sing(self) -> None:
        """Have the canary sing."""
        assert self.canary is not None
        await self.canary.sing(self.outbox.wake)

    async def prune(self) -> None:
        """Forget events and refreshes that nobody will ask for again."""

        def forget() -> None:
            with self.storage.write() as transaction:
                transaction.events.prune(now() - REMEMBERED)
                transaction.queue.prune(now() - REMEMBERED)

        await self.storage.run(forget)


def _pace(settings: Settings) -> Pace:
    set_to = settings.scheduler
    return Pace(batch=set_to.batch, poll=set_to.poll_seconds, lease=set_to.lease_seconds)


def run(config: Path | None, db: str, progress: Progress) -> None:
    """Run until SIGINT or SIGTERM.

    Raises SettingsError, CannotStart and DatabaseUnreachable.
    """
    settings = load(config)
    set_up_log(settings.log.level, settings.log.format)
    storage = open_storage(database_url(db) if db else settings.database.url, progress)
    try:
        asyncio.run(until_told(Running(settings, storage)))
    finally:
        storage.close()


async def until_told(running: Running) -> None:
    """Run until the process is told to end."""
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for sign in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(sign, stopped.set)
    await running.until(stopped)
