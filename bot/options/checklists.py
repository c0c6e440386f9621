"""Reads a checklist as people write it: what is to be done and when, one line each."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from bot.domain.checklists import ToDo
from bot.errors import Unreadable
from bot.i18n import Text, joined, t, tn
from bot.moments.distance import read_distance
from bot.options.basic import LongText, Reading, worded

MOST, LONGEST = 20, 150
NAMED = 3
"""How many lines are named that could not be read."""
_SIGNS = re.compile(r"^(?:[-*•–—·☐]|\[ ?\]|\d{1,2}[.)])\s*")
# Where spaces begin, so that a row of them is gone through once.
_PARTED = re.compile(r"(?<!\s)(?:\s*[:;,|(]\s*|\s+[-–—=→]\s+|\s*→\s*)")
_AROUND = " \t\u202f\u00a0:;,.-–—()"
WORDS = 8
"""Words of which a distance has no more."""


@dataclass(frozen=True, slots=True)
class ChecklistKind(LongText):
    """What is to be done, one a line, each with its days before or after the start."""

    empty: Any = ()

    def read(self, raw: str, reading: Reading) -> Any:
        lines = [_SIGNS.sub("", line) for line in LongText.read(self, raw, reading).splitlines()]
        lines = [line for line in lines if line.strip()]
        items = {line: read_line(line) for line in lines}
        if unclear := [line for line, item in items.items() if item is None]:
            raise _unclear(unclear)
        if len(lines) > MOST:
            raise Unreadable(t("That's more than {most} lines. Please shorten it.", most=MOST))
        return [item for item in items.values() if item]

    def raw(self, value: Any, reading: Reading) -> str:
        written = (f"{one.words}: {worded(day(one.days), reading.locale)}" for one in value)
        return "\n".join(written)


def day(days: int) -> Text:
    """Say how long before or after the start that is."""
    if days == 0:
        return t("on the day")
    if days < 0:
        return tn("{count} day before", "{count} days before", -days)
    return tn("{count} day after", "{count} days after", days)


def _unclear(lines: Sequence[str]) -> Unreadable:
    named = joined([t("“{words}”", words=line[:60]) for line in lines[:NAMED]], ", ")
    asked = t("I can't tell when this is to be done: {lines}.", lines=named)
    example = t("Write it like this: book interpretation: 14 days before")
    return Unreadable(joined((asked, example)))


def read_line(line: str) -> ToDo | None:
    """Read one line; None where no day stands at its beginning or end, or two different ones."""
    read = dict.fromkeys(_readings(line, _parted(line))) or dict.fromkeys(
        _readings(line, _spaced(line))
    )
    days = {item.days for item in read}
    if len(days) != 1:
        return None
    item = min(read, key=lambda one: len(one.words))
    return item if len(item.words) <= LONGEST else None


def _parted(line: str) -> Iterator[tuple[int, int]]:
    """Give where a line is parted by signs: an end, and a beginning behind it."""
    for sign in _PARTED.finditer(line):
        yield sign.span()


def _spaced(line: str) -> Iterator[tuple[int, int]]:
    """Give where a line can be parted between two words."""
    for sign in re.finditer(r"\s+", line):
        yield sign.span()


def _readings(line: str, parts: Iterator[tuple[int, int]]) -> Iterator[ToDo]:
    for end, begin in parts:
        first, rest = line[:end].strip(_AROUND), line[begin:].strip(_AROUND)
        for words, distance in ((rest, first), (first, rest)):
            days = read_distance(distance) if len(distance.split()) <= WORDS else None
            if days is not None and words:
                yield ToDo(words, days)
