"""Empties the outbox: waits for what falls due, claims it, and holds on to it while it goes out."""

import asyncio
import os
import secrets
from collections.abc import Awaitable, Callable, Coroutine, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

import structlog

from bot.background import aside, kept_up
from bot.notices import Notice
from bot.protocol import Adapter
from bot.scheduler.jobs import JobRunner
from bot.scheduler.outgoing import Outgoings
from bot.scheduler.recovery import Patience, Recovery
from bot.scheduler.results import Results
from bot.scheduler.sender import Sender
from bot.scheduler.timers import TimerRunner
from storage import Rank, Storage, Transaction
from storage.deliveries import Delivery
from storage.engine import DatabaseTrouble
from storage.queue import Ahead, Portion

log = structlog.get_logger()
BREATH = 0.1
"""Seconds between two looks at a queue in which something is due that cannot go out just yet."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How the outbox works: rows at a time, of one channel or person, and under way at once.

    In seconds: the longest wait between two looks, a lease, the grace before a look-up and the
    pause before another, how long before the end of a channel's rest its next message is made
    ready, and the longest request, which is shorter than the grace.
    """

    batch: int = 100
    per_lane: int = 1
    at_once: int = 400
    poll: float = 5.0
    lease: float = 30.0
    grace: float = 60.0
    again: float = 15.0
    early: float = 0.3
    longest: float = 30.0

    @property
    def patience(self) -> Patience:
        """Say how long rows are held and waited for."""
        lease, grace, again = (timedelta(seconds=n) for n in (self.lease, self.grace, self.again))
        return Patience(lease, grace, again, self.batch)


async def _sure() -> bool:
    return True


