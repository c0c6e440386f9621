"""Turns rows into values that JSON can hold and back, alike on every database."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime, time
from itertools import islice
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    ColumnElement,
    Connection,
    Date,
    DateTime,
    Engine,
    Integer,
    MetaData,
    Table,
    Time,
    bindparam,
    insert,
    update,
)
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.types import JSON, TypeEngine

from storage.deliveries import Delivery
from storage.tables import ONE_OF, Thing

Row = Mapping[str, Any]
AT_ONCE = 500
TIMES: Sequence[tuple[type[TypeEngine[Any]], Callable[[str], object]]] = (
    (DateTime, datetime.fromisoformat),
    (Date, date.fromisoformat),
    (Time, time.fromisoformat),
)


class Unfit(Exception):
    """What is to be brought in does not fit in there; the message says what to do."""


@contextmanager
def snapshot(engine: Engine) -> Iterator[Connection]:
    """Open a connection that sees the database as it is now, whatever is written meanwhile."""
    if engine.dialect.name != "sqlite":  # which gives every transaction a snapshot of its own
        engine = engine.execution_options(isolation_level="REPEATABLE READ")
    with engine.connect() as connection:
        yield connection


def tables(connection: Connection) -> Sequence[Table]:
    """List our tables as they are in the database, those that others refer to first.

    What others keep beside them, as Litestream does, is theirs.
    """
    found = MetaData()
    found.reflect(connection, only=lambda name, _: name in Thing.metadata.tables)
    for table in found.sorted_tables:
        for column in table.c:
            if isinstance(column.type, JSON):
                column.type = JSON(none_as_null=True)
    return found.sorted_tables


def plain(value: object, column: Column[Any]) -> object:
    """Give a value as JSON can hold it: ids as strings, instants as ISO 8601 in UTC."""
    if isinstance(value, datetime):
        at = value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
        return at.isoformat().replace("+00:00", "Z")
    if isinstance(value, date | time):
        return value.isoformat()
    is_id = column.primary_key or column.foreign_keys
    return str(value) if is_id and value is not None else value


def rich(value: str | float | None, column: Column[Any]) -> object:
    """Read back what `plain` gave. Raises ValueError and TypeError for anything else."""
    if value is None or isinstance(column.type, JSON):
        return value
    if isinstance(column.type, Boolean):
        return bool(value)
    for kind, read in TIMES:
        if isinstance(column.type, kind):
            return read(str(value))
    return _number(value) if isinstance(column.type, Integer) else value


def _number(value: str | float) -> int:
    """Read a whole number that a database holds. Raises ValueError for one beyond 63 bits."""
    number = int(value)
    if not -(2**63) <= number < 2**63:
        raise ValueError("a number is beyond 63 bits")
    return number


def reason(error: SQLAlchemyError) -> str:
    """Give what the database said, without the row it said it of."""
    said = str(getattr(error, "orig", None) or type(error).__name__)
    return said.partition("\n")[0]


def put(connection: Connection, table: Table, rows: Iterable[Row]) -> int:
    """Put rows of plain values into a table; gives their number. Raises Unfit.

    What refers to rows of the same table is filled in when they are all there.
    """
    inside = [c for c in table.c if any(key.column.table is table for key in c.foreign_keys)]
    blank = {column.name: None for column in inside}
    number, waiting, coming = 0, [], iter(rows)
    while some := list(islice(coming, AT_ONCE)):
        ready = [_ready(row, table) for row in some]
        waiting += [row for row in ready if any(row.get(name) is not None for name in blank)]
        connection.execute(insert(table), [row | blank for row in ready])
        number += len(ready)
    if waiting:
        _refer(connection, table, inside, waiting)
    return number


def _ready(row: Row, table: Table) -> dict[str, Any]:
    return {name: _read(row, name, table) for name in row}


def _read(row: Row, name: str, table: Table) -> object:
    try:
        value = rich(row[name], table.c[name])
    except (KeyError, TypeError, ValueError, OverflowError, AttributeError) as error:
        where = f"{table.name}, row {row.get('id')}, field {name}"
        raise Unfit(f"{where} cannot be read: {error!r}") from error
    allowed = Thing.metadata.tables[table.name].c[name].info.get(ONE_OF) if value else None
    if allowed and value not in allowed:
        where = f"{table.name}, row {row.get('id')}, field {name}"
        raise Unfit(f"{where}: {value!r} is none of {', '.join(allowed)}.")
    return value


def _refer(
    connection: Connection, table: Table, inside: Sequence[Column[Any]], rows: Sequence[Row]
) -> None:
    later: dict[str, Any] = {column.name: bindparam(f"_{column.name}") for column in inside}
    change = update(table).where(table.c.id == bindparam("_id")).values(later)
    names = ("id", *later)
    connection.execute(change, [{f"_{name}": row.get(name) for name in names} for row in rows])


def look_up_first(
    connection: Connection, which: ColumnElement[bool], made_at: datetime, now: datetime
) -> None:
    """Have deliveries that may have gone out since `made_at` looked up before they are sent.

    Those that are due come back as rows whose sender has gone: what the platform shows already is
    not sent again. Edits are simply made again.
    """
    waits = Delivery.state.in_(("pending", "leased", "sending")) & which
    gone = {"owner": "", "state": "sending", "lease_until": made_at}
    posted = waits & Delivery.post_id.is_(None) & (Delivery.due_at <= now)
    connection.execute(update(Delivery).where(waits).values(owner="", state="pending"))
    connection.execute(update(Delivery).where(posted).values(gone))
