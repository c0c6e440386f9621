"""Reads several dates with a time, as people write them: one a line, or one behind the other."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from bot.errors import Unreadable
from bot.i18n import t
from bot.moments import WallTime, wall
from bot.options.basic import LongText, Reading
from bot.options.times import WallTimeKind

APART = re.compile(r"[\n;]|\\n")
BESIDE = re.compile(r",|\s(?:/|and|or|y|o|et|ou)\s", re.IGNORECASE)
HOUR = re.compile(r"(?:[01]?\d|2[0-3])(?:[:.h][0-5]?\d?)? ?(?:[ap]\.?m\.?|h|hrs?)?", re.IGNORECASE)
"""An hour alone: behind a date with a time it is on the same day."""
COMMAS = 4
"""Parts of one time at most, as in "Tuesday, 3 November, 2026, 15:00"."""


@dataclass(frozen=True, slots=True)
class SeveralTimes(LongText):
    """Some dates with a time, as people write them.

    Its value is a list of wall times, `most` at most, in the order of time and each once; a field
    that was emptied has none.
    """

    limit: int = 1000
    empty: Any = ()
    most: int = 10

    def read(self, raw: str, reading: Reading) -> Any:
        words = LongText.read(self, raw, reading)
        lines = [line.strip(" -*•,") for line in APART.split(words)]
        times = [at for line in lines if line for at in self._line(line, reading)]
        each = sorted({time.at: time for time in times}.values(), key=lambda time: time.at)
        if len(each) > self.most:
            many = {"count": len(each), "most": self.most}
            raise Unreadable(t("That's {count} dates. Please keep {most} at most.", **many))
        return each

    def raw(self, value: Any, reading: Reading) -> str:
        return "\n".join(wall(time.at, reading.zone) for time in value)

    def _line(self, line: str, reading: Reading) -> Sequence[WallTime]:
        """Read a line, which has one time or several with commas between. Raises Unreadable."""
        single = WallTimeKind(self.label)
        try:
            return [single.read(line, reading)]
        except Unreadable as unreadable:
            parts = [part.strip() for part in BESIDE.split(line) if part.strip()]
            if len(parts) < 2:
                raise _named(line, unreadable) from None
            return list(_times(single, parts, reading))


def _times(single: WallTimeKind, parts: Sequence[str], reading: Reading) -> Iterator[WallTime]:
    """Read times one behind the other: each takes as many parts as it needs. Raises Unreadable."""
    rest, day = [*parts], ""
    while rest:
        if day and HOUR.fullmatch(rest[0]):
            rest[0] = f"{day} {rest[0]}"
        time, taken = _first(single, rest, reading)
        day = time.wall[: len("2026-11-03")]
        del rest[:taken]
        yield time


def _first(single: WallTimeKind, parts: Sequence[str], reading: Reading) -> tuple[WallTime, int]:
    """Read the time that some parts begin with; gives how many it takes. Raises Unreadable."""
    problems: list[Unreadable] = []
    for count in range(1, min(COMMAS, len(parts)) + 1):
        try:
            return single.read(", ".join(parts[:count]), reading), count
        except Unreadable as unreadable:
            problems.append(unreadable)
    raise _named(parts[0], problems[0])


def _named(words: str, unreadable: Unreadable) -> Unreadable:
    """Name the time that was not understood, and what is wrong with it."""
    return Unreadable(t("{words}: {problem}", words=words[:60], problem=unreadable.text))
