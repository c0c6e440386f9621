"""Gives a test a database with nothing in it: migrated, on SQLite and on real PostgreSQL."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.cpu_seconds import POSTGRESQL, meter_of
from tests.reused import Reused
from tests.servers import CAREFUL, CARELESS, ELSEWHERE, DatabaseServer, Wheel, prepared

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from storage import Storage

BOTH = ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)]


def _migrate(url: str) -> None:
    from storage.engine import migrate  # tests of rules load no storage

    migrate(url)


def _once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """Give a folder that is filled once for all processes the tests are divided among."""
    from fasteners import InterProcessLock

    around = factory.getbasetemp().parent
    with InterProcessLock(around / f"{name}.lock"):
        if not (done := around / name).exists():
            half = around / f"{name}.half"
            half.mkdir()
            make(half)
            half.rename(done)
    return done


@pytest.fixture(scope="session")
def postgresql_cluster(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Prepare what every server begins with: it takes a second."""
    return _once(tmp_path_factory, "cluster", prepared)


@pytest.fixture(scope="session")
def postgresql_server(
    postgresql_cluster: Path, pytestconfig: pytest.Config
) -> Iterator[DatabaseServer]:
    """Start PostgreSQL for this process, or use the one `CONVENER_TEST_DATABASE_URL` names."""
    if given := os.environ.get(ELSEWHERE):
        yield DatabaseServer(given)
        return
    wheel = Wheel(cluster=postgresql_cluster)
    try:
        yield DatabaseServer(wheel.start())
    finally:
        meter_of(pytestconfig).spend(POSTGRESQL, wheel.busy())
        wheel.end()


@pytest.fixture
def wheel(postgresql_cluster: Path, pytestconfig: pytest.Config) -> Iterator[tuple[Wheel, str]]:
    """Start a PostgreSQL server for one test, to be stopped in the middle; with its database."""
    wheel = Wheel(CARELESS + CAREFUL, postgresql_cluster)
    try:
        server = DatabaseServer(wheel.start())
        server.run("CREATE DATABASE convener")
        _migrate(url := server.url("convener"))
        yield wheel, url
    finally:
        meter_of(pytestconfig).spend(POSTGRESQL, wheel.busy())
        wheel.end()


@pytest.fixture(scope="session")
def postgresql_template(postgresql_server: DatabaseServer) -> Iterator[str]:
    """Migrate one database, for others to be copied from."""
    with postgresql_server.database() as name:
        _migrate(postgresql_server.url(name))
        yield name


@pytest.fixture(scope="session")
def postgresql_reused(
    postgresql_server: DatabaseServer, postgresql_template: str
) -> Iterator[Reused]:
    """Keep one database for all tests of this process."""
    reused = Reused(postgresql_server, postgresql_template)
    yield reused
    reused.close()


@pytest.fixture
def postgresql_url(postgresql_reused: Reused) -> str:
    """Give a migrated PostgreSQL database with nothing in it."""
    return postgresql_reused.fresh()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Migrate one file, for others to be copied from."""
    file = "convener.db"
    made = _once(tmp_path_factory, "sqlite", lambda there: _migrate(f"sqlite:///{there / file}"))
    return made / file


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """Give a migrated SQLite file."""
    return f"sqlite:///{shutil.copy(sqlite_template, tmp_path / 'convener.db')}"


@pytest.fixture
def disk_url(sqlite_template: Path, disk_path: Path) -> str:
    """Give a migrated SQLite file on a disk."""
    return f"sqlite:///{shutil.copy(sqlite_template, disk_path / 'convener.db')}"


@pytest.fixture
def disk(disk_url: str) -> "Iterator[tuple[Storage, list[int]]]":
    """Give a database with the number of pages there is room for, which a test may change."""
    from sqlalchemy import event  # tests of rules load no storage

    from storage import Storage

    storage, room = Storage(disk_url), [1_000_000]

    def limit(connection: "Connection") -> None:
        connection.connection.execute(f"PRAGMA max_page_count = {room[0]}")

    event.listen(storage.engine, "begin", limit, insert=True)
    yield storage, room
    storage.close()


@pytest.fixture(params=BOTH)
def database_url(request: pytest.FixtureRequest) -> str:
    """Give a migrated database: the test runs once on SQLite and once on PostgreSQL."""
    return str(request.getfixturevalue(f"{request.param}_url"))


@pytest.fixture
def sqlite_empty_url(tmp_path: Path) -> str:
    """Give a SQLite file without any table."""
    return f"sqlite:///{tmp_path / 'empty.db'}"


@pytest.fixture
def postgresql_empty_url(postgresql_server: DatabaseServer) -> Iterator[str]:
    """Give a PostgreSQL database without any table."""
    with postgresql_server.database() as name:
        yield postgresql_server.url(name)


@pytest.fixture(params=BOTH)
def empty_database_url(request: pytest.FixtureRequest) -> str:
    """Give a database without any table, on SQLite and on PostgreSQL."""
    return str(request.getfixturevalue(f"{request.param}_empty_url"))
