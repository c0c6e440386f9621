"""Runs the bot on its platforms, from the first connection to a clean stop."""

import asyncio
from collections.abc import Callable, Iterator, Mapping
from contextlib import AsyncExitStack
from datetime import timedelta
from functools import partial
from time import monotonic, perf_counter
from typing import TYPE_CHECKING, Any

import structlog

from bot.app import CannotStart
from bot.app.canary import Canary
from bot.app.chosen import with_obstacles
from bot.app.doubt import Doubt
from bot.app.memory import set_up_memory
from bot.app.parts import all_groups
from bot.app.platforms import Begun, Connectable, Lasting, PlatformParts, adapters
from bot.app.roles import ProcessState, Roles
from bot.app.stopping import CLOSING, FINISHING, LEAVING, ended
from bot.app.sweep import gather, sweep
from bot.app.zone_data import ZoneData
from bot.app.zones import follow_zone_data
from bot.background import aside, begun, kept_up
from bot.config import Settings
from bot.dispatcher import Dispatcher
from bot.first_contact import is_last
from bot.protocol import Adapter, Answer, Call
from bot.scheduler.alarm import Alarm
from bot.scheduler.outbox import Outbox, Pace
from bot.scheduler.trusted_clock import Reference, TrustedClock
from storage import Rank, Storage
from storage.engine import DatabaseTrouble

if TYPE_CHECKING:
    from bot.app.web import Monitor

log = structlog.get_logger()

HOUR = 3600.0
"""Seconds between two looks for what is old, and for what is out of line."""
WARMING = 60.0
"""Seconds from the start until the canary first sings."""
LISTENING = 5.0
"""Seconds between two looks whether the platforms are connected."""
DOUBTED = 1.0
"""Seconds at most for which a jump of the clock goes unnoticed where nothing is sent."""
REMEMBERED = timedelta(days=3)
"""How long refreshes and rate limits are kept that are over."""


