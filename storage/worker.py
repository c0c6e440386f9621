"""Carries blocking work out beside the event loop, what is most urgent first."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from enum import IntEnum
from itertools import count
from queue import Empty, PriorityQueue
from threading import local
from typing import Any, TypeVar

Result = TypeVar("Result")
GROUP = 32
"""How many pieces of work are kept by one sync at most."""


class Rank(IntEnum):
    """How urgent work is; what is equally urgent is done in the order in which it was asked."""

    CALL = 0
    OUTBOX = 1
    WEB = 2


@dataclass(order=True, slots=True)
class QueuedWork:
    """A piece of work in the queue, who waits for it, and what came of it."""

    rank: Rank
    number: int
    work: Callable[[], object] = field(compare=False)
    waits: "asyncio.Future[Any]" = field(compare=False)
    result: object = field(compare=False, default=None)
    error: BaseException | None = field(compare=False, default=None)

    def do(self) -> None:
        """Do it."""
        try:
            self.result = self.work()
        except BaseException as error:  # noqa: BLE001  # whoever waits gets it, as of any future
            self.error = error

    def tell(self) -> None:
        """Tell whoever waits; a loop that was closed meanwhile waits for nothing."""
        with suppress(RuntimeError):
            self.waits.get_loop().call_soon_threadsafe(self._settle)

    def _settle(self) -> None:
        if self.waits.done():
            return
        if self.error is None:
            self.waits.set_result(self.result)
        else:
            self.waits.set_exception(self.error)


class Worker:
    """One thread or a few, and the queue they take work from.

    With `sync` commits are grouped: work that says `synced_later` has left its commit to be synced
    by us. Nothing done since is told before that, and what waits in the queue is done first, so
    that one sync does for a whole group. What `sync` raises is told instead of the results.
    """

    def __init__(self, threads: int, sync: Callable[[], None] | None = None) -> None:
        self.sync = sync
        self._queue: PriorityQueue[QueuedWork] = PriorityQueue()
        self._numbers = count()
        self._pool = ThreadPoolExecutor(threads, "worker")
        self._here = local()

    def run(self, work: Callable[[], Result], rank: Rank) -> "asyncio.Future[Result]":
        """Have work carried out; called from an event loop."""
        waits: asyncio.Future[Result] = asyncio.get_running_loop().create_future()
        self._queue.put(QueuedWork(rank, next(self._numbers), work, waits))
        self._pool.submit(self._group)
        return waits

    def groups_commits(self) -> bool:
        """Say whether this is a thread of ours that groups commits."""
        return self.sync is not None and hasattr(self._here, "unsynced")

    def synced_later(self) -> None:
        """Have what was committed just now synced before anybody is told; called by the work."""
        self._here.unsynced = True

    def close(self) -> None:
        """Finish what was asked."""
        self._pool.shutdown()

    def _group(self) -> None:
        """Do the first in the queue, and those after it as long as there is something to sync."""
        self._here.unsynced = False
        group: list[QueuedWork] = []
        while len(group) < GROUP and (job := self._next()) is not None:
            job.do()
            group.append(job)
            if not self._here.unsynced:
                break
        if self._here.unsynced:
            self._sync(group)
        for job in group:
            job.tell()

    def _next(self) -> QueuedWork | None:
        """Take the first that somebody still waits for."""
        with suppress(Empty):
            while (job := self._queue.get_nowait()).waits.cancelled():
                pass
            return job
        return None

    def _sync(self, group: list[QueuedWork]) -> None:
        assert self.sync is not None
        try:
            self.sync()
        except Exception as error:  # noqa: BLE001  # whoever waits gets it, as of any future
            for job in group:
                job.error = job.error or error
