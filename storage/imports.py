"""Keeps files of sessions that are imported, and what was made of each entry."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Select, UniqueConstraint, delete, select
from sqlalchemy.orm import Mapped, mapped_column

from storage.sessions import Session
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

READING, READY, RUNNING = "reading", "ready", "running"
DONE, UNDOING, DROPPED = "done", "undoing", "dropped"
STATES = (READING, READY, RUNNING, DONE, UNDOING, DROPPED)


class Import(Owned):
    """A file of sessions that somebody imports.

    `content` is the text of the file until it was read; what was read waits in its lots, and
    `summary` says how much that is. `problems` are entries that could not be read or made, each
    with where it stands and why. `state` is one of reading, ready (to be looked at), running, done,
    undoing, dropped; `done` counts the rows that were gone through, `made` those that were made.
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
    state: Mapped[str] = mapped_column(default=READING, info=one_of(*STATES))
    announces: Mapped[bool] = mapped_column(default=False)
    summary: Mapped[dict[str, Any]] = mapped_column(default_factory=dict)
    problems: Mapped[list[list[Any]]] = mapped_column(default_factory=list)
    done: Mapped[int] = mapped_column(default=0)
    made: Mapped[int] = mapped_column(default=0)
    ended_at: Mapped[datetime | None] = mapped_column(default=None)

    @property
    def about(self) -> str:
        """How deliveries, timers and the log name it."""
        return f"import:{self.id}"


class ImportLot(Owned):
    """Some rows of an import that wait to be taken in; it is gone when none are left."""

    __tablename__ = "import_lots"
    privacy = Privacy(
        "Rows of imports", "What was read of a file until it is imported", "Coordinators", WITH
    )

    community_id: Mapped[int] = mapped_column(to_community(), init=False, default=0)
    import_id: Mapped[int] = mapped_column(ForeignKey("imports.id", ondelete="CASCADE"), index=True)
    rows: Mapped[list[dict[str, Any]]]


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
    import_id: Mapped[int | None] = mapped_column(
        ForeignKey("imports.id", ondelete="SET NULL"), index=True, default=None
    )
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

    def times(self, keys: Collection[str]) -> dict[str, datetime | None]:
        """Say when the sessions of entries that were imported are held; None for programmes."""
        here = Imported.community_id == self.community_id
        query = select(Imported.key, Session.starts_at).outerjoin(
            Session, Session.id == Imported.session_id
        )
        rows = self.db.execute(query.where(here, Imported.key.in_(keys)))
        return dict(rows.all())

    def ahead(self, now: datetime, limit: int) -> Mapping[str, str]:
        """Give the titles of sessions to come that were imported, by the keys of their entries."""
        here = Imported.community_id == self.community_id
        query = (
            select(Imported.key, Session.title)
            .join(Session, Session.id == Imported.session_id)
            .where(here, Session.starts_at > now, Session.state != "cancelled")
        )
        return dict(self.db.execute(query.limit(limit)).all())

    def put_lots(self, imported: Import, lots: Iterable[list[dict[str, Any]]]) -> None:
        """Keep the rows of an import in lots, in their order."""
        for rows in lots:
            lot = ImportLot(import_id=imported.id, rows=rows)
            lot.community_id = self.community_id
            self.db.add(lot)
        self.db.flush()

    def next_lot(self, imported: Import) -> ImportLot | None:
        """Give the rows of an import that are taken in next."""
        return self.db.scalar(self._lots(imported).limit(1))

    def leave(self, lot: ImportLot, rows: list[dict[str, Any]]) -> None:
        """Keep what is left of a lot; it is gone when that is nothing."""
        lot.rows = rows
        if not rows:
            self.db.delete(lot)
        self.db.flush()

    def drop_lots(self, imported: Import) -> None:
        """Forget what was read of a file and will not be taken in."""
        mine = ImportLot.community_id == self.community_id, ImportLot.import_id == imported.id
        self.db.execute(delete(ImportLot).where(*mine))

    def _lots(self, imported: Import) -> Select[ImportLot]:
        mine = ImportLot.community_id == self.community_id, ImportLot.import_id == imported.id
        return select(ImportLot).where(*mine).order_by(ImportLot.id)

    def made_by(self, imported: Import, after: int, limit: int) -> Sequence[Imported]:
        """List what was made in an import, by id and `after` one."""
        mine = Imported.community_id == self.community_id, Imported.import_id == imported.id
        rows = select(Imported).where(*mine, Imported.id > after).order_by(Imported.id)
        return self.db.scalars(rows.limit(limit)).all()

    def keep(self, imported: Imported) -> None:
        """Keep that an entry was imported."""
        imported.community_id = self.community_id
        self.db.add(imported)
        self.db.flush()
