"""Makes sure that what is asked of the storage's threads is done, in order, and told at once."""

import asyncio
import threading
import time
from collections.abc import Iterator
from functools import partial

import pytest

from storage.threads import Threads


@pytest.fixture
def one() -> Iterator[Threads]:
    threads = Threads(1, "test")
    yield threads
    threads.close()


async def test_work_is_done_elsewhere_and_its_result_comes_back(one: Threads) -> None:
    assert await one.run(threading.current_thread) is not threading.current_thread()


async def test_error_reaches_whoever_waits_and_nobody_else(one: Threads) -> None:
    failing, working = one.run(lambda: 1 // 0), one.run(lambda: "done")
    with pytest.raises(ZeroDivisionError):
        await failing
    assert await working == "done"


async def test_work_is_done_in_the_order_in_which_it_was_asked(one: Threads) -> None:
    seen: list[int] = []
    await asyncio.gather(*(one.run(partial(seen.append, n)) for n in range(500)))
    assert seen == [*range(500)]


async def test_several_threads_work_side_by_side() -> None:
    few, together = Threads(3, "test"), threading.Barrier(3)
    await asyncio.gather(*(few.run(lambda: together.wait(5)) for _ in range(3)))
    few.close()


async def test_result_does_not_wait_for_long_work_that_came_later(one: Threads) -> None:
    begun, held = threading.Event(), threading.Event()
    before = one.run(lambda: begun.wait(5))
    quick, slow = one.run(lambda: "quick"), one.run(lambda: held.wait(5))
    begun.set()
    async with asyncio.timeout(2):
        assert (await before, await quick) == (True, "quick")
    assert not slow.done()
    held.set()
    await slow


async def test_loop_goes_on_beside_long_work(one: Threads) -> None:
    held = threading.Event()
    slow = one.run(lambda: held.wait(5))
    async with asyncio.timeout(2):
        for _ in range(100):
            await asyncio.sleep(0)
    assert not slow.done()
    held.set()
    assert await slow


async def test_others_have_a_turn_between_results(one: Threads) -> None:
    asked = [one.run(partial(int, number)) for number in range(100)]
    seen = set()
    async with asyncio.timeout(5):
        while not asked[-1].done():
            await asyncio.sleep(0)
            seen.add(sum(future.done() for future in asked))
    assert await asyncio.gather(*asked) == [*range(100)]
    assert len(seen) > 5


async def test_several_threads_hold_nobody_up() -> None:
    few, held = Threads(2, "test"), threading.Event()
    slow, quick = few.run(lambda: held.wait(5)), few.run(lambda: "quick")
    async with asyncio.timeout(2):
        assert await quick == "quick"
    held.set()
    await slow
    few.close()


async def test_work_is_not_begun_that_nobody_waits_for_any_more(one: Threads) -> None:
    held, begun = threading.Event(), []
    first = one.run(lambda: held.wait(5))
    given_up = one.run(lambda: begun.append(1))
    given_up.cancel()
    held.set()
    await first
    await one.run(lambda: None)
    assert not begun


def test_threads_serve_one_loop_after_another(one: Threads) -> None:
    async def gone() -> None:
        for _ in range(20):
            one.run(lambda: time.sleep(0.005))

    async def there() -> str:
        return await one.run(lambda: "there")

    asyncio.run(gone())
    assert asyncio.run(there()) == "there"


async def test_what_is_owed_is_kept_before_it_is_told() -> None:
    kept: list[int] = []

    def write() -> int:
        keeping.owe()
        return len(kept)

    keeping = Threads(1, "test", lambda: kept.append(1))
    for before in range(3):
        assert await keeping.run(write) == before
        assert len(kept) == before + 1
    assert await keeping.run(lambda: "read") == "read"
    assert len(kept) == 3
    keeping.close()


async def test_what_is_owed_does_not_wait_for_all_that_comes() -> None:
    keeping = Threads(1, "test", lambda: None)

    def write() -> None:
        time.sleep(0.001)
        keeping.owe()

    asked = [keeping.run(write) for _ in range(100)]
    await asked[0]
    assert not asked[-1].done()
    await asyncio.gather(*asked)
    keeping.close()


async def test_what_keeping_raises_is_told_in_the_place_of_results() -> None:
    def full() -> None:
        raise OSError("full")

    keeping = Threads(1, "test", full)
    both = keeping.run(keeping.owe), keeping.run(lambda: 1 // 0)
    told = await asyncio.gather(*both, return_exceptions=True)
    assert [type(one) for one in told] == [OSError, ZeroDivisionError]
    assert await keeping.run(lambda: "read") == "read"
    keeping.close()
