"""Keeps the outbox: what is to be said, to whom, when, and how far each of it has come."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import (
    ForeignKey,
    Index,
    UniqueConstraint,
    bindparam,
    insert,
    select,
    text,
    update,
)
from sqlalchemy.orm import Mapped, load_only, mapped_column

from storage.community import Channel, Post
from storage.rate_limits import Lane
from storage.tables import Kept, Owned, Privacy, days, new_id, one_of, to_community, to_member
from storage.wanted import Wanted as Wanted

OPEN = ("pending", "leased", "sending")
FAILED = ("dead", "unknown")
OVER = ("sent", "cancelled", "dropped")
GONE = "MessageGone"
"""The error of what was sent, and deleted by somebody later."""
REFRESH_AFTER = timedelta(seconds=2)
REFRESHES = "refresh|"
"""What the keys of edits begin with."""
COMPARED = ("key", "state", "due_at", "expires_at", "args")
"""As much of a delivery as it takes to compare it with what is wanted."""


class Public(NamedTuple):
    """A channel of everybody's: whether it is for reminders, was told of a thing, its language."""

    id: int
    reminds: bool
    told: bool
    locale: str


def _only(where: str) -> dict[str, Any]:
    """Have an index hold some rows only, so that millions of old ones cost nothing."""
    return {"sqlite_where": text(where), "postgresql_where": text(where)}


class Delivery(Owned):
    """A notice, to a channel or a member, at a time. States: docs/architecture.md.

    `key` is unique in the community; `owner` and `fence` say whose lease it is; with `post_id` it
    is an edit of that post. A direct message that cannot be delivered goes to `fallback_id`.
    `looked` counts the look-ups that did not find what may have gone out. `by_id` is who did what
    it tells of.
    """

    __tablename__ = "deliveries"
    privacy = Privacy(
        "Deliveries",
        "What goes out to whom and when, so that nothing goes out twice; not its words, but for "
        "the title of a draft that is gone",
        "Coordinators, as far as it could not be sent",
        days(90, ("sent_at", "due_at"), "it was sent, and all about the same", (*OPEN, *FAILED)),
    )
    __table_args__ = (
        UniqueConstraint("community_id", "key"),
        Index("ix_deliveries_due", "due_at", "id", **_only("state = 'pending'")),
        Index("ix_deliveries_open", "lease_until", **_only("state IN ('leased', 'sending')")),
        Index("ix_deliveries_thing", "community_id", "about", "notice", "member_id"),
        Index(
            "ix_deliveries_failed",
            "community_id",
            "due_at",
            **_only("state IN ('dead', 'unknown')"),
        ),
        Index("ix_deliveries_looked", "community_id", "due_at", **_only("looked > 1")),
        Index("ix_deliveries_errors", "community_id", **_only("error <> ''")),
    )

    community_id: Mapped[int] = mapped_column(to_community(), init=False, default=0)
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
        to_member(on_erase="delete"), default=None, index=True
    )
    thread: Mapped[str] = mapped_column(default="")
    post_id: Mapped[int | None] = mapped_column(
        ForeignKey("posts.id", ondelete="CASCADE"), default=None, index=True
    )
    fallback_id: Mapped[int | None] = mapped_column(
        ForeignKey("channels.id", ondelete="SET NULL"), default=None
    )
    args: Mapped[dict[str, Any]] = mapped_column(default_factory=dict)
    state: Mapped[str] = mapped_column(default="pending", info=one_of(*OPEN, *FAILED, *OVER))
    owner: Mapped[str] = mapped_column(default="")
    fence: Mapped[int] = mapped_column(default=0)
    lease_until: Mapped[datetime | None] = mapped_column(default=None)
    attempts: Mapped[int] = mapped_column(default=0)
    sent_at: Mapped[datetime | None] = mapped_column(default=None)
    message: Mapped[str] = mapped_column(default="")
    error: Mapped[str] = mapped_column(default="")
    looked: Mapped[int] = mapped_column(default=0, server_default="0")
    by_id: Mapped[int | None] = mapped_column(to_member(on_erase="keep"), default=None)

    @property
    def lane(self) -> Lane:
        """Name those among which it goes out in order."""
        return self.channel_id or self.member_id or 0, self.post_id is not None


