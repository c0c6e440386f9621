"""Makes sure that the worker does what is asked, the most urgent first, and syncs in groups."""

import asyncio
import threading
import time
from collections.abc import Iterator
from functools import partial

import pytest

from storage.worker import GROUP, Rank, Worker


@pytest.fixture
def one() -> Iterator[Worker]:
    worker = Worker(1)
    yield worker
    worker.close()


class CountedDisk:
    """What syncs, and counts how often."""

    def __init__(self) -> None:
        self.synced = 0
        self.full = False

    def sync(self) -> None:
        """Sync."""
        if self.full:
            raise OSError("full")
        self.synced += 1


@pytest.fixture
def disk() -> CountedDisk:
    return CountedDisk()


@pytest.fixture
def grouping(disk: CountedDisk) -> Iterator[Worker]:
    worker = Worker(1, disk.sync)
    yield worker
    worker.close()


def call(worker: Worker, work: object) -> "asyncio.Future[object]":
    """Have work done that is as urgent as a call."""
    assert callable(work)
    return worker.run(work, Rank.CALL)


async def test_work_is_done_elsewhere_and_its_result_comes_back(one: Worker) -> None:
    assert await call(one, threading.current_thread) is not threading.current_thread()


async def test_error_reaches_whoever_waits_and_nobody_else(one: Worker) -> None:
    failing, working = call(one, lambda: 1 // 0), call(one, lambda: "done")
    with pytest.raises(ZeroDivisionError):
        await failing
    assert await working == "done"


async def test_work_of_one_rank_is_done_in_the_order_in_which_it_was_asked(one: Worker) -> None:
    seen: list[int] = []
    await asyncio.gather(*(call(one, partial(seen.append, n)) for n in range(500)))
    assert seen == [*range(500)]


async def test_calls_are_done_before_the_outbox_and_the_web_comes_last(one: Worker) -> None:
    seen: list[Rank] = []
    begun = threading.Event()
    first = call(one, lambda: begun.wait(5))
    asked = [one.run(partial(seen.append, rank), rank) for rank in reversed(Rank) for _ in range(2)]
    begun.set()
    await asyncio.gather(first, *asked)
    assert seen == [rank for rank in Rank for _ in range(2)]


async def test_several_threads_work_side_by_side() -> None:
    few, together = Worker(3), threading.Barrier(3)
    await asyncio.gather(*(call(few, lambda: together.wait(5)) for _ in range(3)))
    few.close()


async def test_result_does_not_wait_for_long_work_that_came_later(one: Worker) -> None:
    begun, held = threading.Event(), threading.Event()
    before = call(one, lambda: begun.wait(5))
    quick, slow = call(one, lambda: "quick"), call(one, lambda: held.wait(5))
    begun.set()
    async with asyncio.timeout(2):
        assert (await before, await quick) == (True, "quick")
    assert not slow.done()
    held.set()
    await slow


async def test_work_is_not_begun_that_nobody_waits_for_any_more(one: Worker) -> None:
    held, begun = threading.Event(), []
    first = call(one, lambda: held.wait(5))
    given_up = call(one, lambda: begun.append(1))
    given_up.cancel()
    held.set()
    await first
    await call(one, lambda: None)
    assert not begun


def test_worker_serves_one_loop_after_another(one: Worker) -> None:
    async def gone() -> None:
        for _ in range(20):
            call(one, lambda: time.sleep(0.005))

    async def there() -> object:
        return await call(one, lambda: "there")

    asyncio.run(gone())
    assert asyncio.run(there()) == "there"


async def test_write_is_synced_before_it_is_told(grouping: Worker, disk: CountedDisk) -> None:
    def write() -> int:
        grouping.synced_later()
        return disk.synced

    for before in range(3):
        assert await call(grouping, write) == before
        assert disk.synced == before + 1
    assert await call(grouping, lambda: "read") == "read"
    assert disk.synced == 3


async def test_one_sync_does_for_what_waits(grouping: Worker, disk: CountedDisk) -> None:
    held = threading.Event()
    first = call(grouping, lambda: held.wait(5))
    asked = [call(grouping, grouping.synced_later) for _ in range(2 * GROUP)]
    held.set()
    await asyncio.gather(first, *asked)
    assert disk.synced == 2


async def test_what_is_read_after_a_write_is_told_after_its_sync(
    grouping: Worker, disk: CountedDisk
) -> None:
    held = threading.Event()
    first = call(grouping, lambda: held.wait(5))
    disk.full = True
    both = call(grouping, grouping.synced_later), call(grouping, lambda: "read")
    held.set()
    told = await asyncio.gather(first, *both, return_exceptions=True)
    assert [type(one) for one in told] == [bool, OSError, OSError]


async def test_error_of_work_is_told_though_the_sync_fails(
    grouping: Worker, disk: CountedDisk
) -> None:
    disk.full = True
    both = call(grouping, grouping.synced_later), call(grouping, lambda: 1 // 0)
    told = await asyncio.gather(*both, return_exceptions=True)
    assert [type(one) for one in told] == [OSError, ZeroDivisionError]
    assert await call(grouping, lambda: "read") == "read"
