"""Goes through all things of a kind in lots, each in a short transaction of its own."""

from collections.abc import Callable, Sequence
from time import perf_counter
from typing import Generic, TypeVar

import structlog

from storage import Records, Transaction
from storage.tables import Owned
from storage.undoing import Undone

log = structlog.get_logger()
LOT = 50
"""How many things are looked at in one transaction."""
BRIEF = 0.04
"""Seconds after which a lot ends before that, so that nobody waits long for it."""
Kind = TypeVar("Kind", bound=Owned)


class Lots(Generic[Kind]):
    """Does something to all things of a kind, of all communities, and counts how many it changed.

    `some` lists the things behind an id, at most so many. Whoever breaks something stays as it
    was, and holds up no other.
    """

    def __init__(
        self,
        action: str,
        some: Callable[[Transaction, int, int], Sequence[Kind]],
        change: Callable[[Records, Kind], bool],
    ) -> None:
        self.action = action
        self.some = some
        self.change = change
        self.changed = 0
        self._last = -1

    def next(self, transaction: Transaction) -> bool:
        """Go through the next lot; False when there is none any more."""
        ends = perf_counter() + BRIEF
        things = self.some(transaction, self._last, LOT)
        for thing in things:
            self._last = thing.id
            self.changed += self._alone(transaction, thing)
            if perf_counter() > ends:
                break
        return bool(things)

    def _alone(self, transaction: Transaction, thing: Kind) -> bool:
        id, records = thing.id, transaction.records(thing.community_id)
        try:
            with transaction.undoable():
                return self.change(records, thing)
        except Undone as undone:
            records.touched.clear()
            log.error("not followed", action=self.action, thing=id, error=str(undone))
            return False
