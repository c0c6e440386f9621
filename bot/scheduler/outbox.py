"""Empties the outbox: claims what is due, has it worded, posts it, and takes over what was left."""

import asyncio
import os
import secrets
import traceback
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from bot.calls import Adapter, Target
from bot.chat import MessageRef
from bot.commands import Notice
from bot.errors import Busy, PostError, Uncertain
from bot.scheduler.endings import Endings, remembered
from bot.scheduler.outgoing import Chunk, Outgoing, Outgoings, Unsent, mark
from storage import Storage
from storage.deliveries import Delivery
from storage.engine import DatabaseTrouble

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Pace:
    """How the outbox works: rows claimed and posted at a time; seconds of poll, lease and grace."""

    batch: int = 100
    at_once: int = 100
    poll: float = 5.0
    lease: float = 60.0
    grace: float = 60.0


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
        self.adapters = adapters
        self.now = now
        self.pace = pace or Pace()
        self.owner = f"{os.getpid()}-{secrets.token_hex(4)}"
        self.outgoings = Outgoings(notices, adapters)
        self.endings = Endings(self.owner, now)
        self.woken = asyncio.Event()
        self.stopping = False

    async def run(self) -> None:
        """Send what falls due, until stopped; waits at most `poll` seconds at a time."""
        await self.recover()
        while not self.stopping:
            self.woken.clear()
            try:
                wait = await self._until_due()
            except DatabaseTrouble as trouble:
                log.error("outbox waits for the database", action="outbox", error=str(trouble))
                wait = self.pace.poll
            if wait > 0:
                await self._sleep(min(wait, self.pace.poll))

    async def _until_due(self) -> float:
        """Send what is due now; else give the seconds until something will be."""
        due, left = await self.storage.run(self._ahead)
        if left is not None and left <= self.now() - timedelta(seconds=self.pace.grace):
            await self.recover()
        if due is not None and due <= self.now():
            await self.turn()
            return 0
        return self.pace.poll if due is None else (due - self.now()).total_seconds()

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
        """Claim no more; what is being sent is finished first."""
        self.stopping = True
        self.wake()

    async def next_due(self) -> datetime | None:
        """Say when the next delivery falls due."""
        due, _ = await self.storage.run(self._ahead)
        return due

    def _ahead(self) -> tuple[datetime | None, datetime | None]:
        with self.storage.read() as transaction:
            return transaction.queue.ahead()

    async def turn(self) -> int:
        """Claim one batch of what is due and send it; gives how many were claimed."""
        rows = await self.storage.run(self._claim)
        for begin in range(0, len(rows), self.pace.at_once):
            await self._send(rows[begin : begin + self.pace.at_once])
        return len(rows)

    def _claim(self) -> Sequence[Delivery]:
        with self.storage.write() as transaction:
            return transaction.queue.claim(
                self.owner, self.now(), timedelta(seconds=self.pace.lease), self.pace.batch
            )

    async def _send(self, rows: Sequence[Delivery]) -> None:
        worded = await self.storage.run(lambda: self._word(rows))
        ends = await asyncio.gather(*(self._post(one) for one in worded))
        await self.storage.run(lambda: self._mark(list(zip(worded, ends, strict=True))))

    def _word(self, rows: Sequence[Delivery]) -> list[Outgoing]:
        """Word a chunk and commit that it is going out, in one transaction."""
        worded = []
        with self.storage.write() as transaction:
            going = transaction.queue.begin_sending(rows, self.owner)
            chunk = Chunk(transaction, transaction.queue.members(going))
            for row in going:
                try:
                    worded.append(self.outgoings.word(chunk, row, self.now()))
                except Unsent as end:
                    self.endings.end(transaction, row, state=end.state, error=end.error)
        return worded

    async def _post(self, one: Outgoing) -> MessageRef | PostError:
        """Post one message; gives where it stands, or why it does not."""
        adapter = self.adapters.get(one.target.platform)
        if adapter is None:
            return Busy(300, one.target.platform)
        try:
            if one.ref is not None:
                await adapter.edit(one.ref, one.message, one.reader)
                return one.ref
            return await adapter.post(one.target, one.message, one.reader, mark(one.row))
        except PostError as error:
            return error
        except Exception as error:
            log.error(
                "post failed",
                action=one.row.notice,
                delivery=one.row.id,
                trace=traceback.format_exc(),
            )
            return Uncertain(type(error).__name__)

    def _mark(self, ended: Sequence[tuple[Outgoing, MessageRef | PostError]]) -> None:
        posted = [(one, end) for one, end in ended if isinstance(end, MessageRef)]
        with self.storage.write() as transaction:
            self.endings.sent(transaction, posted)
            for one, end in ended:
                if not isinstance(end, MessageRef):
                    self.endings.unsent(transaction, one, end)

    async def recover(self) -> None:
        """Take over what senders left behind: put it back, or look first whether it went out."""
        try:
            for row in await self.storage.run(self._abandoned):
                await self._take_over(row)
        except DatabaseTrouble as trouble:
            log.error("nothing recovered", action="outbox", error=str(trouble))

    def _abandoned(self) -> Sequence[Delivery]:
        with self.storage.read() as transaction:
            grace = timedelta(seconds=self.pace.grace)
            return transaction.queue.abandoned(self.now(), grace, self.pace.batch)

    async def _take_over(self, row: Delivery) -> None:
        """Settle a row whose sender has gone; one that cannot be looked up yet stays as it is."""
        try:
            found = await self._look_up(row) if row.state == "sending" else None
        except PostError as error:
            log.warning("look-up failed", action=row.notice, delivery=row.id, error=str(error))
            return
        await self.storage.run(lambda: self._settle(row, found))

    async def _look_up(self, row: Delivery) -> MessageRef | None:
        def whither() -> Target | None:
            with self.storage.read() as transaction:
                records = transaction.records(row.community_id)
                member = records.members.find(row.member_id) if row.member_id else None
                try:
                    return self.outgoings.whither(records, row, member)[0]
                except Unsent:
                    return None

        target = await self.storage.run(whither)
        adapter = self.adapters.get(target.platform) if target else None
        if target is None or adapter is None or row.post_id is not None:
            return None
        return await adapter.find(target, mark(row), row.due_at - timedelta(minutes=5))

    def _settle(self, row: Delivery, found: MessageRef | None) -> None:
        with self.storage.write() as transaction:
            if found is None:
                transaction.queue.finish(row, row.owner, state="pending")
                return
            ends = {"state": "sent", "sent_at": self.now(), "message": found.id}
            mine = transaction.queue.finish(row, row.owner, **ends)
            self.endings.note(row, "found", mine)
            if mine and self.outgoings.is_live(row):
                transaction.records(row.community_id).posts.add(remembered(row, found))
