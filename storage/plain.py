"""Has the driver itself carry out what is asked in every call."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy import Connection, Dialect, Insert, Select, Update, inspect
from sqlalchemy.orm import Mapper, Session
from sqlalchemy.sql.schema import ScalarElementColumnDefault

from storage.engine import Row, Values, carried_out

Made = TypeVar("Made")
Statement = Select[*tuple[Any, ...]] | Insert | Update
Convert = Callable[[Any], Any] | None
CONNECTION = "connection"
"""Where a session keeps the connection of its transaction; to ask it each time takes longer."""


@dataclass(frozen=True, slots=True)
class Worded:
    """A statement in the words of one database, and how values go in and come out.

    `writes` are the names of values, in the order in which a driver takes them that takes them
    `by_place`; `fixed` are those that need not be given, as the driver takes them.
    """

    words: str
    writes: Sequence[tuple[str, Convert]]
    fixed: Mapping[str, Any]
    by_place: bool
    reads: Sequence[tuple[int, Callable[[Any], Any]]]

    def filled(self, given: Mapping[str, Any]) -> Values:
        """Give the values as the driver takes them. Raises KeyError for one that is missing."""
        found = [
            (convert(given[name]) if convert else given[name])
            if name in given
            else self.fixed[name]
            for name, convert in self.writes
        ]
        if self.by_place:
            return found
        return {name: value for (name, _), value in zip(self.writes, found, strict=True)}

    def read(self, row: Row) -> Row:
        """Give a row as Python has it."""
        rich = [*row]
        for at, convert in self.reads:
            rich[at] = convert(rich[at])
        return rich


class Plain:
    """A statement of one shape, put into words once for each database.

    SQLAlchemy takes five times as long over a statement as SQLite itself, and longer over a row
    that is mapped. `sets` are the columns that an update is given.
    """

    def __init__(self, statement: Statement, sets: Sequence[str] | None = None) -> None:
        self.statement = statement
        self.sets = sets
        self._worded: dict[str, Worded] = {}

    def carry_out(self, session: Session, *given: Mapping[str, Any]) -> Sequence[Row]:
        """Carry it out in the transaction that is open, once for each set of values."""
        if session.autoflush:
            session.flush()
        connection: Connection = session.info[CONNECTION]
        worded = self._for(connection.dialect)
        found = carried_out(connection, worded.words, *map(worded.filled, given))
        return [worded.read(row) for row in found] if worded.reads else found

    def _for(self, dialect: Dialect) -> Worded:
        found = self._worded.get(dialect.name)
        if found is None:
            found = self._worded[dialect.name] = _put(self.statement, dialect, self.sets)
        return found


class Query(Generic[Made]):
    """A query whose rows are `made` of its columns."""

    def __init__(self, statement: Select[*tuple[Any, ...]], made: Callable[..., Made]) -> None:
        self.plain = Plain(statement)
        self.made = made

    def all(self, session: Session, /, **given: Any) -> list[Made]:
        """List what is found."""
        return [self.made(*row) for row in self.plain.carry_out(session, given)]

    def first(self, session: Session, /, **given: Any) -> Made | None:
        """Give the first that is found."""
        found = self.plain.carry_out(session, given)
        return self.made(*found[0]) if found else None


def columns_of(kind: type) -> list[Any]:
    """List the columns of a mapped class as `loosely` takes them."""
    mapped: Mapper[Any] = inspect(kind)
    return [getattr(kind, column.key) for column in mapped.column_attrs]


def loosely(kind: type[Made]) -> Callable[..., Made]:
    """Give what makes a thing of its columns that belongs to no session: a change to it fails."""
    names = [column.key for column in inspect(kind).column_attrs]

    def made(*values: object) -> Made:
        thing = object.__new__(kind)
        vars(thing).update(zip(names, values, strict=True))
        return thing

    return made


class Change:
    """A new row, which has defaults where nothing is given, or an update of the columns `sets`."""

    def __init__(self, statement: Insert | Update, sets: Sequence[str] | None = None) -> None:
        self.plain = Plain(statement, sets)

    def make(self, session: Session, *given: Mapping[str, Any]) -> None:
        """Make the change, for each row that is given."""
        if given:
            self.plain.carry_out(session, *given)


def _put(statement: Statement, dialect: Dialect, sets: Sequence[str] | None) -> Worded:
    """Put a statement into the words of a database."""
    compiled = statement.compile(dialect=dialect, column_keys=sets)
    bound = {name: value for value, name in compiled.bind_names.items()}
    writes = {n: b.type.dialect_impl(dialect).bind_processor(dialect) for n, b in bound.items()}
    fixed = {name: value.value for name, value in bound.items() if not value.required}
    if isinstance(statement, Insert):
        fixed |= {name: value for name, value in _defaults(statement).items() if name in bound}
    ready = {n: convert(value) if (convert := writes[n]) else value for n, value in fixed.items()}
    order = [(name, writes[name]) for name in compiled.positiontup or writes]
    reads = _reads(statement, dialect)
    return Worded(compiled.string, order, ready, compiled.positional, reads)


def _defaults(statement: Insert) -> dict[str, Any]:
    """Give what stands in the columns of a new row for which nothing is given."""
    columns = statement.table.c
    nothing = {column.key: None for column in columns if column.nullable}
    defaults = ((column.key, column.default) for column in columns)
    return nothing | {
        key: default.arg
        for key, default in defaults
        if isinstance(default, ScalarElementColumnDefault)
    }


def _reads(statement: Statement, dialect: Dialect) -> list[tuple[int, Callable[[Any], Any]]]:
    columns = getattr(statement, "selected_columns", ())
    kinds = [column.type.dialect_impl(dialect) for column in columns]
    converts = [kind.result_processor(dialect, None) for kind in kinds]
    return [(at, convert) for at, convert in enumerate(converts) if convert]
