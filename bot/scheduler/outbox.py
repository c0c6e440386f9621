"""Empties the outbox: claims what is due, words it, posts it and writes down how that ended."""

import asyncio
import os
import secrets
import traceback
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

import structlog

from bot.calls import Adapter, Reader, Target
from bot.chat import Account, Message, MessageRef, Moment, Paragraph, Place
from bot.commands import Notice, Sending
from bot.errors import Busy, PersonClosed, PostError, Refused, TargetLost, Uncertain
from bot.i18n import spoken, t
from storage import Records, Storage, Transaction
from storage.community import Channel, Post
from storage.deliveries import Delivery, Wanted
from storage.people import KnownAccount, Member

log = structlog.get_logger()
LATE = timedelta(minutes=10)
TROUBLE = "community.trouble"


@dataclass(frozen=True, slots=True)
class Pace:
    """How the outbox works: rows claimed and posted at a time; seconds of poll, lease and grace."""

    batch: int = 100
    at_once: int = 100
    poll: float = 5.0
    lease: float = 60.0
    grace: float = 60.0


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A worded delivery, ready to be posted, or to be edited in at `ref`."""

    row: Delivery
    target: Target
    message: Message
    reader: Reader
    platform: str
    live: bool
    ref: MessageRef | None = None


class Unsent(Exception):
    """A row that is not to be posted, with how it ends instead."""

    def __init__(self, state: str, error: str) -> None:
        super().__init__(error)
        self.state = state
        self.error = error


@dataclass(slots=True)
class Chunk:
    """What deliveries that are worded in one transaction share."""

    transaction: Transaction
    members: Mapping[int, Member]
    homes: dict[int, Records] = field(default_factory=dict)
    seen: dict[int, dict[str, Any]] = field(default_factory=dict)

    def records(self, community_id: int) -> Records:
        """Give the records of a community, the same ones each time."""
        if community_id not in self.homes:
            self.homes[community_id] = self.transaction.records(community_id)
        return self.homes[community_id]


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
        self.notices = notices
        self.adapters = adapters
        self.now = now
        self.pace = pace or Pace()
        self.owner = f"{os.getpid()}-{secrets.token_hex(4)}"
        self.woken = asyncio.Event()
        self.stopping = False

    async def run(self) -> None:
        """Send what falls due, until stopped; waits at most `poll` seconds at a time."""
        await self.recover()
        while not self.stopping:
            self.woken.clear()
            due = await self.next_due()
            if due is not None and due <= self.now():
                await self.turn()
                continue
            wait = self.pace.poll if due is None else (due - self.now()).total_seconds()
            try:
                async with asyncio.timeout(min(wait, self.pace.poll)):
                    await self.woken.wait()
            except TimeoutError:
                continue

    def wake(self) -> None:
        """Look at the queue now: something may have fallen due."""
        self.woken.set()

    def stop(self) -> None:
        """Claim no more; what is being sent is finished first."""
        self.stopping = True
        self.wake()

    async def next_due(self) -> datetime | None:
        """Say when the next delivery falls due."""

        def look() -> datetime | None:
            with self.storage.read() as transaction:
                return transaction.queue.next_due()

        return await self.storage.run(look)

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
                    worded.append(self._outgoing(chunk, row))
                except Unsent as end:
                    self._end(transaction, row, state=end.state, error=end.error)
        return worded

    def _outgoing(self, chunk: Chunk, row: Delivery) -> Outgoing:
        now = self.now()
        if row.expires_at is not None and now > row.expires_at:
            raise Unsent("dead", "expired")
        records = chunk.records(row.community_id)
        member = chunk.members.get(row.member_id or 0)
        notice = self.notices.get(row.notice)
        if notice is None:
            raise Unsent("dead", f"no notice {row.notice}")
        about = int(row.about.rpartition(":")[2] or 0)
        late = now - row.due_at
        seen = chunk.seen.setdefault(row.community_id, {})
        message = notice.word(records, Sending(about, row.kind, now, late, member, row.args, seen))
        if message is None:
            raise Unsent("cancelled", "needed no more")
        if late > LATE and row.post_id is None:
            message = _late(message, row.due_at)
        target, reader, ref = self._target(records, row, member)
        live = notice.live and row.post_id is None
        platform = target.platform
        return Outgoing(row, target, message, reader, platform, live, ref)

    def _target(
        self, records: Records, row: Delivery, member: Member | None
    ) -> tuple[Target, Reader, MessageRef | None]:
        home = records.community
        reader = Reader(home.locale, home.zone)
        if member is not None:
            locale = spoken(member.effective_locale, home.locale)
            reader = Reader(locale, member.effective_zone or home.zone)
        if row.post_id is not None:
            ref = _ref(records.posts.get(row.post_id))
            return ref.place, reader, ref
        if member is not None:
            return self._direct(records, row, member, reader)
        channel = records.channels.find(row.channel_id or 0)
        return _open_place(channel, row.thread or _thread(records, row, channel)), reader, None

    def _direct(
        self, records: Records, row: Delivery, member: Member, reader: Reader
    ) -> tuple[Target, Reader, None]:
        reachable = [a for a in member.accounts if a.platform in self.adapters and not a.closed]
        if reachable:
            account = reachable[-1]
            return Account(account.platform, account.space, account.account), reader, None
        fallback = records.channels.find(row.fallback_id or 0)
        return _open_place(fallback, _thread(records, row, fallback)), reader, None

    async def _post(self, one: Outgoing) -> MessageRef | PostError:
        """Post one message; gives where it stands, or why it does not."""
        adapter = self.adapters.get(one.platform)
        if adapter is None:
            return Busy(300, one.platform)
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
            self._sent(transaction, posted)
            for one, end in ended:
                if not isinstance(end, MessageRef):
                    self._unsent(transaction, one, end)

    def _sent(
        self, transaction: Transaction, posted: Sequence[tuple[Outgoing, MessageRef]]
    ) -> None:
        messages = [(one.row, ref.id) for one, ref in posted]
        sure = transaction.queue.sent(messages, self.owner, self.now())
        for one, ref in posted:
            self._note(one.row, "sent", one.row.id in sure)
            if one.live and one.row.id in sure:
                transaction.records(one.row.community_id).posts.add(_remembered(one.row, ref))

    def _unsent(self, transaction: Transaction, one: Outgoing, error: PostError) -> None:
        row = one.row
        words = f"{type(error).__name__}: {error}"
        if isinstance(error, Busy):
            later = self.now() + timedelta(seconds=error.retry_after)
            self._end(transaction, row, state="pending", due_at=later, error=words)
        elif isinstance(error, PersonClosed):
            self._close(transaction, one, words)
        elif isinstance(error, TargetLost | Refused):
            self._lose(transaction, one, error, words)

    def _close(self, transaction: Transaction, one: Outgoing, words: str) -> None:
        """Note that direct messages are closed, and have the next turn take the fall-back."""
        records = transaction.records(one.row.community_id)
        member = records.members.find(one.row.member_id or 0)
        for known in member.accounts if member else ():
            if isinstance(one.target, Account) and _same(known, one.target):
                known.closed = True
        state = "pending" if one.row.fallback_id else "dead"
        self._end(transaction, one.row, state=state, error=words)

    def _lose(
        self, transaction: Transaction, one: Outgoing, error: TargetLost | Refused, words: str
    ) -> None:
        records = transaction.records(one.row.community_id)
        channel = records.channels.find(one.row.channel_id or 0)
        if channel is not None and isinstance(error, TargetLost):
            channel.lost = error.reason
        advice = error.text.template if isinstance(error, TargetLost) else ""
        self._end(transaction, one.row, state="dead", error=words, advice=advice)

    def _end(
        self, transaction: Transaction, row: Delivery, *, advice: str = "", **values: Any
    ) -> bool:
        mine = transaction.queue.finish(row, self.owner, **values)
        self._note(row, values["state"], mine, values.get("error", ""))
        if mine and values["state"] == "dead":
            _report(transaction, row, str(values["error"]), advice, self.now())
        return mine

    def _note(self, row: Delivery, state: str, mine: bool, error: str = "") -> None:
        log.info(
            "delivery" if mine else "delivery taken over",
            action=row.notice,
            delivery=row.id,
            state=state,
            error=error,
            attempts=row.attempts,
            late=round((self.now() - row.due_at).total_seconds(), 1),
        )

    async def recover(self) -> None:
        """Take over what senders left behind: put it back, or look first whether it went out."""
        rows = await self.storage.run(self._abandoned)
        for row in rows:
            ref = await self._look_up(row) if row.state == "sending" else None
            await self.storage.run(lambda r=row, f=ref: self._settle(r, f))  # type: ignore[misc]

    def _abandoned(self) -> Sequence[Delivery]:
        with self.storage.read() as transaction:
            grace = timedelta(seconds=self.pace.grace)
            return transaction.queue.abandoned(self.now(), grace, self.pace.batch)

    async def _look_up(self, row: Delivery) -> MessageRef | None:
        def whither() -> Target | None:
            with self.storage.read() as transaction:
                records = transaction.records(row.community_id)
                member = records.members.find(row.member_id) if row.member_id else None
                try:
                    return self._target(records, row, member)[0]
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
            live = self.notices[row.notice].live and row.post_id is None
            mine = transaction.queue.finish(
                row, row.owner, state="sent", sent_at=self.now(), message=found.id
            )
            if mine and live:
                transaction.records(row.community_id).posts.add(_remembered(row, found))


def mark(row: Delivery) -> str:
    """Give the mark a platform's message carries, so that it is known again: 13 characters."""
    return f"{row.id:x}"


