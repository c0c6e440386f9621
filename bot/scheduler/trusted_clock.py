"""Tells the time, and does not follow a jump of the machine's clock until somebody confirms it."""

import time
from collections.abc import Awaitable, Callable, Iterable
from datetime import datetime, timedelta

import structlog

from bot.errors import PostError
from bot.scheduler import alarm
from storage.engine import DatabaseTrouble

log = structlog.get_logger()
JUMP = timedelta(seconds=60)
"""How far the clock may be from where it was expected to be, without being doubted."""
PATIENCE = 60.0
"""Seconds without anybody who knows the time after which that is no usual start."""
Reference = Callable[[], Awaitable[datetime | None]]
"""Tells the time as a platform or a database has it; None when it has none."""


class TrustedClock:
    """The wall clock, held against one that only ever runs forward.

    A machine that was asleep, or whose clock was set, jumps. A wrong jump forward would send the
    reminders of next month now; so time goes on as before until a reference was asked. `silent`
    says that none has answered for longer than it takes at a usual start.
    """

    def __init__(
        self,
        wall: Callable[[], datetime] = alarm.now,
        steady: Callable[[], float] = time.monotonic,
    ) -> None:
        self.wall = wall
        self.steady = steady
        self.doubted = True
        self._wrong = timedelta(0)  # what the wall clock is to be set right by
        self._anchor = (wall(), steady())
        self._waits: float | None = None
        self.silent = False

    def __call__(self) -> datetime:
        """Tell the time, in UTC."""
        read = self.wall() + self._wrong
        at, since = self._anchor
        expected = at + timedelta(seconds=self.steady() - since)
        if abs(read - expected) > JUMP:
            self.doubted = True
            return expected
        self._anchor = (read, self.steady())
        return read

    def latest(self) -> datetime:
        """Tell the time by whichever clock is ahead: leases are over when either says so."""
        return max(self(), self.wall() + self._wrong)

    async def sure(self, references: Iterable[Reference]) -> bool:
        """Say whether the time is beyond doubt, after asking where it is not.

        The first to answer is believed. Where nobody has a time, there is nothing but the wall.
        """
        self()
        if not self.doubted:
            return True
        silent = False
        for reference in references:
            try:
                told = await reference()
            except (PostError, DatabaseTrouble):
                silent = True
                continue
            if told is not None:
                self._settle(told)
                return True
        if silent:
            self._wait()
            return False
        self._settle(self.wall())
        return True

    def _settle(self, told: datetime) -> None:
        wall = self.wall()
        right = abs(told - wall) <= JUMP
        self._wrong = timedelta(0) if right else told - wall
        if not right:
            log.error("the clock of this machine is wrong", action="clock", off=str(wall - told))
        self._anchor = (wall + self._wrong, self.steady())
        self.doubted = self.silent = False
        self._waits = None

    def _wait(self) -> None:
        """Say that nothing is sent, once, and not at a start that takes its usual time."""
        self._waits = self.steady() if self._waits is None else self._waits
        if not self.silent and self.steady() - self._waits > PATIENCE:
            self.silent = True
            log.error("nothing is sent until somebody confirms the time", action="clock")
