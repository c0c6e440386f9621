"""Describes time zones as calendars read them (VTIMEZONE), from the data of all our instants."""

import re
from bisect import bisect
from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from zoneinfo import TZPATH, ZoneInfo

_NAME = r"(?:[A-Za-z]{3,}|<[^>]+>)"
_CLOCK = r"[+-]?\d{1,3}(?::\d\d){0,2}"
_DAY = rf"M(\d{{1,2}})\.([1-5])\.([0-6])(?:/({_CLOCK}))?"
POSIX = re.compile(rf"{_NAME}({_CLOCK}){_NAME}({_CLOCK})?,{_DAY},{_DAY}")
"""A zone's rule as the last line of its data has it (POSIX, TZ), by month, week and weekday."""
WEEKDAYS = ("SU", "MO", "TU", "WE", "TH", "FR", "SA")
DAY, HOUR = timedelta(days=1), timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class YearlyRule:
    """The moment of each year at which a zone changes its clocks.

    It is `after` the start of the `week`-th `weekday` of a month, by the clock before the change;
    the fifth week is the last. Sunday is 0.
    """

    month: int
    week: int
    weekday: int
    after: timedelta

    def wall(self, year: int) -> datetime:
        """Give it on the wall in a year."""
        return datetime.combine(date(year, self.month, self._day(year)), time()) + self.after

    def _day(self, year: int) -> int:
        first = (date(year, self.month, 1).isoweekday() - self.weekday) % 7
        day = 1 + (7 - first) % 7 + 7 * (self.week - 1)
        return day if day <= monthrange(year, self.month)[1] else day - 7

    def rrule(self) -> str | None:
        """Give it as a rule of iCalendar, None where there is none.

        Hours beyond the day are on another day of the week, some days of the month later.
        """
        days = self.after // DAY
        weekday = WEEKDAYS[(self.weekday + days) % 7]
        if not days:
            week = -1 if self.week == 5 else self.week
            return f"FREQ=YEARLY;BYMONTH={self.month};BYDAY={week}{weekday}"
        length = monthrange(2001, self.month)[1]
        begin = (length - 6 if self.week == 5 else 7 * self.week - 6) + days
        varies = self.month == 2 and self.week == 5
        if varies or begin < 1 or begin + 6 > length:
            return None
        month_days = ",".join(str(day) for day in range(begin, begin + 7))
        return f"FREQ=YEARLY;BYMONTH={self.month};BYMONTHDAY={month_days};BYDAY={weekday}"


@dataclass(frozen=True, slots=True)
class OffsetChange:
    """That the clocks of a zone change: at an instant, from one offset to another."""

    at: datetime
    before: timedelta
    after: timedelta

    @property
    def wall(self) -> datetime:
        """The instant on the wall, by the clock before the change."""
        return self.at.replace(tzinfo=None) + self.before

    @property
    def ahead(self) -> bool:
        """Whether the clocks go forward."""
        return self.after > self.before


@lru_cache(maxsize=1024)
def described(name: str, first: int, last: int) -> tuple[str, ...]:
    """Give the lines of the VTIMEZONE of a zone that is right from one year to another.

    They are yearly rules where the zone has some: many readers take of a list of dates only the
    first. Raises ZoneInfoNotFoundError, a KeyError, for a zone that is not in the data.
    """
    zone = ZoneInfo(name)
    changes = tuple(_changes(zone, first - 1, last + 1))
    observances = _by_rules(_rules(name), changes, first - 1, last + 1)
    lines = observances or [*_first(zone, first - 1), *_by_dates(changes)]
    return ("BEGIN:VTIMEZONE", f"TZID:{name}", *lines, "END:VTIMEZONE")


def _changes(zone: ZoneInfo, first: int, last: int) -> Iterator[OffsetChange]:
    """Find the changes of the clocks between two years; there is at most one within a day."""
    days = (date(last + 1, 1, 1) - date(first, 1, 1)).days
    begin = datetime(first, 1, 1, tzinfo=UTC)
    for start in (begin + DAY * number for number in range(days)):
        before, after = _offset(zone, start), _offset(zone, start + DAY)
        if before != after:
            seconds = range(int(DAY.total_seconds()))
            place = bisect(
                seconds, 0, key=lambda s: int(_offset(zone, start + timedelta(seconds=s)) != before)
            )
            yield OffsetChange(start + timedelta(seconds=place), before, after)


