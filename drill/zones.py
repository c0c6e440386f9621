"""Holds recurring times against two oracles, in every zone whose clocks change."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache, partial
from itertools import islice
from zoneinfo import ZoneInfo, available_timezones

import recurring_ical_events
from dateutil.rrule import rrulestr
from icalendar import Calendar, Event, vRecur

from bench.rows import Figure
from bot.rules.recurrence import Recurrence, instants

BEGIN = datetime(2026, 1, 1, tzinfo=UTC)
YEARS = 10
RULES = {
    "daily": "FREQ=DAILY",
    "weekly": "FREQ=WEEKLY",
    "last Wednesday": "FREQ=MONTHLY;BYDAY=-1WE",
    "the 31st": "FREQ=MONTHLY;BYMONTHDAY=31",
    "first weekday": "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=1",
}
HOURS = (time(0), time(2, 30), time(10))
FURTHER = timedelta(hours=26)
"""Further than any zone is from UTC: two readings of the clock this far apart enclose a change."""

Oracle = Callable[[datetime, str, str, datetime], Sequence[datetime]]
"""Gives the instants of a first time on the wall, in a zone, by a rule, before an end."""


@dataclass
class ZoneTally:
    """What was compared, and where it differed; `skipped` and `twice` are what the policy is for.

    `strict` are the instants that RFC 5545, section 3.3.10, would have left out.
    """

    instants: int = 0
    skipped: int = 0
    twice: int = 0
    strict: int = 0
    different: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, parts: Iterable["ZoneTally"]) -> "ZoneTally":
        """Add up what was counted apart."""
        whole = cls()
        for part in parts:
            whole.instants += part.instants
            whole.skipped += part.skipped
            whole.twice += part.twice
            whole.strict += part.strict
            whole.different += part.different
        return whole


def rows(years: int = YEARS) -> list[Figure]:
    """Compare all zones, hours and rules with both oracles."""
    end = BEGIN.replace(year=BEGIN.year + years)
    zones = moving(end)
    with ProcessPoolExecutor() as pool:
        reference = ZoneTally.of(pool.map(partial(_one, by_dateutil, end), zones))
        calendar = ZoneTally.of(pool.map(partial(_one, by_calendar, end), zones))
    seen = f"{reference.instants:,} instants of {years} years"
    moved = f"{reference.skipped:,} in skipped hours, {reference.twice:,} in hours that come twice"
    beyond = reference.strict - reference.skipped
    return [
        Figure("zones whose clocks change", len(zones), 150, "", seen=f"{years} years from 2026"),
        Figure("other instants than dateutil's", len(reference.different), 0, "", True, seen),
        Figure("other than recurring-ical-events'", len(calendar.different), 0, "", True, seen),
        Figure("beyond RFC 5545, 3.3.10, skipped hours aside", beyond, 0, "", True, moved),
    ]


def _one(oracle: Oracle, end: datetime, zone: str) -> ZoneTally:
    return compare([zone], RULES, oracle, end)


def compare(
    zones: Iterable[str], rules: Mapping[str, str], oracle: Oracle, end: datetime
) -> ZoneTally:
    """Hold our instants against those of an oracle, from the beginning to an end."""
    tally = ZoneTally()
    for zone in zones:
        for hour in hours(zone, end):
            for name, rule in rules.items():
                _compare(tally, (first_of(rule, hour), zone, rule), oracle, end, name)
    return tally


def _compare(
    tally: ZoneTally, recurring: tuple[datetime, str, str], oracle: Oracle, end: datetime, name: str
) -> None:
    first, zone, rule = recurring
    ours = list(instants(Recurrence(*recurring), BEGIN, end))
    theirs = [at for at in oracle(first, zone, rule, end) if BEGIN <= at < end]
    if ours != theirs:
        apart = sorted(set(ours) ^ set(theirs))
        tally.different.append(f"{zone} {first:%H:%M} {name}: {[str(at) for at in apart[:3]]}")
    tally.instants += len(ours)
    there = ZoneInfo(zone)
    for at in ours:
        local = at.astimezone(there)
        skipped = local.time() != first.time()
        tally.skipped += skipped
        tally.twice += not skipped and len(readings(local.replace(tzinfo=None), zone)) > 1
    kept = (wall for wall in _walls(first, rule, end) if readings(wall, zone))
    tally.strict += len(ours) - sum(BEGIN <= readings(wall, zone)[0] < end for wall in kept)


def moving(end: datetime) -> list[str]:
    """Name the zones whose clocks change before an end."""
    return [zone for zone in sorted(available_timezones()) if changes(zone, end)]


def different(zones: Iterable[str], end: datetime) -> list[str]:
    """Keep one zone of those whose clocks show the same all the time."""
    alike = {tuple(changes(zone, end)): zone for zone in zones}
    return sorted(alike.values())


@lru_cache(maxsize=1024)
def changes(zone: str, end: datetime) -> tuple[tuple[date, timedelta, timedelta], ...]:
    """List the days on which the clocks of a zone change, each with the offsets around it."""
    there, found = ZoneInfo(zone), []
    days = [BEGIN + timedelta(days=number) for number in range((end - BEGIN).days + 1)]
    offsets = [there.utcoffset(day.astimezone(there)) for day in days]
    for day, before, after in zip(days, offsets, offsets[1:], strict=False):
        assert before is not None
        assert after is not None
        if before != after:
            found.append((day.date(), before, after))
    return tuple(found)


def hours(zone: str, end: datetime) -> tuple[time, ...]:
    """Give the hours on the wall that are tried in a zone: ours, and one in a gap of its own."""
    return tuple(dict.fromkeys((*HOURS, *islice(_gaps(zone, end), 1))))


def _gaps(zone: str, end: datetime) -> Iterator[time]:
    for day, before, after in changes(zone, end):
        midnight = datetime.combine(day, time())
        quarters = (midnight + timedelta(minutes=15 * number) for number in range(-96, 192))
        if after > before:
            yield next(wall for wall in quarters if not readings(wall, zone)).time()


@lru_cache(maxsize=64)
def first_of(rule: str, hour: time) -> datetime:
    """Give the first time on the wall that a rule brings."""
    return next(iter(rrulestr(rule, dtstart=datetime.combine(BEGIN, hour))))


@lru_cache(maxsize=65536)
def readings(wall: datetime, zone: str) -> tuple[datetime, ...]:
    """List the instants at which the clocks of a zone show a time: none, one or two of them.

    They are found by looking at the clocks at each instant that could be meant, and so otherwise
    than by giving a time its zone.
    """
    there = ZoneInfo(zone)
    possible = {_offset(wall + apart, there) for apart in (-FURTHER, FURTHER)}
    moments = sorted((wall - offset).replace(tzinfo=UTC) for offset in possible)
    return tuple(at for at in moments if at.astimezone(there).replace(tzinfo=None) == wall)


def _offset(utc: datetime, there: ZoneInfo) -> timedelta:
    return there.fromutc(utc.replace(tzinfo=there)).replace(tzinfo=None) - utc


@lru_cache(maxsize=64)
def _walls(first: datetime, rule: str, end: datetime) -> Sequence[datetime]:
    """List the times on the wall, which are the same in all zones."""
    last = end.replace(tzinfo=None) + FURTHER
    return rrulestr(rule, dtstart=first).between(first, last, inc=True)


def by_dateutil(first: datetime, zone: str, rule: str, end: datetime) -> list[datetime]:
    """Ask dateutil for the days, and the clocks themselves for the instants."""
    there = ZoneInfo(zone)

    def instant(wall: datetime) -> datetime:
        shown = readings(wall, zone)
        # Skipped: what the clock would show, had it not been moved yet.
        return shown[0] if shown else (wall - _offset(wall - FURTHER, there)).replace(tzinfo=UTC)

    return [instant(wall) for wall in _walls(first, rule, end)]


def by_calendar(first: datetime, zone: str, rule: str, end: datetime) -> list[datetime]:
    """Ask a reader of calendar files."""
    event = Event()
    event.add("uid", "one")
    event.add("dtstart", first.replace(tzinfo=ZoneInfo(zone)))
    event.add("rrule", vRecur.from_ical(rule))
    calendar = Calendar()
    calendar.add_component(event)
    found = recurring_ical_events.of(calendar).between(BEGIN - FURTHER, end + FURTHER)
    return sorted(one.start.astimezone(UTC) for one in found)
