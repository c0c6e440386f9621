"""Keeps what came of the topics of open spaces."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables import WITH, Kept, Owned, Privacy, to_member

WRITTEN = ("discussed", "insights", "actions", "resources")


class Notes(Owned):
    """What came of a topic, as one member wrote it down; `named`: with their name."""

    __tablename__ = "notes"
    privacy = Privacy(
        "Notes on topics",
        "What you wrote down of a topic at an open space, for its proceedings",
        "Members of the community; with your name, if you chose so",
        WITH,
    )
    __table_args__ = (UniqueConstraint("topic_id", "member_id"),)

    topic_id: Mapped[int] = mapped_column(ForeignKey("topics.id", ondelete="CASCADE"))
    written_at: Mapped[datetime]
    discussed: Mapped[str]
    member_id: Mapped[int | None] = mapped_column(
        to_member(on_erase="delete", words=WRITTEN, ondelete="SET NULL"), index=True, default=None
    )
    insights: Mapped[str] = mapped_column(default="")
    actions: Mapped[str] = mapped_column(default="")
    resources: Mapped[str] = mapped_column(default="")
    named: Mapped[bool] = mapped_column(default=True)


class NotesKept(Kept[Notes]):
    """The notes of one community's topics."""

    kind = Notes

    def of(self, topic_ids: Sequence[int]) -> Sequence[Notes]:
        """List the notes of some topics, the first written first."""
        mine = self.mine().where(Notes.topic_id.in_(topic_ids))
        return self.all(mine.order_by(Notes.written_at, Notes.id))

    def by(self, topic_id: int, member_id: int) -> Notes | None:
        """Find what a member wrote of a topic."""
        mine = self.mine().where(Notes.topic_id == topic_id, Notes.member_id == member_id)
        return self.db.scalar(mine)
