"""Keeps the outbox: what is to be said, to whom, when, and how far each of it has come."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import (
    CursorResult,
    ForeignKey,
    Index,
    Select,
    UniqueConstraint,
    bindparam,
    delete,
    func,
    insert,
    select,
    text,
    update,
)
from sqlalchemy.orm import Mapped, Session, mapped_column

from storage.community import Post
from storage.people import Member
from storage.tables import Kept, Owned, new_id

OPEN = ("pending", "leased", "sending")
FAILED = ("dead", "unknown")
REFRESH_AFTER = timedelta(seconds=2)


def _only(where: str) -> dict[str, Any]:
    """Have an index hold some rows only, so that millions of old ones cost nothing."""
    return {"sqlite_where": text(where), "postgresql_where": text(where)}


class Delivery(Owned):
    """A notice, to a channel or a member, at a time. States and promise: see the README.

    `key` is unique in the community; `owner` and `fence` say whose lease it is; with `post_id` it
    is an edit of that post. A direct message that cannot be delivered goes to `fallback_id`.
    """

    __tablename__ = "deliveries"
    __table_args__ = (
        UniqueConstraint("community_id", "key"),
        Index("ix_deliveries_due", "due_at", "id", **_only("state = 'pending'")),
        Index("ix_deliveries_open", "lease_until", **_only("state IN ('leased', 'sending')")),
        Index("ix_deliveries_about", "community_id", "about", "notice"),
        Index(
            "ix_deliveries_failed",
            "community_id",
            "due_at",
            **_only("state IN ('dead', 'unknown')"),
        ),
    )

    key: Mapped[str]
    notice: Mapped[str]
    about: Mapped[str]
    due_at: Mapped[datetime]
    expires_at: Mapped[datetime | None] = mapped_column(default=None)
    kind: Mapped[str] = mapped_column(default="")
    revision: Mapped[int] = mapped_column(default=0)
    channel_id: Mapped[int | None] = mapped_column(
        ForeignKey("channels.id", ondelete="CASCADE"), default=None
    )
    member_id: Mapped[int | None] = mapped_column(
        ForeignKey("members.id", ondelete="CASCADE"), default=None, index=True
    )
    thread: Mapped[str] = mapped_column(default="")
    post_id: Mapped[int | None] = mapped_column(
        ForeignKey("posts.id", ondelete="CASCADE"), default=None, index=True
    )
    fallback_id: Mapped[int | None] = mapped_column(
        ForeignKey("channels.id", ondelete="SET NULL"), default=None
    )
    args: Mapped[dict[str, Any]] = mapped_column(default_factory=dict)
    state: Mapped[str] = mapped_column(default="pending")
    owner: Mapped[str] = mapped_column(default="")
    fence: Mapped[int] = mapped_column(default=0)
    lease_until: Mapped[datetime | None] = mapped_column(default=None)
    attempts: Mapped[int] = mapped_column(default=0)
    sent_at: Mapped[datetime | None] = mapped_column(default=None)
    message: Mapped[str] = mapped_column(default="")
    error: Mapped[str] = mapped_column(default="")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody ought to be told: to a member or a channel, one of the two."""

    kind: str
    due_at: datetime
    expires_at: datetime | None = None
    member_id: int | None = None
    channel_id: int | None = None
    revision: int = 0
    thread: str = ""
    fallback_id: int | None = None
    args: Mapping[str, Any] = field(default_factory=dict)

    def key(self, about: str, notice: str) -> str:
        target = f"member:{self.member_id}" if self.member_id else f"channel:{self.channel_id}"
        return f"{about}|{notice}|{target}|{self.kind}|{self.revision}"


