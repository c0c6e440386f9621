"""Finds and opens the database, brought up to date or refused with what to do."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from pathlib import Path

from bot.config import load
from storage import Storage
from storage.engine import DatabaseUnreachable, address, pending, reachable
from storage.engine import migrate as bring_up_to_date

Progress = Callable[[Sequence[str]], AbstractContextManager[Callable[[str], None]]]
"""Is given the migrations to come, and told each one that is done."""


def database_url(words: str) -> str:
    """Read what was given as a database: an address, a file's path, or `:memory:`."""
    if words == ":memory:":
        return "sqlite://"
    return words if "://" in words else f"sqlite:///{words}"


def chosen_url(config: Path | None, db: str) -> str:
    """Give the address that was named, else the one that is set. Raises SettingsError."""
    return database_url(db) if db else load(config).database.url


def is_new(url: str) -> bool:
    """Say whether this is a database in a file that is not there yet."""
    read = address(url)
    return read.get_backend_name() == "sqlite" and not Path(str(read.database)).exists()


def set_aside(url: str) -> Sequence[Path]:
    """Give a database in a file another name, so that a new one begins; says which, if any."""
    if is_new(url) or address(url).get_backend_name() != "sqlite":
        return ()
    file = Path(str(address(url).database))
    aside = file.with_name(f"{file.name}.{datetime.now(UTC):%Y%m%dT%H%M%S}")
    for end in ("", "-wal", "-shm"):
        if (part := file.with_name(file.name + end)).exists():
            part.rename(aside.with_name(aside.name + end))
    return (aside,)


def ensure_there(url: str) -> None:
    """Make no file for who only wants to read one. Raises DatabaseUnreachable."""
    if is_new(url):
        raise DatabaseUnreachable(
            f"There is no database file {address(url).database or ':memory:'}. Say which it is: "
            "--db FILE, or --config FILE with its address in [database]."
        )


def open_storage(url: str, progress: Progress, *, migrates: bool = True) -> Storage:
    """Open a database; one in a file is brought up to date at once, where that `migrates`.

    Raises DatabaseUnreachable, also for any other whose schema is not up to date.
    """
    storage = Storage(url)
    if not (migrates and storage.embedded) and _lacking(storage):
        storage.close()
        raise DatabaseUnreachable("The database is not up to date. Run: python -m bot migrate")
    _migrate(storage, progress)
    return storage


def migrate(url: str, progress: Progress) -> int:
    """Bring a database up to date; gives how many steps that took. Raises DatabaseUnreachable."""
    storage = Storage(url)
    try:
        return _migrate(storage, progress)
    finally:
        storage.close()


def _lacking(storage: Storage) -> Sequence[str]:
    reachable(storage.engine)
    return pending(storage.engine)


def _migrate(storage: Storage, progress: Progress) -> int:
    lacking = _lacking(storage)
    if lacking:
        with progress(lacking) as step:
            bring_up_to_date(storage.engine, step)
    return len(lacking)
