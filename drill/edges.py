"""Strikes a sending process at a chosen edge, from parts put around the real ones."""

import asyncio
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any, cast

from bot.chat import Message, MessageRef, Place
from bot.i18n import Text
from bot.protocol import IN_TIME, Adapter, Reader, Target
from storage import Storage, Transaction
from storage.queue import Queue

STEPS = ("claim", "begin_sending", "sent", "finish", "take_over")
"""What the queue is asked inside a transaction; before and after its commit are edges."""
EDGES = (
    *(f"{side} {step}" for step in STEPS for side in ("before", "after")),
    "before post",
    "at the last look",
    "during post",
    "after post",
    "after find",
)


@dataclass(slots=True)
class Doom:
    """What strikes the process that comes by an edge for the `times`-th time; no edge: nothing."""

    edge: str = ""
    times: int = 1
    strike: signal.Signals = signal.SIGKILL
    during: float = 0.05
    """Seconds into a request, for the edge `during post`."""
    writing: threading.RLock = field(default_factory=threading.RLock)
    """Held by the thread that is in a transaction that writes."""

    def pass_by(self, edge: str) -> None:
        """Go on, or not."""
        if edge == self.edge:
            self.times -= 1
            if self.times == 0:
                self._strike()

    def _strike(self) -> None:
        """Stop this thread here and now; another might let it run on into a transaction.

        Whoever is suspended while another of its threads writes would keep all others from the
        SQLite file as well: nobody could take over, and nothing would be shown.
        """
        with self.writing if self.strike is signal.SIGSTOP else nullcontext():
            signal.pthread_kill(threading.get_ident(), self.strike)


class Noted:
    """A queue that notes which steps were asked of it, not for nothing."""

    def __init__(self, queue: Queue) -> None:
        self.queue = queue
        self.steps: list[str] = []

    def __getattr__(self, name: str) -> Any:
        asked = getattr(self.queue, name)
        return partial(self._noted, name, asked) if name in STEPS else asked

    def _noted(self, name: str, asked: Callable[..., Any], *args: Any, **more: Any) -> Any:
        found = asked(*args, **more)
        if found or (found is None and args[0]):
            self.steps.append(name)
        return found


class Edged(Storage):
    """A database with edges before and after the commits of the queue."""

    def __init__(self, url: str, doom: Doom, queue: type[Queue] = Queue) -> None:
        super().__init__(url)
        self.doom = doom
        self.queue = queue

    @contextmanager
    def write(self) -> Iterator[Transaction]:
        """Open a transaction that may not live to see its commit, or what comes after it."""
        with self.doom.writing, super().write() as transaction:
            noted = Noted(self.queue(transaction.db))
            transaction.queue = cast(Queue, noted)
            yield transaction
            self._pass_by("before", noted.steps)
        self._pass_by("after", noted.steps)

    def _pass_by(self, side: str, steps: Sequence[str]) -> None:
        for step in dict.fromkeys(steps):
            self.doom.pass_by(f"{side} {step}")


class Struck:
    """A platform's real adapter, with edges around each request."""

    def __init__(self, adapter: Adapter, doom: Doom) -> None:
        self.adapter = adapter
        self.doom = doom
        self.name = adapter.name
        self.gap = adapter.gap
        self.edits, self.finds = adapter.edits, adapter.finds
        self.gathers, self.founds = adapter.gathers, adapter.founds

    async def start(self, listen: bool = True) -> None:
        """Connect."""
        await self.adapter.start(listen)

    async def stop(self) -> None:
        """Disconnect."""
        await self.adapter.stop()

    async def post(self, target: Target, message: Message, reader: Reader, key: str) -> MessageRef:
        """Post a message, with edges before, during and after. Raises a PostError."""
        self.doom.pass_by("before post")
        IN_TIME.set(partial(self._last_look, IN_TIME.get()))
        loop = asyncio.get_running_loop()
        during = loop.call_later(self.doom.during, self.doom.pass_by, "during post")
        try:
            ref = await self.adapter.post(target, message, reader, key)
        finally:
            during.cancel()
        self.doom.pass_by("after post")
        return ref

    def _last_look(self, in_time: Callable[[], bool]) -> bool:
        self.doom.pass_by("at the last look")
        return in_time()

    async def edit(self, ref: MessageRef, message: Message, reader: Reader) -> None:
        """Put a message in the place of another. Raises a PostError."""
        await self.adapter.edit(ref, message, reader)

    async def find(self, target: Target, key: str, since: datetime) -> MessageRef | None:
        """Look a message up, with an edge after. Raises a PostError."""
        found = await self.adapter.find(target, key, since)
        self.doom.pass_by("after find")
        return found

    async def obstacle(self, place: Place) -> Text | None:
        """Say why nothing can be posted in a channel. Raises a PostError."""
        return await self.adapter.obstacle(place)

    async def time(self) -> datetime | None:
        """Tell the time as the platform has it. Raises a PostError."""
        return await self.adapter.time()
