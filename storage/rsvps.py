"""Keeps what people answered to sessions."""

from collections.abc import Collection, Iterable, Mapping, Sequence, Set
from datetime import datetime

from sqlalchemy import (
    ForeignKey,
    Index,
    String,
    UniqueConstraint,
    and_,
    bindparam,
    case,
    cast,
    column,
    false,
    func,
    insert,
    or_,
    select,
    table,
)
from sqlalchemy.orm import Mapped, mapped_column

from storage.people import Member
from storage.tables import Keep, Kept, Owned, Privacy, new_id, one_of, to_community, to_member

ANSWERS = ("yes", "maybe", "no")
OWN, PROGRAMME, FOR = "own", "programme", "for"
"""Whether somebody answered this session, or all dates of its programme, or another for them."""
SEATED, WAITING = "seat", "waiting"
"""What somebody who comes was told of their seat, where not everybody has one."""
ACCESS = ("captions", "sign")
"""What somebody may need to follow a session, beside a language."""
NOTES = 30
"""Days after a session for which its hosts can read what people wrote to them."""


class Rsvp(Owned):
    """What a member answered: `answer` is one of yes, maybe, no.

    `source` says whether they said it of this session, or of all dates of its programme, or
    `by_id` said it for them. Where seats are few, the first to say yes have one: a seat is a rank;
    `told_seat` is what they last heard of theirs. Who is `muted` wants no reminders of it.
    `thread` is the one they were added to. `access` lists what they need to follow it: captions,
    sign language.
    """

    __tablename__ = "rsvps"
    whole = "session_id"
    privacy = Privacy(
        "Answers to sessions",
        "Who comes, and what you need: a note to the hosts, a language to interpret into, "
        "captions or sign language",
        "Answers: members. Notes and languages: hosts, coordinators, and whoever planned a session "
        "without hosts",
        Keep(f"As long as the session; note, language and other needs {NOTES} days after it"),
    )
    __table_args__ = (
        UniqueConstraint("session_id", "member_id"),
        Index("ix_rsvps_session", "community_id", "session_id", "answer"),
        Index("ix_rsvps_rank", "session_id", "answer", "answered_at"),
    )

    community_id: Mapped[int] = mapped_column(to_community(), init=False, default=0)
    session_id: Mapped[int] = mapped_column(ForeignKey("sessions.id", ondelete="CASCADE"))
    member_id: Mapped[int] = mapped_column(
        to_member(on_erase="delete", words=("note",)), index=True
    )
    answer: Mapped[str] = mapped_column(info=one_of(*ANSWERS))
    answered_at: Mapped[datetime]
    note: Mapped[str] = mapped_column(default="")
    language: Mapped[str] = mapped_column(default="")
    source: Mapped[str] = mapped_column(
        default=OWN, server_default=OWN, info=one_of(OWN, PROGRAMME, FOR)
    )
    by_id: Mapped[int | None] = mapped_column(to_member(on_erase="empty"), default=None)
    told_seat: Mapped[str] = mapped_column(
        default="", server_default="", info=one_of("", SEATED, WAITING)
    )
    muted: Mapped[bool] = mapped_column(default=False, server_default=false())
    thread: Mapped[str] = mapped_column(default="", server_default="")
    access: Mapped[list[str]] = mapped_column(default_factory=list, server_default="[]")


