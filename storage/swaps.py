"""Keeps the swaps of turns that hosts ask of their colleagues."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ForeignKey, or_, select
from sqlalchemy.orm import Mapped, aliased, mapped_column

from storage.hosting import Turn
from storage.people import Member
from storage.sessions import Session
from storage.tables import WITH, Kept, Owned, Privacy, one_of, to_member

STATES = ("asked", "agreed", "refused", "withdrawn", "lapsed")


class Swap(Owned):
    """A host asks a colleague to trade turns; without `with_turn_id`, to take one over.

    `state` is one of asked, agreed, refused, withdrawn (by whoever asked), and lapsed: a turn of it
    is gone, or its session has begun or was cancelled.
    """

    __tablename__ = "swaps"
    whole = "turn_id"
    privacy = Privacy("Swaps", "Who asked whom to trade turns", "The two of them", WITH)

    turn_id: Mapped[int] = mapped_column(ForeignKey("turns.id", ondelete="CASCADE"), index=True)
    asked_id: Mapped[int] = mapped_column(to_member(on_erase="delete"), index=True)
    asked_at: Mapped[datetime]
    with_turn_id: Mapped[int | None] = mapped_column(
        ForeignKey("turns.id", ondelete="CASCADE"), default=None
    )
    state: Mapped[str] = mapped_column(default="asked", info=one_of(*STATES))


Question = tuple[Session, str, Member, Session | None]


class Swaps(Kept[Swap]):
    """The swaps of one community."""

    kind = Swap

    def asked(self, session_id: int, asked_id: int, host_id: int | None = None) -> Swap | None:
        """Find the last swap in which somebody was asked to take a session, by one host or any."""
        query = (
            self.mine()
            .join(Turn, Turn.id == Swap.turn_id)
            .where(Swap.asked_id == asked_id, Turn.session_id == session_id)
        )
        if host_id is not None:
            query = query.where(Turn.member_id == host_id)
        return self.db.scalars(query.order_by(Swap.asked_at.desc(), Swap.id.desc())).first()

    def turns_in(self, swap: Swap) -> tuple[Turn, Turn | None]:
        """Give the turn that is given, and the one asked for in return."""
        return self.db.get_one(Turn, swap.turn_id), (
            self.db.get(Turn, swap.with_turn_id) if swap.with_turn_id else None
        )

    def waiting_on(self, session_id: int) -> Sequence[Swap]:
        """List the swaps of turns of a session that nobody has answered."""
        turns = select(Turn.id).where(Turn.session_id == session_id)
        concerned = or_(Swap.turn_id.in_(turns), Swap.with_turn_id.in_(turns))
        return self.all(self.mine().where(Swap.state == "asked", concerned).order_by(Swap.id))

    def asked_of(self, member_id: int) -> Sequence[Session]:
        """List the sessions somebody was asked to take in a swap and has not answered."""
        turns = select(Turn.session_id).join(Swap, Swap.turn_id == Turn.id)
        asked = turns.where(Swap.state == "asked", Swap.asked_id == member_id)
        here = Session.community_id == self.community_id
        return self.db.scalars(select(Session).where(here, Session.id.in_(asked))).all()

    def questions_to(self, member_id: int) -> Sequence[Question]:
        """List what somebody was asked and has not answered: session, role, by whom, for which."""
        back, wanted = aliased(Turn), aliased(Session)
        query = (
            select(Session, Turn.role, Member, wanted)
            .select_from(Swap)
            .join(Turn, Turn.id == Swap.turn_id)
            .join(Session, Session.id == Turn.session_id)
            .join(Member, Member.id == Turn.member_id)
            .outerjoin(back, back.id == Swap.with_turn_id)
            .outerjoin(wanted, wanted.id == back.session_id)
            .where(
                Swap.community_id == self.community_id,
                Swap.state == "asked",
                Swap.asked_id == member_id,
            )
        )
        rows = self.db.execute(query.order_by(Session.starts_at, Swap.id))
        return [(row[0], row[1], row[2], row[3]) for row in rows]

    def waiting_for(self, host_id: int) -> Sequence[tuple[Swap, Session, Member]]:
        """List what a host asked and nobody has answered, with the session and who was asked."""
        query = (
            select(Swap, Session, Member)
            .join(Turn, Turn.id == Swap.turn_id)
            .join(Session, Session.id == Turn.session_id)
            .join(Member, Member.id == Swap.asked_id)
            .where(
                Swap.community_id == self.community_id,
                Swap.state == "asked",
                Turn.member_id == host_id,
            )
        )
        rows = self.db.execute(query.order_by(Session.starts_at, Swap.id))
        return [(row[0], row[1], row[2]) for row in rows]
