"""Turns a time on the wall that comes again into instants, whatever the clocks do meanwhile."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice, pairwise
from typing import Literal
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr

Reason = Literal["unreadable", "too_often", "too_many", "never", "too_far", "no_zone"]
WORDS: Mapping[Reason, str] = {
    "unreadable": "This is no rule that can be followed.",
    "too_often": "It can come once a day at most, at the hour on the wall.",
    "too_many": "That is too often or too many times in a row.",
    "never": "No day fits this rule.",
    "too_far": "That is too far away.",
    "no_zone": "There is no such time zone.",
}
HORIZON = timedelta(days=3660)
"""How far one looks ahead at most: ten years, a little rounded up."""
MOST = 3660
"""The highest COUNT and INTERVAL."""

_YEARS = range(1970, 2500)
_WEEKDAY = "(?:MO|TU|WE|TH|FR|SA|SU)"
_WEEK = r"[+-]?(?:0?[1-9]|[1-4]\d|5[0-3])"
_DAY = r"[+-]?(?:[1-9]\d?|[12]\d\d|3[0-5]\d|36[0-6])"
_PARTS = {
    "FREQ": "DAILY|WEEKLY|MONTHLY|YEARLY",
    "INTERVAL": r"\d{1,4}",
    "COUNT": r"\d{1,4}",
    "UNTIL": r"\d{8}(?:T\d{6}Z?)?",
    "WKST": _WEEKDAY,
    "BYDAY": f"(?:{_WEEK})?{_WEEKDAY}",
    "BYMONTH": r"0?[1-9]|1[0-2]",
    "BYMONTHDAY": r"[+-]?(?:0?[1-9]|[12]\d|3[01])",
    "BYYEARDAY": _DAY,
    "BYWEEKNO": _WEEK,
    "BYSETPOS": _DAY,
}
_WITHIN_A_DAY = {"BYHOUR", "BYMINUTE", "BYSECOND"}


class Unworkable(ValueError):
    """A rule that nobody could keep to; `reason` says why, and the message in plain words."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(WORDS[reason])
        self.reason: Reason = reason


@dataclass(frozen=True, slots=True)
class Recurrence:
    """A time on the wall that comes again.

    `first` is naive, exact to the second, and to be read in `zone` (IANA). `rule` is an RRULE
    (RFC 5545, section 3.3.10) without hours, as the hour is that of `first`. The rule alone says
    on which days it comes, from the day of `first` on. Raises Unworkable, also where no day fits
    within ten years; ValueError for a `first` that has a zone of its own.
    """

    first: datetime
    zone: str
    rule: str

    def __post_init__(self) -> None:
        if self.first.tzinfo:
            raise ValueError("the zone is given apart")
        if self.first.year not in _YEARS:
            raise Unworkable("too_far")
        _zone(self.zone)
        _checked(_parts(self.rule))
        begin = self.first.replace(tzinfo=UTC)
        if next(_all(self), begin + 2 * HORIZON) > begin + HORIZON:
            raise Unworkable("never")


def instants(recurrence: Recurrence, begin: datetime, end: datetime) -> Iterator[datetime]:
    """List when it comes from `begin` on and before `end`, in UTC, each instant once.

    The days are found on the wall, then each is given its zone. A time that the clocks skip moves
    forward by what they skip, of two equal times the first is meant (RFC 5545, section 3.3.5).
    ValueError for a stretch of more than ten years.
    """
    if end - begin > HORIZON:
        raise ValueError("more than ten years at once")
    last = None
    for at in _all(recurrence):
        if at >= end:
            return
        if at >= begin and at != last:
            yield at
        last = at


def occurrences(
    recurrence: Recurrence, since: datetime | None = None, limit: int = MOST
) -> Iterator[tuple[datetime, datetime]]:
    """List the dates from `since` on, each on the wall as the rule has it, and in UTC.

    The wall of a time that the clocks skip is what they skip; the instant is that of `instants`.
    """
    pairs = ((wall, at) for wall, at in _dates(recurrence) if since is None or at >= since)
    return islice(pairs, limit)


def first_from(rrule: str, day: date, hour: str, zone: str) -> datetime:
    """Give the first date of a rule from a local day on, on the wall.

    A rule for every second week or month counts from there. Raises Unworkable.
    """
    once = ";".join(part for part in rrule.split(";") if not part.startswith(("INTERVAL", "COUNT")))
    _checked(_parts(rrule))
    start = datetime.combine(day, time.fromisoformat(hour))
    return next(occurrences(Recurrence(start, zone, once)))[0]


def uncapped(rrule: str) -> str:
    """Give a rule without its end."""
    parts = rrule.split(";")
    return ";".join(part for part in parts if not part.startswith(("COUNT=", "UNTIL=")))


def cap_of(rrule: str) -> str:
    """Give the part of a rule that ends it, COUNT or UNTIL; nothing where it has no end."""
    parts = rrule.split(";")
    return next((part for part in parts if part.startswith(("COUNT=", "UNTIL="))), "")