_SESSIONS = table("sessions", column("id"), column("starts_at"))
_STARTS = (
    select(_SESSIONS.c.starts_at).where(_SESSIONS.c.id == bindparam("session_id")).scalar_subquery()
)
_LEFT = select(Member.id).where(
    Member.community_id == bindparam("community_id"), Member.left_at <= _STARTS
)
"""Whoever left before a session: few, so that they are looked up once, and not for each answer."""
_ONE = Rsvp.session_id == bindparam("session_id"), Rsvp.community_id == bindparam("community_id")
THIS = *_ONE, Rsvp.member_id.not_in(_LEFT)
"""The answers to one session, without those who left before it."""
_SEATED = Rsvp.answer == "yes", Rsvp.told_seat != WAITING
"""Who comes: said yes, and was not told that there is no seat."""
_COMING = select(Rsvp.member_id).where(*THIS, *_SEATED)
_ANSWER = select(Rsvp).where(*_ONE, Rsvp.member_id == bindparam("member_id"))
_ASKED_FOR = or_(and_(*_SEATED), (Rsvp.answer == "maybe") & Member.reminds_maybe)
_REMINDED = (
    select(Rsvp, Member)
    .join(Member, Member.id == Rsvp.member_id)
    .where(*THIS, _ASKED_FOR, Rsvp.muted.is_(False))
    .order_by(Rsvp.answered_at, Rsvp.id)
)
_REMINDED_ANSWERS = _REMINDED.with_only_columns(Rsvp.member_id, Rsvp.answer)
_REMINDED_AMONG = _REMINDED.where(Rsvp.member_id.in_(bindparam("among", expanding=True)))
_ANSWERED = (
    select(Rsvp, Member)
    .join(Member, Member.id == Rsvp.member_id)
    .where(*THIS)
    .order_by(Rsvp.answered_at, Rsvp.id)
)
_PLACE = {answer: place for place, answer in enumerate(ANSWERS)}
_PAGE = (
    _ANSWERED.order_by(None)
    .order_by(case(_PLACE, value=Rsvp.answer), Rsvp.answered_at, Rsvp.id)
    .offset(bindparam("skip"))
    .limit(bindparam("most"))
)
TO_FOLLOW = or_(Rsvp.language != "", cast(Rsvp.access, String) != "[]")
"""Whether somebody needs interpretation, captions or sign language."""
_SAYS_NEED = or_(Rsvp.note != "", TO_FOLLOW)
_NEEDS = _ANSWERED.where(Rsvp.answer != "no", _SAYS_NEED)
_NEEDED_AMONG = (
    select(Rsvp.id)
    .where(*_ONE, Rsvp.answer != "no", _SAYS_NEED)
    .where(Rsvp.member_id.in_(bindparam("among", expanding=True)))
    .limit(1)
)
_COUNTS = select(Rsvp.answer, func.count()).where(*THIS).group_by(Rsvp.answer)


