"""Writes down how deliveries ended, and tells coordinators of those that did not go out."""

from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import structlog

from bot.chat import Account, MessageRef
from bot.domain.follow import Follow, follow, follow_or_later, touch
from bot.domain.lost_posts import missed
from bot.domain.reminders import ANNOUNCED
from bot.domain.threads import open_beneath
from bot.domain.trouble import TROUBLE, actor_of, report
from bot.errors import (
    Busy,
    MessageGone,
    PersonClosed,
    PersonLeft,
    PostError,
    Refused,
    TargetLost,
    Uncertain,
)
from bot.protocol import Adapter
from bot.scheduler.leavers import is_account, take_out
from bot.scheduler.outgoing import Outgoing
from storage import Transaction
from storage.community import Post
from storage.deliveries import FAILED, Delivery
from storage.rate_limits import Lane
from storage.undoing import Undone

CANARY = "community.canary"
LONGEST = 1000
"""Characters of an error that are written down."""
Observe = Callable[[str, float], None]
"""Is told how each delivery ended, and how many seconds after its moment."""


@dataclass(frozen=True, slots=True)
class End:
    """What came of posting a message: where it stands, or why it does not.

    `at` is when the request began, from which platforms count; or when one asked to wait.
    """

    one: Outgoing
    result: MessageRef | PostError
    at: datetime

    @property
    def ref(self) -> MessageRef | None:
        """Give where it stands, if it does."""
        return self.result if isinstance(self.result, MessageRef) else None


@dataclass(frozen=True, slots=True)
class Ended:
    """A row and how it ended; `mine` is False when somebody else had taken it over."""

    row: Delivery
    mine: bool
    state: str
    error: str = ""
    advice: str = ""


class Results:
    """Ends the rows that one owner holds; what others have taken over is left alone."""

    def __init__(self, owner: str, now: Callable[[], datetime]) -> None:
        self.owner = owner
        self.now = now
        self.observe: Observe = lambda outcome, late: None
        self.follow: Follow = follow
        self.log = structlog.get_logger().bind()

    def written(
        self, transaction: Transaction, ended: Sequence[End], adapters: Mapping[str, Adapter]
    ) -> None:
        """Write down what came of posting, and how long the lanes have to wait."""
        still = transaction.queue.still([end.one.row for end in ended], self.owner, "sending")
        posted = [(end.one, end.ref) for end in ended if end.ref is not None]
        self._sent(transaction, posted, still)
        for end in ended:
            if isinstance(end.result, PostError):
                self._unsent(transaction, end.one, end.result)
        transaction.queue.rate_limits.put(dict(_rests(ended, adapters)))

    def _sent(
        self,
        transaction: Transaction,
        posted: Sequence[tuple[Outgoing, MessageRef]],
        sure: Container[int],
    ) -> None:
        messages = {one.row.id: ref.id for one, ref in posted if one.row.id in sure}
        transaction.queue.sent(messages, self.now())
        for one, ref in posted:
            state = "sent again" if one.row.looked > 1 else "sent"
            self.note(one.row, state, one.row.id in sure)
            if one.live and one.row.id in sure:
                self.remember(transaction, one.row, ref, one.digest)
            elif one.row.notice == ANNOUNCED and one.row.post_id is None:
                touch(transaction.records(one.row.community_id), one.row.about)
        told = [one.row for one, _ in posted if one.live or one.row.notice == ANNOUNCED]
        self.followed(transaction, {row.community_id for row in told})
        edited = {one.row.post_id: one.digest for one, _ in posted if one.row.post_id}
        transaction.queue.read_now(edited)

    def remember(
        self, transaction: Transaction, row: Delivery, ref: MessageRef, digest: str = ""
    ) -> None:
        """Keep where a live message stands; where it cannot be kept, it is not brought up to date.

        That is so when what it belongs to was removed while it went out.
        """
        records = transaction.records(row.community_id)
        try:
            with transaction.undoable():
                post = records.posts.add(remembered(row, ref, digest))
                open_beneath(records, post, self.now())
                touch(records, row.about)
        except Undone as undone:
            self.log.error("post not kept", action=row.notice, delivery=row.id, error=str(undone))

    def followed(self, transaction: Transaction, communities: Iterable[int]) -> None:
        """Follow what was posted: what has changed since it was worded is brought up to date."""
        for community_id in communities:
            follow_or_later(transaction.records(community_id), self.now(), self.follow)

    def _unsent(self, transaction: Transaction, one: Outgoing, error: PostError) -> None:
        """Write down why a message was not posted."""
        words = f"{type(error).__name__}: {error}"
        try:
            with transaction.undoable():
                ended = self._stopped(transaction, one, error, words)
        except Undone as undone:
            self.log.error("end not followed", action=one.row.notice, error=str(undone))
            ended = self.stop(transaction, one.row, state="dead", error=words)
        if ended is not None:
            self.tell(transaction, ended)

    def _stopped(
        self, transaction: Transaction, one: Outgoing, error: PostError, words: str
    ) -> Ended | None:
        """End a row that was not posted; an uncertain one is left to be looked up."""
        if isinstance(error, Uncertain):
            transaction.queue.leave(one.row, self.owner, self.now(), error=words)
        elif isinstance(error, Busy):
            return self.stop(transaction, one.row, state="pending", error=words)
        elif isinstance(error, PersonClosed):
            return self._close(transaction, one, words)
        elif isinstance(error, PersonLeft):
            return self._let_go(transaction, one, words)
        elif isinstance(error, MessageGone) and one.row.post_id is not None:
            self._forget(transaction, one.row, words)
        elif isinstance(error, MessageGone):
            return self.stop(transaction, one.row, state="cancelled", error=words)
        elif isinstance(error, TargetLost | Refused):
            return self._lose(transaction, one, error, words)
        return None

    def _close(self, transaction: Transaction, one: Outgoing, words: str) -> Ended:
        """Note that direct messages are closed, and have the next turn take the fall-back."""
        records = transaction.records(one.row.community_id)
        member = records.members.find(one.row.member_id or 0)
        for known in member.accounts if member else ():
            if isinstance(one.target, Account) and is_account(known, one.target):
                known.closed = True
        state = "pending" if one.row.fallback_id else "dead"
        return self.stop(transaction, one.row, state=state, error=words)

    def _let_go(self, transaction: Transaction, one: Outgoing, words: str) -> Ended:
        """Note that somebody has left, and send it where they still are."""
        records = transaction.records(one.row.community_id)
        gone = take_out(records, one, self.now())
        follow_or_later(records, self.now(), self.follow)
        return self.stop(
            transaction, one.row, state="cancelled" if gone else "pending", error=words
        )

    def _forget(self, transaction: Transaction, row: Delivery, words: str) -> None:
        """Edit a post no more that somebody deleted; if it is missed, tell who has to know."""
        if not transaction.queue.finish(row, self.owner, state="cancelled", error=words):
            return
        self.note(row, "cancelled", True, words)
        records = transaction.records(row.community_id)
        post = records.posts.find(row.post_id or 0)
        if post is None:
            return
        is_missed = missed(records, post, self.now()) is not None
        sent = records.lost_posts.lose(post, self.now()) if is_missed else None
        records.posts.remove(post)
        if sent is not None:
            self.tell(transaction, Ended(sent, True, sent.state, sent.error))

    def _lose(
        self, transaction: Transaction, one: Outgoing, error: TargetLost | Refused, words: str
    ) -> Ended:
        records = transaction.records(one.row.community_id)
        channel = records.channels.find(one.row.channel_id or 0)
        if channel is not None and isinstance(error, TargetLost):
            channel.lost = error.reason
        advice = error.text.template if isinstance(error, TargetLost) else ""
        return self.stop(transaction, one.row, state="dead", error=words, advice=advice)

    def end(self, transaction: Transaction, row: Delivery, **values: Any) -> None:
        """End a row, and tell whoever has to know."""
        self.tell(transaction, self.stop(transaction, row, **values))

    def stop(
        self, transaction: Transaction, row: Delivery, *, advice: str = "", **values: Any
    ) -> Ended:
        """End a row, and tell nobody yet."""
        error = _plain(values.pop("error", row.error))
        mine = transaction.queue.finish(row, self.owner, error=error, **values)
        return Ended(row, mine, values["state"], error, advice)

    def tell(self, transaction: Transaction, ended: Ended) -> None:
        """Tell how a row ended: the log, whoever counts, and coordinators of what failed."""
        row = ended.row
        self.note(row, ended.state, ended.mine, ended.error)
        if not ended.mine or ended.state not in FAILED:
            return
        told = {"error": ended.error, "advice": ended.advice, "state": ended.state}
        try:
            with transaction.undoable():
                _report(transaction, row, told, self.now())
        except Undone as undone:
            self.log.error("nobody was told", action=row.notice, error=str(undone))

    def note(self, row: Delivery, state: str, mine: bool, error: str = "") -> None:
        """Tell the log, and whoever counts, how a row ended."""
        late = (self.now() - row.due_at).total_seconds()
        if mine:
            self.observe(state, late)
        self.log.info(
            "delivery" if mine else "delivery taken over",
            action=row.notice,
            delivery=row.id,
            state=state,
            error=error,
            attempts=row.attempts,
            late=round(late, 1),
        )


