"""Keeps who was at a session."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint, func, select
from sqlalchemy.orm import Mapped, mapped_column

from storage.rsvps import Rsvp
from storage.tables import WITH, Kept, Owned, Privacy, to_community, to_member


class Attendance(Owned):
    """That somebody was at a session, or, where `there` is False, that they were not.

    It is a member, or a `name` without an account. `zone` and `region` are theirs as of then: who
    bore which hour must not change when people move. `said_by_id` is who said so.
    """

    __tablename__ = "attendances"
    whole = "session_id"
    privacy = Privacy(
        "Attendance",
        "Who was at a session, and from which time zone and region, to share the hours fairly",
        "Members; after an erasure the row stays without your name",
        WITH,
    )
    __table_args__ = (UniqueConstraint("session_id", "member_id"),)

    community_id: Mapped[int] = mapped_column(to_community(), init=False, default=0, index=True)
    session_id: Mapped[int] = mapped_column(ForeignKey("sessions.id", ondelete="CASCADE"))
    at: Mapped[datetime]
    member_id: Mapped[int | None] = mapped_column(
        to_member(on_erase="empty", words=("name", "region")), index=True, default=None
    )
    name: Mapped[str] = mapped_column(default="")
    said_by_id: Mapped[int | None] = mapped_column(
        to_member(on_erase="empty"), index=True, default=None
    )
    there: Mapped[bool] = mapped_column(default=True)
    zone: Mapped[str] = mapped_column(default="")
    region: Mapped[str] = mapped_column(default="")


class Attendances(Kept[Attendance]):
    """Who was at the sessions of one community."""

    kind = Attendance

    def of(self, session_id: int) -> Sequence[Attendance]:
        """List what is kept of who was at a session, those said to be absent included."""
        mine = self.mine().where(Attendance.session_id == session_id)
        return self.all(mine.order_by(Attendance.id))

    def by(self, session_id: int, member_id: int) -> Attendance | None:
        """Find what is kept of whether a member was at a session."""
        mine = self.mine().where(Attendance.session_id == session_id)
        return self.db.scalar(mine.where(Attendance.member_id == member_id))

    def there(self, sessions: Collection[int]) -> Sequence[Attendance]:
        """List who was at some sessions."""
        mine = self.mine().where(Attendance.session_id.in_(sessions), Attendance.there)
        return self.all(mine.order_by(Attendance.id))

    def to_come(self, sessions: Collection[int]) -> Sequence[tuple[int, int]]:
        """List who said that they come to some sessions: ids of session and member."""
        query = select(Rsvp.session_id, Rsvp.member_id).where(
            Rsvp.community_id == self.community_id,
            Rsvp.session_id.in_(sessions),
            Rsvp.answer == "yes",
        )
        return [(row[0], row[1]) for row in self.db.execute(query.order_by(Rsvp.id))]

    def counts(self, sessions: Collection[int]) -> dict[int, int]:
        """Count who was at some sessions; those nobody was at are left out."""
        query = (
            select(Attendance.session_id, func.count())
            .where(
                Attendance.community_id == self.community_id,
                Attendance.session_id.in_(sessions),
                Attendance.there,
            )
            .group_by(Attendance.session_id)
        )
        return dict(self.db.execute(query).all())