_ABOUT = (
    select(Delivery)
    .where(
        Delivery.community_id == bindparam("community"),
        Delivery.about == bindparam("about"),
        Delivery.notice == bindparam("notice"),
    )
    .options(load_only(*(getattr(Delivery, name) for name in COMPARED)))
)
_TO_MEMBER = _ABOUT.where(Delivery.member_id == bindparam("member"))
# Written out: SQLite prepares a statement anew each time that might be served by an index of some
# rows, if what decides on that comes as a parameter.
_PENDING = text("deliveries.state = 'pending'")
_WAITING = select(Delivery.id).where(Delivery.post_id == Post.id, _PENDING)
_SETTLED = select(Post.id.label("post_id"), Post.notice, Post.channel_id, Post.member_id).where(
    Post.community_id == bindparam("community"),
    Post.about == bindparam("about"),
    ~_WAITING.exists(),
)
"""Posts for which no edit is waiting."""
_TOLD = select(Delivery.id).where(
    Delivery.community_id == bindparam("community"),
    Delivery.about == bindparam("about"),
    Delivery.notice == bindparam("notice"),
    Delivery.channel_id == Channel.id,
    Delivery.state != "cancelled",
)
_PUBLIC = (
    select(Channel.id, Channel.reminds, _TOLD.exists(), Channel.locale)
    .where(
        Channel.community_id == bindparam("community"),
        Channel.announces | Channel.reminds | _TOLD.exists(),
    )
    .order_by(Channel.id)
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

        New ones are added, changed ones moved, stale ones cancelled; what has gone out stays, and
        so do edits of it. What
        was due before `now` and is still to go out is left to its notice, which knows whether it
        is needed. With `member_id` only that member's rows are looked at.
        """
        asked = {"community": self.community_id, "about": about, "notice": notice}
        some = _ABOUT if member_id is None else _TO_MEMBER
        found = self.db.scalars(some, asked | {"member": member_id})
        by_key = {row.key: row for row in found if not row.key.startswith(REFRESHES)}
        wishes = [(by_key.pop(one.key(about, notice), None), one) for one in wanted]
        for key, stale in by_key.items():
            waits = stale.state in ("pending", "leased") and stale.due_at > now
            if waits and not key.startswith(REFRESHES):
                stale.state = "cancelled"
        self._bring(about, notice, wishes)

    def send(self, about: str, notice: str, one: Wanted) -> None:
        """Want one more delivery, leaving the others as they are.

        One that went out and was deleted there goes out anew.
        """
        key = one.key(about, notice)
        found = self.db.scalar(self.mine().where(Delivery.key == key))
        if found is not None and (found.state, found.error) == ("dead", GONE):
            found.state, found.error = "cancelled", ""
        self._bring(about, notice, [(found, one)])

    def _bring(
        self, about: str, notice: str, wishes: Iterable[tuple[Delivery | None, Wanted]]
    ) -> None:
        """Add rows where there are none, and have others go out as they are wished now."""
        fresh = []
        for row, one in wishes:
            if row is None:
                parts = {part.name: getattr(one, part.name) for part in fields(one)}
                fresh.append(
                    {"key": one.key(about, notice), "about": about, "notice": notice} | parts
                )
            elif row.state in ("pending", "cancelled"):
                row.state, row.due_at = "pending", one.due_at
                row.expires_at, row.args = one.expires_at, dict(one.args)
        self._add(fresh)
        self.db.flush()

    def _add(self, rows: Iterable[Mapping[str, Any]]) -> None:
        own = {"community_id": self.community_id}
        if fresh := [{"id": new_id(), **own, **row} for row in rows]:
            self.db.execute(insert(Delivery), fresh)

    def cancel(self, about: str, notice: str = "", kind: str = "") -> None:
        """Cancel what is still to go out about a thing, or one notice of it, or of its kind."""
        stale = update(Delivery).where(
            Delivery.community_id == self.community_id,
            Delivery.about == about,
            Delivery.state.in_(("pending", "leased")),
        )
        stale = stale.where(Delivery.notice == notice) if notice else stale
        stale = stale.where(Delivery.kind == kind) if kind else stale
        self.db.execute(stale.values(state="cancelled"))

    def cancel_to(self, about: str, notice: str, member_id: int) -> None:
        """Cancel what is still to go out about a thing to a member."""
        stale = update(Delivery).where(
            Delivery.community_id == self.community_id,
            Delivery.about == about,
            Delivery.notice == notice,
            Delivery.member_id == member_id,
            Delivery.state == "pending",
        )
        self.db.execute(stale.values(state="cancelled"))

    def refresh(self, about: str, now: datetime) -> None:
        """Want each live post about a thing worded anew, once however often this is asked."""
        later = {"about": about, "due_at": now + REFRESH_AFTER, "kind": "refresh", "args": {}}
        asked = {"community": self.community_id, "about": about}
        posts = self.db.execute(_SETTLED, asked).mappings()
        self._add(
            {"key": f"{REFRESHES}{post['post_id']}|{new_id()}", **post, **later} for post in posts
        )

    def channels(self, about: str, notice: str) -> Sequence[Public]:
        """List the channels for announcements and reminders, and those that get a notice."""
        asked = {"community": self.community_id, "about": about, "notice": notice}
        return [Public(*row) for row in self.db.execute(_PUBLIC, asked)]

    def waiting_for(self, about: str, notice: str) -> frozenset[int]:
        """Give the members for whom a notice about a thing is still to be worded."""
        return frozenset(row.member_id for row in self.waiting(about, notice) if row.member_id)

    def waiting(self, about: str, notice: str) -> Sequence[Delivery]:
        """List what of a notice about a thing is still to be worded."""
        of_it = self.mine().where(Delivery.about == about, Delivery.notice == notice)
        return self.all(of_it.where(Delivery.state == "pending").order_by(Delivery.id))

    def told_members(self, about: str, notice: str) -> frozenset[int]:
        """Give the members to whom a notice about a thing went out, or is to."""
        rows = select(Delivery.member_id).where(
            Delivery.community_id == self.community_id,
            Delivery.about == about,
            Delivery.notice == notice,
            Delivery.state.in_((*OPEN, "sent")),
        )
        return frozenset(id for id in self.db.scalars(rows) if id)

    def is_told(self, row: Delivery, channel: int) -> bool:
        """Say whether a channel is told the same as somebody is with a delivery."""
        return self.told_in(row, channel) is not None

    def told_in(self, row: Delivery, channel: int) -> Delivery | None:
        """Find what tells a channel the same as somebody is told with a delivery."""
        same = self.mine().where(
            Delivery.about == row.about,
            Delivery.notice == row.notice,
            Delivery.kind == row.kind,
            Delivery.channel_id == channel,
            Delivery.state.in_((*OPEN, "sent")),
        )
        return self.db.scalar(same.limit(1))

    def about(self, about: str) -> Sequence[Delivery]:
        """List what was ever wanted about a thing, the first due first."""
        return self.all(self.mine().where(Delivery.about == about).order_by(Delivery.due_at))
