"""Holds migrations to what the version before survives: a new one adds, and takes nothing away."""

import hashlib
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from importlib import import_module
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import pytest
from alembic import command
from sqlalchemy import Inspector, inspect, text

from storage.engine import (
    MIGRATIONS,
    DatabaseUnreachable,
    _config,
    migrate,
    open_engine,
    pending,
    revisions,
    schema_of,
)

RELEASED = {"0001_begin.py": "dddda6283887621336f4f8ac5fa35f1b49da00e8407d9e9624bdbe6461c28a32"}
"""The migrations of all releases, with the SHA-256 of each: they are never rewritten."""
LAST = max(RELEASED)[:4]
UNUSED: frozenset[str] = frozenset()
"""What may go although the last release has it, because that release uses it no more."""


class Column(NamedTuple):
    """What a row may have in a column."""

    type: str
    nullable: bool
    filled: bool


@dataclass(frozen=True, slots=True)
class Shape:
    """The tables of a database: their columns, and what a row has to keep to."""

    columns: Mapping[tuple[str, str], Column]
    rules: frozenset[tuple[str, str, tuple[str, ...]]]

    @property
    def tables(self) -> set[str]:
        return {table for table, _ in self.columns}


def shape(url: str) -> Shape:
    """Look at a database."""
    engine = open_engine(url)
    looked = inspect(engine)
    tables = [name for name in looked.get_table_names() if name != "alembic_version"]
    columns = {
        (name, one["name"]): Column(str(one["type"]), one["nullable"], one["default"] is not None)
        for name in tables
        for one in looked.get_columns(name)
    }
    made = Shape(columns, frozenset(rule for name in tables for rule in rules(looked, name)))
    engine.dispose()
    return made


def rules(looked: Inspector, table: str) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """List what a row of a table has to keep to."""
    for unique in looked.get_unique_constraints(table):
        yield "unique", table, tuple(sorted(unique["column_names"]))
    for index in looked.get_indexes(table):
        if index["unique"]:
            yield "unique", table, tuple(sorted(str(name) for name in index["column_names"]))
    for check in looked.get_check_constraints(table):
        yield "check", table, (str(check["sqltext"]),)
    for key in looked.get_foreign_keys(table):
        yield "refers", table, tuple(key["constrained_columns"])


def breaks(old: Shape, new: Shape) -> Iterator[str]:
    """Say what the version before would stumble over."""
    for place, column in old.columns.items():
        for wrong in lost(column, new.columns.get(place)):
            yield f"{'.'.join(place)} {wrong}"
    for place in new.columns.keys() - old.columns.keys():
        column = new.columns[place]
        if place[0] in old.tables and not (column.nullable or column.filled):
            yield f"{'.'.join(place)} has no default"
    for kind, table, columns in new.rules - old.rules:
        if table in old.tables and (kind == "check" or _known(old, table, columns)):
            yield f"{table} has a new rule: {kind} {', '.join(columns)}"


def lost(old: Column, new: Column | None) -> Iterator[str]:
    """Say what a column does not take any more."""
    if new is None:
        yield "is gone"
        return
    if new.type != old.type:
        yield "has another type"
    if old.nullable and not new.nullable:
        yield "may be empty no more"
    if old.filled and not new.filled:
        yield "has its default no more"


def _known(old: Shape, table: str, columns: tuple[str, ...]) -> bool:
    return all((table, column) in old.columns for column in columns)


def changed(url: str, statement: str) -> Shape:
    """Change a database, and look at it."""
    engine = open_engine(url)
    with engine.begin() as connection:
        connection.execute(text(statement))
    engine.dispose()
    return shape(url)


def test_released_migration_is_never_rewritten() -> None:
    for name, digest in RELEASED.items():
        file = MIGRATIONS / "versions" / name
        assert hashlib.sha256(file.read_bytes()).hexdigest() == digest, name


def test_next_version_only_adds(empty_database_url: str) -> None:
    migrate(empty_database_url, to=LAST)
    old = shape(empty_database_url)
    migrate(empty_database_url)
    assert set(breaks(old, shape(empty_database_url))) <= UNUSED


ANYWHERE = {
    "ALTER TABLE deliveries RENAME COLUMN error TO reason": "deliveries.error is gone",
    "CREATE UNIQUE INDEX once ON deliveries (about)": "a new rule: unique about",
    "ALTER TABLE events ADD COLUMN x INTEGER CHECK (x > 0)": "a new rule: check",
    "ALTER TABLE workspaces RENAME TO places": "workspaces.workspace is gone",
}
ON_A_SERVER = {
    "ALTER TABLE events ADD COLUMN x INTEGER NOT NULL": "events.x has no default",
    "ALTER TABLE deliveries ALTER expires_at SET NOT NULL": "expires_at may be empty no more",
    "ALTER TABLE deliveries ALTER attempts TYPE TEXT": "attempts has another type",
}


def missed(url: str, old: Shape, statements: Mapping[str, str]) -> list[str]:
    """Change a database by one statement after another, and say which was not seen to break it."""
    return [
        statement
        for statement, said in statements.items()
        if not any(said in one for one in breaks(old, changed(url, statement)))
    ]


def test_what_would_break_the_version_before_is_seen(empty_database_url: str) -> None:
    migrate(empty_database_url, to=LAST)
    assert missed(empty_database_url, shape(empty_database_url), ANYWHERE) == []


@pytest.mark.postgresql
def test_what_would_break_a_server_is_seen(postgresql_url: str) -> None:
    assert missed(postgresql_url, shape(postgresql_url), ON_A_SERVER) == []


def test_migrations_stand_in_a_row() -> None:
    modules = [import_module(f"storage.migrations.versions.{file.stem}") for file in files()]
    assert [one.revision for one in modules] == revisions()
    assert all(later.down_revision == one.revision for one, later in pairwise(modules))
    assert all(file.name[:4].isdigit() for file in files())


def files() -> list[Path]:
    return sorted((MIGRATIONS / "versions").glob("[0-9]*.py"))


@pytest.mark.parametrize(
    "revision", [file.name[:4] for file in files() if "def downgrade" in file.read_text()]
)
def test_way_back_that_is_written_is_one(empty_database_url: str, revision: str) -> None:
    migrate(empty_database_url, to=revision)
    old, engine = shape(empty_database_url), open_engine(empty_database_url)
    with engine.execution_options(writing=True).begin() as connection:
        command.downgrade(_config(connection), "-1")
    migrate(engine, to=revision)
    engine.dispose()
    assert shape(empty_database_url) == old


def test_version_before_goes_on_where_the_next_has_only_added(sqlite_url: str) -> None:
    assert is_at(sqlite_url, "0999") == []


def test_version_before_stays_away_where_the_next_has_taken_away(sqlite_url: str) -> None:
    with pytest.raises(DatabaseUnreachable, match="newer version"):
        is_at(sqlite_url, "1007")


def is_at(url: str, revision: str) -> list[str]:
    """Have a newer version been at a database, and say what it lacks in our eyes."""
    engine = open_engine(url)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = :to"), {"to": revision})
    try:
        return pending(engine)
    finally:
        engine.dispose()


def test_two_who_migrate_at_once_do_it_once(empty_database_url: str) -> None:
    with ThreadPoolExecutor(2) as threads:
        for done in [threads.submit(migrate, empty_database_url) for _ in range(2)]:
            done.result(60)
    engine = open_engine(empty_database_url)
    with engine.connect() as connection:
        assert schema_of(connection) == revisions()[-1]
    engine.dispose()
