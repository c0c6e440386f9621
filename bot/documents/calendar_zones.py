"""Finds the time zones that calendars mean: by name, by Windows' names, by the rules they bring."""

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta, tzinfo
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from icalendar import Timezone
from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

from bot.documents.calendar_lines import Component

NUMBERED = re.compile(r"(.+?) \d+")
OFFSET = re.compile(r"\(?(?:UTC|GMT)\s*([+-])\s*(\d{1,2})(?::?(\d\d))?\)?(.*)", re.IGNORECASE)
PROBES = 24
"""Half-months of the next year at which a zone is compared with the rules of a calendar."""
RULE_PART = re.compile(
    r"FREQ=YEARLY|INTERVAL=1|BYMONTH=[\d,]{1,30}|BYDAY=[\w,+-]{1,30}|BYMONTHDAY=[\d,-]{1,30}"
    r"|UNTIL=\w{8,16}|COUNT=\d{1,4}|WKST=[A-Z]{2}|"
)
"""What the rules of zones are made of: one or two changes a year."""
UNREADABLE = (ValueError, KeyError, AttributeError)
"""What icalendar raises for broken rules (found by `make fuzz`)."""


class ZonesMeant:
    """The zones of one calendar; `brought` are those whose rules stand in it, by their names."""

    def __init__(self, brought: Mapping[str, Component], now: datetime) -> None:
        self.brought = brought
        self.now = now
        self._known: dict[str, str] = {}

    def called(self, name: str) -> str:
        """Give the IANA name of a zone, or nothing."""
        if name not in self._known:
            self._known[name] = self._called(name)
        return self._known[name]

    def _called(self, name: str) -> str:
        return known_zone(name) or self._by_rules(name) or _by_offset(name)

    def _by_rules(self, name: str) -> str:
        """Find a zone whose clocks show the same as those of a zone that the calendar brings."""
        component = self.brought.get(name)
        if component is None:
            return ""
        begin = self.now.replace(tzinfo=None, hour=12, minute=0, second=0, microsecond=0)
        clocks = [begin + timedelta(days=15 * n) for n in range(PROBES)]
        try:
            wanted = _read_offsets(component, clocks)
        except UNREADABLE:
            return ""
        if len({*wanted}) == 1:
            return _fixed(wanted[0])
        return next((z for z in _zones() if _agrees(ZoneInfo(z), clocks, wanted)), "")


def _read_offsets(component: Component, clocks: Iterable[datetime]) -> list[timedelta | None]:
    """Give the distances from UTC by the rules that a calendar brings.

    icalendar keeps the first rules of each name for as long as the process runs: so none of them
    is read by its name.
    """
    lines = [_without_name(line) for line in component.lines]
    read = Timezone.from_ical("\r\n".join(lines) + "\r\n")
    if not isinstance(read, Timezone):
        raise ValueError("no zone")
    rules = read.to_tz(lookup_tzid=False)
    return [_offset(clock, rules) for clock in clocks]


def _without_name(line: str) -> str:
    """Give a line of a zone, if it can be read in time. Raises ValueError.

    dateutil goes through each rule from its beginning, and does not end with an interval of 0.
    """
    head, _, value = line.partition(":")
    name = head.partition(";")[0].strip().upper()
    if name in ("RRULE", "EXRULE"):
        parts = value.strip().upper().split(";")
        if "FREQ=YEARLY" not in parts or not all(map(RULE_PART.fullmatch, parts)):
            raise ValueError("a rule no zone has")
    return "TZID:read" if name == "TZID" else line


def known_zone(name: str) -> str:
    """Give the IANA name of a zone that is named by it, at the end of a path, or by Windows."""
    names = _by_folded()
    parts = name.strip("/").split("/")
    for begin in range(len(parts)):
        if found := names.get("/".join(parts[begin:]).casefold().replace(" ", "_")):
            return found
    windows = _windows()
    numbered = NUMBERED.fullmatch(name)
    for words in (name, numbered[1] if numbered else ""):
        if found := windows.get(words.casefold()):
            return found
    return ""


def _by_offset(name: str) -> str:
    """Give the zone of a distance from UTC that is named, where it is the only one."""
    match = OFFSET.fullmatch(name)
    if match is None or OFFSET.search(match[4]):
        return ""
    distance = timedelta(hours=int(match[2]), minutes=int(match[3] or 0))
    return _fixed(-distance if match[1] == "-" else distance) if distance.days == 0 else ""


def _fixed(offset: timedelta | None) -> str:
    """Give a zone whose clocks never change, at a distance from UTC; nothing where there is none.

    The names of `Etc` have the opposite sign.
    """
    if offset is None:
        return ""
    hours, rest = divmod(offset, timedelta(hours=1))
    if not rest:
        name = f"Etc/GMT{-hours:+d}" if hours else "UTC"
        return name if name in available_timezones() or not hours else ""
    year = datetime.now(UTC).year  # any year serves: clocks that never change are wanted
    clocks = [datetime(year, month, 1) for month in range(1, 13)]  # noqa: DTZ001
    wanted = [offset] * len(clocks)
    return next((z for z in _zones() if _agrees(ZoneInfo(z), clocks, wanted)), "")


def _agrees(zone: tzinfo, clocks: Iterable[datetime], wanted: Iterable[timedelta | None]) -> bool:
    pairs = zip(clocks, wanted, strict=True)
    return all(_offset(clock, zone) == offset for clock, offset in pairs)


def _offset(clock: datetime, zone: tzinfo) -> timedelta | None:
    return clock.replace(tzinfo=zone).utcoffset()


@cache
def _zones() -> tuple[str, ...]:
    """List the zones that are named by a place, those of Windows' table first: they are known."""
    usual = dict.fromkeys(sorted(WINDOWS_TO_OLSON.values()))
    others = sorted(z for z in available_timezones() if "/" in z and not z.startswith("Etc/"))
    return (*(z for z in usual if z in available_timezones()), *others)


@cache
def _by_folded() -> Mapping[str, str]:
    return {name.casefold(): name for name in sorted(available_timezones())}


@cache
def _windows() -> Mapping[str, str]:
    return {name.casefold(): zone for name, zone in WINDOWS_TO_OLSON.items()}
