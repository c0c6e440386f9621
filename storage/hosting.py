"""Keeps the pool of hosts, when they are away, and the turns they take."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import ForeignKey, UniqueConstraint, select
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables import Kept, Owned


class Stay(Owned):
    """A member's time in the pool of hosts; `left_at` is None while they are in it.

    `rest_days` is how many days at least lie between two of their turns.
    """

    __tablename__ = "stays"

    member_id: Mapped[int] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), index=True)
    joined_at: Mapped[datetime]
    left_at: Mapped[datetime | None] = mapped_column(default=None)
    rest_days: Mapped[int] = mapped_column(default=0)


class Away(Owned):
    """Days on which a host is not there, both included, in their own zone."""

    __tablename__ = "aways"

    member_id: Mapped[int] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), index=True)
    first: Mapped[date]
    last: Mapped[date]


class Turn(Owned):
    """A session's host, or one who was asked.

    `state` is one of proposed, accepted, declined, given (handed to somebody else), open (offered
    to all, without a member).
    """

    __tablename__ = "turns"
    __table_args__ = (UniqueConstraint("session_id", "member_id"),)

    session_id: Mapped[int] = mapped_column(ForeignKey("sessions.id", ondelete="CASCADE"))
    state: Mapped[str]
    changed_at: Mapped[datetime]
    member_id: Mapped[int | None] = mapped_column(
        ForeignKey("members.id", ondelete="CASCADE"), index=True, default=None
    )


class Swap(Owned):
    """A host asks a colleague to trade turns; `state` is one of asked, agreed, refused."""

    __tablename__ = "swaps"

    turn_id: Mapped[int] = mapped_column(ForeignKey("turns.id", ondelete="CASCADE"), index=True)
    asked_id: Mapped[int] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"))
    asked_at: Mapped[datetime]
    with_turn_id: Mapped[int | None] = mapped_column(
        ForeignKey("turns.id", ondelete="CASCADE"), default=None
    )
    state: Mapped[str] = mapped_column(default="asked")


class Hosting(Kept[Turn]):
    """Who hosts what in one community."""

    kind = Turn

    def of_session(self, session_id: int) -> Sequence[Turn]:
        return self.all(self.mine().where(Turn.session_id == session_id).order_by(Turn.id))

    def accepted(self, session_id: int) -> Sequence[Turn]:
        turns = self.mine().where(Turn.session_id == session_id, Turn.state == "accepted")
        return self.all(turns.order_by(Turn.id))

    def pool(self) -> Sequence[Stay]:
        query = select(Stay).where(Stay.community_id == self.community_id, Stay.left_at.is_(None))
        return self.session.scalars(query.order_by(Stay.joined_at, Stay.id)).all()
