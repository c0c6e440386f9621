"""Shows that nothing that goes on beside everything else ends unheard."""

import asyncio
from collections.abc import Iterator, Sequence
from threading import Event

import pytest
from structlog.testing import capture_logs

from bot.background import aside, begun, kept_up, thread


class Chore:
    """Work that breaks as told, and then is done."""

    def __init__(self, errors: Sequence[Exception]) -> None:
        self.errors: Iterator[Exception] = iter(errors)
        self.times = 0

    async def __call__(self) -> None:
        self.times += 1
        for error in self.errors:
            raise error


async def test_what_breaks_is_begun_anew_until_it_is_done() -> None:
    work = Chore([KeyError("a"), OSError("b")])
    with capture_logs() as logs:
        await kept_up("work", work, first=0.001)
    assert work.times == 3
    assert [(one["action"], one["again_in"]) for one in logs] == [("work", 0.001), ("work", 0.002)]


async def test_what_is_final_is_not_begun_anew() -> None:
    work = Chore([KeyError("a"), PermissionError("refused")])
    with pytest.raises(PermissionError):
        await kept_up("work", work, final=(PermissionError,), first=0.001)
    assert work.times == 2


async def test_what_nobody_awaits_says_in_the_log_how_it_broke() -> None:
    with capture_logs() as logs:
        await asyncio.wait({aside(Chore([KeyError("a")])(), "work")})
        await asyncio.sleep(0)
    assert [(one["action"], one["log_level"]) for one in logs] == [("work", "error")]


async def test_what_is_let_go_is_no_error() -> None:
    with capture_logs() as logs:
        task = aside(asyncio.sleep(60), "work")
        task.cancel()
        await asyncio.wait({task})
    assert logs == []


async def test_what_is_awaited_tells_whoever_awaits_it() -> None:
    with pytest.raises(KeyError):
        await begun(Chore([KeyError("a")])())


def test_thread_says_in_the_log_how_it_broke() -> None:
    over = Event()

    def work() -> None:
        try:
            raise KeyError("a")
        finally:
            over.set()

    with capture_logs() as logs:
        thread(work, "lines").join(10)
    assert over.is_set()
    assert [(one["action"], one["log_level"]) for one in logs] == [("lines", "error")]
