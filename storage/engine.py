"""Opens databases and levels what SQLite and PostgreSQL do differently."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, create_engine, event, inspect, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import (
    ArgumentError,
    DatabaseError,
    DBAPIError,
    IntegrityError,
    InterfaceError,
    OperationalError,
    SQLAlchemyError,
)
from sqlalchemy.exc import TimeoutError as NoConnection
from sqlalchemy.pool import QueuePool, StaticPool

from storage.sqlite import prepare

PATIENCE = {"connect_timeout": 5, "tcp_user_timeout": 10_000}
"""How long PostgreSQL may be silent: seconds at the start, then milliseconds."""
DRIVERS = {
    "sqlite": "sqlite",
    "postgres": "postgresql+psycopg",
    "postgresql": "postgresql+psycopg",
}
SECRETS = ("pass", "secret", "token", "key")
"""What the name of a setting in an address has in it that nobody else may read."""
if TYPE_CHECKING:
    from alembic.config import Config

SYNC = getattr(os, "fdatasync", os.fsync)
DatabaseTrouble = SQLAlchemyError
"""Whatever a database can raise."""
DatabaseAway = (OperationalError, InterfaceError, NoConnection)
"""What a database raises that is stopped, cut off, locked or full: later it may well go on."""
COLLIDED = ("40001", "40P01")
"""PostgreSQL's codes for a transaction that stood in the way of another, and was ended for it."""
RESCUE = (
    "Stop the bot, copy the file with those beside it that begin alike, and restore the last good "
    "backup into a new file."
)
"""What to do about damaged pages."""
MIGRATIONS = Path(__file__).parent / "migrations"
Step = Callable[[str], None]
"""Is told each revision as it is done."""


def collided(trouble: SQLAlchemyError) -> bool:
    """Say whether nothing was kept because another transaction was faster: trying again helps."""
    code = getattr(getattr(trouble, "orig", None), "sqlstate", None)
    return isinstance(trouble, IntegrityError) or code in COLLIDED


def cut(trouble: SQLAlchemyError) -> bool:
    """Say whether the connection broke; when it did so at the commit, all may have been kept."""
    return isinstance(trouble, DBAPIError) and trouble.connection_invalidated


def damaged(trouble: SQLAlchemyError) -> bool:
    """Say whether a SQLite file has pages that cannot be read."""
    return getattr(getattr(trouble, "orig", None), "sqlite_errorname", "") == "SQLITE_CORRUPT"


class DatabaseUnreachable(Exception):
    """The database cannot be opened; the message says what to check."""


def address(url: str) -> URL:
    """Read a database address, choosing the driver. Raises DatabaseUnreachable."""
    try:
        read = make_url(url)
        return read.set(drivername=DRIVERS[read.drivername.partition("+")[0]])
    except (ArgumentError, KeyError) as error:
        raise DatabaseUnreachable(
            "The database address cannot be read. It looks like sqlite:///data/convener.db or "
            "postgresql://user:password@host/name."
        ) from error


def shown_address(url: URL) -> str:
    """Write a database address without its secrets, wherever in it they stand."""
    hidden = {name: "***" for name in url.query if any(one in name.lower() for one in SECRETS)}
    return url.update_query_dict(hidden).render_as_string(hide_password=True)


def open_engine(url: str) -> Engine:
    """Open a database. SQLite files are made at need, readable by their owner alone."""
    read = address(url)
    if read.get_backend_name() == "sqlite":
        return _open_sqlite(read)
    return create_engine(
        read,
        pool_size=8,
        pool_pre_ping=True,
        pool_recycle=1800,
        hide_parameters=True,
        connect_args={name: long for name, long in PATIENCE.items() if name not in read.query},
    )


def _open_sqlite(read: URL) -> Engine:
    inside = read.database in (None, "", ":memory:")
    if not inside:
        _make_private(Path(str(read.database)))
    engine = create_engine(
        read,
        poolclass=StaticPool if inside else QueuePool,
        pool_reset_on_return=None,  # nothing is given back in the middle of a transaction
        hide_parameters=True,
        connect_args={"isolation_level": None, "check_same_thread": False},
    )
    event.listen(engine, "connect", prepare)
    event.listen(engine, "begin", _begin)
    return engine