class Outbox:
    """Sends deliveries, on the clock it is given."""

    def __init__(
        self,
        storage: Storage,
        notices: Mapping[str, Notice],
        adapters: Mapping[str, Adapter],
        now: Callable[[], datetime],
        pace: Pace | None = None,
    ) -> None:
        self.storage = storage
        self.timers = TimerRunner(storage, now)
        self.jobs = JobRunner(storage, now)
        self.jobs.ended = self.wake
        self.now = now
        self.pace = pace or Pace()
        self.owner = f"{os.getpid()}-{secrets.token_hex(4)}"
        self.results = Results(self.owner, now)
        outgoings = Outgoings(notices, adapters)
        parts = (storage, outgoings, self.results, adapters)
        self.sender = Sender(*parts, getattr(now, "latest", now))
        self.sender.longest = self.pace.longest
        self.sender.freed = self.wake
        self.recovery = Recovery(*parts, self.pace.patience)
        self.sure: Callable[[], Awaitable[bool]] = _sure
        self.woken = asyncio.Event()
        self.stopping = False
        self._flying: set[asyncio.Future[None]] = set()
        self._looked_back = 0.0
        self._stepped = now()

    async def run(self) -> None:
        """Send what falls due, until stopped; waits at most `poll` seconds at a time."""
        self._fly(self.recovery.recover())
        beating = aside(kept_up("outbox", self._beat), "outbox")
        working = aside(kept_up("jobs", self.jobs.run), "jobs")
        try:
            while not self.stopping:
                self.woken.clear()
                wait = await self._safely(self._step, self.pace.poll)
                if wait > 0:
                    await self._sleep(min(wait, self.pace.poll))
            working.cancel()
            await self._safely(self._hand_back, 0)
            await asyncio.gather(working, *self._flying, return_exceptions=True)
        finally:
            for task in (beating, working, *self._flying):
                task.cancel()

    async def _safely(self, work: Callable[[], Awaitable[float]], otherwise: float) -> float:
        try:
            return await work()
        except DatabaseTrouble as trouble:
            log.error("outbox waits for the database", action="outbox", error=str(trouble))
            return otherwise

    async def _step(self) -> float:
        """Set on its way what can go out now; gives the seconds until there may be more."""
        if not await self.sure():
            return 1.0
        await self._hold_after_a_gap()
        ahead, now = await self.ahead(), self.now()
        ahead = self._wake_jobs(ahead, now)
        if ahead.left is not None and ahead.left <= now:
            self._look_back()
        if ahead.timer is not None and ahead.timer <= now:
            await self.run_timers()
            return 0
        first = _first(ahead)
        if ahead.due is None or ahead.due > now:
            return self.pace.poll if first is None else (first - now).total_seconds()
        room = self.pace.at_once - len(self.sender.under_way)
        rows = await self.storage.run(lambda: self.claim(room), Rank.OUTBOX) if room > 0 else ()
        if rows:
            self._fly(self.sender.carry(rows))
            return 0
        if ahead.free is None:
            return self.pace.poll
        free = (ahead.free - now).total_seconds() - self.pace.early
        if room > 0 and free <= BREATH:
            await asyncio.sleep(BREATH)  # whatever ends meanwhile: what it frees has to rest
            return 0
        return max(BREATH, free)

    def _fly(self, work: Coroutine[Any, Any, None]) -> None:
        task = aside(work, "outbox")
        self._flying.add(task)
        task.add_done_callback(self._landed)

    def _landed(self, task: "asyncio.Future[None]") -> None:
        self._flying.discard(task)
        self.wake()

    def _look_back(self) -> None:
        """Settle what was left behind, once in a while and behind what is sent meanwhile."""
        loop_time = asyncio.get_running_loop().time()
        if loop_time - self._looked_back > min(1.0, self.pace.poll):
            self._looked_back = loop_time
            self._fly(self.recovery.recover())

    async def _beat(self) -> None:
        """Hold on to what is under way, as long as this process lives."""
        while True:
            await asyncio.sleep(self.pace.lease / 3)
            if self._flying:
                await self._safely(self._hold, 0)

    async def _hold_after_a_gap(self) -> None:
        """Hold on at once to what is under way, when this process was held up or the clock set."""
        before, self._stepped = self._stepped, self.now()
        if self._flying and self._stepped - before > timedelta(seconds=self.pace.lease / 3):
            await self._hold()

    async def _hold(self) -> float:
        def hold(transaction: Transaction) -> Mapping[tuple[int, int], datetime]:
            until = self.now() + timedelta(seconds=self.pace.lease)
            return transaction.queue.beat(self.owner, until)

        self.sender.held = await self.storage.change(hold, Rank.OUTBOX)
        return 0

    async def _sleep(self, seconds: float) -> None:
        try:
            async with asyncio.timeout(seconds):
                await self.woken.wait()
        except TimeoutError:
            return

    def wake(self) -> None:
        """Look at the queue now: something may have fallen due."""
        self.woken.set()

    def stop(self) -> None:
        """Claim no more; what is being sent is finished first, the rest is left to others."""
        self.stopping = True
        self.wake()

    async def _hand_back(self) -> float:
        await self.storage.change(lambda open: open.queue.hand_back(self.owner), Rank.OUTBOX)
        return 0

    async def next_due(self) -> datetime | None:
        """Say when the next delivery, timer or job falls due."""
        return _first(await self.ahead())

    async def ahead(self) -> Ahead:
        """Look at what is next."""

        def look(transaction: Transaction) -> Ahead:
            ahead = transaction.queue.ahead(self.now())
            timer, job = self.timers.next(transaction), self.jobs.next(transaction)
            return replace(ahead, timer=timer, job=job)

        return await self.storage.look(look, Rank.OUTBOX)

    def _wake_jobs(self, ahead: Ahead, now: datetime) -> Ahead:
        """Have a job begun that is due, beside what is sent; gives what else is ahead."""
        if ahead.job is None or ahead.job > now:
            return ahead
        self.jobs.wake()
        return replace(ahead, job=None)

    async def run_timers(self) -> int:
        """Run some of the timers that are due; gives how many."""
        return await self.storage.run(self.timers.run, Rank.OUTBOX) if self.timers.known else 0

    async def turn(self) -> int:
        """Run timers that are due and a job, claim a batch and send it; gives how many."""
        ran = await self.run_timers() + await self.jobs.turn()
        rows = await self.storage.run(lambda: self.claim(self.pace.batch), Rank.OUTBOX)
        if rows:
            await self.sender.carry(rows)
        return ran + len(rows)

    def claim(self, room: int) -> Sequence[Delivery]:
        """Lease what is due, `room` rows at most; called in one of the storage's threads."""
        pace = self.pace
        portion = Portion(min(pace.batch, room), pace.per_lane, timedelta(seconds=pace.early))
        with self.storage.write() as transaction:
            lease = timedelta(seconds=pace.lease)
            return transaction.queue.claim(self.owner, self.now(), lease, portion)

    async def recover(self) -> None:
        """Settle what others left behind."""
        await self.recovery.recover()


def _first(ahead: Ahead) -> datetime | None:
    """Say when the first of what is ahead falls due."""
    return min((at for at in (ahead.due, ahead.timer, ahead.job) if at), default=None)
