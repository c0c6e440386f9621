"""Carries blocking work out beside the event loop, each of the two in its turn."""

import asyncio
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from threading import Event, Lock, local
from time import monotonic
from typing import Any, TypeVar

Result = TypeVar("Result")
ASIDE = 0.007
"""Seconds for which the event loop stands aside at a time."""
TOGETHER = 0.004
"""Seconds after which what was done together is told, though there is more to do."""
SOME, FEW, CROWD = 12, 4, 60
"""How many results are told at a time, few of a crowd, so that what comes in is heard between."""


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

    Python runs one thread at a time. Where two of them want to, each hands over to the other at
    every statement, which takes longer than the statement does. So the event loop stands aside
    while a thread that is the only one works: until nothing is left to do, or for some milliseconds
    at the most. Several threads wait for a server, and a long piece of work would hold up the loop:
    then it goes on meanwhile, and is woken by what was done.

    With `keep`, work may owe it: then that is called before what was done is told, once for all
    that was done together. What it raises is told instead.
    """

    def __init__(self, number: int, name: str, keep: Callable[[], None] | None = None) -> None:
        self.number = number
        self._keep = keep
        self._owing = local()
        self._pool = ThreadPoolExecutor(number, name)
        self._asked: deque[Job] = deque()
        self._done: deque[Job] = deque()
        self._at_work = 0
        self._lock = Lock()
        self._taking_turns: asyncio.AbstractEventLoop | None = None
        self._idle = Event()
        self._woken: set[asyncio.AbstractEventLoop] = set()

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
        if self.number == 1 and self._taking_turns is not loop:
            self._taking_turns = loop
            loop.call_soon(self._turn, loop)
        return future

    def close(self) -> None:
        """Let the threads finish what was asked."""
        self._pool.shutdown()

    def keeps(self) -> bool:
        """Say whether this is one of the threads, and can owe."""
        return self._keep is not None and hasattr(self._owing, "until")

    def owe(self) -> None:
        """Have what is done now kept before it is told; called by the work itself."""
        self._owing.until = self._owing.until or monotonic() + TOGETHER

    def _work_off(self) -> None:
        self._owing.until = 0.0
        together: list[Job] = []
        while (job := self._next()) is not None:
            job.do()
            together.append(job)
            if not self._asked or monotonic() > self._owing.until:
                self._tell(together)
                together.clear()
        self._idle.set()

    def _tell(self, jobs: Sequence[Job]) -> None:
        if self._owing.until and self._keep:
            self._owing.until = 0.0
            self._idle.set()  # a disk takes its time, in which the event loop can go on
            try:
                self._keep()
            except Exception as error:  # noqa: BLE001  # those who wait get it, as of any future
                for job in jobs:
                    job.error = job.error or error
        for job in jobs:
            self._done.append(job)
            if (loop := job.waits.get_loop()) is not self._taking_turns:
                self._wake(loop)

    def _next(self) -> Job | None:
        with self._lock:
            if self._asked:
                return self._asked.popleft()
            self._at_work -= 1
            return None

    def _wake(self, loop: asyncio.AbstractEventLoop) -> None:
        """Have a loop look what was done; one that was closed meanwhile waits for nothing."""
        if loop not in self._woken:
            self._woken.add(loop)
            with suppress(RuntimeError):
                loop.call_soon_threadsafe(self._settle)

    def _turn(self, loop: asyncio.AbstractEventLoop) -> None:
        """Stand aside, then tell what was done; and once more, unless that takes too long."""
        self._idle.clear()
        moves = not self._at_work or self._idle.wait(ASIDE) or bool(self._done)
        again = moves and (self._at_work > 0 or len(self._done) > self._at_a_time())
        self._taking_turns = loop if again else None
        self._settle()
        if again:
            loop.call_soon(self._turn, loop)

    def _at_a_time(self) -> int:
        return FEW if len(self._asked) + len(self._done) > CROWD else SOME

    def _settle(self) -> None:
        """Tell those who wait in this loop what was done, the first few of them."""
        here = asyncio.get_running_loop()
        self._woken.discard(here)
        for _ in range(min(self._at_a_time(), len(self._done))):
            job = self._done.popleft()
            if job.waits.get_loop() is here:
                job.settle()
            elif not job.waits.get_loop().is_closed():
                self._done.append(job)
        if self._done and self._taking_turns is not here:
            self._wake(self._done[0].waits.get_loop())
