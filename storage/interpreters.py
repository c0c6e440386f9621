"""Keeps who interprets, captions or signs in a session."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ForeignKey, Index, bindparam, or_, select
from sqlalchemy.orm import Mapped, mapped_column

from storage.people import Member
from storage.rsvps import TO_FOLLOW, Rsvp
from storage.sessions import Session
from storage.tables import WITH, Kept, Owned, Privacy, one_of, to_community, to_member

ASKED, CONFIRMED, DECLINED = "asked", "confirmed", "declined"
INTERPRETATION, CAPTIONS, SIGN = "interpretation", "captions", "sign"
KINDS = (INTERPRETATION, CAPTIONS, SIGN)


class Interpreter(Owned):
    """That somebody was asked to interpret, caption or sign in a language; `by_id` named them.

    It is a member, or a `name` from outside, whose word the one has who named them. `state` is one
    of asked, confirmed, declined; `listen_on` says on which channel of the call they are heard.
    """

    __tablename__ = "interpreters"
    whole = "session_id"
    privacy = Privacy(
        "Interpreters",
        "Who interprets, captions or signs in a session, into which language",
        "Members, once you confirmed; before that hosts and coordinators",
        WITH,
    )
    __table_args__ = (Index("ix_interpreters_session", "session_id", "language"),)

    community_id: Mapped[int] = mapped_column(to_community(), init=False, default=0, index=True)
    session_id: Mapped[int] = mapped_column(ForeignKey("sessions.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(info=one_of(*KINDS))
    language: Mapped[str]
    asked_at: Mapped[datetime]
    member_id: Mapped[int | None] = mapped_column(
        to_member(on_erase="delete", words=("name",)), index=True, default=None
    )
    name: Mapped[str] = mapped_column(default="")
    state: Mapped[str] = mapped_column(default=ASKED, info=one_of(ASKED, CONFIRMED, DECLINED))
    answered_at: Mapped[datetime | None] = mapped_column(default=None)
    by_id: Mapped[int | None] = mapped_column(to_member(on_erase="empty"), index=True, default=None)
    listen_on: Mapped[str] = mapped_column(default="")


class Need(NamedTuple):
    """What somebody who comes or may come needs to follow a session."""

    session_id: int
    member_id: int
    language: str
    access: Sequence[str]


_THERE = or_(Interpreter.member_id.is_(None), Member.left_at.is_(None))
_COMES = (
    Rsvp.community_id == bindparam("community"),
    Rsvp.answer != "no",
    TO_FOLLOW,
    Rsvp.session_id.in_(bindparam("sessions", expanding=True)),
    Member.left_at.is_(None),
)
_NEEDS = (
    select(Rsvp.session_id, Rsvp.member_id, Rsvp.language, Rsvp.access)
    .join(Member, Member.id == Rsvp.member_id)
    .where(*_COMES)
)


class Interpreters(Kept[Interpreter]):
    """Who interprets in the sessions of one community; whoever has left does not."""

    kind = Interpreter

    def of(self, *session_ids: int) -> Sequence[Interpreter]:
        """List who was asked to interpret in some sessions, the first asked first."""
        there = self.mine().outerjoin(Member, Member.id == Interpreter.member_id).where(_THERE)
        return self.all(
            there.where(Interpreter.session_id.in_(session_ids)).order_by(Interpreter.id)
        )

    def confirmed(self, session_id: int) -> Sequence[int]:
        """List the members who interpret in a session, by their ids."""
        agreed = (one for one in self.of(session_id) if one.state == CONFIRMED)
        return [one.member_id for one in agreed if one.member_id]

    def needs(self, *session_ids: int) -> Sequence[Need]:
        """List what those need to follow some sessions who come to them or may come."""
        asked = {"community": self.community_id, "sessions": session_ids}
        return [Need(*row) for row in self.db.execute(_NEEDS, asked)]

    def needed_ahead(self, now: datetime) -> Sequence[Session]:
        """List the sessions to come for which somebody needs anything of the kind."""
        some = select(Rsvp.session_id).where(
            Rsvp.community_id == self.community_id, Rsvp.answer != "no", TO_FOLLOW
        )
        ahead = select(Session).where(
            Session.community_id == self.community_id,
            Session.state == "announced",
            Session.starts_at > now,
            Session.id.in_(some),
        )
        return self.db.scalars(ahead.order_by(Session.starts_at, Session.id)).all()

    def tasks_of(self, member_id: int, since: datetime) -> Sequence[tuple[Interpreter, Session]]:
        """List what somebody was asked to do, or does, in sessions that begin after an instant."""
        query = (
            select(Interpreter, Session)
            .join(Session, Session.id == Interpreter.session_id)
            .where(
                Interpreter.community_id == self.community_id,
                Interpreter.member_id == member_id,
                Session.state != "cancelled",
                Session.starts_at > since,
            )
        )
        rows = self.db.execute(query.order_by(Session.starts_at, Interpreter.id))
        return [(row[0], row[1]) for row in rows]
