"""Keeps the lines of closing rounds: what each takes along from a session."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import UniqueConstraint, false, select
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables import WITH, Kept, Owned, Privacy, to_community, to_member


class ClosingLine(Owned):
    """What a member said in the closing round of the thing it is `about`, in one line.

    `aloud` says whether it may be read out with the others, `named` whether with their name.
    """

    __tablename__ = "closing_lines"
    whole = "about"
    privacy = Privacy(
        "Lines of closing rounds",
        "What you take along from a session, in one line, to be read out together",
        "Hosts; members, if you agreed to have it read out",
        WITH,
    )
    __table_args__ = (UniqueConstraint("community_id", "about", "member_id"),)

    community_id: Mapped[int] = mapped_column(to_community(), init=False, default=0)
    about: Mapped[str]
    member_id: Mapped[int] = mapped_column(
        to_member(on_erase="delete", words=("words",)), index=True
    )
    words: Mapped[str]
    at: Mapped[datetime]
    aloud: Mapped[bool] = mapped_column(default=True)
    named: Mapped[bool] = mapped_column(default=True, server_default=false())


class ClosingLines(Kept[ClosingLine]):
    """The lines of the closing rounds of one community."""

    kind = ClosingLine

    def of(self, about: str) -> Sequence[ClosingLine]:
        """List the lines of a closing round, the first written first."""
        mine = self.mine().where(ClosingLine.about == about)
        return self.all(mine.order_by(ClosingLine.id))

    def by(self, about: str, member_id: int) -> ClosingLine | None:
        """Find the line of a member."""
        mine = self.mine().where(ClosingLine.about == about, ClosingLine.member_id == member_id)
        return self.db.scalar(mine)

    def sessions_of(self, member_id: int) -> Sequence[int]:
        """Give the ids of the sessions in whose closing rounds a member has a line."""
        mine = ClosingLine.community_id == self.community_id, ClosingLine.member_id == member_id
        abouts = self.db.scalars(select(ClosingLine.about).where(*mine))
        return [int(id) for kind, _, id in (a.partition(":") for a in abouts) if kind == "session"]
