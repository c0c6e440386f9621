"""Keeps what was done to things: who did it, when, and how they were before."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, Select, func, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from storage.people import Member
from storage.tables import NotFound, Owned, Privacy, days, to_community, to_member


@dataclass(frozen=True, slots=True)
class Actor:
    """Who does something, and when; nobody where new rules for the clocks do."""

    member: Member | None
    now: datetime

    @property
    def id(self) -> int:
        """The id of the member, 0 for nobody."""
        return self.member.id if self.member else 0


class LogEntry(Owned):
    """An act on the thing it is `about`, by a member, or by nobody: `what` is a past participle.

    `before` and `after` are plain data of the thing, as much as an undo needs; no id of a person is
    in them; they are emptied when somebody is erased whose texts may be. `told_at` is when those
    concerned are told, None where nobody is.
    """

    __tablename__ = "log_entries"
    privacy = Privacy(
        "Log of acts",
        "Who moved, changed, cancelled or gave what, so that it can be undone and told truly",
        "Whoever may do the same",
        days(365, "at", "the act"),
    )
    __table_args__ = (Index("ix_log_entries_about", "community_id", "about"),)

    community_id: Mapped[int] = mapped_column(to_community(), init=False, default=0)
    about: Mapped[str]
    what: Mapped[str]
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(
        to_member(on_erase="empty", words=("reason",)), index=True, default=None
    )
    before: Mapped[dict[str, Any]] = mapped_column(default_factory=dict)
    after: Mapped[dict[str, Any]] = mapped_column(default_factory=dict)
    reason: Mapped[str] = mapped_column(default="")
    told_at: Mapped[datetime | None] = mapped_column(default=None)
    undone_by_id: Mapped[int | None] = mapped_column(
        ForeignKey("log_entries.id", ondelete="SET NULL"), index=True, default=None
    )

    @property
    def thing(self) -> tuple[str, int]:
        """The kind and the id of the thing it is about."""
        kind, _, id = self.about.partition(":")
        return kind, int(id)


PEOPLE = frozenset({"contact_id"})
"""The columns that hold somebody's id: what they were and are is kept in no entry."""


def unnamed(values: Mapping[str, Any]) -> dict[str, Any]:
    """Leave out of what was changed of a thing who people are."""
    return {column: value for column, value in values.items() if column not in PEOPLE}


class Log:
    """What was done in one community; entries are only added."""

    def __init__(self, session: Session, community_id: int) -> None:
        self.db = session
        self.community_id = community_id

    def add(
        self,
        about: str,
        what: str,
        by: Member | None,
        now: datetime,
        before: dict[str, Any] | None = None,
    ) -> LogEntry:
        """Keep that somebody did something; the rest is set on the entry this gives."""
        entry = LogEntry(about=about, what=what, at=now, by_id=by.id if by else None)
        entry.before = before or {}
        entry.community_id = self.community_id
        self.db.add(entry)
        return entry

    def changed(
        self, about: str, by: Actor, before: Mapping[str, Any], after: Mapping[str, Any]
    ) -> LogEntry:
        """Keep that columns of a thing were changed `before`, to what they are `after`."""
        was = unnamed(before)
        what = "changed" if was else "contact changed"
        entry = self.add(about, what, by.member, by.now, was)
        entry.after = {column: after[column] for column in was}
        return entry

    def find(self, id: int) -> LogEntry | None:
        """Give the entry with this id, or None."""
        return self.db.scalar(self._mine().where(LogEntry.id == id))

    def get(self, id: int) -> LogEntry:
        """Give the entry with this id. Raises NotFound, also for one of another community."""
        found = self.find(id)
        if found is None:
            raise NotFound(f"LogEntry {id}")
        return found

    def last(self, abouts: Sequence[str], *what: str) -> LogEntry | None:
        """Find the last act of certain kinds on one of some things."""
        query = self._mine().where(LogEntry.about.in_(abouts), LogEntry.what.in_(what))
        return self.db.scalar(query.order_by(LogEntry.id.desc()).limit(1))

    def having(self, abouts: Sequence[str], what: str) -> frozenset[str]:
        """Give those of some things to which an act of a kind was done."""
        mine = self._mine().where(LogEntry.about.in_(abouts), LogEntry.what == what)
        return frozenset(self.db.scalars(mine.with_only_columns(LogEntry.about)))

    def of(self, about: str, *what: str) -> Sequence[LogEntry]:
        """List the acts of certain kinds on a thing, the first first."""
        query = self._mine().where(LogEntry.about == about, LogEntry.what.in_(what))
        return self.db.scalars(query.order_by(LogEntry.id)).all()

    def by_since(self, about: str, since: datetime) -> int | None:
        """Give who did something to a thing last, if that was since an instant."""
        recent = self._mine().where(LogEntry.about == about, LogEntry.at >= since)
        last = self.db.scalar(recent.order_by(LogEntry.id.desc()).limit(1))
        return last.by_id if last else None

    def acts(self, abouts: Sequence[str]) -> Sequence[tuple[int, str, str]]:
        """List the acts on some things, the first first: the id of each, its thing, its kind."""
        query = self._mine().where(LogEntry.about.in_(abouts)).order_by(LogEntry.id)
        rows = self.db.execute(query.with_only_columns(LogEntry.id, LogEntry.about, LogEntry.what))
        return [(row[0], row[1], row[2]) for row in rows]

    def count(self, kind: str = "", by_id: int | None = None) -> int:
        """Count what was done to all things, or to those of a kind, or by somebody."""
        some = self._some(kind, by_id).with_only_columns(func.count())
        return self.db.scalar(some) or 0

    def latest(
        self, skip: int, limit: int, kind: str = "", by_id: int | None = None
    ) -> Sequence[LogEntry]:
        """List what was done to all things, or to those of a kind, or by somebody, latest first."""
        query = self._some(kind, by_id).order_by(LogEntry.id.desc()).offset(skip).limit(limit)
        return self.db.scalars(query).all()

    def _some(self, kind: str, by_id: int | None) -> Select[LogEntry]:
        some = self._mine()
        some = some.where(LogEntry.about.startswith(f"{kind}:")) if kind else some
        return some if by_id is None else some.where(LogEntry.by_id == by_id)

    def forget_texts(self, about: str) -> None:
        """Empty what was said of a thing before and after its changes."""
        mine = LogEntry.community_id == self.community_id, LogEntry.about == about
        changes = update(LogEntry).where(*mine, LogEntry.what == "changed")
        self.db.execute(changes.values(before={}, after={}))

    def hold(self, entry: LogEntry) -> None:
        """Bring an entry up to date and let nobody else hold it until the transaction ends."""
        self.db.refresh(entry, with_for_update=True)

    def _mine(self) -> Select[LogEntry]:
        return select(LogEntry).where(LogEntry.community_id == self.community_id)
