"""Backs everything up into one file while the bot runs, and brings it back."""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from zipfile import ZipFile

from bot.app import CannotStart
from bot.app.database import ensure_there, is_new
from bot.config import SettingsError, load
from storage import Storage
from storage.archive import made_at, write
from storage.archive import restore as bring_back
from storage.engine import RESCUE, DatabaseTrouble, damaged, open_engine, reachable
from storage.rows import Unfit, reason
from storage.tombstones import Grave, graves


def backup(url: str, file: Path) -> int:
    """Write everything into a file that its owner alone can read; gives the number of rows.

    Raises CannotStart when the file is there already or cannot be made, and DatabaseUnreachable.
    """
    if file.exists():
        raise CannotStart(f"{file} is there already. Please name another file.")
    ensure_there(url)
    engine = open_engine(url)
    unfinished = file.with_name(f".{file.name}.part")
    try:
        reachable(engine)
        unfinished.unlink(missing_ok=True)
        with os.fdopen(
            os.open(unfinished, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600), "w+b"
        ) as out:
            rows = write(engine, out)
            os.fsync(out.fileno())
        _read_back(unfinished)
        unfinished.rename(file)
    except (Unfit, OSError) as error:
        raise CannotStart(f"There is no backup. {error}") from error
    except DatabaseTrouble as error:
        told = f"The file has damaged pages. {RESCUE}" if damaged(error) else reason(error)
        raise CannotStart(f"There is no backup. {told}") from error
    finally:
        unfinished.unlink(missing_ok=True)
        engine.dispose()
    return rows


def _read_back(file: Path) -> None:
    with ZipFile(file) as archive:
        if wrong := archive.testzip():
            raise Unfit(f"{wrong} could not be read back. Is the disk sound?")


def database_before(config: Path | None, url: str) -> str:
    """Give the database of the settings, where it is there and another one than is restored to."""
    try:
        settled = load(config).database.url
    except SettingsError:
        return ""
    return settled if settled != url and not is_new(settled) else ""


def _erased_in(url: str) -> Sequence[Grave]:
    """Read who was erased in a database. Raises DatabaseUnreachable."""
    ensure_there(url)
    engine = open_engine(url)
    try:
        reachable(engine)
        with engine.connect() as connection:
            return graves(connection)
    except DatabaseTrouble:  # of a version that erased nobody
        return ()
    finally:
        engine.dispose()


def restore(url: str, file: Path, now: datetime, before: str = "") -> int:
    """Bring a backup back into an empty database; gives the number of rows.

    Who was erased since in the database `before` is erased again. Raises CannotStart when it is
    not empty or the file is no backup, and DatabaseUnreachable.
    """
    _ensure_file(file)
    erased = _erased_in(before) if before else ()
    engine = open_engine(url)
    try:
        reachable(engine)
        with _told():
            return bring_back(engine, file, now, erased)
    finally:
        engine.dispose()


def bring_into(storage: Storage, file: Path) -> datetime:
    """Bring a backup into an empty database that is open; gives the moment it was made.

    Raises CannotStart.
    """
    _ensure_file(file)
    with _told():
        now = made_at(file)
        bring_back(storage.engine, file, now)
    return now


def _ensure_file(file: Path) -> None:
    if not file.is_file():
        raise CannotStart(f"There is no file {file}.")


@contextmanager
def _told() -> Iterator[None]:
    """Tell of a file that is no backup. Raises CannotStart."""
    try:
        yield
    except (Unfit, OSError) as error:
        raise CannotStart(str(error)) from error
