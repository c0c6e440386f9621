"""Shows that a read that takes long holds nobody up, and cannot write."""

import asyncio
import threading
from collections.abc import Iterator

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from storage import Storage, Transaction
from storage.engine import migrate
from tests.toys import NOW


@pytest.fixture
def storage(database_url: str) -> Iterator[Storage]:
    opened = Storage(database_url)
    yield opened
    opened.close()


def add(transaction: Transaction) -> str:
    transaction.events.add("some", NOW, "")
    return "added"


def events(transaction: Transaction) -> int:
    return int(transaction.db.scalar(text("SELECT count(*) FROM events")) or 0)


async def test_worker_writes_while_long_read_goes_on(storage: Storage) -> None:
    held = threading.Event()

    def read(transaction: Transaction) -> tuple[int, bool, int]:
        return events(transaction), held.wait(5), events(transaction)

    reading = asyncio.ensure_future(storage.long(read))
    async with asyncio.timeout(5):
        assert await storage.change(add) == "added"
    held.set()
    assert (await reading)[1]
    assert await storage.long(events) == 1


async def test_long_read_cannot_write(storage: Storage) -> None:
    with pytest.raises(DBAPIError, match=r"(?i)read.?only"):
        await storage.long(lambda open: open.db.execute(text("DELETE FROM events")))
    assert await storage.change(add) == "added"


async def test_database_in_memory_is_read_by_the_worker() -> None:
    inside = Storage("sqlite://")
    migrate(inside.engine)
    await inside.change(add)
    assert await inside.long(events) == 1
    inside.close()
