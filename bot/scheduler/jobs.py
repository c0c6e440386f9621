"""Runs jobs: each is claimed, computed apart, and finished in one transaction with what follows."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import structlog

from bot.domain.follow import follow
from bot.domain.telling import tell
from bot.domain.trouble import report
from bot.notices import JobDeclaration, Work
from bot.scheduler.computing import LIMITS, NotComputed, apart
from storage import Rank, Records, Storage, Transaction
from storage.deliveries import Wanted
from storage.engine import DatabaseTrouble
from storage.jobs import MOST
from storage.jobs import Job as Row
from storage.reading import only_reading
from storage.undoing import Undone

log = structlog.get_logger()
LEASE = timedelta(seconds=LIMITS.seconds + 30)
"""How long a job is left to who began it: longer than it may take."""
PATIENT = timedelta(minutes=10)
"""How long whoever asked surely waits for the answer, at whatever hour."""
CHANGED, INTERRUPTED = "changed", "interrupted"


@dataclass(frozen=True, slots=True)
class StartedJob:
    """A job that this process has claimed, and what it has to compute."""

    id: int
    owner: str
    work: Work | None


SETTLED = StartedJob(0, "", None)
"""A job with which nothing is left to do."""


class JobRunner:
    """Runs the jobs of all communities, one at a time; others are left to other versions."""

    def __init__(self, storage: Storage, now: Callable[[], datetime]) -> None:
        self.storage = storage
        self.now = now
        self.known: Mapping[str, JobDeclaration] = {}
        self.compute: Callable[[Work], Awaitable[dict[str, Any]]] = apart
        self.ended: Callable[[], None] = lambda: None
        self.woken = asyncio.Event()

    def next(self, transaction: Transaction) -> datetime | None:
        """Say when the next job may begin."""
        return transaction.jobs.next(self.known) if self.known else None

    def wake(self) -> None:
        """Look for jobs now."""
        self.woken.set()

    async def run(self) -> None:
        """Run what is due whenever woken, until cancelled."""
        while True:
            await self.woken.wait()
            self.woken.clear()
            while await self.turn():
                pass

    async def turn(self) -> bool:
        """Run the job that has been due for longest; says whether there was one."""
        begun = await self.storage.run(self._begin, Rank.OUTBOX) if self.known else None
        if begun is None:
            return False
        if begun.work is not None:
            result, error = await self._computed(begun, begun.work)
            await self.storage.run(partial(self._end, begun, result, error), Rank.OUTBOX)
        self.ended()
        return True

    def _begin(self) -> StartedJob | None:
        """Claim a job and describe its work; without work it is settled already."""
        now = self.now()
        with self.storage.write() as transaction:
            row = transaction.jobs.claim(self.known, now, LEASE)
            if row is None:
                return None
            if row.attempts > MOST:
                self._broke(transaction, row, INTERRUPTED, now)
                return SETTLED
            try:
                with transaction.undoable():
                    work = self._described(transaction.records(row.community_id), row, now)
                    return StartedJob(row.id, row.owner, work)
            except Undone as undone:
                self._broke(transaction, row, str(undone), now)
                return SETTLED

    def _described(self, records: Records, row: Row, now: datetime) -> Work | None:
        """Describe the work of a job; one that is needed no more is forgotten."""
        with only_reading(records.db, records.touched):
            work = self.known[row.name].describe(records, row, now)
        if work is None:
            records.jobs.remove(row)
        else:
            row.digest = work.digest
        return work

    async def _computed(self, begun: StartedJob, work: Work) -> tuple[dict[str, Any], str]:
        """Compute work; gives the result, or why there is none. When cancelled, others begin it."""
        try:
            return await self.compute(work), ""
        except NotComputed as reason:
            return {}, str(reason)
        except asyncio.CancelledError:
            with suppress(DatabaseTrouble):  # then its lease ends
                await self.storage.run(partial(self._give_back, begun), Rank.OUTBOX)
            raise

    def _give_back(self, begun: StartedJob) -> None:
        with self.storage.write() as transaction:
            row = transaction.jobs.held(begun.id, begun.owner)
            if row is not None:
                row.give_back(self.now())

    def _end(self, begun: StartedJob, result: dict[str, Any], error: str) -> None:
        """Finish a job, unless somebody else has begun it meanwhile."""
        now = self.now()
        with self.storage.write() as transaction:
            row = transaction.jobs.held(begun.id, begun.owner)
            if row is None:
                log.info("job taken over", job=begun.id)
            elif error:
                self._broke(transaction, row, error, now)
            else:
                self._finish(transaction, row, result, now)

    def _finish(
        self, transaction: Transaction, row: Row, result: dict[str, Any], now: datetime
    ) -> None:
        """Keep a result and do what follows; what breaks leaves all as it was, and begins anew."""
        try:
            with transaction.undoable():
                self._keep(transaction.records(row.community_id), row, result, now)
        except Undone as undone:
            self._broke(transaction, row, str(undone), now)

    def _keep(self, records: Records, row: Row, result: dict[str, Any], now: datetime) -> None:
        """Keep a result if its thing is as it was, else have it described again."""
        job, digest = self.known[row.name], row.digest
        if self._described(records, row, now) is None:
            return
        if row.digest != digest:
            row.wait(now, CHANGED)
            _failed(records, job, row, now)
            return
        row.finish(result)
        if job.then is not None:
            job.then(records, row, now)
            follow(records, now)
        _tell(records, job, row, now)
        log.info("job", action=row.name, job=row.id, seconds=(now - row.asked_at).total_seconds())

    def _broke(self, transaction: Transaction, row: Row, error: str, now: datetime) -> None:
        log.error("job failed", action=row.name, job=row.id, error=error, attempt=row.attempts)
        row.broke(error, now)
        _failed(transaction.records(row.community_id), self.known[row.name], row, now)


def _failed(records: Records, job: JobDeclaration, row: Row, now: datetime) -> None:
    """Tell whoever asked, and coordinators, when a job is not begun again."""
    if row.state == "failed":
        _tell(records, job, row, now)
        args = {"what": row.name, "about": row.about, "at": row.asked_at.isoformat()}
        report(records, row.name, args | {"error": row.error}, now)


def _tell(records: Records, job: JobDeclaration, row: Row, now: datetime) -> None:
    """Tell whoever asked how a job ended: at once while they wait for it, else when awake."""
    asked_by = records.members.find(row.asked_by_id or 0)
    if asked_by is not None:
        late = now - row.asked_at > PATIENT
        one = Wanted(f"{row.id}:{row.state}", now, by_id=None if late else asked_by.id)
        tell(records, row.about, job.told.name, one, [asked_by])
