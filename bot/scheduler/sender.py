"""Carries claimed deliveries to their platforms: words them, posts them, marks how each ended."""

import asyncio
import traceback
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime

import structlog

from bot.background import begun
from bot.chat import MessageRef
from bot.errors import Busy, NotThere, PersonLeft, PostError, Uncertain, Unforeseen
from bot.protocol import IN_TIME, Adapter, LooksUp
from bot.scheduler.broken import broken
from bot.scheduler.inviting import Inviting
from bot.scheduler.outgoing import Chunk, Outgoing, Outgoings, Unsent, mark
from bot.scheduler.results import End, Ended, Results
from storage import Rank, Storage, Transaction
from storage.deliveries import Delivery
from storage.engine import DatabaseTrouble
from storage.rate_limits import Lane
from storage.undoing import Undone

log = structlog.get_logger()
NOT_HERE = 300.0
"""Seconds until a message for a platform that is not started here is tried again."""


LOOKING = 5.0
"""Seconds a look-up of somebody may take: then they are taken to be there."""
TOGETHER = 0.02
"""Seconds within which ends are written down together."""
Posting = asyncio.Future[None]
Held = Mapping[tuple[int, int], datetime]
"""Until when rows, named by id and fence, were last known to be ours."""


class Sender:
    """Sends what one owner has claimed; a lane's messages one after another, lanes side by side.

    `latest` tells the time by the clock that is ahead; a request takes `longest` seconds at most,
    so that nobody looks for a message that is still on its way.
    """

    def __init__(
        self,
        storage: Storage,
        outgoings: Outgoings,
        endings: Results,
        adapters: Mapping[str, Adapter],
        latest: Callable[[], datetime],
    ) -> None:
        self.storage = storage
        self.outgoings = outgoings
        self.results = endings
        self.adapters = adapters
        self.latest = latest
        self.longest = 30.0
        self.held: Held = {}
        self.under_way: set[int] = set()
        self.freed: Callable[[], None] = lambda: None
        self.inviting = Inviting(storage, adapters, endings.now)

    async def carry(self, rows: Sequence[Delivery]) -> None:
        """Send rows that were claimed together; returns when the end of each is written down.

        Those that have ended are under way no more, however long the others take.
        """
        ids = {row.id for row in rows}
        self.under_way |= ids
        try:
            worded, waits = await self.storage.run(lambda: self._word(rows), Rank.OUTBOX)
            self.under_way -= ids - {one.row.id for one in worded}
            await self._post_all(worded, waits)
        finally:
            self.under_way -= ids
        await self.inviting.after(rows)

    async def _post_all(self, worded: Iterable[Outgoing], waits: Mapping[Lane, datetime]) -> None:
        ended: list[End] = []
        lanes: dict[Lane, list[Outgoing]] = {}
        for one in worded:
            lanes.setdefault(one.row.lane, []).append(one)
        posting = {
            begun(self._lane(ones, _free(ones[0].row, waits), ended)) for ones in lanes.values()
        }
        try:
            while posting:
                posting = await _some_ended(posting)
                now_ended, ended[:] = tuple(ended), ()
                await self._mark(now_ended)
                self.under_way.difference_update(end.one.row.id for end in now_ended)
                self.freed()
        finally:
            for task in posting:
                task.cancel()

    def _word(self, rows: Sequence[Delivery]) -> tuple[list[Outgoing], Mapping[Lane, datetime]]:
        """Word rows and commit that they are going out, in one transaction."""
        with self.storage.write() as transaction:
            going = transaction.queue.begin_sending(rows, self.results.owner)
            made = self._made(transaction, going)
            for one in made:
                if isinstance(one, Ended):
                    self.results.tell(transaction, one)
            worded = [one for one in made if isinstance(one, Outgoing)]
            lanes = (id for one in worded for id in (one.row.lane[0], one.row.community_id))
            return worded, transaction.queue.rate_limits.ends(lanes, self.results.now())

    def _made(self, transaction: Transaction, rows: Sequence[Delivery]) -> list[Outgoing | Ended]:
        """Word rows together; where one of them breaks something, each of them apart.

        So each is undone without the others, and nothing is paid for that while nothing breaks.
        """
        with suppress(Undone), transaction.undoable():
            return self._together(transaction, rows)
        return [self._apart(transaction, row) for row in rows]

    def _together(
        self, transaction: Transaction, rows: Sequence[Delivery]
    ) -> list[Outgoing | Ended]:
        chunk = Chunk(transaction, transaction.queue.members(rows))
        return [self._worded(chunk, row) for row in rows]

    def _worded(self, chunk: Chunk, row: Delivery) -> Outgoing | Ended:
        try:
            return self.outgoings.word(chunk, row, self.results.now())
        except Unsent as end:
            return self.results.stop(chunk.transaction, row, **end.ends)

    def _apart(self, transaction: Transaction, row: Delivery) -> Outgoing | Ended:
        try:
            with transaction.undoable():
                return self._together(transaction, [row])[0]
        except Undone as undone:
            trace = "".join(traceback.format_exception(undone.error))
            log.error("wording failed", action=row.notice, delivery=row.id, trace=trace)
            ends = broken(row, undone.error, self.results.now())
            return self.results.stop(transaction, row, **ends)

    async def _lane(
        self, ones: Iterable[Outgoing], free: datetime | None, ended: list[End]
    ) -> None:
        """Post the messages of a lane.

        When the platform asks to wait, or nobody knows whether one went out, the others wait too.
        """
        if free is not None:
            await asyncio.sleep((free - self.results.now()).total_seconds())
        busy: Busy | None = None
        for one in ones:
            at = self.results.now()
            result = busy or await self._post(one)
            if isinstance(result, Busy):
                busy, at = result, self.results.now()
            elif isinstance(result, Uncertain) and one.ref is None:
                busy = Busy(0, "order")
            ended.append(End(one, result, at))

    async def _post(self, one: Outgoing) -> MessageRef | PostError:
        """Post one message; gives where it stands, or why it does not."""
        adapter = self.adapters.get(one.target.platform)
        if adapter is None:
            return NotThere(NOT_HERE, one.target.platform)
        if self._lost(one.row):
            # The process was held up, or the clock jumped: somebody else may look after it.
            log.warning("lease over", action=one.row.notice, delivery=one.row.id)
            return Busy(0, "lease")
        time = asyncio.get_running_loop().time
        ends = time() + self.longest
        IN_TIME.set(lambda: time() < ends and not self._lost(one.row))
        try:
            async with asyncio.timeout_at(ends):
                if await self._has_left(one):
                    return PersonLeft("looked up")
                return await _posted(adapter, one)
        except PostError as error:
            return error
        except TimeoutError:
            return Uncertain(f"no answer within {self.longest} s")
        except Exception as error:
            log.error(
                "post failed",
                action=one.row.notice,
                delivery=one.row.id,
                trace=traceback.format_exc(),
            )
            return Unforeseen(type(error).__name__)

    async def _has_left(self, one: Outgoing) -> bool:
        """Look up whoever is asked something, where the platform does not say who has left."""
        if one.whom is None:
            return False
        adapter: object = self.adapters.get(one.whom.platform)
        if not isinstance(adapter, LooksUp):
            return False
        try:
            async with asyncio.timeout(LOOKING):
                return not await adapter.is_there(one.whom)
        except (PostError, TimeoutError):
            return False

    def _lost(self, row: Delivery) -> bool:
        until = self.held.get((row.id, row.fence), row.lease_until)
        return until is not None and self.latest() >= until

    async def _mark(self, ended: Sequence[End]) -> None:
        """Write down what ended; while the database is away, as long as the lease lasts."""
        pause = 0.1
        while ended:
            try:
                await self.storage.run(lambda: self._write(ended), Rank.OUTBOX)
                return
            except DatabaseTrouble as trouble:
                log.error("an end waits for the database", action="outbox", error=str(trouble))
                if pause > 10 or self._lost(ended[0].one.row):
                    return
            await asyncio.sleep(pause)
            pause *= 2

    def _write(self, ended: Sequence[End]) -> None:
        with self.storage.write() as transaction:
            self.results.written(transaction, ended, self.adapters)


async def _some_ended(posting: set[Posting]) -> set[Posting]:
    """Wait for the first to end, and a moment for others; gives those that have not."""
    done, posting = await asyncio.wait(posting, return_when=asyncio.FIRST_COMPLETED)
    if posting:
        more, posting = await asyncio.wait(posting, timeout=TOGETHER)
        done |= more
    for task in done:
        task.result()
    return posting


async def _posted(adapter: Adapter, one: Outgoing) -> MessageRef:
    if one.ref is None:
        return await adapter.post(one.target, one.message, one.reader, mark(one.row))
    await adapter.edit(one.ref, one.message, one.reader)
    return one.ref


def _free(row: Delivery, waits: Mapping[Lane, datetime]) -> datetime | None:
    """Say until when the lane of a row, or all of its community, has to wait."""
    lane, edits = row.lane
    ends = (waits.get((lane, edits)), waits.get((row.community_id, edits)))
    return max((end for end in ends if end), default=None)