_ABOUT = select(Delivery).where(
    Delivery.community_id == bindparam("community"),
    Delivery.about == bindparam("about"),
    Delivery.notice == bindparam("notice"),
)
_TO_MEMBER = _ABOUT.where(Delivery.member_id == bindparam("member"))
_WAITING = select(Delivery.id).where(Delivery.post_id == Post.id, Delivery.state == "pending")
_SETTLED = select(Post.id.label("post_id"), Post.notice, Post.channel_id, Post.member_id).where(
    Post.community_id == bindparam("community"),
    Post.about == bindparam("about"),
    ~_WAITING.exists(),
)
"""Posts for which no edit is waiting."""
_ADD = insert(Delivery)
_SENT = (
    update(Delivery.__table__)  # type: ignore[arg-type]
    .where(Delivery.id == bindparam("row"))
    .values(state="sent", sent_at=bindparam("now"), message=bindparam("posted"), error="")
)


class Deliveries(Kept[Delivery]):
    """The deliveries of one community."""

    kind = Delivery

    def want(
        self,
        about: str,
        notice: str,
        wanted: Iterable[Wanted],
        now: datetime,
        member_id: int | None = None,
    ) -> None:
        """Bring the rows of one notice about one thing in line with what is wanted.

        New ones are added, changed ones moved, stale ones cancelled; what has gone out stays. What was
        due before `now` and is still to go out is left to its notice, which knows whether it is
        needed. With `member_id` only that member's rows are looked at.
        """
        asked = {"community": self.community_id, "about": about, "notice": notice}
        kept = _ABOUT if member_id is None else _TO_MEMBER
        found = self.session.scalars(kept, asked | {"member": member_id})
        by_key = {row.key: row for row in found}
        wishes = [(by_key.pop(one.key(about, notice), None), one) for one in wanted]
        self._bring(about, notice, wishes)
        for stale in by_key.values():
            if stale.state in ("pending", "leased") and stale.due_at > now:
                stale.state = "cancelled"
        self.session.flush()

    def send(self, about: str, notice: str, one: Wanted) -> None:
        """Want one more delivery, leaving the others as they are."""
        key = one.key(about, notice)
        found = self.session.scalar(self.mine().where(Delivery.key == key))
        self._bring(about, notice, [(found, one)])
        self.session.flush()

    def _bring(
        self, about: str, notice: str, wishes: Iterable[tuple[Delivery | None, Wanted]]
    ) -> None:
        named = {"about": about, "notice": notice}
        fresh = []
        for row, one in wishes:
            if row is None:
                parts = {part.name: getattr(one, part.name) for part in fields(one)}
                fresh.append({"key": one.key(about, notice)} | named | parts)
            elif row.state in ("pending", "cancelled"):
                row.state, row.due_at, row.expires_at = "pending", one.due_at, one.expires_at
                row.args = dict(one.args)
        self._add(fresh)

    def _add(self, rows: Sequence[Mapping[str, Any]]) -> None:
        whole = [{"id": new_id(), "community_id": self.community_id, **row} for row in rows]
        if whole:
            self.session.connection().execute(_ADD, whole)

    def cancel(self, about: str, notice: str = "") -> None:
        """Cancel what is still to go out about a thing, or one notice of it."""
        stale = update(Delivery).where(
            Delivery.community_id == self.community_id,
            Delivery.about == about,
            Delivery.state.in_(("pending", "leased")),
        )
        self.session.execute(
            (stale.where(Delivery.notice == notice) if notice else stale).values(state="cancelled")
        )

    def refresh(self, about: str, now: datetime) -> None:
        """Want each live post about a thing worded anew, once however often this is asked."""
        asked = {"community": self.community_id, "about": about}
        later = {"about": about, "due_at": now + REFRESH_AFTER, "kind": "refresh", "args": {}}
        self.session.flush()
        posts = self.session.connection().execute(_SETTLED, asked).mappings()
        self._add(
            [
                {"key": f"refresh|{post['post_id']}|{new_id()}", **post, **later}
                for post in posts.all()
            ]
        )

    def about(self, about: str) -> Sequence[Delivery]:
        return self.all(self.mine().where(Delivery.about == about).order_by(Delivery.due_at))


