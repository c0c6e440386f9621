"""Sets up connections to SQLite."""

import sqlite3
from time import monotonic, sleep
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.pool import ConnectionPoolEntry

PRAGMAS = (
    "journal_mode = WAL",
    "synchronous = FULL",
    "foreign_keys = ON",
    "busy_timeout = 10000",
    "temp_store = MEMORY",
    "secure_delete = ON",  # what is deleted is overwritten
    "cache_size = -64000",  # KiB, of which a small file takes no more than it has
)
IN_THE_WAY = 5.0  # seconds


def prepare(connection: sqlite3.Connection, record: ConnectionPoolEntry) -> None:
    """Set a connection up as all of ours are. Raises OperationalError for a file that is locked."""
    for pragma in PRAGMAS:
        _insist(connection, f"PRAGMA {pragma}")
    (journal,) = connection.execute("PRAGMA journal_mode").fetchone()
    record.info["log"] = journal == "wal"  # a few file systems have none
    record.info.update(synchronous="FULL", query_only="OFF")
    # SQLite's own knows capitals of English only: nobody would find Élodie.
    connection.create_function("lower", 1, _lower, deterministic=True)


def _insist(connection: sqlite3.Connection, words: str) -> None:
    """Set a new file up though others do so as well: then SQLite gives up without waiting.

    Raises OperationalError when that lasts.
    """
    until = monotonic() + IN_THE_WAY
    while True:
        try:
            connection.execute(words)
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or monotonic() > until:
                raise
            sleep(0.01)
        else:
            return


def _lower(words: str | None) -> str | None:
    return words and words.lower()


def rewritten(engine: Engine) -> bool:
    """Write a file anew without what was deleted from it, and empty its log.

    Pages may hold copies of what once stood there, which no deletion overwrites. Says whether
    that worked: others may be reading, or the disk full.
    """
    pooled = engine.raw_connection()
    try:
        file: Any = pooled.driver_connection
        file.execute("PRAGMA temp_store = FILE")  # it is written aside first
        file.execute("VACUUM")
        file.execute("PRAGMA temp_store = MEMORY")
        busy = file.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
    except sqlite3.OperationalError:
        return False
    finally:
        pooled.close()
    return not busy
