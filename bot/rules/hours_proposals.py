"""Proposes hours for the dates of a series: fair ones, cheaper ones beside them, two bands."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time
from itertools import combinations
from typing import Any
from zoneinfo import ZoneInfo

from bot.rules.fair_hours import HourCost, HoursWeighed, Plan, clocks_of, hours_of
from bot.rules.hours import BEARABLE, EXCLUDED, Costs, Dwellers, own_hours
from bot.rules.hours_search import HoursSearch

MOST = 3
"""Different hours in a series at most: more of them nobody remembers, and they gain little."""
PROMISED, LIGHTER = 1.1, 1.5
"""How much more than in the fairest plan the region that bears most may bear: what is promised,
and what is shown beside it."""
CLOCKS = tuple(f"{time(hour, minute):%H:%M}" for hour in range(24) for minute in (0, 30))


@dataclass(frozen=True, slots=True)
class OpenSeries:
    """Dates whose hours are open: `days` in a zone, each with the hour on the `clocks` it has now.

    `borne` is what each region bore so far, on average a member.
    """

    people: Sequence[Dwellers]
    days: Sequence[str]
    clocks: Sequence[str]
    zone: str
    minutes: int
    borne: Mapping[str, float]

    def at(self, day: str, clock: str) -> datetime:
        """Give the instant of an hour on the wall."""
        wall = datetime.fromisoformat(f"{day} {clock}")
        return wall.replace(tzinfo=ZoneInfo(self.zone)).astimezone(UTC)

    def instants(self, clocks: Sequence[str]) -> list[datetime]:
        """Give the instants of the dates, each at an hour."""
        return [self.at(day, clock) for day, clock in zip(self.days, clocks, strict=True)]


def proposed(given: Mapping[str, Any]) -> dict[str, Any]:
    """Propose hours for a series, all as plain data.

    Given are `people` ([region, zone, how many, what they said]), `dates` ([name, day, hour now]),
    `zone`, `minutes`, `held` (instants of dates whose hour stays) and `borne` (by region).

    A plan is `hours` (by the name of a date), `loads` (by region, on average a member, with what
    was borne), `mean` (a member, without it), `zone` (the one that bears most, and what) and `out`
    (how many cannot come at one of the hours, by region). There is `now` (the hours as they are),
    `plans` (the fair one first), `fairest` (the load of its worst region in the fairest plan),
    `twin` (two hours for each date, where none is `bearable`) and `grid` (what each half hour of
    the first date costs, by region).
    """
    people = [Dwellers(r, zone, n, own_hours(said)) for r, zone, n, said in given["people"]]
    minutes, held = given["minutes"], [datetime.fromisoformat(at) for at in given["held"]]
    borne = _with_held(people, held, minutes, given["borne"])
    if not people or not given["dates"]:
        return {"now": None, "plans": [], "twin": None, "bearable": True, "grid": {}}
    names, days, clocks = zip(*given["dates"], strict=True)
    series = OpenSeries(people, days, clocks, given["zone"], minutes, borne)
    hours = _weighed(series)
    fairest = HoursSearch(hours, MOST).best()
    found = _plans(hours, fairest, _present(clocks))
    plans = [_plan(series, names, kind, clocks) for kind, clocks in found]
    bearable = all(any(map(_bearable, row)) for row in hours.cells)
    return {
        "now": _plan(series, names, "now", clocks),
        "plans": plans,
        "fairest": hours.weight(fairest).worst / 1000,
        "bearable": bearable,
        "twin": None if bearable else _twin(series, names),
        "grid": _grid(hours),
    }


def _with_held(
    people: Sequence[Dwellers], held: Sequence[datetime], minutes: int, borne: Mapping[str, float]
) -> Mapping[str, float]:
    """Add what dates cost whose hour stays to what was borne before."""
    if not held:
        return borne
    hours = hours_of(people, [[at] for at in held], minutes, borne)
    loads = hours.loads((0,) * len(held))
    return {region: load / 1000 for region, load in zip(hours.regions, loads, strict=True)}


def _weighed(series: OpenSeries) -> HoursWeighed:
    """Weigh each half hour of each day; of equal ones those near to the present hour come first."""
    (usual, _), *_ = Counter(series.clocks).most_common()
    order = sorted(range(len(CLOCKS)), key=lambda n: (_apart(CLOCKS[n], usual), n))
    starts = [[series.at(day, clock) for clock in CLOCKS] for day in series.days]
    return hours_of(series.people, starts, series.minutes, series.borne, order)


def _apart(clock: str, other: str) -> int:
    one, two = (int(c[:2]) * 60 + int(c[3:]) for c in (clock, other))
    return min((one - two) % 1440, (two - one) % 1440)


def _present(clocks: Sequence[str]) -> Sequence[Plan]:
    """Give the plan there is, if its hours could be proposed."""
    fits = all(clock in CLOCKS for clock in clocks) and len({*clocks}) <= MOST
    return [tuple(CLOCKS.index(clock) for clock in clocks)] if fits else []


def _plans(
    hours: HoursWeighed, fairest: Plan, present: Sequence[Plan]
) -> Iterator[tuple[str, Sequence[str]]]:
    """Give the cheapest plan that keeps the promise; a lighter one and one hour, if cheaper.

    The hours there are stay where none are better.
    """
    worst = hours.weight(fairest).worst
    fair = HoursSearch(hours, MOST, int(worst * PROMISED)).best(*present, fairest)
    lighter = HoursSearch(hours, MOST, int(worst * LIGHTER)).better(fair)
    single = HoursSearch(hours, 1, 0).best()
    given: list[Plan] = []
    for kind, plan in (("fair", fair), ("lighter", lighter), ("single", single)):
        if all(hours.weight(plan).total < hours.weight(other).total for other in given):
            given.append(plan)
            yield kind, [CLOCKS[hour] for hour in plan]


def _plan(
    series: OpenSeries, names: Sequence[str], kind: str, clocks: Sequence[str]
) -> dict[str, Any]:
    """Tell a plan as plain data."""
    starts = [[at] for at in series.instants(clocks)]
    hours = hours_of(series.people, starts, series.minutes, series.borne)
    first = (0,) * len(starts)
    loads = dict(zip(hours.regions, (load / 1000 for load in hours.loads(first)), strict=True))
    by_zone = [replace(who, region=who.zone) for who in series.people]
    zones = hours_of(by_zone, starts, series.minutes, {})
    load, zone = max(zip(zones.loads(first), zones.regions, strict=True))
    return {
        "kind": kind,
        "hours": dict(zip(names, clocks, strict=True)),
        "loads": loads,
        "mean": hours.weight(first).total / sum(hours.people),
        "zone": [zone, load / 1000],
        "out": _out(series, [at for (at,) in starts]),
    }


def _out(series: OpenSeries, starts: Sequence[datetime]) -> dict[str, int]:
    """Count by region who cannot come at one of some hours."""
    costs, out = Costs(series.minutes), Counter[str]()
    for who in series.people:
        if max(costs.of(who, starts)) >= EXCLUDED:
            out[who.region] += who.people
    return dict(out)


def _bearable(cell: HourCost) -> bool:
    """Say whether everybody can come at an hour, and no region bears too much of it."""
    return cell.left_out == 0 and max(cell.regions) <= BEARABLE * 1000


def _twin(series: OpenSeries, names: Sequence[str]) -> dict[str, Any]:
    """Find two hours, the same on each date, of which each comes at the one that suits them."""
    sums = _sums(series)
    pairs = combinations(range(len(CLOCKS)), 2)
    first, second = min(pairs, key=lambda pair: (_twin_cost(series, sums, *pair), pair))
    clocks = [CLOCKS[first], CLOCKS[second]]
    people: dict[str, list[float]] = {}
    for who, row in zip(series.people, sums, strict=True):
        here = people.setdefault(who.region, [0, 0, 0])
        least = min(row[first], row[second])
        here[0] += who.people
        here[1] += who.people * (least if least < EXCLUDED else 0)
        here[2] += who.people if row[first] <= row[second] else 0
    return {
        "hours": [dict.fromkeys(names, clock) for clock in clocks],
        "loads": {region: cost / number for region, (number, cost, _) in people.items()},
        "first": {region: first for region, (_, _, first) in people.items()},
    }


def _sums(series: OpenSeries) -> list[list[int]]:
    """Sum up what each half hour would cost each of the people over all dates."""
    starts = [series.at(day, clock) for clock in CLOCKS for day in series.days]
    clocks = clocks_of(series.people, starts)
    costs, number = Costs(series.minutes), len(series.days)
    rows = (costs.at(who.own, clocks[who.zone]) for who in series.people)
    return [[sum(row[n : n + number]) for n in range(0, len(row), number)] for row in rows]


def _twin_cost(
    series: OpenSeries, sums: Sequence[Sequence[int]], first: int, second: int
) -> tuple[int, int]:
    """Give how many can come at neither of two hours, and what these cost all others."""
    out = total = 0
    for who, row in zip(series.people, sums, strict=True):
        least = min(row[first], row[second])
        if least >= EXCLUDED:
            out += who.people
        else:
            total += least * who.people
    return out, total


def _grid(hours: HoursWeighed) -> dict[str, list[float]]:
    """Give what each half hour of the first date costs, by region."""
    row = hours.cells[0]
    return {
        region: [cell.regions[number] / 1000 for cell in row]
        for number, region in enumerate(hours.regions)
    }
