"""Shows that what was told is on the disk, whatever happens to the machine then."""

import asyncio
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from functools import partial
from pathlib import Path
from shutil import copyfile
from tempfile import mkdtemp
from threading import Lock

import pytest
from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError

from bot.dispatcher import Dispatcher
from storage import Storage, Transaction
from storage.engine import migrate, open_engine, sync
from tests.toys import NOW, call, dispatcher, spoken

FULL, NORMAL = 2, 1


class PowerlessDisk:
    """What a machine that lost its power would still have: a file as it was last synced."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.synced = 0
        self.broken = False
        self.lock = Lock()

    def sync(self, engine: Engine) -> None:
        """Sync, and keep what the disk has; takes so long that the event loop goes on meanwhile."""
        if self.broken:
            raise OperationalError("sync", None, OSError("the disk is gone"))
        time.sleep(0.03)
        sync(engine)
        self.synced += 1
        with self.lock:
            for end in ("", "-wal"):
                copyfile(f"{engine.url.database}{end}", self.folder / f"kept.db{end}")

    def has(self, key: str) -> bool:
        """Say whether an event is on the disk."""
        anew = Path(mkdtemp(dir=self.folder))
        with self.lock:
            for file in self.folder.glob("kept.db*"):
                copyfile(file, anew / file.name)
        with closing(sqlite3.connect(anew / "kept.db")) as opened:
            return bool(opened.execute("SELECT 1 FROM events WHERE key = ?", (key,)).fetchone())


@pytest.fixture
def disk(disk_path: Path) -> PowerlessDisk:
    return PowerlessDisk(disk_path)


@pytest.fixture
def opened(disk_url: str, disk: PowerlessDisk) -> Iterator[Storage]:
    made = Storage(disk_url, disk.sync)
    migrate(made.engine)
    yield made
    made.close()


@pytest.fixture
def toys(disk_url: str, disk: PowerlessDisk) -> Iterator[Dispatcher]:
    with dispatcher(disk_url, disk.sync) as made:
        yield made


def add(key: str, transaction: Transaction) -> str:
    transaction.events.add(key, NOW, "")
    return key


def level(transaction: Transaction) -> int:
    connection = transaction.db.connection()
    return int(connection.exec_driver_sql("PRAGMA synchronous").scalar_one())


async def test_what_is_told_is_on_the_disk(opened: Storage, disk: PowerlessDisk) -> None:
    for waiting in asyncio.as_completed([opened.change(partial(add, f"{n}")) for n in range(60)]):
        assert disk.has(await waiting)


async def test_disk_is_asked_once_for_what_was_done_together(
    opened: Storage, disk: PowerlessDisk
) -> None:
    await opened.change(partial(add, "alone"))
    assert disk.synced == 1
    await asyncio.gather(*(opened.change(partial(add, f"{n}")) for n in range(60)))
    assert disk.synced < 30


async def test_disk_is_not_asked_where_nothing_changes(
    opened: Storage, disk: PowerlessDisk
) -> None:
    await opened.change(partial(add, "once"))
    with pytest.raises(Exception, match="UNIQUE"):
        await opened.change(partial(add, "once"))
    assert await opened.look(lambda transaction: transaction.events.answer("once")) == ""
    assert disk.synced == 1


async def test_nothing_counts_as_done_that_the_disk_does_not_keep(
    opened: Storage, disk: PowerlessDisk
) -> None:
    disk.broken = True
    done = (opened.change(partial(add, f"{n}")) for n in range(5))
    told = await asyncio.gather(*done, return_exceptions=True)
    assert {type(one) for one in told} == {OperationalError}
    disk.broken = False
    assert await opened.change(partial(add, "later")) == "later"


async def test_people_are_told_kindly_when_the_disk_keeps_nothing(
    toys: Dispatcher, disk: PowerlessDisk
) -> None:
    disk.broken = True
    assert "can't reach my records" in spoken(await toys.answer(call("toy.add", "ball")))
    disk.broken = False
    assert "added ball" in spoken(await toys.answer(call("toy.add", "ball")))


async def test_whoever_writes_elsewhere_has_the_disk_keep_it_at_once(
    opened: Storage, disk: PowerlessDisk
) -> None:
    assert await opened.change(level) == NORMAL
    with opened.write() as transaction:
        assert level(transaction) == FULL
    assert disk.synced == 1


async def test_what_has_no_log_is_kept_by_every_commit() -> None:
    inside = Storage("sqlite://")
    migrate(inside.engine)
    assert await inside.change(level) == FULL
    assert await inside.change(partial(add, "kept")) == "kept"
    inside.close()


def test_what_the_disk_says_is_raised_as_what_a_database_says(tmp_path: Path) -> None:
    (tmp_path / "some.db-wal").mkdir()
    with pytest.raises(OperationalError):
        sync(open_engine(f"sqlite:///{tmp_path / 'some.db'}"))
