"""Keeps who contributes to an item of an agenda."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables import WITH, Kept, Owned, Privacy, one_of, to_community, to_member

ASKED, CONFIRMED, DECLINED, OUT = "asked", "confirmed", "declined", "out"


class Contribution(Owned):
    """That a member was asked to contribute to an `item` of a session's agenda, by its title.

    `state` is one of asked, confirmed, declined, out (named no more); `by_id` named them.
    """

    __tablename__ = "contributions"
    whole = "session_id"
    privacy = Privacy(
        "Contributions to agendas",
        "Who was asked to contribute to a session and whether they confirmed",
        "Members, once you confirmed; before that hosts and coordinators",
        WITH,
    )
    __table_args__ = (UniqueConstraint("session_id", "member_id", "item"),)

    community_id: Mapped[int] = mapped_column(to_community(), init=False, default=0, index=True)
    session_id: Mapped[int] = mapped_column(ForeignKey("sessions.id", ondelete="CASCADE"))
    member_id: Mapped[int] = mapped_column(to_member(on_erase="delete"), index=True)
    item: Mapped[str]
    asked_at: Mapped[datetime]
    state: Mapped[str] = mapped_column(default=ASKED, info=one_of(ASKED, CONFIRMED, DECLINED, OUT))
    answered_at: Mapped[datetime | None] = mapped_column(default=None)
    by_id: Mapped[int | None] = mapped_column(to_member(on_erase="empty"), index=True, default=None)


class Contributions(Kept[Contribution]):
    """Who contributes to the agendas of one community."""

    kind = Contribution

    def of(self, session_id: int) -> Sequence[Contribution]:
        """List who was asked to contribute to a session, the first asked first."""
        mine = self.mine().where(Contribution.session_id == session_id)
        return self.all(mine.order_by(Contribution.id))

    def confirmed(self, session_id: int) -> Sequence[int]:
        """List who contributes to a session, by their ids."""
        agreed = Contribution.session_id == session_id, Contribution.state == CONFIRMED
        return [row.member_id for row in self.all(self.mine().where(*agreed))]