class Running:
    """The bot at work: dispatcher, outbox, alarm clock and platforms, on one database."""

    def __init__(
        self,
        settings: Settings,
        storage: Storage,
        make: Callable[[PlatformParts], Mapping[str, Adapter]] = adapters,
        roles: Roles | None = None,
    ) -> None:
        self.storage = storage
        groups = all_groups()
        self.watch = now = TrustedClock()
        core = PlatformParts(self.answer, self.complete, now, groups, storage, settings)
        self.adapters: Mapping[str, Adapter] = {
            name: Begun(one) for name, one in make(core).items()
        }
        self.dispatcher = Dispatcher(storage, groups, self.adapters)
        self.dispatcher.web_address = settings.web.address if settings.web else ""
        self.outbox = Outbox(storage, self.dispatcher.notices, self.adapters, now, _pace(settings))
        self.outbox.timers.known = self.dispatcher.timers
        self.outbox.jobs.known = self.dispatcher.jobs
        self.outbox.sure = self._sure
        self.doubt = Doubt(storage, now)
        self.alarm = Alarm()
        self.standing = ProcessState(roles or Roles())
        self.unfollowed: ZoneData | None = None
        self.canary: Canary | None = None
        if settings.canary is not None:
            self.canary = Canary(settings.canary, storage, self.adapters, now)
        self.web = self._watched(settings)

    def _watched(self, settings: Settings) -> "Monitor | None":
        """Have everything counted that is shown, where somebody looks."""
        if settings.web is None:
            return None
        from bot.app.web import Monitor  # slow to load, and needed by those who watch only
        from bot.web.site import Site

        web = Monitor(settings.web, self.storage, self.adapters, self.standing, self.watch)
        if address := settings.web.address:
            commands = self.dispatcher.commands
            web.site = Site(address, self.storage, self.answer, commands, self.watch)
            if (mail := self.adapters.get("mail")) is not None:
                web.site.send_by(mail.post)
        self.outbox.results.observe = web.figures.delivery
        if self.canary is not None:
            self.canary.observe = web.figures.canary
        return web

    async def answer(self, call: Call) -> Answer:
        """Carry a call out, and look at once for what it wants sent."""
        begun = perf_counter()
        answer = await with_obstacles(await self.dispatcher.answer(call), self.adapters)
        self.outbox.wake()
        if is_last(answer):
            await self.storage.scrub()
        if self.web is not None and call.command in self.dispatcher.commands:
            self.web.figures.call(call.command, perf_counter() - begun)
        return answer

    async def complete(self, call: Call, option: str, typed: str) -> tuple[tuple[str, str], ...]:
        """Suggest values with their labels for an option of the command a call is about."""
        return await self.dispatcher.complete(call, option, typed)

    async def until(self, stopped: asyncio.Event) -> None:
        """Run until told to stop, or until a part fails; then finish what is under way.

        Ends within nine seconds of that, whatever hangs.
        """
        async with AsyncExitStack() as running:
            if self.web is not None:
                await self.web.start()
                running.push_async_callback(ended, CLOSING, {"web": self.web.stop()})
            running.push_async_callback(self._disconnect)
            await self._work_until(stopped)

    async def _work_until(self, stopped: asyncio.Event) -> None:
        roles = self.standing.roles
        stopping = begun(stopped.wait())
        work: dict[str, asyncio.Future[None]] = {"platforms": begun(self._connect())}
        if roles.sends:
            work["outbox"] = begun(self.outbox.run())
            self.alarm.start()
            self._ring()
        else:  # who sends asks for the time before it sends
            work["clock"] = aside(kept_up("clock", self._keep_time), "clock")
        work["hearing"] = aside(kept_up("hearing", self._keep_hearing), "hearing")
        set_up_memory()
        log.info("running", action="start", platforms=sorted(self.adapters), only=[*roles.only])
        parts: set[asyncio.Future[Any]] = {*work.values(), stopping}
        done, _ = await asyncio.wait(parts, return_when=asyncio.FIRST_COMPLETED)
        log.info("stopping", action="stop")
        stopping.cancel()
        await self._finish(work)
        for task in done - {stopping}:
            await task

    async def _connect(self) -> None:
        """Start the platforms side by side; one that is down or refuses us keeps no other waiting.

        Raises CannotStart when all of them refuse.
        """
        serving = [begun(self._serve(*one)) for one in self.adapters.items()]
        refused: CannotStart | None = None
        try:
            for refusal in asyncio.as_completed(serving):
                refused = await refusal
        finally:
            for one in serving:
                one.cancel()
        if refused is not None:
            raise refused
        await asyncio.Event().wait()

    async def _serve(self, name: str, adapter: Adapter) -> CannotStart | None:
        """Start a platform and stay there; gives why it refuses us at the start, if it does.

        Raises CannotStart when it takes us no more: then the run ends, to be begun anew.
        """
        try:
            await adapter.start(self.standing.roles.listens(name))
        except CannotStart as refusal:
            log.error("refused", action="start", platform=name, error=str(refusal))
            return refusal
        self.standing.started.add(name)
        log.info("connected", action="start", platform=name)
        if isinstance(adapter, Lasting):
            await adapter.lasts()
        return None

    async def _keep_hearing(self) -> None:
        """Note again and again which platforms can be heard, for whoever asks how it is."""
        deaf: set[str] = set()
        while True:
            for name in self.standing.started:
                adapter = self.adapters[name]
                hears = not isinstance(adapter, Connectable) or await adapter.connected()
                if hears or name not in self.standing.heard:
                    self.standing.heard[name] = monotonic()
            for name in self.standing.deaf().keys() - deaf:
                log.error("deaf", action="connect", platform=name)
            deaf = {*self.standing.deaf()}
            await asyncio.sleep(LISTENING)

    async def _sure(self) -> bool:
        """Have a jump of the clock confirmed; then the alarm clock counts from there."""
        doubted = self.watch.doubted
        sure = await self.watch.sure(self._references())
        await self.doubt.keep()
        if doubted and sure and self.standing.roles.sends:
            self._ring()
        if self.web is not None:
            self.web.figures.clock(sure)
        return sure and await self._followed()

    async def _followed(self) -> bool:
        """Say whether the zone data was followed: by a time beyond doubt, before all sending."""
        if self.unfollowed is not None:
            following = partial(follow_zone_data, self.storage, self.unfollowed, self.watch())
            try:
                await self.storage.run(following, Rank.OUTBOX)
            except DatabaseTrouble as trouble:
                log.error("zone data waits for the database", action="zones", error=str(trouble))
                return False
            self.unfollowed = None
        return True

    async def _keep_time(self) -> None:
        while True:
            await self._sure()
            await asyncio.sleep(DOUBTED)

    def _references(self) -> Iterator[Reference]:
        """Name those who know the time: the platforms, or else the server of the database."""
        for adapter in self.adapters.values():
            yield adapter.time
        if not self.storage.embedded:
            yield lambda: self.storage.run(self.storage.time, Rank.OUTBOX)

    def _ring(self) -> None:
        """Have done now and then what one of those who send does for all."""
        self.alarm.ring_every(HOUR, "prune", self.prune)
        self.alarm.ring_every(HOUR, "sweep", self.sweep)
        self.alarm.ring_every(HOUR, "gather", self.gather, first=WARMING)
        if self.canary is not None:
            every = self.canary.every.total_seconds()
            self.alarm.ring_every(every, "canary", self.sing, first=WARMING)

    async def _finish(self, work: Mapping[str, "asyncio.Future[None]"]) -> None:
        """Claim nothing more, and give what is being sent some seconds to end."""
        self.standing.stopping = True
        if self.standing.roles.sends:
            self.alarm.stop()
        self.outbox.stop()
        for name in work.keys() - {"outbox"}:
            work[name].cancel()
        await ended(FINISHING, {name: one for name, one in work.items() if not one.done()})

    async def _disconnect(self) -> None:
        """Have all platforms finish the calls under way, and leave."""
        await ended(LEAVING, {name: one.stop() for name, one in self.adapters.items()})

    async def sing(self) -> None:
        """Have the canary sing."""
        assert self.canary is not None
        await self.canary.sing(self.outbox.wake)

    async def prune(self) -> None:
        """Forget what was kept long enough, and what was erased wherever it may still stand."""
        now = self.watch()
        before = now - REMEMBERED
        await self.storage.change(lambda open: open.queue.prune(before), Rank.WEB)
        await self.storage.prune(now)
        await self.storage.scrub()

    async def gather(self) -> None:
        """Have sessions be found that an older version or a backup left behind."""
        await gather(self.storage)

    async def sweep(self) -> None:
        """Bring in line what a backup or an older version left behind."""
        healed = await sweep(self.storage, self.watch())
        if self.web is not None:
            self.web.figures.healed(healed)


def _pace(settings: Settings) -> Pace:
    set_to = settings.scheduler
    return Pace(batch=set_to.batch, poll=set_to.poll_seconds, lease=set_to.lease_seconds)