def _offset(zone: ZoneInfo, at: datetime) -> timedelta:
    return at.astimezone(zone).utcoffset() or timedelta(0)


def _rules(name: str) -> tuple[YearlyRule, YearlyRule] | None:
    """Read by which rules a zone changes its clocks from now on; None where by no two."""
    footer = _zone_data(name).rstrip(b"\n").rsplit(b"\n", 1)[-1].decode("ascii", "replace")
    rule = POSIX.fullmatch(footer)
    return (_rule(rule.groups()[2:6]), _rule(rule.groups()[6:10])) if rule else None


def _rule(parts: Sequence[str | None]) -> YearlyRule:
    month, week, weekday, clock = parts
    sign, figures = re.fullmatch(r"([+-]?)(.*)", clock or "2").groups()  # type: ignore[union-attr]
    hours, minutes, seconds = map(int, (*figures.split(":"), "0", "0")[:3])
    after = timedelta(hours=hours, minutes=minutes, seconds=seconds)
    return YearlyRule(
        int(month or 0), int(week or 0), int(weekday or 0), -after if sign == "-" else after
    )


def _zone_data(name: str) -> bytes:
    """Read the data of a zone where `ZoneInfo` reads it: in the system, else in the package."""
    for folder in TZPATH:
        file = Path(folder) / name
        if file.is_file():
            return file.read_bytes()
    return files("tzdata").joinpath("zoneinfo", *name.split("/")).read_bytes()


def _by_rules(
    rules: Sequence[YearlyRule] | None, changes: Sequence[OffsetChange], first: int, last: int
) -> list[str]:
    """Describe a zone by its rules, if they give all the changes there are, and no others."""
    if rules is None or len(changes) != 2 * (last - first + 1):
        return []
    lines: list[str] = []
    for rule in rules:
        own = [change for change in changes if change.wall == rule.wall(change.wall.year)]
        rrule = rule.rrule()
        same = len({(change.before, change.after) for change in own}) == 1
        if rrule is None or not same or len(own) != last - first + 1:
            return []
        lines += _observance(own[0], f"RRULE:{rrule}")
    return lines


def _by_dates(changes: Sequence[OffsetChange]) -> Iterator[str]:
    """Describe a zone by all its changes, one line each."""
    for kind in dict.fromkeys((change.before, change.after) for change in changes):
        own = [change for change in changes if (change.before, change.after) == kind]
        yield from _observance(own[0], *(f"RDATE:{_clock(change.wall)}" for change in own[1:]))


def _first(zone: ZoneInfo, year: int) -> list[str]:
    """Describe how a zone stands at the beginning, before it changes."""
    offset = _offset(zone, datetime(year, 1, 1, tzinfo=UTC))
    return _observance(OffsetChange(datetime(1970, 1, 1, tzinfo=timezone(offset)), offset, offset))


def _observance(change: OffsetChange, *more: str) -> list[str]:
    """Describe since when a zone has an offset."""
    kind = "DAYLIGHT" if change.ahead else "STANDARD"
    return [
        f"BEGIN:{kind}",
        f"DTSTART:{_clock(change.wall)}",
        f"TZOFFSETFROM:{_signed(change.before)}",
        f"TZOFFSETTO:{_signed(change.after)}",
        *more,
        f"END:{kind}",
    ]


def _clock(wall: datetime) -> str:
    return f"{wall:%Y%m%dT%H%M%S}"


def _signed(offset: timedelta) -> str:
    sign, seconds = "-" if offset < timedelta(0) else "+", abs(int(offset.total_seconds()))
    written = f"{sign}{seconds // 3600:02}{seconds // 60 % 60:02}"
    return written + (f"{seconds % 60:02}" if seconds % 60 else "")
