"""Measures how long the longest words that are taken hold the loop, of those made to do so."""

import time
from collections.abc import Callable

from bench.rows import Figure
from bot.i18n.texts import LONGEST
from tests.hostile import HOSTILE, READERS, RENDERERS

MOST_MS = 50.0
ROUNDS = 3


def rows() -> list[Figure]:
    """Measure everything that reads or shows people's words, each at its slowest pattern."""
    works = {**READERS, **RENDERERS}
    return [_slowest(name, works[name]) for name in works]


def _slowest(name: str, work: Callable[[str], object]) -> Figure:
    taken = {kind: _milliseconds(work, write(LONGEST)) for kind, write in HOSTILE.items()}
    kind = max(taken, key=lambda one: taken[one])
    what = f"hostile words, {name}"
    return Figure(
        what, taken[kind], MOST_MS, "ms", at_most=True, seen=f"{LONGEST} characters: {kind}"
    )


def _milliseconds(work: Callable[[str], object], words: str) -> float:
    return 1000 * min(_seconds(work, words) for _ in range(ROUNDS))


def _seconds(work: Callable[[str], object], words: str) -> float:
    began = time.process_time()
    work(words)
    return time.process_time() - began