def until(last: date) -> str:
    """Write the part of a rule that ends it with a local day."""
    return f"UNTIL={last:%Y%m%d}"


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ValueError, OSError, KeyError):  # no zone, a folder, a name with ".." in it
        raise Unworkable("no_zone") from None


def _parts(rule: str) -> dict[str, str]:
    """Take a rule apart. Raises Unworkable for what is no rule, or one for times of the day."""
    pairs = [part.partition("=") for part in rule.upper().removeprefix("RRULE:").split(";")]
    parts = {name: value for name, _, value in pairs}
    if parts.keys() & _WITHIN_A_DAY or parts.get("FREQ") in ("HOURLY", "MINUTELY", "SECONDLY"):
        raise Unworkable("too_often")
    if len(parts) < len(pairs) or "FREQ" not in parts or {"COUNT", "UNTIL"} <= parts.keys():
        raise Unworkable("unreadable")
    for name, value in parts.items():
        one = _PARTS.get(name, "(?!)")
        more = f"(?:,(?:{one}))*" if name.startswith("BY") else ""
        if not re.fullmatch(f"(?:{one}){more}", value, re.ASCII):
            raise Unworkable("unreadable")
    return parts


def _checked(parts: Mapping[str, str]) -> None:
    for name in ("COUNT", "INTERVAL"):
        if not 1 <= int(parts.get(name, "1")) <= MOST:
            raise Unworkable("too_many")
    if parts["FREQ"] in ("DAILY", "WEEKLY") and re.search(r"\d", parts.get("BYDAY", "")):
        raise Unworkable("unreadable")  # "the second Monday" of which month?


def _all(recurrence: Recurrence) -> Iterator[datetime]:
    """List all instants, each not before the one before."""
    return (at for _, at in _dates(recurrence))


def _dates(recurrence: Recurrence) -> Iterator[tuple[datetime, datetime]]:
    """List all dates, on the wall and as instants.

    dateutil looks for the next day up to the year 9999, which takes seconds where there is none.
    So the rule is followed in the last years before that: every 400 years the calendar is the same
    to the weekday.
    """
    parts, zone = _parts(recurrence.rule), _zone(recurrence.zone)
    until = _until(parts.pop("UNTIL", ""))
    later = (9999 - recurrence.first.year - 20) // 400 * 400
    words = ";".join(f"{name}={value}" for name, value in parts.items())
    try:
        rule = rrulestr(words, dtstart=_shifted(recurrence.first, later))
    except ValueError:
        raise Unworkable("unreadable") from None
    for shifted in rule:
        wall = _shifted(shifted, -later)
        at = wall.replace(tzinfo=zone).astimezone(UTC)
        if until and (at if until.tzinfo else wall) > until:
            return
        yield wall, at


def _shifted(wall: datetime, years: int) -> datetime:
    return wall.replace(year=wall.year + years)


def _until(words: str) -> datetime | None:
    """Read an UNTIL, in UTC or on the wall; a day alone is meant to its end."""
    if not words:
        return None
    try:
        read = datetime.fromisoformat(words)
    except ValueError:
        raise Unworkable("unreadable") from None
    return read if "T" in words else datetime.combine(read, time.max)


@dataclass(frozen=True, slots=True)
class ClockChange:
    """On which day, in the zone of a series, it begins to come at another hour in another zone.

    `minutes` is how much later that is, or earlier where negative.
    """

    day: date
    zone: str
    minutes: int


def clock_changes(
    instants: Sequence[datetime], zone: str, others: Collection[str]
) -> list[ClockChange]:
    """List when a series planned in `zone` comes at another hour in other zones, in order.

    In `zone` itself it does so only where the clocks skip its hour.
    """
    changes, here = [], _zone(zone)
    for name in dict.fromkeys((zone, *others)):
        there = _zone(name)
        for before, at in pairwise(instants):
            later = _minutes(at, there) - _minutes(before, there)
            if later:
                day = _day_between(before, at, here, there)
                changes.append(ClockChange(day, name, (later + 719) % 1440 - 719))
    return sorted(changes, key=lambda change: change.day)


def _day_between(before: datetime, at: datetime, here: ZoneInfo, there: ZoneInfo) -> date:
    """Find the day on which two zones begin to differ as they do at the later instant."""
    day = last = at.astimezone(here)
    if here.key == there.key:
        return last.date()
    apart = _apart(at, here, there)
    noons = (day.replace(hour=12) - timedelta(days=back) for back in range((at - before).days))
    while _apart(noon := next(noons, before), here, there) == apart and noon > before:
        last = noon
    return last.date()


def _apart(at: datetime, here: ZoneInfo, there: ZoneInfo) -> timedelta | None:
    ours, theirs = (at.astimezone(zone).utcoffset() for zone in (here, there))
    return ours - theirs if ours is not None and theirs is not None else None


def _minutes(at: datetime, zone: ZoneInfo) -> int:
    local = at.astimezone(zone)
    return local.hour * 60 + local.minute
