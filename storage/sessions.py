"""Keeps sessions."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    ForeignKey,
    Index,
    Select,
    String,
    bindparam,
    case,
    cast,
    false,
    func,
    or_,
    select,
)
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.orm import Session as DbSession

from storage.rsvps import WAITING, Rsvp
from storage.sight import MEMBER, NOW, PREPARES, Sight, Visible, eyes, has_part
from storage.tables import ALWAYS, Owned, Privacy, one_of, to_community, to_member

STATES = ("draft", "announced", "cancelled")
LONGEST, DAY = timedelta(days=14), timedelta(days=1)
"""How long an encounter takes at most, and a session that is on one day."""


class Session(Owned):
    """One meeting. `starts_at` is derived from `wall` (local, `YYYY-MM-DD HH:MM`) and `zone`.

    `minutes` is its length; `revision` is raised each time it is moved; `state` is one of draft,
    announced, cancelled; `told_at` is when people last heard of its time, None when they never
    did. A date of a programme has `occurrence`, the rule's wall time it was made for, which stays
    when it is moved; `own` names the columns in which it says something else than its programme.
    `capacity` is how many seats there are, 0: as many as come; `closes_before` how many minutes
    before it begins nobody answers any more, 0: never. `place` is where people meet on site;
    `recorded` says that it is; `stays_at` is when something of it first stayed for everybody.
    `search_words` are all words by which it is found, folded. `agenda_off`: the channel is not
    told what is on in it. `texts`, `written_in` and `contact_id` are as those of a programme.
    """

    __tablename__ = "sessions"
    privacy = Privacy("Sessions", "To announce and hold them; who planned them", "Members", ALWAYS)
    __table_args__ = (
        Index("ix_sessions_upcoming", "community_id", "state", "starts_at"),
        Index("ix_sessions_title", "community_id", "title"),
        Index("ix_sessions_occurrence", "programme_id", "occurrence", unique=True),
    )

    community_id: Mapped[int] = mapped_column(to_community(), init=False, default=0)
    title: Mapped[str]
    starts_at: Mapped[datetime]
    wall: Mapped[str]
    zone: Mapped[str]
    minutes: Mapped[int]
    created_at: Mapped[datetime]
    organiser_id: Mapped[int | None] = mapped_column(to_member(on_erase="empty"), default=None)
    state: Mapped[str] = mapped_column(default="draft", info=one_of(*STATES))
    announce_at: Mapped[datetime | None] = mapped_column(default=None)
    description: Mapped[str] = mapped_column(default="")
    format: Mapped[str] = mapped_column(default="")
    link: Mapped[str] = mapped_column(default="")
    agenda: Mapped[str] = mapped_column(default="")
    guiding_question: Mapped[str] = mapped_column(default="")
    languages: Mapped[list[str]] = mapped_column(default_factory=list)
    told_at: Mapped[datetime | None] = mapped_column(default=None)
    revision: Mapped[int] = mapped_column(default=0)
    reason: Mapped[str] = mapped_column(default="")
    partners: Mapped[str] = mapped_column(default="", server_default="")
    programme_id: Mapped[int | None] = mapped_column(
        ForeignKey("programmes.id", ondelete="SET NULL"), default=None
    )
    occurrence: Mapped[str | None] = mapped_column(default=None)
    own: Mapped[list[str]] = mapped_column(default_factory=list, server_default="[]")
    capacity: Mapped[int] = mapped_column(default=0, server_default="0")
    closes_before: Mapped[int] = mapped_column(default=0, server_default="0")
    place: Mapped[str] = mapped_column(default="", server_default="")
    recorded: Mapped[bool] = mapped_column(default=False, server_default=false())
    texts: Mapped[dict[str, Any]] = mapped_column(default_factory=dict, server_default="{}")
    written_in: Mapped[str] = mapped_column(default="", server_default="")
    contact_id: Mapped[int | None] = mapped_column(to_member(on_erase="empty"), default=None)
    agenda_off: Mapped[bool] = mapped_column(default=False, server_default=false())
    feedback_question: Mapped[str] = mapped_column(default="", server_default="")
    search_words: Mapped[str] = mapped_column(default="", server_default="")
    stays_at: Mapped[datetime | None] = mapped_column(default=None)

    @property
    def ends_at(self) -> datetime:
        """When it ends, in UTC."""
        return self.starts_at + timedelta(minutes=self.minutes)

    @property
    def closes_at(self) -> datetime | None:
        """When nobody answers any more, in UTC; None when that is until it ends."""
        before = timedelta(minutes=self.closes_before)
        return self.starts_at - before if self.closes_before else None

    @property
    def is_span(self) -> bool:
        """Whether it is an encounter of several days."""
        return self.ends_at - self.starts_at > DAY

    @property
    def about(self) -> str:
        """How deliveries and posts name it."""
        return f"session:{self.id}"


_OUT = or_(Session.announce_at.is_(None), Session.announce_at <= NOW)
_SHOWN = or_(
    PREPARES,
    Session.organiser_id == MEMBER,
    (Session.state == "announced") & (_OUT | Session.programme_id.is_not(None)),
    (Session.state == "cancelled") & (Session.told_at <= NOW),
    (Session.state != "draft") & has_part(Session.id),
)
"""Everybody sees what was announced. What is to be, or was cancelled before, see those who may
announce it, whoever planned it, and whoever was asked to host or interpret. The dates of a
programme were announced with it."""
_UPCOMING = (
    select(Session)
    .where(
        Session.community_id == bindparam("community"),
        Session.state == "announced",
        Session.starts_at > bindparam("now"),
        _SHOWN,
    )
    .order_by(Session.starts_at, Session.id)
    .limit(bindparam("limit"))
)
_BEGUN = (
    select(Session)
    .where(
        Session.community_id == bindparam("community"),
        Session.state == "announced",
        Session.starts_at <= bindparam("now"),
        or_(Session.starts_at > bindparam("lately"), Session.minutes > DAY.total_seconds() / 60),
        Session.starts_at > bindparam("since"),
        _SHOWN,
    )
    .order_by(Session.starts_at, Session.id)
    .limit(bindparam("limit"))
)
_OWN = (Rsvp.session_id == Session.id) & (Rsvp.member_id == bindparam("member"))
_WAITS = (Rsvp.answer == "yes") & (Rsvp.told_seat == WAITING)
_ANSWER = case((_WAITS, WAITING), else_=func.coalesce(Rsvp.answer, ""))
_AHEAD = _UPCOMING.outerjoin(Rsvp, _OWN).add_columns(_ANSWER)
_DRAFTS = (
    select(Session)
    .where(
        Session.community_id == bindparam("community"),
        Session.state == "draft",
        Session.organiser_id == bindparam("member"),
        Session.starts_at > bindparam("now"),
    )
    .order_by(Session.id.desc())
    .limit(500)
)


def to_come(opened: DbSession, now: datetime, after: int, limit: int) -> Sequence[Session]:
    """List sessions of all communities that have not begun, by id and `after` one, to change them.

    Nobody else changes them until this transaction ends.
    """
    rows = select(Session).where(Session.starts_at > now, Session.id > after)
    return opened.scalars(rows.order_by(Session.id).limit(limit).with_for_update()).all()


class Sessions(Visible[Session]):
    """The sessions of one community."""

    kind = Session
    visible = _SHOWN

    def public(self, thing: Session, now: datetime) -> bool:
        """Say whether a session is announced by now."""
        out = thing.programme_id or thing.announce_at is None or thing.announce_at <= now
        return thing.state == "announced" and bool(out)

    def upcoming(self, sight: Sight, now: datetime, limit: int = 25) -> Sequence[Session]:
        """List sessions to be held that have not begun, the next one first."""
        return self.db.scalars(_UPCOMING, self._looks(sight, now, limit)).all()

    def on_now(self, sight: Sight, now: datetime) -> Sequence[Session]:
        """List sessions that have begun and are not over, the first to begin first."""
        begun = self._looks(sight, now, 25) | {"since": now - LONGEST, "lately": now - DAY}
        return [one for one in self.db.scalars(_BEGUN, begun) if one.ends_at > now]

    def ever(self, sight: Sight, now: datetime) -> bool:
        """Say whether somebody sees any session that is more than a draft, past or to come."""
        return bool(self.seen(self.shown().where(Session.state != "draft").limit(1), sight, now))

    def ahead(self, sight: Sight, now: datetime, limit: int = 25) -> Sequence[tuple[Session, str]]:
        """List what is `upcoming` with what they answered, if at all; waiting: for a seat."""
        rows = self.db.execute(_AHEAD, self._looks(sight, now, limit))
        return [(row[0], row[1]) for row in rows]

    def _looks(self, sight: Sight, now: datetime, limit: int) -> dict[str, Any]:
        return {"community": self.community_id, "limit": limit, **eyes(sight, now)}

    def hold(self, session: Session) -> None:
        """Let nobody else change who has a seat in a session until the transaction ends."""
        self.db.refresh(session, ["capacity"], with_for_update=True)

    def named(self, words: str, sight: Sight, now: datetime, limit: int = 25) -> Sequence[Session]:
        """Find sessions by words in the title; drafts are left out.

        Those to come are first, the next one before the others; then what has begun, the newest
        before the others; what was cancelled is last.
        """
        named = self._ordered(now).where(Session.title.icontains(words, autoescape=True))
        return self.seen(named.limit(limit), sight, now)

    def named_otherwise(
        self, words: Sequence[str], sight: Sight, now: datetime, limit: int = 25
    ) -> Sequence[Session]:
        """Find sessions with texts in other languages by folded words that were said in any."""
        texts = cast(Session.texts, String) != "{}"
        said = (Session.search_words.contains(word, autoescape=True) for word in words)
        return self.seen(self._ordered(now).where(texts, *said).limit(limit), sight, now)

    def _ordered(self, now: datetime) -> Select[Session]:
        cancelled, past = Session.state == "cancelled", Session.starts_at < now
        named = self.shown().where(Session.state != "draft")
        named = named.order_by(cancelled, past, case((~past, Session.starts_at)))
        return named.order_by(Session.starts_at.desc(), Session.id)

    def to_come(self, now: datetime, member_id: int | None = None) -> Sequence[Session]:
        """List the announced sessions that have not begun; a member's: said yes or maybe to."""
        ahead = self.mine().where(Session.state == "announced", Session.starts_at > now)
        if member_id is not None:
            own = select(Rsvp.session_id).where(Rsvp.member_id == member_id, Rsvp.answer != "no")
            ahead = ahead.where(Session.id.in_(own))
        return self.all(ahead.order_by(Session.starts_at, Session.id))

    def naming(self, name: str) -> Sequence[Session]:
        """List the sessions in whose agenda a name stands, capitals aside."""
        return self.all(self.mine().where(Session.agenda.icontains(name, autoescape=True)))

    def answered_by(self, member_id: int, now: datetime) -> Sequence[Session]:
        """List the sessions that somebody answered and that are not over."""
        own = select(Rsvp.session_id).where(Rsvp.member_id == member_id)
        answered = self.all(self.mine().where(Session.id.in_(own)))
        return [session for session in answered if session.ends_at > now]

    def coming_to(self, sight: Sight, now: datetime) -> Sequence[Session]:
        """List the announced sessions to come in which somebody has a seat, the next one first."""
        query = (
            self.shown()
            .join(Rsvp, Rsvp.session_id == Session.id)
            .where(Rsvp.member_id == sight.member_id, Rsvp.answer == "yes", Session.starts_at > now)
            .where(Session.state == "announced", ~_WAITS)
        )
        ordered = query.order_by(Session.starts_at, Session.id)
        return self.seen(ordered.limit(25), sight, now)

    def at_once(
        self, spans: Sequence[tuple[datetime, datetime]], sight: Sight, now: datetime
    ) -> Sequence[Session]:
        """List what somebody sees that is held, or planned, while one of some spans of time lasts.

        A span goes from its first instant up to its last; the next one is first.
        """
        long = Session.minutes > DAY.total_seconds() / 60
        near = [
            (Session.starts_at < end)
            & ((Session.starts_at > begin - DAY) | (long & (Session.starts_at > begin - LONGEST)))
            for begin, end in spans
        ]
        held = self.shown().where(Session.state != "cancelled", or_(false(), *near))
        rows = self.seen(held.order_by(Session.starts_at, Session.id).limit(100), sight, now)
        return [
            row
            for row in rows
            if any(row.starts_at < end and row.ends_at > at for at, end in spans)
        ]

    def called(self, title: str, sight: Sight, now: datetime) -> Sequence[Session]:
        """List the next few sessions to come with a title that somebody sees, drafts among them."""
        same = func.lower(Session.title) == func.lower(title)
        ahead = self.shown().where(Session.state != "cancelled", Session.starts_at > now, same)
        return self.seen(ahead.order_by(Session.starts_at, Session.id).limit(5), sight, now)

    def drafts(self, sight: Sight, now: datetime) -> Sequence[Session]:
        """List what somebody planned, did not announce, and still can, the newest first."""
        asked = {"community": self.community_id, "member": sight.member_id, "now": now}
        return self.db.scalars(_DRAFTS, asked).all()
