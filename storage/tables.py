"""Gives every kept thing its identity, its community, its instants and its constraint names."""

import secrets
import threading
import time as clock
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any, ClassVar, Generic, Literal, TypeVar

from sqlalchemy import (
    JSON,
    BigInteger,
    ColumnElement,
    DateTime,
    Dialect,
    ForeignKey,
    Integer,
    MetaData,
    Select,
    Table,
    bindparam,
    select,
)
from sqlalchemy.orm import (
    DeclarativeBase,
    Mapped,
    MappedAsDataclass,
    Session,
    mapped_column,
)
from sqlalchemy.types import TypeDecorator

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
EPOCH_MS = 1_735_689_600_000  # 2025-01-01


class NotFound(LookupError):
    """Nothing of that id is kept in this community."""


class _Ids:
    """Ids of 63 bits that sort by age and that two processes hardly ever choose alike."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._last = 0

    def next(self) -> int:
        with self._lock:
            fresh = (clock.time_ns() // 1_000_000 - EPOCH_MS) << 22 | secrets.randbits(22)
            self._last = fresh if fresh > self._last + (1 << 22) else self._last + 1
            return self._last


new_id = _Ids().next


ONE_OF = "one of"
"""Under this name a column's `info` says what it may hold: restore and import refuse the rest."""


def one_of(*values: str) -> dict[str, Any]:
    """Say which words a column may hold."""
    return {ONE_OF: values}


STAYS = "stays"
"""Under this name a column's `info` says with which word a row leaves the database in no export."""


def leaves(table: Table) -> list[ColumnElement[bool]]:
    """Give what is true of those rows of a table that stand in exports."""
    return [column != column.info[STAYS] for column in table.c if STAYS in column.info]


class Instant(TypeDecorator[datetime]):
    """An aware instant, kept in UTC; a naive one is refused with ValueError."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Write an instant in UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs its zone")
        inside = value.astimezone(UTC)
        return inside.replace(tzinfo=None) if dialect.name == "sqlite" else inside

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Read an instant, which is aware."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


@dataclass(frozen=True, slots=True)
class Keep:
    """How long rows are kept: `days` after the first of some instants that is known, else `words`.

    Without `days` they go with what they belong to. Those in one of the `open` states stay.
    """

    words: str
    days: int = 0
    after: tuple[str, ...] = ()
    open: tuple[str, ...] = ()

    @property
    def long(self) -> timedelta:
        """How long after that instant they go."""
        return timedelta(days=self.days)


def days(number: int, after: str | tuple[str, ...], words: str, open: tuple[str, ...] = ()) -> Keep:
    """Keep rows a number of days after an instant, which is said in words."""
    instants = (after,) if isinstance(after, str) else after
    return Keep(f"{number} days after {words}", number, instants, open)


ALWAYS = Keep("As long as the community uses the bot")
WITH = Keep("As long as what it belongs to")


@dataclass(frozen=True, slots=True)
class Privacy:
    """What a table holds and why, who sees it and how long it is kept: a row of docs/privacy.md."""

    what: str
    why: str
    seen_by: str
    keep: Keep


class Thing(MappedAsDataclass, DeclarativeBase, kw_only=True):
    """What all mapped classes share."""

    privacy: ClassVar[Privacy]
    whole: ClassVar[str] = ""
    """In what is part of a thing that is followed: the column that leads to that, or to a part."""
    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        datetime: Instant(),
        int: BigInteger(),
        list[str]: JSON(),
        list[int]: JSON(),
        list[list[Any]]: JSON(),
        list[dict[str, Any]]: JSON(),
        dict[str, str]: JSON(),
        dict[str, Any]: JSON(),
    }

    # SQLite keeps a table in the order of an INTEGER key; any other is one more index.
    id: Mapped[int] = mapped_column(
        BigInteger().with_variant(Integer(), "sqlite"),
        primary_key=True,
        autoincrement=False,
        default_factory=new_id,
        sort_order=-1,
    )


def to_community() -> ForeignKey:
    """Lead to the community something belongs to, with which it goes."""
    return ForeignKey("communities.id", ondelete="CASCADE")


OnErase = Literal["delete", "empty", "keep"]


@dataclass(frozen=True, slots=True)
class Personal:
    """What becomes of a row when the person it refers to is erased.

    It is deleted, or stays: without the reference, or with it, which leads to an emptied member.
    `words` are the columns with what that person wrote; in a row that stays they are emptied.
    """

    on_erase: OnErase
    words: tuple[str, ...] = ()


def to_member(*, on_erase: OnErase, words: tuple[str, ...] = (), ondelete: str = "") -> ForeignKey:
    """Lead to a member, and say what becomes of the row when that person is erased.

    The member's row stays then; `ondelete` is for what takes it away, as the community's end does.
    """
    personal = Personal(on_erase, words)
    goes = ondelete or ("SET NULL" if on_erase == "empty" else "CASCADE")
    return ForeignKey("members.id", ondelete=goes, info={"personal": personal})


class Owned(Thing):
    """What belongs to a community; it needs no index where another one begins with it."""

    __abstract__ = True

    community_id: Mapped[int] = mapped_column(to_community(), init=False, default=0, index=True)


Kind = TypeVar("Kind", bound=Owned)


@cache
def _one_of(kind: type[Kind]) -> Select[Kind]:
    # Asked in every call: to put a statement together costs as much as to run it.
    return select(kind).where(
        kind.community_id == bindparam("community"), kind.id == bindparam("id")
    )


class Kept(Generic[Kind]):
    """The kept things of one kind, of one community."""

    kind: type[Kind]

    def __init__(self, session: Session, community_id: int) -> None:
        self.db = session
        self.community_id = community_id

    def mine(self) -> Select[Kind]:
        """Select those of this community; every query begins here."""
        return select(self.kind).where(self.kind.community_id == self.community_id)

    def all(self, query: Select[Kind]) -> Sequence[Kind]:
        """List what a query finds."""
        return self.db.scalars(query).all()

    def find(self, id: int) -> Kind | None:
        """Give the one with this id, or None."""
        here = {"community": self.community_id, "id": id}
        found: Kind | None = self.db.scalar(_one_of(self.kind), here)
        return found

    def reread(self, thing: Kind, *columns: str) -> None:
        """Bring columns of a thing up to date, and let nobody else change it meanwhile."""
        self.db.refresh(thing, columns, with_for_update=True)

    def many(self, ids: Sequence[int]) -> Sequence[Kind]:
        """List those with these ids, without those that are gone."""
        return self.all(self.mine().where(self.kind.id.in_(ids)).order_by(self.kind.id))

    def get(self, id: int) -> Kind:
        """Give the one with this id. Raises NotFound, also for one of another community."""
        found = self.find(id)
        if found is None:
            raise NotFound(f"{self.kind.__name__} {id}")
        return found

    def add(self, thing: Kind) -> Kind:
        """Keep a new thing, which is in the database when this returns."""
        thing.community_id = self.community_id
        self.db.add(thing)
        self.db.flush()
        return thing

    def remove(self, thing: Kind) -> None:
        """Forget a thing and what hangs on it."""
        self.db.delete(thing)
        self.db.flush()
