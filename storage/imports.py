"""Keeps files of sessions that are imported, and what was made of each entry."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint, select
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables import (
    WITH,
    Kept,
    Owned,
    Privacy,
    days,
    one_of,
    to_community,
    to_member,
)

READING, READY, RUNNING, DONE, DROPPED = "reading", "ready", "running", "done", "dropped"


class Import(Owned):
    """A file of sessions that somebody imports.

    `content` is the text of the file until it was read, `rows` what was read: one for each entry.
    `problems` are those that could not be, each with where it stands and why. `state` is one of
    reading, ready (to be looked at), running, done, dropped; `done` counts the rows that were
    taken in.
    """

    __tablename__ = "imports"
    privacy = Privacy(
        "Imports",
        "Files of sessions that coordinators import, until that is done",
        "Coordinators",
        days(30, ("ended_at", "created_at"), "it ended"),
    )

    community_id: Mapped[int] = mapped_column(to_community(), init=False, default=0, index=True)
    created_at: Mapped[datetime]
    content: Mapped[str]
    member_id: Mapped[int | None] = mapped_column(
        to_member(on_erase="empty"), index=True, default=None
    )
    state: Mapped[str] = mapped_column(
        default=READING, info=one_of(READING, READY, RUNNING, DONE, DROPPED)
    )
    announces: Mapped[bool] = mapped_column(default=False)
    rows: Mapped[list[dict[str, Any]]] = mapped_column(default_factory=list)
    problems: Mapped[list[list[Any]]] = mapped_column(default_factory=list)
    done: Mapped[int] = mapped_column(default=0)
    ended_at: Mapped[datetime | None] = mapped_column(default=None)

    @property
    def about(self) -> str:
        """How deliveries, timers and the log name it."""
        return f"import:{self.id}"


class Imported(Owned):
    """That an entry of a calendar or table was imported, so that it is not a second time.

    `key` is its UID, or what a row says: title and time.
    """

    __tablename__ = "imported"
    whole = "session_id"
    privacy = Privacy(
        "Imported entries", "Which entries of other calendars were imported", "Coordinators", WITH
    )
    __table_args__ = (UniqueConstraint("community_id", "key"),)

    community_id: Mapped[int] = mapped_column(to_community(), init=False, default=0)
    key: Mapped[str]
    session_id: Mapped[int | None] = mapped_column(
        ForeignKey("sessions.id", ondelete="CASCADE"), index=True, default=None
    )
    programme_id: Mapped[int | None] = mapped_column(
        ForeignKey("programmes.id", ondelete="CASCADE"), index=True, default=None
    )


class Imports(Kept[Import]):
    """The imports of one community."""

    kind = Import

    def open(self) -> Sequence[Import]:
        """List those that have not ended, the oldest first."""
        return self.all(self.mine().where(Import.ended_at.is_(None)).order_by(Import.id))

    def known(self, keys: Collection[str]) -> set[str]:
        """Say which of some entries were imported already."""
        here = Imported.community_id == self.community_id
        query = select(Imported.key).where(here, Imported.key.in_(keys))
        return {*self.db.scalars(query)}

    def keep(self, imported: Imported) -> None:
        """Keep that an entry was imported."""
        imported.community_id = self.community_id
        self.db.add(imported)
        self.db.flush()
