"""Workspaces of a platform: who is known in them, and closing one that removed the bot."""

from collections.abc import Collection

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from storage.community import Channel, Workspace
from storage.people import KnownAccount

LEFT = "left"
"""Why a channel is lost in a workspace that put the bot out."""


class Workspaces:
    """The workspaces or servers of one platform, over all communities."""

    def __init__(self, session: Session, platform: str) -> None:
        self.db = session
        self.platform = platform

    def home(self, workspace: str) -> int | None:
        """Give the id of the community that lives in a workspace."""
        return self.db.scalar(
            select(Workspace.community_id).where(
                Workspace.platform == self.platform, Workspace.workspace == workspace
            )
        )

    def of(self, account: str) -> tuple[str, ...]:
        """Name the workspaces an account is known in, the one it came to last at the end."""
        query = select(KnownAccount.workspace).where(
            KnownAccount.platform == self.platform, KnownAccount.account == account
        )
        return tuple(self.db.scalars(query.order_by(KnownAccount.id)))

    def leave(self, workspace: str) -> None:
        """Have nothing sent to a workspace any more, neither to its channels nor to its people."""
        self._mark(workspace, lost=LEFT, closed=True)

    def come_back(self, workspace: str) -> None:
        """Open a workspace again that had put the bot out."""
        self._mark(workspace, lost="", closed=False)

    def let_in(self, workspace: str, reasons: Collection[str]) -> None:
        """Open the channels of a workspace again that were lost for one of some reasons."""
        here = (Channel.platform == self.platform, Channel.workspace == workspace)
        lost = update(Channel).where(*here, Channel.lost.in_(reasons))
        self.db.execute(lost.values(lost=""))

    def _mark(self, workspace: str, *, lost: str, closed: bool) -> None:
        before = "" if lost else LEFT
        here = (
            Channel.platform == self.platform,
            Channel.workspace == workspace,
            Channel.lost == before,
        )
        self.db.execute(update(Channel).where(*here).values(lost=lost))
        known = (KnownAccount.platform == self.platform, KnownAccount.workspace == workspace)
        self.db.execute(update(KnownAccount).where(*known).values(closed=closed))
