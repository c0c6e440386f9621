"""Holds what is measured beside what is wanted, and how to measure it on a busy machine."""

import asyncio
import gc
import statistics
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

Work = Callable[[], Awaitable[object]]
ROUNDS = 5
SECONDS = 0.4
"""How long one round of one kind of work lasts."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A line of the table: a figure, and the bound it has to keep, if there is one.

    `unit` stands behind both numbers; the bound is the least that is wanted, or the most with
    `at_most`. `seen` says what the figure was made from.
    """

    what: str
    measured: float
    wanted: float | None
    unit: str = "×"
    at_most: bool = False
    seen: str = ""

    @property
    def ok(self) -> bool:
        """Whether the figure keeps its bound."""
        if self.wanted is None:
            return True
        return self.measured <= self.wanted if self.at_most else self.measured >= self.wanted

    def cells(self) -> tuple[str, str, str, str, str]:
        """Write the line out: what, measured, wanted, ok, from what."""
        bound, ok = "", ""
        if self.wanted is not None:
            bound = f"{'≤' if self.at_most else '≥'} {shown(self.wanted)} {self.unit}"
            ok = "yes" if self.ok else "NO"
        return self.what, f"{shown(self.measured)} {self.unit}", bound, ok, self.seen


def shown(number: float) -> str:
    """Write a number with as many digits as help."""
    if abs(number) >= 100:
        return f"{number:,.0f}"
    return f"{number:.1f}" if abs(number) >= 10 else f"{number:.2f}".rstrip("0").rstrip(".")


async def rate(work: Work, at_once: int, seconds: float = SECONDS) -> float:
    """Do work over and over, `at_once` in flight; gives how often it was done in a second."""
    done = 0
    began = time.perf_counter()
    until = began + seconds

    async def worker() -> None:
        nonlocal done
        while time.perf_counter() < until:
            await work()
            done += 1

    await asyncio.gather(*(worker() for _ in range(at_once)))
    return done / (time.perf_counter() - began)


@dataclass(frozen=True, slots=True)
class Beside:
    """Rates of two kinds of work measured in turn, so that a busy moment strikes both alike."""

    ours: tuple[float, ...]
    theirs: tuple[float, ...]

    @property
    def ratio(self) -> float:
        """The median of the rounds' ratios."""
        return statistics.median(a / b for a, b in zip(self.ours, self.theirs, strict=True))

    @property
    def seen(self) -> str:
        """The median rates behind it."""
        ours, theirs = statistics.median(self.ours), statistics.median(self.theirs)
        return f"{ours:,.0f}/s beside {theirs:,.0f}/s"


async def beside(ours: Work, theirs: Work, at_once: int, rounds: int = ROUNDS) -> Beside:
    """Measure two kinds of work in turn, after a round that only warms up."""
    pairs: list[tuple[float, float]] = []
    for _ in range(rounds + 1):
        pairs.append((await rate(ours, at_once), await rate(theirs, at_once)))
    return Beside(tuple(a for a, _ in pairs[1:]), tuple(b for _, b in pairs[1:]))


def resident() -> float:
    """Give the megabytes this process holds."""
    gc.collect()
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    return int(status.partition("VmRSS:")[2].split()[0]) / 1024


def measured_apart(code: str) -> float:
    """Run code in a process of its own, and give the number it prints last."""
    command = [sys.executable, "-c", code]
    told = subprocess.run(command, capture_output=True, text=True, check=True)
    return float(told.stdout.split()[-1])


def in_turn(works: Iterable[Work]) -> Work:
    """Make one kind of work of several, done one after the other, over and over."""
    listed = list(works)
    at = -1

    async def next_one() -> object:
        nonlocal at
        at = (at + 1) % len(listed)
        return await listed[at]()

    return next_one