def _late(message: Message, due: datetime) -> Message:
    words = t("This comes late: it was to be sent at {due}. I am sorry.", due=Moment(due))
    return replace(message, blocks=(*message.blocks, Paragraph(words)))


def _open_place(channel: Channel | None, thread: str) -> Place:
    if channel is None:
        raise Unsent("dead", "nowhere to send it")
    if channel.lost:
        raise Unsent("dead", f"channel lost: {channel.lost}")
    return Place(channel.platform, channel.space, channel.channel, channel.name, thread)


def _thread(records: Records, row: Delivery, channel: Channel | None) -> str:
    """Name the thread in a channel that was opened for what a delivery is about."""
    return records.posts.thread(row.about, channel.id) if channel else ""


def _ref(post: Post) -> MessageRef:
    place = Place(post.platform, post.space, post.channel, thread=post.thread)
    return MessageRef(place, post.message)


def _remembered(row: Delivery, ref: MessageRef) -> Post:
    target = f"member:{row.member_id}" if row.member_id else f"channel:{row.channel_id}"
    return Post(
        about=row.about,
        notice=row.notice,
        target=target,
        platform=ref.place.platform,
        space=ref.place.space,
        channel=ref.place.channel,
        thread=ref.place.thread,
        message=ref.id,
        channel_id=row.channel_id,
        member_id=row.member_id,
    )


def _same(known: KnownAccount, account: Account) -> bool:
    return (known.platform, known.space, known.account) == (
        account.platform,
        account.space,
        account.id,
    )


def _report(
    transaction: Transaction, row: Delivery, error: str, advice: str, now: datetime
) -> None:
    """Tell the coordinators what could not be said, unless it was such a report itself."""
    if row.notice == TROUBLE or row.post_id is not None:
        return
    records = transaction.records(row.community_id)
    for member in records.members.with_role("coordinator"):
        told = {"notice": row.notice, "error": error, "advice": advice}
        records.deliveries.send(
            row.about, TROUBLE, Wanted(str(row.id), now, member_id=member.id, args=told)
        )