def _make_private(file: Path) -> None:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        # One that is there is not opened: closing it would give up the locks that SQLite holds
        # on it in this process, and two might write at once.
        if not (file.is_file() and os.access(file, os.R_OK | os.W_OK)):
            os.close(os.open(file, os.O_CREAT | os.O_RDWR, 0o600))
    except OSError as error:
        raise DatabaseUnreachable(
            f"The database file {file} cannot be opened: {error.strerror}. Check that the folder "
            "exists and that this user may write there."
        ) from error


def _begin(connection: Connection) -> None:
    """Say BEGIN ourselves: the driver's own way loses read-then-write updates silently."""
    options = connection.get_execution_options()
    _switch(connection, "query_only", "ON" if options.get("only_reading") else "OFF")
    if not options.get("writing"):
        connection.exec_driver_sql("BEGIN")
        return
    later = options.get("synced_later") and connection.info["log"]
    _switch(connection, "synchronous", "NORMAL" if later else "FULL")
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _switch(connection: Connection, pragma: str, to: str) -> None:
    """Set up a connection otherwise, if it is not so already."""
    if connection.info[pragma] != to:
        connection.exec_driver_sql(f"PRAGMA {pragma} = {to}")
        connection.info[pragma] = to


def sync(engine: Engine) -> None:
    """Have the disk keep what was committed to a SQLite file by transactions `synced_later`.

    They wrote it to the file's log, in full, and left out no more than this (sqlite.org,
    “Write-Ahead Logging”). Raises OperationalError when the disk does not.
    """
    try:
        log = os.open(f"{engine.url.database}-wal", os.O_RDWR)
        try:
            SYNC(log)
        finally:
            os.close(log)
    except FileNotFoundError:  # without a log, SQLite synced the file itself
        return
    except OSError as error:
        raise OperationalError("sync", None, error) from error


def reachable(engine: Engine) -> None:
    """Try the database once. Raises DatabaseUnreachable with what to check."""
    try:
        with engine.connect():
            return
    except DatabaseError as error:
        where = shown_address(engine.url)
        told = (
            f"The database at {where} does not answer. "
            f"Check the address, that the server runs, and the password. It said: {error.orig}"
        )
        if damaged(error):
            told = f"{engine.url.database} has damaged pages. {RESCUE}"
        elif engine.dialect.name == "sqlite":
            told = (
                f"{engine.url.database} cannot be opened as a database. Check that this is the "
                f"file, and that you may read and write it and its folder. It said: {error.orig}"
            )
        raise DatabaseUnreachable(told) from error


def _config(connection: Connection, step: Step | None = None) -> "Config":
    from alembic.config import Config  # slow to load, and needed at a migration only

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    config.attributes["step"] = step
    return config


def migrate(engine: Engine | str, step: Step | None = None, to: str = "head") -> None:
    """Bring a database to the newest schema; `step` is told each revision as it is done."""
    from alembic import command

    opened = open_engine(engine) if isinstance(engine, str) else engine
    reachable(opened)
    with opened.execution_options(writing=True).begin() as connection:
        if opened.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(7276)"))  # one at a time
        command.upgrade(_config(connection, step), to)
    if opened is not engine:
        opened.dispose()


def revisions() -> list[str]:
    """Name all migrations, the first one first.

    They stand in a row, so that their files tell without loading Alembic, which is slow.
    """
    files = (MIGRATIONS / "versions").glob("[0-9]*.py")
    return sorted(file.name.partition("_")[0] for file in files)


def schema_of(connection: Connection) -> str:
    """Name the last migration a database has seen; nothing for one without our tables."""
    if not inspect(connection).has_table("alembic_version"):
        return ""
    return str(connection.scalar(text("SELECT version_num FROM alembic_version")) or "")


def pending(engine: Engine) -> list[str]:
    """Name the migrations a database still lacks, the first to be done first.

    A newer version that only adds leaves us at work. One that takes something away begins a new
    thousand (1007 after 0006): raises DatabaseUnreachable for a database it has been at.
    """
    known = revisions()
    with engine.connect() as connection:
        here = schema_of(connection)
    if here[:1] > known[-1][:1]:
        raise DatabaseUnreachable(
            f"The database has the schema {here}, of a newer version. Please install that version."
        )
    return [revision for revision in known if revision > here]