class Queue:
    """The outbox over all communities, as those who empty it see it."""

    def __init__(self, session: Session) -> None:
        self.session = session

    def next_due(self) -> datetime | None:
        """Say when the next pending delivery falls due."""
        return self.session.scalar(
            select(func.min(Delivery.due_at)).where(Delivery.state == "pending")
        )

    def claim(self, owner: str, now: datetime, lease: timedelta, limit: int) -> Sequence[Delivery]:
        """Lease what is due, the longest due first. Rows held by others are passed over."""
        due = (
            select(Delivery)
            .where(Delivery.state == "pending", Delivery.due_at <= now)
            .order_by(Delivery.due_at, Delivery.id)
            .limit(limit)
        )
        rows = self.session.scalars(due.with_for_update(skip_locked=True)).all()
        self._lease(rows, owner, now + lease)
        return rows

    def _lease(self, rows: Sequence[Delivery], owner: str, until: datetime) -> None:
        ids = [row.id for row in rows]
        if ids:
            self.session.execute(
                update(Delivery)
                .where(Delivery.id.in_(ids))
                .values(
                    state="leased",
                    owner=owner,
                    lease_until=until,
                    fence=Delivery.fence + 1,
                    attempts=Delivery.attempts + 1,
                )
                .execution_options(synchronize_session="fetch")
            )

    def begin_sending(self, rows: Sequence[Delivery], owner: str) -> Sequence[Delivery]:
        """Mark leased rows as going out; give those that still are this owner's to send."""
        ids = [row.id for row in rows]
        mine = update(Delivery).where(
            Delivery.id.in_(ids), Delivery.state == "leased", Delivery.owner == owner
        )
        sure = set(self.session.scalars(mine.values(state="sending").returning(Delivery.id)))
        return [row for row in rows if row.id in sure]

    def members(self, rows: Iterable[Delivery]) -> Mapping[int, Member]:
        """Find the members some rows are for, by their ids."""
        ids = {row.member_id for row in rows if row.member_id}
        found = self.session.scalars(select(Member).where(Member.id.in_(ids))) if ids else ()
        return {member.id: member for member in found}

    def sent(self, ended: Sequence[tuple[Delivery, str]], owner: str, now: datetime) -> set[int]:
        """Write as which messages deliveries were posted; give the ids of those still the owner's."""
        ids = [row.id for row, _ in ended]
        held = select(Delivery.id, Delivery.fence).where(
            Delivery.id.in_(ids), Delivery.owner == owner
        )
        connection = self.session.connection()
        still = {(id, fence) for id, fence in connection.execute(held.with_for_update())}
        mine = [(row, message) for row, message in ended if (row.id, row.fence) in still]
        done = [{"row": row.id, "posted": message, "now": now} for row, message in mine]
        if done:
            connection.execute(_SENT, done)
        return {row.id for row, _ in mine}

    def finish(self, row: Delivery, owner: str, **values: Any) -> bool:
        """Write how a delivery ended; False when somebody else has taken it over."""
        done = self.session.execute(
            update(Delivery)
            .where(Delivery.id == row.id, Delivery.owner == owner, Delivery.fence == row.fence)
            .values(**values)
            .execution_options(synchronize_session=False)
        )
        return bool(cast(CursorResult[Any], done).rowcount)

    def abandoned(self, now: datetime, grace: timedelta, limit: int) -> Sequence[Delivery]:
        """List rows whose sender has gone: leased ones at once, those going out after a grace."""
        return self.session.scalars(
            self._overdue(now, grace).with_for_update(skip_locked=True).limit(limit)
        ).all()

    def _overdue(self, now: datetime, grace: timedelta) -> Select[Delivery]:
        leased = (Delivery.state == "leased") & (Delivery.lease_until < now)
        going = (Delivery.state == "sending") & (Delivery.lease_until < now - grace)
        return select(Delivery).where(leased | going).order_by(Delivery.lease_until)

    def prune(self, before: datetime) -> int:
        """Forget refreshes that have ended before an instant; gives their number."""
        old = select(Delivery.id).where(
            Delivery.kind == "refresh", Delivery.state.not_in(OPEN), Delivery.due_at < before
        )
        gone = self.session.execute(delete(Delivery).where(Delivery.id.in_(old)))
        return int(cast(CursorResult[Any], gone).rowcount)
