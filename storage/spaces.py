"""Finds the spaces of a platform that somebody is known in, and closes one that put the bot out."""

from collections.abc import Collection

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from storage.community import Channel, Space
from storage.people import KnownAccount

LEFT = "left"
"""Why a channel is lost in a space that put the bot out."""


class Spaces:
    """The workspaces or servers of one platform, over all communities."""

    def __init__(self, session: Session, platform: str) -> None:
        self.db = session
        self.platform = platform

    def home(self, space: str) -> int | None:
        """Give the id of the community that lives in a space."""
        return self.db.scalar(
            select(Space.community_id).where(Space.platform == self.platform, Space.space == space)
        )

    def of(self, account: str) -> tuple[str, ...]:
        """Name the spaces an account is known in, the one it came to last at the end."""
        query = select(KnownAccount.space).where(
            KnownAccount.platform == self.platform, KnownAccount.account == account
        )
        return tuple(self.db.scalars(query.order_by(KnownAccount.id)))

    def leave(self, space: str) -> None:
        """Have nothing sent to a space any more, neither to its channels nor to its people."""
        self._mark(space, lost=LEFT, closed=True)

    def come_back(self, space: str) -> None:
        """Open a space again that had put the bot out."""
        self._mark(space, lost="", closed=False)

    def let_in(self, space: str, reasons: Collection[str]) -> None:
        """Open the channels of a space again that were lost for one of some reasons."""
        here = (Channel.platform == self.platform, Channel.space == space)
        lost = update(Channel).where(*here, Channel.lost.in_(reasons))
        self.db.execute(lost.values(lost=""))

    def _mark(self, space: str, *, lost: str, closed: bool) -> None:
        before = "" if lost else LEFT
        here = (Channel.platform == self.platform, Channel.space == space, Channel.lost == before)
        self.db.execute(update(Channel).where(*here).values(lost=lost))
        known = (KnownAccount.platform == self.platform, KnownAccount.space == space)
        self.db.execute(update(KnownAccount).where(*known).values(closed=closed))
