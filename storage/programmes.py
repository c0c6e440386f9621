"""Keeps programmes: series of sessions, the rules of their dates, and answers to all of them."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, UniqueConstraint, cast, false, or_, select
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.orm import Session as DbSession

from storage.hosting import HOST, HOSTING, Turn
from storage.people import Member
from storage.rsvps import ANSWERS
from storage.sessions import Session
from storage.sight import MEMBER, PREPARES, Sight, Visible
from storage.tables import ALWAYS, WITH, Owned, Privacy, one_of, to_community, to_member

DRAFT, RUNNING, ENDED = "draft", "running", "ended"


def running(opened: DbSession, after: int, limit: int) -> "Sequence[Programme]":
    """List running programmes of all communities, by id and `after` one, to change them.

    Nobody else changes them until this transaction ends.
    """
    rows = select(Programme).where(Programme.state == RUNNING, Programme.id > after)
    return opened.scalars(rows.order_by(Programme.id).limit(limit).with_for_update()).all()


class Programme(Owned):
    """A series of sessions. `announce_ahead` is how many minutes before it a date is announced.

    What is said here is said of each date that does not say otherwise. `state` is one of draft,
    running, ended; `announced_at` is when it was announced as a series. `hours` are the fair hours
    that were adopted: the wall time of a date by the wall time its rule gives it. `texts` are its
    words in other languages, by code and column, each with the digest of the original it is of;
    `written_in` is the language of the original, empty: the community's. `contact_id` is whom to
    ask about access.
    """

    __tablename__ = "programmes"
    privacy = Privacy("Programmes", "Series of sessions; who planned them", "Members", ALWAYS)

    community_id: Mapped[int] = mapped_column(to_community(), init=False, default=0, index=True)
    title: Mapped[str]
    minutes: Mapped[int]
    created_at: Mapped[datetime]
    organiser_id: Mapped[int | None] = mapped_column(to_member(on_erase="empty"), default=None)
    state: Mapped[str] = mapped_column(default=DRAFT, info=one_of(DRAFT, RUNNING, ENDED))
    announced_at: Mapped[datetime | None] = mapped_column(default=None)
    announce_ahead: Mapped[int] = mapped_column(default=14 * 24 * 60)
    description: Mapped[str] = mapped_column(default="")
    guiding_question: Mapped[str] = mapped_column(default="")
    format: Mapped[str] = mapped_column(default="")
    link: Mapped[str] = mapped_column(default="")
    agenda: Mapped[str] = mapped_column(default="")
    languages: Mapped[list[str]] = mapped_column(default_factory=list)
    partners: Mapped[str] = mapped_column(default="")
    capacity: Mapped[int] = mapped_column(default=0, server_default="0")
    closes_before: Mapped[int] = mapped_column(default=0, server_default="0")
    place: Mapped[str] = mapped_column(default="", server_default="")
    recorded: Mapped[bool] = mapped_column(default=False, server_default=false())
    texts: Mapped[dict[str, Any]] = mapped_column(default_factory=dict, server_default="{}")
    written_in: Mapped[str] = mapped_column(default="", server_default="")
    contact_id: Mapped[int | None] = mapped_column(to_member(on_erase="empty"), default=None)
    hours: Mapped[dict[str, str]] = mapped_column(default_factory=dict, server_default="{}")

    @property
    def about(self) -> str:
        """How deliveries, posts and the log name it."""
        return f"programme:{self.id}"


class ProgrammeRule(Owned):
    """The rule of a programme's dates from one on: an RRULE, and a time on the wall of a zone.

    `from_wall` (local, `YYYY-MM-DD HH:MM`) is the first date by this rule; it holds until the next
    rule's begins.
    """

    __tablename__ = "programme_rules"
    whole = "programme_id"
    privacy = Privacy("Rules of programmes", "On which days a series meets", "Members", WITH)
    __table_args__ = (UniqueConstraint("programme_id", "from_wall"),)

    programme_id: Mapped[int] = mapped_column(ForeignKey("programmes.id", ondelete="CASCADE"))
    from_wall: Mapped[str]
    zone: Mapped[str]
    rrule: Mapped[str]


class ProgrammeAnswer(Owned):
    """What a member answered to all dates of a programme; it is kept in each date as well."""

    __tablename__ = "programme_answers"
    whole = "programme_id"
    privacy = Privacy(
        "Answers to programmes", "Who comes to all dates of a series", "Members", WITH
    )
    __table_args__ = (UniqueConstraint("programme_id", "member_id"),)

    programme_id: Mapped[int] = mapped_column(ForeignKey("programmes.id", ondelete="CASCADE"))
    member_id: Mapped[int] = mapped_column(to_member(on_erase="delete"), index=True)
    answer: Mapped[str] = mapped_column(info=one_of(*ANSWERS))
    answered_at: Mapped[datetime]


_SHOWN = or_(PREPARES, Programme.organiser_id == MEMBER, Programme.state != DRAFT)


class Programmes(Visible[Programme]):
    """The programmes of one community."""

    kind = Programme
    visible = _SHOWN

    def public(self, thing: Programme, now: datetime) -> bool:
        """Say whether a programme was started."""
        return thing.state != DRAFT

    def named(
        self, words: str, sight: Sight, now: datetime, limit: int = 25
    ) -> Sequence[Programme]:
        """Find programmes by part of their title: running ones first, then drafts, then the past.

        Of the same state the newest stands first.
        """
        order = (Programme.state == ENDED, Programme.state == DRAFT, Programme.id.desc())
        some = self.shown().where(Programme.title.icontains(words, autoescape=True))
        return self.seen(some.order_by(*order).limit(limit), sight, now)

    def written(self, sight: Sight, now: datetime) -> Sequence[Programme]:
        """List some programmes with texts in other languages, the newest first."""
        some = self.shown().where(cast(Programme.texts, String) != "{}")
        return self.seen(some.order_by(Programme.id.desc()).limit(500), sight, now)

    def rules(self, programme: Programme) -> Sequence[ProgrammeRule]:
        """List the rules of a programme, the first to hold first."""
        mine = select(ProgrammeRule).where(
            ProgrammeRule.community_id == self.community_id,
            ProgrammeRule.programme_id == programme.id,
        )
        return self.db.scalars(mine.order_by(ProgrammeRule.from_wall)).all()

    def put_rule(self, programme: Programme, from_wall: str, zone: str, rrule: str) -> None:
        """Have a rule hold from one date on, in the place of all that begin there or later."""
        for later in self.rules(programme):
            if later.from_wall >= from_wall:
                self.db.delete(later)
        self.db.flush()
        rule = ProgrammeRule(programme_id=programme.id, from_wall=from_wall, zone=zone, rrule=rrule)
        rule.community_id = self.community_id
        self.db.add(rule)
        self.db.flush()

    def put_rules(self, programme: Programme, rules: Sequence[tuple[str, str, str]]) -> None:
        """Have these rules hold (first date, zone, RRULE), and no others."""
        for rule in self.rules(programme):
            self.db.delete(rule)
        self.db.flush()
        for kept in rules:
            self.put_rule(programme, *kept)

    def before(self, session: Session, most: int) -> Sequence[int]:
        """Give the ids of the dates of its programme before a session, the last ones."""
        earlier = select(Session.id).where(
            Session.community_id == self.community_id,
            Session.programme_id == session.programme_id,
            Session.state == "announced",
            Session.starts_at < session.starts_at,
        )
        return self.db.scalars(earlier.order_by(Session.starts_at.desc()).limit(most)).all()

    def dates(self, programme: Programme, since: datetime | None = None) -> Sequence[Session]:
        """List the dates of a programme, cancelled ones included, in the order of their time.

        With `since` only those that begin then or later.
        """
        mine = select(Session).where(
            Session.community_id == self.community_id, Session.programme_id == programme.id
        )
        if since is not None:
            mine = mine.where(Session.starts_at >= since)
        return self.db.scalars(mine.order_by(Session.starts_at, Session.id)).all()

    def hosts(self, dates: Iterable[Session]) -> Mapping[int, Sequence[Member]]:
        """List who hosts some dates, by the ids of these."""
        found: dict[int, list[Member]] = {}
        rows = (
            select(Turn.session_id, Member)
            .join(Member, Member.id == Turn.member_id)
            .where(
                Turn.community_id == self.community_id,
                Turn.session_id.in_([date.id for date in dates]),
                Turn.state.in_(HOSTING),
                Turn.role == HOST,
            )
            .order_by(Turn.changed_at, Turn.id)
        )
        for session_id, member in self.db.execute(rows):
            found.setdefault(session_id, []).append(member)
        return found

    def of(self, sessions: Iterable[Session]) -> Mapping[int, Programme]:
        """Give the programmes of some dates, by their ids."""
        ids = {session.programme_id for session in sessions if session.programme_id}
        return {one.id: one for one in self.many(sorted(ids))} if ids else {}

    def running(self) -> Sequence[Programme]:
        """List the programmes that are running, the newest first."""
        return self.all(self.mine().where(Programme.state == RUNNING).order_by(Programme.id.desc()))

    def naming(self, name: str) -> Sequence[Programme]:
        """List the programmes in whose agenda a name stands, capitals aside."""
        return self.all(self.mine().where(Programme.agenda.icontains(name, autoescape=True)))

    def drafts_of(self, member_id: int) -> Sequence[Programme]:
        """List what somebody planned and has not started, the newest first."""
        mine = self.mine().where(Programme.state == DRAFT, Programme.organiser_id == member_id)
        return self.all(mine.order_by(Programme.id.desc()))

    def keep_answer(self, answer: ProgrammeAnswer) -> None:
        """Keep a new answer to all dates."""
        answer.community_id = self.community_id
        self.db.add(answer)
        self.db.flush()

    def answers(self, programme: Programme) -> Sequence[ProgrammeAnswer]:
        """List what was answered to all dates, the first first."""
        mine = select(ProgrammeAnswer).where(
            ProgrammeAnswer.community_id == self.community_id,
            ProgrammeAnswer.programme_id == programme.id,
        )
        return self.db.scalars(mine.order_by(ProgrammeAnswer.id)).all()

    def answer_of(self, programme: Programme, member_id: int) -> ProgrammeAnswer | None:
        """Find what somebody answered to all dates."""
        return self.db.scalar(
            select(ProgrammeAnswer).where(
                ProgrammeAnswer.community_id == self.community_id,
                ProgrammeAnswer.programme_id == programme.id,
                ProgrammeAnswer.member_id == member_id,
            )
        )