def _plain(words: str) -> str:
    """Leave out what a database does not take: half characters, and the one of number 0."""
    return words.encode("utf-8", "replace").decode().replace("\0", "")[:LONGEST]


def _rests(
    ended: Iterable[End], adapters: Mapping[str, Adapter]
) -> Iterator[tuple[Lane, datetime]]:
    """Say how long lanes wait: as long as the platform asks, or until its next message may come."""
    for end in ended:
        row, (lane, edits) = end.one.row, end.one.row.lane
        if isinstance(end.result, Busy):
            until = end.at + timedelta(seconds=end.result.retry_after)
            whole = not end.result.bucket
            yield (row.community_id if whole else lane, edits), until
        elif end.ref is not None and not edits:
            gap = adapters[end.one.target.platform].gap
            if gap:
                yield (lane, False), end.at + timedelta(seconds=gap)


def remembered(row: Delivery, ref: MessageRef, digest: str = "") -> Post:
    """Keep where a live message stands."""
    target = f"member:{row.member_id}" if row.member_id else f"channel:{row.channel_id}"
    return Post(
        about=row.about,
        notice=row.notice,
        target=target,
        platform=ref.place.platform,
        workspace=ref.place.workspace,
        channel=ref.place.channel,
        thread=ref.place.thread,
        message=ref.id,
        digest=digest,
        below=ref.below,
        channel_id=row.channel_id,
        member_id=row.member_id,
    )


def _report(
    transaction: Transaction, row: Delivery, told: Mapping[str, str], now: datetime
) -> None:
    """Tell what could not be said, unless it is told otherwise; also whoever has it said."""
    if row.notice not in (TROUBLE, CANARY) and row.post_id is None:
        records = transaction.records(row.community_id)
        whom = {"channel": str(row.channel_id or ""), "member": str(row.member_id or "")}
        args = {"notice": row.notice, "about": row.about, **whom, **told}
        report(records, row.notice, args, now, actor_of(records, row, now))
