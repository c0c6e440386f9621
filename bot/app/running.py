"""Runs the bot on its platforms, from the first connection to a clean stop."""

import asyncio
import signal
from collections.abc import Callable, Mapping
from datetime import timedelta
from pathlib import Path

import structlog

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

log = structlog.get_logger()

SWEEP = 30.0
PRUNE = 3600.0
"""Seconds between two looks for what others left behind, and for what is old."""
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

    async def answer(self, call: Call) -> Answer:
        """Carry a call out, and look at once for what it wants sent."""
        answer = await self.dispatcher.answer(call)
        self.outbox.wake()
        return answer

    async def until(self, stopped: asyncio.Event) -> None:
        """Run until told to stop; then take no more calls and finish what is under way."""
        started: list[Adapter] = []
        try:
            for adapter in self.adapters.values():
                await adapter.start()
                started.append(adapter)
            await self._send_until(stopped)
        finally:
            for adapter in reversed(started):
                await adapter.stop()

    async def _send_until(self, stopped: asyncio.Event) -> None:
        self.alarm.start()
        self.alarm.ring_every(SWEEP, "sweep", self.outbox.recover)
        self.alarm.ring_every(PRUNE, "prune", self.prune)
        sending = asyncio.create_task(self.outbox.run())
        set_up_memory()
        log.info("running", action="start", platforms=sorted(self.adapters))
        stopping = asyncio.create_task(stopped.wait())
        await asyncio.wait((sending, stopping), return_when=asyncio.FIRST_COMPLETED)
        log.info("stopping", action="stop")
        self.alarm.stop()
        stopping.cancel()
        self.outbox.stop()
        await sending

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
        asyncio.run(_until_told(Running(settings, storage)))
    finally:
        storage.close()


async def _until_told(running: Running) -> None:
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for sign in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(sign, stopped.set)
    await running.until(stopped)
