"""Shows that work computed apart keeps to its limits, and what is said when it does not."""

import asyncio
import os
import signal
import time
from collections.abc import Mapping
from typing import Any

import pytest

from bot.notices import Work
from bot.scheduler.computing import Limits, NotComputed, apart, at_once
from bot.working import NICE

pytestmark = pytest.mark.processes


def nice(given: Mapping[str, Any]) -> dict[str, Any]:
    """Say how far this process stands back."""
    return {"nice": os.nice(0), "number": given["number"]}


def greedy(given: Mapping[str, Any]) -> dict[str, Any]:
    """Take more memory than there is."""
    return {"much": len(bytearray(1 << 40))}


def slow(given: Mapping[str, Any]) -> dict[str, Any]:
    """Take more time than there is."""
    time.sleep(600)
    return {}


def crashing(given: Mapping[str, Any]) -> dict[str, Any]:
    """End the process."""
    os.kill(os.getpid(), signal.SIGKILL)
    return {}


def broken(given: Mapping[str, Any]) -> dict[str, Any]:
    """Break."""
    raise ValueError("no such thing")


def test_work_is_computed_apart_and_stands_back() -> None:
    done = asyncio.run(apart(Work(nice, {"number": 7})))
    assert done["number"] == 7
    assert done["nice"] >= min(19, os.nice(0) + NICE)


@pytest.mark.parametrize(
    ("compute", "reason"),
    [
        (greedy, "memory"),
        (slow, "time"),
        (crashing, "signal: 9"),
        (broken, "ValueError: no such thing"),
    ],
)
def test_work_that_goes_wrong_says_why(compute: Any, reason: str) -> None:
    limits = Limits(seconds=0.5 if compute is slow else 60)
    with pytest.raises(NotComputed, match=reason):
        asyncio.run(apart(Work(compute, {}), limits))


def test_work_ends_with_whoever_waits_for_it() -> None:
    async def given_up() -> None:
        task = asyncio.ensure_future(apart(Work(slow, {})))
        await asyncio.sleep(0.2)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    asyncio.run(given_up())


def test_work_done_at_once_goes_wrong_in_the_same_way() -> None:
    with pytest.raises(NotComputed, match="ValueError: no such thing"):
        asyncio.run(at_once(Work(broken, {})))
