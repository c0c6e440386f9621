"""Opens the database, brought up to date or refused with what to do."""

from collections.abc import Callable

from storage import Storage
from storage.engine import DatabaseUnreachable, migrate, pending, reachable


def database_url(words: str) -> str:
    """Read what was given as a database: an address, a file's path, or `:memory:`."""
    if words == ":memory:":
        return "sqlite://"
    return words if "://" in words else f"sqlite:///{words}"


def open_storage(url: str, step: Callable[[str], None] | None = None) -> Storage:
    """Open a database. One in a file is migrated at once, `step` being told each revision.

    Raises DatabaseUnreachable, also for a server whose schema is not up to date.
    """
    storage = Storage(url)
    reachable(storage.engine)
    lacking = pending(storage.engine)
    if lacking and storage.embedded:
        migrate(storage.engine, step)
    elif lacking:
        storage.close()
        raise DatabaseUnreachable(
            f"The database lacks {len(lacking)} migration(s). Run: python -m bot migrate"
        )
    return storage
