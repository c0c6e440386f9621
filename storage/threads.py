"""Carries blocking work out beside the event loop, and brings back in bunches what came of it."""

import asyncio
from collections import deque
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from threading import Lock
from typing import Any, TypeVar

Result = TypeVar("Result")
TOGETHER = 0.003
"""Seconds for which a result waits for others at the most, while there is more to do."""


@dataclass(slots=True)
class Job:
    """Some work, who waits for it, and what came of it."""

    work: Callable[[], object]
    waits: "asyncio.Future[Any]"
    result: object = None
    error: BaseException | None = None

    def do(self) -> None:
        """Do it, unless nobody waits for it any more."""
        if self.waits.cancelled():
            return
        try:
            self.result = self.work()
        except BaseException as error:  # noqa: BLE001  # whoever waits gets it, as of any future
            self.error = error

    def settle(self) -> None:
        """Tell whoever waits; called in their event loop."""
        if self.waits.done():
            return
        if self.error is None:
            self.waits.set_result(self.result)
        else:
            self.waits.set_exception(self.error)


class Threads:
    """A few threads that work off what is asked, in the order in which it was asked.

    To wake the event loop costs as much as a whole read. So a thread wakes it when there is nothing
    left to do; as long as there is, the loop looks by itself, every few milliseconds.
    """

    def __init__(self, number: int, name: str) -> None:
        self.number = number
        self._pool = ThreadPoolExecutor(number, name)
        self._asked: deque[Job] = deque()
        self._done: deque[Job] = deque()
        self._at_work = 0
        self._lock = Lock()
        self._looking: asyncio.AbstractEventLoop | None = None

    def run(self, work: Callable[[], Result]) -> "asyncio.Future[Result]":
        """Carry work out in one of the threads; called from an event loop."""
        loop = asyncio.get_running_loop()
        future: asyncio.Future[Result] = loop.create_future()
        with self._lock:
            self._asked.append(Job(work, future))
            idle = self._at_work < self.number
            self._at_work += idle
        if idle:
            self._pool.submit(self._work_off)
        if self._looking is not loop:
            self._looking = loop
            loop.call_later(TOGETHER, self._look, loop)
        return future

    def close(self) -> None:
        """Let the threads finish what was asked."""
        self._pool.shutdown()

    def _work_off(self) -> None:
        while (job := self._next()) is not None:
            job.do()
            self._done.append(job)
            if not self._asked:
                _call(job.waits.get_loop(), self._settle)

    def _next(self) -> Job | None:
        with self._lock:
            if self._asked:
                return self._asked.popleft()
            self._at_work -= 1
            return None

    def _look(self, loop: asyncio.AbstractEventLoop) -> None:
        """Look whether something was done, and once more as long as there is something to do."""
        self._settle()
        if self._at_work:
            loop.call_later(TOGETHER, self._look, loop)
        else:
            self._looking = None

    def _settle(self) -> None:
        here = asyncio.get_running_loop()
        while self._done:
            job = self._done.popleft()
            if job.waits.get_loop() is here:
                job.settle()
            else:
                _call(job.waits.get_loop(), job.settle)


def _call(loop: asyncio.AbstractEventLoop, back: Callable[[], None]) -> None:
    """Have a loop call back; one that was closed meanwhile waits for nothing."""
    with suppress(RuntimeError):
        loop.call_soon_threadsafe(back)
