"""Says what an hour costs people where they live, by the clock there and by what they said."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

QUARTER, DAY, WEEK = 15, 24 * 4, 7 * 24 * 4
"""Minutes, and how many of them a day and a week have: some zones are off by a quarter hour."""
NIGHT, UNWELCOME, EXCLUDED = 10, 6, 1_000_000
"""What an hour of the night costs, one that is unwelcome, and one at which somebody cannot."""
BEARABLE = 6
"""What an hour may cost on average in a region for a session to be held then."""
BY_CLOCK = ((6, 10), (7, 6), (8, 3), (9, 1), (17, 0), (20, 1), (22, 3), (23, 6), (24, 10))
"""Until which hour of the day what is the cost: none in working hours, ever more outside."""

Span = tuple[str, int, int]
"""Weekdays (ISO, "12345"), from which to which minute of the day; past midnight if it is less."""


def _day_by_clock() -> list[int]:
    return [next(cost for until, cost in BY_CLOCK if n < until * 4) for n in range(DAY)]


@dataclass(frozen=True, slots=True)
class OwnHours:
    """At which hours somebody can come, would rather not, and cannot; the clock says the rest."""

    possible: tuple[Span, ...] = ()
    unwelcome: tuple[Span, ...] = ()
    excluded: tuple[Span, ...] = ()

    def week(self) -> list[int]:
        """Give the cost of each quarter of an hour of a week, from Monday on, by their clock."""
        costs = _day_by_clock() * 7
        said = ((self.possible, 0), (self.unwelcome, UNWELCOME), (self.excluded, EXCLUDED))
        for spans, cost in said:
            for quarter in _quarters(spans):
                costs[quarter] = cost
        return costs


@dataclass(frozen=True, slots=True)
class Contradictions:
    """What of somebody's hours cannot all be meant: the stricter counts."""

    twice: bool
    nothing_left: bool


def contradictions(own: OwnHours) -> Contradictions:
    """Say whether an hour stands under two kinds, and whether all hours are excluded."""
    kinds = [set(_quarters(spans)) for spans in (own.possible, own.unwelcome)]
    excluded = set(_quarters(own.excluded))
    twice = bool(kinds[0] & kinds[1] or excluded & (kinds[0] | kinds[1]))
    return Contradictions(twice, len(excluded) == WEEK)


def own_hours(said: Mapping[str, Iterable[Sequence[str]]]) -> OwnHours:
    """Read what is kept of somebody: [weekdays, "HH:MM", "HH:MM"] under each kind of hours."""
    kinds = (said.get(kind, ()) for kind in ("possible", "unwelcome", "excluded"))
    return OwnHours(*(tuple(_span(*kept) for kept in kind) for kind in kinds))


def _span(weekdays: str, begin: str, end: str) -> Span:
    return weekdays, _minutes(begin), _minutes(end)


def _minutes(clock: str) -> int:
    hours, _, minutes = clock.partition(":")
    return int(hours) * 60 + int(minutes)


def _quarters(spans: Iterable[Span]) -> Iterator[int]:
    """List the quarters of a week that some spans touch."""
    for weekdays, begin, end in spans:
        length = (end - begin) % (24 * 60) or 24 * 60
        first, last = begin // QUARTER, -(-(begin + length) // QUARTER)
        for weekday in weekdays:
            monday = (int(weekday) - 1) * DAY
            yield from ((monday + quarter) % WEEK for quarter in range(first, last))


@dataclass(frozen=True, slots=True)
class Dwellers:
    """People of one region and zone who said the same of their hours."""

    region: str
    zone: str
    people: int = 1
    own: OwnHours = OwnHours()


class Costs:
    """What sessions of some minutes cost people, by when they begin."""

    def __init__(self, minutes: int) -> None:
        self.minutes = minutes
        self._weeks: dict[tuple[OwnHours, int], list[int]] = {}

    def of(self, who: Dwellers, starts: Sequence[datetime]) -> list[int]:
        """Give what sessions that begin at some instants cost each: their worst quarter hour."""
        clock = ZoneInfo(who.zone)
        return self.at(who.own, [minute_of_week(at, clock) for at in starts])

    def at(self, own: OwnHours, minutes: Sequence[int]) -> list[int]:
        """Give what sessions cost that begin at some minutes of their week."""
        past = {minute % QUARTER for minute in minutes}
        weeks = {before: self._week(own, before) for before in past}
        return [weeks[minute % QUARTER][minute // QUARTER] for minute in minutes]

    def _week(self, own: OwnHours, before: int) -> list[int]:
        """Give the cost of a session by the quarter it begins in, so many minutes after that."""
        key = own, before
        if key not in self._weeks:
            length = min(-(-(before + self.minutes) // QUARTER), WEEK)
            twice = own.week() * 2
            self._weeks[key] = [max(twice[n : n + length]) for n in range(WEEK)]
        return self._weeks[key]


def minute_of_week(at: datetime, zone: ZoneInfo) -> int:
    """Give the minute of the week on the clock of a zone, from Monday on."""
    local = at.astimezone(zone)
    return (local.weekday() * 24 + local.hour) * 60 + local.minute


def borne(
    people: Iterable[Dwellers], at: datetime, minutes: int
) -> list[tuple[str, str, int, float]]:
    """Give for each region and zone how many are there and what a session costs each, on average.

    Who excluded the hour is not asked to come, and bears nothing.
    """
    costs, sums = Costs(minutes), dict[tuple[str, str], list[int]]()
    for who in people:
        (cost,) = costs.of(who, [at])
        if cost < EXCLUDED:
            here = sums.setdefault((who.region, who.zone), [0, 0])
            here[0] += who.people
            here[1] += who.people * cost
    return [
        (region, zone, n, round(cost / n, 3)) for (region, zone), (n, cost) in sorted(sums.items())
    ]
