"""Gives a drill a migrated database of its own."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import copy
from tempfile import TemporaryDirectory

from sqlalchemy.engine import make_url

from drill.forks import done
from storage.engine import migrate
from tests.folders import DISK
from tests.servers import ELSEWHERE, DatabaseServer, embedded

MEMORY = "/dev/shm"
FOLDER = MEMORY if os.access(MEMORY, os.W_OK) else None
"""Where files are kept: processes are killed here, not machines, so that no disk is needed."""


def _folder(on_disk: bool) -> str | None:
    return os.environ.get(DISK) if on_disk else FOLDER


@contextmanager
def sqlite(on_disk: bool = False) -> Iterator[str]:
    """Give a SQLite file, gone afterwards."""
    with TemporaryDirectory(dir=_folder(on_disk)) as folder:
        yield migrated(f"sqlite:///{Path(folder) / 'drill.db'}", Path(folder))


@contextmanager
def copied(url: str, on_disk: bool = False) -> Iterator[str]:
    """Give a copy of a database that nobody has opened, gone afterwards."""
    read = make_url(url)
    if read.get_backend_name() == "sqlite":
        with TemporaryDirectory(dir=_folder(on_disk)) as folder:
            yield f"sqlite:///{copy(str(read.database), folder)}"
        return
    login = read.set(database="postgres").render_as_string(hide_password=False)
    server = DatabaseServer(login)
    with server.database(str(read.database)) as name:
        yield server.url(name)


@contextmanager
def postgresql() -> Iterator[str]:
    """Give a database on a PostgreSQL server of its own, or the one the environment names."""
    if given := os.environ.get(ELSEWHERE):
        with _database(given) as url:
            yield url
        return
    with embedded() as address, _database(address) as url:
        yield url


@contextmanager
def _database(address: str) -> Iterator[str]:
    server = DatabaseServer(address)
    with server.database() as name, TemporaryDirectory() as folder:
        yield migrated(server.url(name), Path(folder))


def migrated(url: str, folder: Path) -> str:
    """Migrate a database in a process of its own; gives its address."""
    done(lambda: migrate(url), folder / "complaints")
    return url
