"""Keeps what came of things: of the topics of open spaces."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import UniqueConstraint, select
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables import WITH, Kept, Owned, Privacy, to_community, to_member

WRITTEN = ("discussed", "insights", "actions", "resources")


class Notes(Owned):
    """What came of the thing it is `about`, as one member wrote it; `named`: with their name."""

    __tablename__ = "notes"
    whole = "about"
    privacy = Privacy(
        "Notes on topics",
        "What you wrote down of a topic at an open space, for its proceedings",
        "Members of the community; with your name, if you chose so",
        WITH,
    )
    __table_args__ = (UniqueConstraint("community_id", "about", "member_id"),)

    community_id: Mapped[int] = mapped_column(to_community(), init=False, default=0)
    about: Mapped[str]
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
    """The notes of one community."""

    kind = Notes

    def of(self, abouts: Collection[str]) -> Sequence[Notes]:
        """List the notes on some things, the first written first."""
        mine = self.mine().where(Notes.about.in_(abouts))
        return self.all(mine.order_by(Notes.written_at, Notes.id))

    def noted(self, abouts: Collection[str]) -> frozenset[str]:
        """Give those of some things that have notes."""
        query = select(Notes.about).where(
            Notes.community_id == self.community_id, Notes.about.in_(abouts)
        )
        return frozenset(self.db.scalars(query))

    def by(self, about: str, member_id: int) -> Notes | None:
        """Find what a member wrote of a thing."""
        mine = self.mine().where(Notes.about == about, Notes.member_id == member_id)
        return self.db.scalar(mine)
