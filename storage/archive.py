"""Copies a whole database into one file and back, from and to any database we know."""

import io
import json
import zlib
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any, cast
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile

from sqlalchemy import Connection, Engine, Table, inspect, select, text, true
from sqlalchemy.exc import SQLAlchemyError

from storage.engine import migrate, revisions, schema_of, shown_address
from storage.erasure import erase_again, scrub
from storage.rows import AT_ONCE, Unfit, look_up_first, plain, put, reason, snapshot, tables
from storage.tombstones import Grave

FORMAT = 1
ABOUT = "about.json"
LONGEST = 16 << 20
"""Bytes of one row at most, unpacked: a small archive may hold a line that fills all memory."""
UNREADABLE = (
    BadZipFile,
    zlib.error,
    EOFError,
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
    OverflowError,
    RuntimeError,  # RecursionError included
)
"""What reading raises where a file is no archive of ours, or was damaged."""


def write(engine: Engine, file: IO[bytes]) -> int:
    """Write all that is kept at this instant into an archive; gives the number of rows.

    The archive is a zip with `about.json` (format, schema, instant, rows by table) and a file of
    JSON lines for each table. Others go on reading and writing meanwhile. Raises Unfit when there
    is nothing to copy.
    """
    about: dict[str, Any] = {"format": FORMAT, "made_at": datetime.now(UTC).isoformat()}
    with snapshot(engine) as connection, ZipFile(file, "w", ZIP_DEFLATED) as archive:
        about["schema"] = schema_of(connection)
        if not about["schema"]:
            raise Unfit("There is nothing in this database yet.")
        if about["schema"] not in revisions():  # it may have tables we know nothing of
            raise Unfit("This database is of a newer version. Please back it up with that version.")
        about["rows"] = {
            table.name: _dump(connection, table, archive) for table in tables(connection)
        }
        archive.writestr(ABOUT, json.dumps(about, indent=2))
    return sum(about["rows"].values())


def _dump(connection: Connection, table: Table, archive: ZipFile) -> int:
    number = 0
    query = select(table).order_by(table.c.id).execution_options(yield_per=AT_ONCE)
    with archive.open(f"{table.name}.jsonl", "w", force_zip64=True) as lines:
        for row in connection.execute(query):
            shown = {c.name: plain(value, c) for c, value in zip(table.c, row, strict=True)}
            lines.write(json.dumps(shown, ensure_ascii=False).encode() + b"\n")
            number += 1
    return number


def restore(engine: Engine, file: Path, now: datetime, erased: Sequence[Grave] = ()) -> int:
    """Bring an archive back into an empty database, whole or not at all; gives the rows.

    An archive of an older version is brought up to date. What was waiting to be sent when it was
    made is looked up on its platform before it is sent. Who was `erased` since is erased again.
    Raises Unfit.
    """
    try:
        with ZipFile(file) as archive:
            if damaged := archive.testzip():  # found before the database is touched
                raise BadZipFile(f"{damaged} is damaged")
            about = _about(archive)
            _ensure_empty(engine, about["schema"])
            migrate(engine, to=about["schema"])
            number = _fill(engine, archive, about, now)
    except UNREADABLE as error:
        raise Unfit(f"{file} is not a whole backup of Convener: {error}") from error
    migrate(engine)
    with engine.execution_options(writing=True).begin() as connection:
        erase_again(connection, erased)
    scrub(engine)
    return number


def made_at(file: Path) -> datetime:
    """Say when an archive was made. Raises Unfit where it is none."""
    try:
        with ZipFile(file) as archive:
            return datetime.fromisoformat(_about(archive)["made_at"])
    except UNREADABLE as error:
        raise Unfit(f"{file} is not a whole backup of Convener: {error}") from error


def _about(archive: ZipFile) -> Mapping[str, Any]:
    with archive.open(ABOUT) as file:
        about: Mapping[str, Any] = json.loads(_line(file, ABOUT, ended=False))
    if about["format"] != FORMAT or about["schema"] not in revisions():
        raise Unfit("This backup was made by a newer version. Please install that version.")
    return about


def _ensure_empty(engine: Engine, schema: str) -> None:
    """Refuse a database with rows of ours or tables of others; take empty tables of ours away.

    Those that `migrate` has made are newer than the backup may be, and are made again.
    """
    with engine.execution_options(writing=True).begin() as connection:
        here, made = schema_of(connection), tables(connection)
        full = any(connection.execute(select(table).limit(1)).first() for table in made)
        names = inspect(connection).get_table_names()
        others = here not in ("", *revisions()) or (names and "alembic_version" not in names)
        if full or others:
            raise Unfit(
                f"The database {shown_address(engine.url)} is not empty, and "
                "nothing in it is replaced. Name a new one: --db FILE for a new file, or, on "
                "PostgreSQL, what `createdb NAME` has made."
            )
        if here not in ("", schema):
            made[0].metadata.drop_all(connection)
            connection.execute(text("DELETE FROM alembic_version"))


def _fill(engine: Engine, archive: ZipFile, about: Mapping[str, Any], now: datetime) -> int:
    with engine.execution_options(writing=True).begin() as connection:
        by_name = {table.name: table for table in tables(connection)}
        try:
            done = {name: put(connection, by_name[name], _rows(archive, name)) for name in by_name}
        except SQLAlchemyError as error:
            raise Unfit(f"This backup contradicts itself: {reason(error)}") from error
        if done != {name: about["rows"].get(name) for name in done}:
            raise Unfit("This backup is not whole: rows are missing. Please take another one.")
        look_up_first(connection, true(), datetime.fromisoformat(about["made_at"]), now)
    return sum(done.values())


def _rows(archive: ZipFile, name: str) -> Iterator[Mapping[str, Any]]:
    with archive.open(f"{name}.jsonl") as file:
        lines = io.BufferedReader(cast(io.RawIOBase, file))
        while line := _line(lines, name):
            yield json.loads(line)


def _line(file: IO[bytes], name: str, *, ended: bool = True) -> str:
    """Read a line, or else all there is. Raises Unfit where that is more than any row has."""
    line = file.readline(LONGEST + 1) if ended else file.read(LONGEST + 1)
    if len(line) > LONGEST:
        raise Unfit(f"This is no backup of Convener: a row of {name} has more than 16 MB.")
    return line.decode("utf-8-sig")
