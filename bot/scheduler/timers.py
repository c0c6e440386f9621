"""Runs timers: each is claimed, done and marked in one transaction, so it takes effect once."""

from collections.abc import Callable, Mapping
from datetime import datetime
from time import monotonic

import structlog

from bot.domain.follow import TIMERS, Follow, follow, follow_or_later
from bot.domain.trouble import report
from bot.notices import TimerDeclaration
from storage import Records, Storage, Transaction
from storage.timers import Timer as Row
from storage.undoing import Undone

log = structlog.get_logger()
LOT, ENOUGH = 20, 0.025
"""Timers that are run in one transaction at most, and the seconds after which it takes no more."""


class TimerRunner:
    """Runs the timers that are due, of all communities; others are left to other versions."""

    def __init__(
        self,
        storage: Storage,
        now: Callable[[], datetime],
        clock: Callable[[], float] = monotonic,
    ) -> None:
        self.storage = storage
        self.now = now
        self.clock = clock
        self.follow: Follow = follow
        self.known: Mapping[str, TimerDeclaration] = {}

    def next(self, transaction: Transaction) -> datetime | None:
        """Say when the next timer falls due."""
        return transaction.timers.next(self.known) if self.known else None

    def run(self) -> int:
        """Run a lot of what is due, as long as nobody waits long for it; gives how many were run.

        What is left stays due, for the next transaction.
        """
        now, enough = self.now(), self.clock() + ENOUGH
        with self.storage.write() as transaction:
            due = transaction.timers.claim(self.known, now, LOT)
            for ran, row in enumerate(due, 1):
                self._run(transaction, row, now)
                if self.clock() > enough:
                    return ran
        return len(due)

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