class Rsvps(Kept[Rsvp]):
    """The answers to sessions in one community; whoever left before one has no part in it."""

    kind = Rsvp

    def reminded(
        self, session_id: int, among: Set[int] | None = None
    ) -> Sequence[tuple[Rsvp, Member]]:
        """List who is to be reminded: who comes, or said maybe and wishes so, and did not mute it.

        `among` some members, if given.
        """
        if among is None:
            found = self.db.execute(_REMINDED, self._this(session_id))
        else:
            asked = self._this(session_id) | {"among": list(among)}
            found = self.db.execute(_REMINDED_AMONG, asked)
        return [(row[0], row[1]) for row in found]

    def reminded_answers(self, session_id: int) -> Mapping[int, str]:
        """Give what those answered who are to be reminded, by their ids."""
        return dict(self.db.execute(_REMINDED_ANSWERS, self._this(session_id)).all())

    def who_comes(self, session_id: int) -> frozenset[int]:
        """Give the ids of the members who come."""
        return frozenset(self.db.scalars(_COMING, self._this(session_id)))

    def counts(self, session_id: int) -> Mapping[str, int]:
        """Count how often it was answered what; what nobody answered is left out."""
        return dict(self.db.execute(_COUNTS, self._this(session_id)).all())

    def answered(self, session_id: int) -> Sequence[tuple[Rsvp, Member]]:
        """List all answers with who gave them, the first first."""
        return [(row[0], row[1]) for row in self.db.execute(_ANSWERED, self._this(session_id))]

    def page(self, session_id: int, skip: int, most: int) -> Sequence[tuple[Rsvp, Member]]:
        """List a page of answers with who gave them: yes first, then maybe, then no."""
        part = {"skip": skip, "most": most}
        rows = self.db.execute(_PAGE, self._this(session_id) | part)
        return [(row[0], row[1]) for row in rows]

    def silent(self, session_id: int, others: Collection[int]) -> Sequence[Member]:
        """List who said yes or maybe to some other sessions, and nothing yet to this one."""
        elsewhere = select(Rsvp.member_id).where(
            Rsvp.community_id == self.community_id,
            Rsvp.session_id.in_(others),
            Rsvp.answer != "no",
        )
        here = select(Rsvp.member_id).where(Rsvp.session_id == session_id)
        people = select(Member).where(
            Member.community_id == self.community_id,
            Member.id.in_(elsewhere),
            Member.id.not_in(here),
            Member.left_at.is_(None),
        )
        return self.db.scalars(people.order_by(Member.id)).unique().all()

    def needs(self, session_id: int) -> Sequence[tuple[Rsvp, Member]]:
        """List the answers, yes or maybe, of those who wrote what they need."""
        return [(row[0], row[1]) for row in self.db.execute(_NEEDS, self._this(session_id))]

    def needed_among(self, session_id: int, among: Set[int]) -> bool:
        """Say whether one of some members comes or may come, and wrote what they need."""
        asked = self._this(session_id) | {"among": list(among)}
        return self.db.scalar(_NEEDED_AMONG, asked) is not None

    def answer_of(self, session_id: int, member_id: int) -> Rsvp | None:
        """Find what a member answered."""
        return self.db.scalar(_ANSWER, self._this(session_id) | {"member_id": member_id})

    def answer(
        self, session_id: int, member_id: int, answer: str, at: datetime, by_id: int | None = None
    ) -> tuple[Rsvp, str]:
        """Keep what a member answers to one session; gives it, and what they said of it before.

        What they answered to all dates of its programme, or somebody for them, is nothing they
        said of it. With `by_id` somebody answers for them.
        """
        own = self.answer_of(session_id, member_id)
        before = own.answer if own and own.source == OWN else ""
        if own is None:
            own = Rsvp(session_id=session_id, member_id=member_id, answer="", answered_at=at)
            own.community_id = self.community_id
            self.db.add(own)
        if answer != own.answer:
            own.answer, own.answered_at, own.told_seat = answer, at, ""
        own.source, own.by_id = (FOR, by_id) if by_id else (OWN, None)
        self.db.flush()
        return own, before

    def of_member(self, sessions: Collection[int], member_id: int) -> Sequence[Rsvp]:
        """List what a member answered to some sessions."""
        return self.all(
            self.mine().where(Rsvp.session_id.in_(sessions), Rsvp.member_id == member_id)
        )

    def answer_dates(
        self, sessions: Collection[int], member_id: int, answer: str, now: datetime
    ) -> Sequence[int]:
        """Keep what a member answers to all dates of a programme in each of them.

        What they said of one date stays; gives the dates for which it is another answer now.
        """
        before = {row.session_id: row for row in self.of_member(sessions, member_id)}
        changed = [
            id for id, row in before.items() if row.source == PROGRAMME and row.answer != answer
        ]
        for id in changed:
            before[id].answer, before[id].answered_at, before[id].told_seat = answer, now, ""
        fresh = [id for id in sessions if id not in before]
        self._add([(id, member_id, answer) for id in fresh], now)
        return [*changed, *fresh]

    def answer_date(
        self, session_id: int, answers: Iterable[tuple[int, str]], now: datetime
    ) -> None:
        """Keep in a new date of a programme what members answered to all of them."""
        self._add([(session_id, member, answer) for member, answer in answers], now)

    def _add(self, answers: Sequence[tuple[int, int, str]], now: datetime) -> None:
        rows = [
            {
                "id": new_id(),
                "community_id": self.community_id,
                "session_id": session,
                "member_id": member,
                "answer": answer,
                "answered_at": now,
                "source": PROGRAMME,
            }
            for session, member, answer in answers
        ]
        if rows:
            self.db.execute(insert(Rsvp), rows)

    def _this(self, session_id: int) -> dict[str, int]:
        return {"session_id": session_id, "community_id": self.community_id}
