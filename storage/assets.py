"""Keeps what stays of things: recordings, slides, notes and links."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables import STAYS, WITH, Kept, Owned, Privacy, one_of, to_community, to_member

RECORDING, SLIDES, NOTES, LINK = "recording", "slides", "notes", "link"
KINDS = (RECORDING, SLIDES, NOTES, LINK)
DRAFTED, PUBLIC, HELD = "draft", "kept", "held"
"""Draft minutes, and a recording not everybody agreed to, are visible to hosts alone."""


class Asset(Owned):
    """Something that stays of the thing it is `about`: a web address, or `words`; by whom it is.

    `kind` is one of recording, slides, notes, link; `state` is draft, kept or held.
    """

    __tablename__ = "assets"
    whole = "about"
    privacy = Privacy(
        "What stays of sessions",
        "Recordings, slides, notes and links, so that those who could not come find them",
        "Members; drafts, and recordings not all agreed to: hosts and coordinators",
        WITH,
    )
    __table_args__ = (Index("ix_assets_about", "community_id", "about"),)

    community_id: Mapped[int] = mapped_column(to_community(), init=False, default=0)
    about: Mapped[str]
    kind: Mapped[str] = mapped_column(info=one_of(*KINDS))
    at: Mapped[datetime]
    url: Mapped[str] = mapped_column(default="")
    words: Mapped[str] = mapped_column(default="")
    state: Mapped[str] = mapped_column(
        default=PUBLIC, info=one_of(DRAFTED, PUBLIC, HELD) | {STAYS: HELD}
    )
    by_id: Mapped[int | None] = mapped_column(to_member(on_erase="empty"), index=True, default=None)


class Assets(Kept[Asset]):
    """What stays of the things of one community."""

    kind = Asset

    def of(self, about: str, *kinds: str) -> Sequence[Asset]:
        """List what stays of a thing, drafts included; with `kinds` only those."""
        mine = self.mine().where(Asset.about == about)
        mine = mine.where(Asset.kind.in_(kinds)) if kinds else mine
        return self.all(mine.order_by(Asset.id))

    def public(self, about: str) -> Sequence[Asset]:
        """List what stays of a thing for everybody to see."""
        return self.of_all([about])

    def of_all(self, abouts: Collection[str]) -> Sequence[Asset]:
        """List what stays of some things for everybody to see."""
        mine = self.mine().where(Asset.about.in_(abouts), Asset.state == PUBLIC)
        return self.all(mine.order_by(Asset.id))
