"""Keeps what calendars show: how often each session's entry changed, and who reads which feed."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ForeignKey, bindparam, case, func, or_, select
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.orm import Session as DbSession

from storage.digests import digest_of
from storage.hosting import HOSTING, Turn
from storage.interpreters import CONFIRMED, Interpreter
from storage.rsvps import WAITING, Rsvp
from storage.sessions import Session
from storage.sight import NOW
from storage.tables import WITH, Keep, Kept, Owned, Privacy, to_community, to_member

MOST = 1000
"""Sessions in one calendar: those to come and the latest past ones."""


class CalendarEntry(Owned):
    """How a session stands in calendars; made when it is first followed.

    `sequence` is raised when its time, place or state changes, which `placed` is a digest of;
    `worded` is one of all else that is said of it. `changed_at` is when either last changed.
    """

    __tablename__ = "calendar_entries"
    whole = "session_id"
    privacy = Privacy(
        "Calendar entries", "When a session last changed, for people's calendars", "Members", WITH
    )

    community_id: Mapped[int] = mapped_column(to_community(), init=False, default=0, index=True)
    session_id: Mapped[int] = mapped_column(
        ForeignKey("sessions.id", ondelete="CASCADE"), unique=True
    )
    changed_at: Mapped[datetime]
    placed: Mapped[str]
    worded: Mapped[str]
    sequence: Mapped[int] = mapped_column(default=1)


class CalendarFeed(Owned):
    """An address at which a calendar is read over HTTP.

    It is a member's, under a `token` kept as a digest; or without a token a programme's, or the
    whole community's. `etag` is of the bytes it last had, which were made of what `state` is a
    digest of, and `changed_at` is when they became others. `read_at` is when it was last read, to
    the hour.
    """

    __tablename__ = "calendar_feeds"
    privacy = Privacy(
        "Calendar addresses",
        "Where your calendar is read, as a digest of the address, and when that last was",
        "You alone",
        Keep("Until you switch them off"),
    )

    community_id: Mapped[int] = mapped_column(to_community(), init=False, default=0, index=True)
    created_at: Mapped[datetime]
    member_id: Mapped[int | None] = mapped_column(
        to_member(on_erase="delete"), index=True, default=None
    )
    programme_id: Mapped[int | None] = mapped_column(
        ForeignKey("programmes.id", ondelete="CASCADE"), index=True, default=None
    )
    token: Mapped[str | None] = mapped_column(unique=True, default=None)
    state: Mapped[str] = mapped_column(default="")
    etag: Mapped[str] = mapped_column(default="")
    changed_at: Mapped[datetime | None] = mapped_column(default=None)
    read_at: Mapped[datetime | None] = mapped_column(default=None)


class CalendarSession(NamedTuple):
    """A session in a calendar: how its entry stands, and the part its reader has in it.

    `sequence` is 0, and `changed_at` when it was made, for one from before there were entries.
    `answer` is empty where they gave none, and waiting for a yes without a seat; who is `busy`
    hosts, assists or interprets.
    """

    session: Session
    sequence: int
    changed_at: datetime
    answer: str = ""
    busy: bool = False


_ENTRY = (
    func.coalesce(CalendarEntry.sequence, 0),
    func.coalesce(CalendarEntry.changed_at, Session.created_at),
)
_OWN = (Rsvp.session_id == Session.id) & (Rsvp.member_id == bindparam("member"))
_TURNS = select(Turn.session_id).where(
    Turn.member_id == bindparam("member"), Turn.state.in_(HOSTING)
)
_INTERPRETS = select(Interpreter.session_id).where(
    Interpreter.member_id == bindparam("member"), Interpreter.state == CONFIRMED
)
_BUSY = or_(Session.id.in_(_TURNS), Session.id.in_(_INTERPRETS))
_WAITS = (Rsvp.answer == "yes") & (Rsvp.told_seat == WAITING)
_ANSWER = case((_WAITS, WAITING), else_=func.coalesce(Rsvp.answer, ""))
_ALL = (
    select(Session, *_ENTRY, _ANSWER, _BUSY)
    .outerjoin(CalendarEntry, CalendarEntry.session_id == Session.id)
    .outerjoin(Rsvp, _OWN)
    .where(Session.community_id == bindparam("community"))
)
_CANCELLED = (Session.state == "cancelled") & (Session.starts_at > bindparam("cancelled_since"))
_LISTED = (
    _ALL.where(
        Session.starts_at > bindparam("since"),
        or_(Session.state == "announced", _CANCELLED),
    )
    .order_by(Session.starts_at.desc(), Session.id)
    .limit(MOST)
)
_TOLD = or_(
    Session.announce_at.is_(None), Session.announce_at <= NOW, Session.programme_id.is_not(None)
)
_KNOWN = or_(
    Session.state == "announced", Session.told_at <= NOW, Session.programme_id.is_not(None)
)
_OF_COMMUNITY = _LISTED.where(_TOLD, _KNOWN)
"""Who can read a programme knows its dates before each is announced, and has to see one go."""
_QUERIES = {
    "member": _LISTED.where(or_(Rsvp.answer.in_(("yes", "maybe")), _BUSY)),
    "programme": _OF_COMMUNITY.where(Session.programme_id == bindparam("programme")),
    "community": _OF_COMMUNITY,
}
_STANDS = {
    name: query.with_only_columns(Session.id, *_ENTRY, _ANSWER, _BUSY)
    for name, query in _QUERIES.items()
}


class Scope(NamedTuple):
    """Whose calendar it is at an instant: a member's, a programme's, else the whole community's.

    It has sessions from `since` on, and cancelled ones from `cancelled_since` on.
    """

    now: datetime
    since: datetime
    cancelled_since: datetime
    member: int = 0
    programme: int = 0

    @property
    def kind(self) -> str:
        """What it is the calendar of."""
        return "member" if self.member else "programme" if self.programme else "community"


class Calendars(Kept[CalendarFeed]):
    """The calendars of one community, and the addresses at which they are read."""

    kind = CalendarFeed

    def entry(self, session_id: int) -> CalendarEntry | None:
        """Give how a session stands in calendars."""
        return self.db.scalar(
            select(CalendarEntry).where(
                CalendarEntry.community_id == self.community_id,
                CalendarEntry.session_id == session_id,
            )
        )

    def put(self, entry: CalendarEntry) -> None:
        """Keep how a session stands, for the first time."""
        entry.community_id = self.community_id
        self.db.add(entry)
        self.db.flush()

    def listed(self, scope: Scope) -> Sequence[CalendarSession]:
        """List what is in a calendar, the first to begin first.

        A member's has what they said yes or maybe to, host, assist in or interpret; the others have
        what everybody sees.
        """
        rows = self.db.execute(_QUERIES[scope.kind], self._asked(scope))
        return [CalendarSession(*row) for row in reversed(rows.all())]

    def standing(self, scope: Scope) -> Sequence[tuple[Any, ...]]:
        """Give what changes whenever the calendar does: ids, sequences, instants and answers."""
        return [tuple(row) for row in self.db.execute(_STANDS[scope.kind], self._asked(scope))]

    def of_session(self, session: Session, member_id: int) -> CalendarSession:
        """Give a session as it is in the calendar of somebody, whatever their answer."""
        asked = {"community": self.community_id, "member": member_id}
        return CalendarSession(*self.db.execute(_ALL.where(Session.id == session.id), asked).one())

    def _asked(self, scope: Scope) -> dict[str, Any]:
        return {"community": self.community_id, **scope._asdict()}

    def feeds(self, member_id: int) -> Sequence[CalendarFeed]:
        """List the addresses of somebody, the oldest first."""
        own = self.mine().where(CalendarFeed.member_id == member_id)
        return self.all(own.order_by(CalendarFeed.id))

    def public_feed(self, programme_id: int | None) -> CalendarFeed | None:
        """Give how the feed of a programme stands, or that of the community."""
        public = self.mine().where(CalendarFeed.member_id.is_(None))
        return self.db.scalar(public.where(CalendarFeed.programme_id == programme_id))


def feed_at(opened: DbSession, token: str) -> CalendarFeed | None:
    """Find the feed of whatever community that is read under a token."""
    return opened.scalar(select(CalendarFeed).where(CalendarFeed.token == digest_of(token)))
