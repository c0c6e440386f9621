"""Decides which hours a poll proposes, when it closes, and which of its hours is the best."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from typing import Literal, NamedTuple
from zoneinfo import ZoneInfo

from bot.rules.fair_hours import HourCost, hours_of
from bot.rules.hours import EXCLUDED, Costs, Dwellers, OwnHours

MOST, PROPOSED = 10, 5
"""Hours that a poll takes, and that are proposed for it."""
AHEAD = range(7, 28)
"""Days ahead among which hours are proposed."""
OPEN_FOR = timedelta(days=3)
"""How long people can answer where nobody says."""
ODD = 3
"""What an hour costs a region for it to be named as early or late there."""
Counts = tuple[int, int, int]
"""How many answered good, possible, no."""
When = Literal["early", "late", "night"]


class Burdened(NamedTuple):
    """That an hour is early, late or at night in a region, and what the clocks show there."""

    when: When
    region: str
    zone: str


@dataclass(frozen=True, slots=True)
class Meant:
    """What an hour means: where it is odd, and how many said they can't."""

    at: datetime
    burdened: tuple[Burdened, ...]
    left_out: int


def closes(now: datetime, first: datetime) -> datetime:
    """Say when a poll closes by itself: in three days, and well before its first hour."""
    return min(now + OPEN_FOR, first - min(timedelta(days=1), (first - now) / 2))


def proposed(
    people: Sequence[Dwellers], now: datetime, zone: str, minutes: int
) -> Sequence[datetime]:
    """Propose hours on different weekdays: the cheapest for the worst region, then in all.

    Nobody excluded them, unless each hour is excluded by somebody. Of equal hours of a day another
    is taken each day, so that people have a choice.
    """
    days = _days(now, zone)
    starts = [[_at(day, hour, zone) for hour in range(24)] for day in days]
    cells = hours_of(people or [Dwellers("", zone)], starts, minutes, {}).cells
    least = min(cell.left_out for row in cells for cell in row)
    if people and least == sum(who.people for who in people):
        return proposed([replace(who, own=_unbound(who)) for who in people], now, zone, minutes)
    rows = [(min(map(_weight, row)), number) for number, row in enumerate(cells)]
    chosen = sorted(row for row in rows if row[0][0] == least)[:PROPOSED]
    return [
        _one_of(starts[number], cells[number], best, place)
        for place, (best, number) in enumerate(sorted(chosen, key=lambda row: row[1]))
    ]


def _days(now: datetime, zone: str) -> Sequence[datetime]:
    today = now.astimezone(ZoneInfo(zone))
    days = [today + timedelta(days=n) for n in AHEAD]
    return [day for day in days if day.isoweekday() < 6]


def _at(day: datetime, hour: int, zone: str) -> datetime:
    return datetime.combine(day.date(), time(hour), ZoneInfo(zone)).astimezone(UTC)


def _unbound(who: Dwellers) -> OwnHours:
    return replace(who.own, excluded=())


def _weight(cell: HourCost) -> tuple[int, int, int]:
    return cell.left_out, max(cell.regions, default=0), cell.total


def _one_of(
    starts: Sequence[datetime], cells: Sequence[HourCost], best: tuple[int, int, int], place: int
) -> datetime:
    """Take one of the best hours of a day: the places of a poll are spread over them."""
    equal = [at for at, cell in zip(starts, cells, strict=True) if _weight(cell) == best]
    return equal[(len(equal) - 1) * place // (PROPOSED - 1)]


def meanings(
    people: Sequence[Dwellers], starts: Sequence[datetime], minutes: int
) -> Sequence[Meant]:
    """Say what hours mean: where each is early, late or at night, and how many can't.

    Of a region the zone is named that bears most.
    """
    costs = Costs(minutes)
    rows = [(who, costs.of(who, starts)) for who in people]
    return [_meaning(at, [(who, row[n]) for who, row in rows]) for n, at in enumerate(starts)]


def _meaning(at: datetime, each: Iterable[tuple[Dwellers, int]]) -> Meant:
    worst, left_out = dict[str, tuple[int, str]](), 0
    for who, cost in each:
        if cost >= EXCLUDED:
            left_out += who.people
        else:
            worst[who.region] = max(worst.get(who.region, (0, "")), (cost, who.zone))
    odd = sorted((-cost, region, zone) for region, (cost, zone) in worst.items() if cost >= ODD)
    burdened = (Burdened(_when(at, zone), region, zone) for _, region, zone in odd)
    return Meant(at, tuple(burdened), left_out)


def _when(at: datetime, zone: str) -> When:
    hour = at.astimezone(ZoneInfo(zone)).hour
    if hour >= 23 or hour < 6:
        return "night"
    return "early" if hour < 12 else "late"


def ranked(
    people: Sequence[Dwellers], hours: Mapping[datetime, Counts], minutes: int
) -> Sequence[datetime]:
    """Order hours, the best first: most good, then most who can at all, then fewest no.

    Of equal ones those come first that fewest excluded, then the cheaper for the worst region,
    then the earlier ones.
    """
    starts = sorted(hours)
    if not starts:
        return ()
    (row,) = hours_of(people or [Dwellers("", "UTC")], [starts], minutes, {}).cells
    weights = dict(zip(starts, map(_weight, row), strict=True))

    def key(at: datetime) -> tuple[int, int, int, tuple[int, int, int], datetime]:
        good, possible, no = hours[at]
        return -good, -good - possible, no, weights[at], at

    return sorted(starts, key=key)
