"""Settles what senders left behind: looks whether it went out before anybody sends it again."""

import asyncio
import traceback
from collections.abc import Awaitable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

import structlog

from bot.chat import MessageRef
from bot.errors import Busy, PersonClosed, PostError, Refused, TargetLost, Unforeseen
from bot.protocol import Adapter, Target
from bot.scheduler.outgoing import Outgoings, Unsent, mark
from bot.scheduler.results import Results
from storage import Rank, Storage, Transaction
from storage.deliveries import Delivery
from storage.engine import DatabaseAway, DatabaseTrouble

log = structlog.get_logger()
AT_ONCE = 20
"""Messages looked for at a time."""
ROUND = 2
"""Look-ups for each time a message was sent."""
OFTEN = 3 * ROUND
"""Look-ups after which one that breaks ours is sent no more."""
SINCE = timedelta(minutes=5)
"""How long before its moment a message is looked for: the clocks of platforms differ."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How long leases last, and how long after their end a message is looked for.

    `grace` is longer than any request takes; `again` comes after a look-up that found nothing;
    `batch` rows are taken at a time.
    """

    lease: timedelta
    grace: timedelta
    again: timedelta
    batch: int


@contextmanager
def foreseen(action: str) -> Iterator[None]:
    """Have whatever a platform's look-up raises be a PostError: its library may raise anything."""
    try:
        yield
    except PostError:
        raise
    except Exception as error:
        log.error("look-up broke", action=action, trace=traceback.format_exc())
        raise Unforeseen(type(error).__name__) from error


class Recovery:
    """Takes over for one owner. What is found was sent; what is not found twice is sent again.

    Where nothing can be looked up it is sent again at once: there the platform deduplicates.
    """

    def __init__(
        self,
        storage: Storage,
        outgoings: Outgoings,
        endings: Results,
        adapters: Mapping[str, Adapter],
        patience: Patience,
    ) -> None:
        self.storage = storage
        self.outgoings = outgoings
        self.results = endings
        self.adapters = adapters
        self.patience = patience

    async def recover(self) -> None:
        """Put back what was claimed and left, and settle what may have gone out, all there is."""
        more = True
        while more:
            try:
                rows = await self.storage.change(self._taken, Rank.OUTBOX)
                for some in (rows[at : at + AT_ONCE] for at in range(0, len(rows), AT_ONCE)):
                    await _all_of(map(self._settle, some))
            except DatabaseTrouble as trouble:
                log.error("nothing recovered", action="outbox", error=str(trouble))
                return
            more = len(rows) == self.patience.batch

    def _taken(self, transaction: Transaction) -> Sequence[Delivery]:
        own, patience = self.results, self.patience
        transaction.queue.put_back(own.now())
        return transaction.queue.take_over(
            own.owner, own.now(), patience.lease, patience.grace, patience.batch
        )

    async def _settle(self, row: Delivery) -> None:
        """Settle one row; one that breaks something of ours is given up, and told."""
        try:
            await self._settled(row)
        except DatabaseAway:
            raise
        except Exception as error:
            log.exception("settling broke", action=row.notice, delivery=row.id)
            words = f"{Unforeseen.__name__}: {type(error).__name__}: {error}"
            await self.storage.change(partial(self._give_up, row, words), Rank.OUTBOX)

    async def _settled(self, row: Delivery) -> None:
        target = await self.storage.look(partial(self._whither, row), Rank.OUTBOX)
        if target is not None and self._deduplicates(row, target):
            again = partial(self._send_again, row, row.looked + ROUND)
            await self.storage.change(again, Rank.OUTBOX)
            return
        try:
            found = await self._look_up(row, target)
        except (Refused, TargetLost, PersonClosed, Unforeseen) as error:
            words = f"{type(error).__name__}: {error}"
            await self.storage.change(partial(self._give_up, row, words), Rank.OUTBOX)
        except PostError as error:
            log.warning("look-up failed", action=row.notice, delivery=row.id, error=str(error))
            pause = self.patience.grace
            if isinstance(error, Busy):  # as before it was started here
                pause = timedelta(seconds=error.retry_after)
            await self.storage.change(partial(self._leave, row, row.looked, pause), Rank.OUTBOX)
        else:
            await self.storage.change(partial(self._end, row, found), Rank.OUTBOX)

    def _deduplicates(self, row: Delivery, target: Target) -> bool:
        """Say whether a message is posted again instead of looked up."""
        adapter = self.adapters.get(target.platform)
        return row.post_id is None and adapter is not None and not adapter.finds

    async def _look_up(self, row: Delivery, target: Target | None) -> MessageRef | None:
        """Look for a message; an edit may be made once more, and is not looked for."""
        adapter = self.adapters.get(target.platform) if target else None
        if target is None or row.post_id is not None:
            return None
        if adapter is None:
            raise PostError("its platform is not started here")
        with foreseen(row.notice):
            return await adapter.find(target, mark(row), row.due_at - SINCE)

    def _whither(self, row: Delivery, transaction: Transaction) -> Target | None:
        records = transaction.records(row.community_id)
        member = records.members.find(row.member_id) if row.member_id else None
        try:
            return self.outgoings.whither(records, row, member)[0]
        except Unsent:
            return None

    def _give_up(self, row: Delivery, words: str, transaction: Transaction) -> None:
        self.results.end(transaction, row, state="unknown", error=words)

    def _leave(
        self, row: Delivery, looked: int, pause: timedelta, transaction: Transaction
    ) -> None:
        """Have somebody look once more after a pause."""
        since = self.results.now() - self.patience.grace + pause
        transaction.queue.leave(row, row.owner, since, looked=looked)

    def _end(self, row: Delivery, found: MessageRef | None, transaction: Transaction) -> None:
        if found is not None:
            self._found(row, found, transaction)
        elif row.looked % 2 == 0 and row.post_id is None:
            self._leave(row, row.looked + 1, self.patience.again, transaction)
        else:
            self._send_again(row, row.looked + 1, transaction)

    def _send_again(self, row: Delivery, looked: int, transaction: Transaction) -> None:
        """Put back what did not arrive; what breaks something of ours each time is given up."""
        hopeless = looked >= OFTEN and row.error.startswith(Unforeseen.__name__)
        if hopeless:
            self.results.end(transaction, row, state="dead", looked=looked, error=row.error)
        else:
            self.results.end(transaction, row, state="pending", looked=looked)

    def _found(self, row: Delivery, found: MessageRef, transaction: Transaction) -> None:
        ends = {"state": "sent", "sent_at": self.results.now(), "message": found.id}
        mine = transaction.queue.finish(row, row.owner, **ends)
        self.results.note(row, "found", mine)
        if mine and self.outgoings.is_live(row, found.place.platform):
            self.results.remember(transaction, row, found)
            self.results.followed(transaction, [row.community_id])


async def _all_of(work: Iterable[Awaitable[None]]) -> None:
    """Wait until all have ended; then raise what the first raised that did not end well."""
    ends = await asyncio.gather(*work, return_exceptions=True)
    for end in ends:
        if end is not None:
            raise end
