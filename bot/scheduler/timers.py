"""Runs timers: each is claimed, done and marked in one transaction, so it takes effect once."""

import time
from collections.abc import Callable, Mapping
from datetime import datetime

import structlog

from bot.domain.follow import TIMERS, Follow, follow, follow_or_later
from bot.domain.trouble import report
from bot.notices import TimerDeclaration
from storage import Records, Storage, Transaction
from storage.timers import Timer as Row
from storage.undoing import Undone

log = structlog.get_logger()
LOT, HOLD = 20, 0.025
"""Timers that are run in one transaction at most, and after how many seconds no other is begun.

So nobody waits long for the worker.
"""


class TimerRunner:
    """Runs the timers that are due, of all communities; others are left to other versions."""

    def __init__(self, storage: Storage, now: Callable[[], datetime]) -> None:
        self.storage = storage
        self.now = now
        self.follow: Follow = follow
        self.known: Mapping[str, TimerDeclaration] = {}

    def next(self, transaction: Transaction) -> datetime | None:
        """Say when the next timer falls due."""
        return transaction.timers.next(self.known) if self.known else None

    def run(self) -> int:
        """Run some of what is due; gives how many were."""
        now, begun, done = self.now(), time.monotonic(), 0
        with self.storage.write() as transaction:
            for row in transaction.timers.claim(self.known, now, LOT):
                self._run(transaction, row, now)
                done += 1
                if time.monotonic() - begun > HOLD:
                    break
        return done

    def _run(self, transaction: Transaction, row: Row, now: datetime) -> None:
        """Run one; what breaks leaves everything as it was, and is tried again later."""
        records, name, due_at = transaction.records(row.community_id), row.name, row.due_at
        try:
            with transaction.undoable():
                self.known[name].run(records, row.thing_id, now)
                self._follow(records, name, now)
                if row.due_at == due_at and row in transaction.db:
                    transaction.db.delete(row)  # nothing is next
        except Undone as undone:
            records.touched.clear()
            log.error("timer failed", action=name, timer=row.id, error=str(undone))
            row.failed(str(undone), now)
            _give_up(records, row, now)
            return
        log.info("timer", action=name, late=(now - due_at).total_seconds())

    def _follow(self, records: Records, name: str, now: datetime) -> None:
        """Follow what a timer touched; one that does nothing else is itself tried again."""
        if name in TIMERS:
            self.follow(records, now)
        else:
            follow_or_later(records, now, self.follow)


def _give_up(records: Records, row: Row, now: datetime) -> None:
    """Tell coordinators of a timer that is not tried again."""
    if row.state == "dead":
        at = (row.since or row.due_at).isoformat()
        args = {"what": row.name, "about": row.about, "at": at, "error": row.error}
        report(records, row.name, args, now)
