"""Keeps where a platform's app is installed, with tokens that nobody can read without the key."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import UniqueConstraint, delete, or_, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from storage.tables import Keep, Privacy, Thing


class Installation(Thing):
    """An app installed in a workspace, or in a whole organisation when `workspace` is empty.

    `token` is ciphertext. `at` is when it was installed last.
    """

    __tablename__ = "installations"
    privacy = Privacy(
        "Installations",
        "Tokens of workspaces, encrypted",
        "Nobody",
        Keep("Until the app is removed"),
    )
    __table_args__ = (UniqueConstraint("platform", "organisation", "workspace"),)

    platform: Mapped[str]
    organisation: Mapped[str]
    workspace: Mapped[str] = mapped_column(index=True)
    token: Mapped[str] = mapped_column(repr=False)
    bot_user: Mapped[str]
    at: Mapped[datetime]


class Installations:
    """Where the app of one platform is installed, over all communities."""

    def __init__(self, session: Session, platform: str) -> None:
        self.db = session
        self.platform = platform

    def all(self) -> Sequence[Installation]:
        """Give all, the oldest first."""
        query = select(Installation).where(Installation.platform == self.platform)
        return self.db.scalars(query.order_by(Installation.id)).all()

    def find(self, workspace: str, organisation: str) -> Installation | None:
        """Find what serves a workspace: its own installation, else that of its organisation."""
        own = (Installation.workspace != "") & (Installation.workspace == workspace)
        whole = (Installation.organisation != "") & (Installation.organisation == organisation)
        query = select(Installation).where(
            Installation.platform == self.platform,
            or_(own, (Installation.workspace == "") & whole),
        )
        return self.db.scalars(query.order_by(Installation.workspace.desc()).limit(1)).first()

    def keep(self, fresh: Installation) -> None:
        """Keep an installation in the place of the one before."""
        self.drop(fresh.workspace, fresh.organisation, fresh.at)
        self.db.add(fresh)
        self.db.flush()

    def drop(self, workspace: str, organisation: str, until: datetime) -> None:
        """Forget what was installed until an instant; without `workspace` a whole organisation."""
        gone = delete(Installation).where(
            Installation.platform == self.platform, Installation.at <= until
        )
        if workspace:
            gone = gone.where(Installation.workspace == workspace)
        else:
            gone = gone.where(Installation.organisation == organisation)
        self.db.execute(gone)
