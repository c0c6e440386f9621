"""Reads days and hours in the cells of a table, all of them in the same order of day and month."""

import re
from collections.abc import Iterable
from datetime import date, datetime, time

from bot.documents.entries import LeftOut
from bot.moments import Unclear, read_day, read_wall_time

NUMBERS = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4}|\d{2})(?:[ ,T]+(.+))?", re.ASCII)
ISO = re.compile(r"(\d{4})[./-](\d{1,2})[./-](\d{1,2})(?:[ ,T]+(.+))?", re.ASCII)
CLOCK = re.compile(r"(\d{1,2})[:.h](\d{2})(?::\d{2}(?:\.\d+)?)?\s*([ap])?\.?m?\.?", re.IGNORECASE)
BETWEEN = ("–", "—", " to ", " a ", " à ", "-")
"""What stands between the hours of a span."""
DAY_FIRST, MONTH_FIRST = "day", "month"
DAYS = 12
"""A number above it is no month."""


def order_of(cells: Iterable[str], locale: str) -> tuple[str, bool]:
    """Say whether the day or the month comes first in dates; and whether that was plain to see.

    One date that can be read in one order only decides for all.
    """
    seen, doubtful = set(), False
    for cell in cells:
        if match := NUMBERS.match(cell):
            first, second = int(match[1]), int(match[2])
            seen |= {DAY_FIRST} if first > DAYS else {MONTH_FIRST} if second > DAYS else set()
            doubtful = doubtful or first != second
    if len(seen) == 1:
        return seen.pop(), True
    american = locale.replace("_", "-").casefold() == "en-us"
    return (MONTH_FIRST if american else DAY_FIRST), not doubtful


class DayCells:
    """Reads days and hours; what was read once is kept, as tables say the same often."""

    def __init__(self, order: str, locale: str, now: datetime) -> None:
        language = locale.partition("-")[0]
        self.day_first = order == DAY_FIRST
        self.locale = locale if language != "en" else "en-GB" if self.day_first else "en-US"
        self.now = now

    def day(self, cell: str) -> tuple[date, str]:
        """Give the day in a cell, and the words behind it: an hour. Raises LeftOut."""
        try:
            if match := ISO.fullmatch(cell):
                return date(int(match[1]), int(match[2]), int(match[3])), match[4] or ""
            if match := NUMBERS.fullmatch(cell):
                first, second, year = int(match[1]), int(match[2]), int(match[3])
                day, month = (first, second) if self.day_first else (second, first)
                return date(year + 2000 * (year < 100), month, day), match[4] or ""
            return self._said(cell)
        except (ValueError, Unclear):
            raise LeftOut("date", cell) from None

    def _said(self, cell: str) -> tuple[date, str]:
        """Read a day that is written in words, with an hour or without."""
        try:
            return read_day(cell, locale=self.locale, zone="UTC", now=self.now), ""
        except Unclear:
            both = read_wall_time(cell, locale=self.locale, zone="UTC", now=self.now)
        hour = datetime.fromisoformat(both.wall)
        return hour.date(), f"{hour:%H:%M}" + (f"+{both.minutes}" if both.minutes else "")

    def hour(self, cell: str) -> tuple[time, int]:
        """Give the hour in a cell, and the minutes it takes where that is said. Raises LeftOut."""
        words, _, minutes = cell.partition("+")
        if span := _span(cell):
            begin, end = self._clock(span[0]), self._clock(span[1])
            return begin, (_minute(end) - _minute(begin)) % (24 * 60)
        return self._clock(words), int(minutes) if minutes.isdecimal() else 0

    def _clock(self, words: str) -> time:
        words = words.strip()
        try:
            if match := CLOCK.fullmatch(words):
                return _time(int(match[1]), int(match[2]), (match[3] or "").casefold())
            said = f"2026-01-15 {words}"
            read = read_wall_time(said, locale=self.locale, zone="UTC", now=self.now)
        except (ValueError, Unclear):
            raise LeftOut("hour", words) from None
        return datetime.fromisoformat(read.wall).time()


def _span(cell: str) -> tuple[str, str] | None:
    """Divide a span of time into its two hours; None for one hour."""
    for between in BETWEEN:
        begin, divided, end = cell.partition(between)
        if divided and any(map(str.isdigit, begin)) and end.strip()[:1].isdigit():
            return begin, end
    return None


def _time(hour: int, minute: int, half: str) -> time:
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    return time(hour, minute)


def _minute(clock: time) -> int:
    return clock.hour * 60 + clock.minute
