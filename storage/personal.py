"""Finds everything that is kept about somebody, by what the mapped columns declare."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    String,
    Table,
    cast,
    func,
    or_,
    select,
)
from sqlalchemy.orm import InstrumentedAttribute

from storage.local import LocalThing
from storage.people import Address, KnownAccount, Member
from storage.rows import plain
from storage.tables import Personal, Thing, leaves

Rows = Sequence[Mapping[str, Any]]
LASTING = ("delete", "keep", "empty")
"""What becomes of rows, the first counting most for whoever is erased."""
CALLED = ("title", "guiding_question")
"""Columns by which things are called; a row that refers to one is given with its name."""


class PersonColumn(NamedTuple):
    """A column that refers to a person, and what becomes of its rows."""

    table: Table
    column: Column[Any]
    personal: Personal


def references() -> Iterator[PersonColumn]:
    """List all columns that refer to persons."""
    for table in Thing.metadata.sorted_tables:
        for key in sorted(table.foreign_keys, key=lambda one: one.parent.name):
            if "personal" in key.info:
                yield PersonColumn(table, key.parent, key.info["personal"])


def addresses(connection: Connection, member_id: int) -> Sequence[Address]:
    """List by what platforms know somebody."""
    query = select(KnownAccount.platform, KnownAccount.workspace, KnownAccount.account)
    mine = query.where(KnownAccount.member_id == member_id).order_by(KnownAccount.id)
    return [Address(*row) for row in connection.execute(mine)]


def holds(
    column: ColumnElement[str] | InstrumentedAttribute[str], words: str
) -> ColumnElement[bool]:
    """Say whether words stand in a column, capitals and all, on any database."""
    return func.replace(column, words, "", type_=String) != column


def local_things_of(where: Sequence[Address]) -> ColumnElement[bool]:
    """Find what the local platform keeps of somebody alone."""
    here = [one for one in where if one.platform == "local"]
    handles = [f"{one.account}/{one.workspace}".removesuffix("/local") for one in here]
    names = [f"{kind}:{handle}" for kind in ("person", "form") for handle in handles]
    alone = (
        holds(LocalThing.content, f'"person": {json.dumps(one.account)}') & local_to(one)
        for one in here
    )
    return or_(LocalThing.name.in_(names), *alone)


def local_to(where: Address) -> ColumnElement[bool]:
    """Find what the local platform keeps of the workspace of an address."""
    return holds(LocalThing.content, f'"workspace": {json.dumps(where.workspace)}')


def about(connection: Connection, member_id: int) -> Mapping[str, Rows]:
    """Give all rows about somebody, by table, as values that JSON can hold."""
    where = addresses(connection, member_id)
    found = {Member.__tablename__: _rows(connection, _table(Member), Member.id == member_id)}
    for table in Thing.metadata.sorted_tables:
        mine = [one.column == member_id for one in references() if one.table is table]
        if mine:
            found[table.name] = _rows(connection, table, or_(*mine))
    of_chat = _rows(connection, _table(LocalThing), local_things_of(where))
    return {name: rows for name, rows in (found | {"local_things": of_chat}).items() if rows}


def counts(connection: Connection, member_id: int) -> Mapping[str, tuple[str, int]]:
    """Count the rows that refer to somebody, by table, with what becomes of them.

    Where several columns do, that is the one of whose rows least is left to others.
    """
    found: dict[str, tuple[str, int]] = {}
    lasting = sorted(references(), key=lambda one: LASTING.index(one.personal.on_erase))
    for table, column, personal in reversed(lasting):
        query = select(func.count()).select_from(table).where(column == member_id)
        found[table.name] = (personal.on_erase, int(connection.scalar(query) or 0))
    return {name: counted for name, counted in found.items() if counted[1]}


def _table(kind: type[Thing]) -> Table:
    return Thing.metadata.tables[kind.__tablename__]


def _rows(connection: Connection, table: Table, where: ColumnElement[bool]) -> Rows:
    query = select(table).where(where, *leaves(table)).order_by(table.c.id)
    rows = [
        {column.name: plain(row[at], column) for at, column in enumerate(table.c)}
        for row in connection.execute(query)
    ]
    for column in table.c:
        _name(connection, column, rows)
    return rows


def _name(connection: Connection, column: Column[Any], rows: list[dict[str, Any]]) -> None:
    """Add what the things are called that a column refers to."""
    for key in column.foreign_keys:
        other = key.column.table
        called = next((other.c[name] for name in CALLED if name in other.c), None)
        if called is None:
            continue
        ids = {int(row[column.name]) for row in rows if row[column.name]}
        query = select(cast(other.c.id, String), called).where(other.c.id.in_(ids))
        names = {row[0]: row[1] for row in connection.execute(query)}
        for row in rows:
            row[column.name.removesuffix("_id")] = names.get(row[column.name], "")
