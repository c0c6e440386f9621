"""Weighs the hours of a series: what each of them would cost the regions people live in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from bot.rules.hours import EXCLUDED, Costs, Dwellers, minute_of_week

Plan = tuple[int, ...]
"""For each date the number of its hour."""


class HourCost(NamedTuple):
    """What one hour of one date costs: thousandths for each in a region, and the sum of all.

    `left_out` people cannot come, which count in neither; `worse` is how many more than at the
    best hour of that date.
    """

    left_out: int
    worse: int
    regions: tuple[int, ...]
    total: int


class Weight(NamedTuple):
    """How bad a plan is: first by people it leaves out, then by its worst region, then in all."""

    worse: int
    worst: int
    total: int


@dataclass(frozen=True, slots=True)
class HoursWeighed:
    """What each hour of each date costs (`cells[date][hour]`), on top of what was `borne` so far.

    Hours are tried in an `order`: of equal ones the first is taken.
    """

    regions: tuple[str, ...]
    people: tuple[int, ...]
    borne: tuple[int, ...]
    cells: tuple[tuple[HourCost, ...], ...]
    order: tuple[int, ...]

    def loads(self, plan: Plan) -> tuple[int, ...]:
        """Give what each region has borne at the end of a plan, in thousandths a member."""
        chosen = [cells[hour].regions for cells, hour in zip(self.cells, plan, strict=True)]
        return tuple(map(sum, zip(self.borne, *chosen, strict=True)))

    def weight(self, plan: Plan) -> Weight:
        """Say how bad a plan is."""
        chosen = [cells[hour] for cells, hour in zip(self.cells, plan, strict=True)]
        worse, total = sum(cell.worse for cell in chosen), sum(cell.total for cell in chosen)
        return Weight(worse, max(self.loads(plan), default=0), total)


def hours_of(
    people: Sequence[Dwellers],
    dates: Sequence[Sequence[datetime]],
    minutes: int,
    borne: Mapping[str, float],
    order: Sequence[int] = (),
) -> HoursWeighed:
    """Work out what each hour of each date costs; `borne` is what each region bore so far.

    Of equal hours the first in `order` is taken.
    """
    regions = tuple(sorted({who.region for who in people}))
    counts = tuple(sum(who.people for who in people if who.region == r) for r in regions)
    starts = [at for hours in dates for at in hours]
    each = iter(_cells(people, regions, Costs(minutes), starts))
    rows = [[next(each) for _ in hours] for hours in dates]
    cells = tuple(_beside_best(row) for row in rows)
    before = tuple(round(1000 * borne.get(region, 0.0)) for region in regions)
    return HoursWeighed(regions, counts, before, cells, tuple(order or range(len(rows[0]))))


def _beside_best(row: Sequence[HourCost]) -> tuple[HourCost, ...]:
    least = min(cell.left_out for cell in row)
    return tuple(cell._replace(worse=cell.left_out - least) for cell in row)


def _cells(
    people: Sequence[Dwellers], regions: Sequence[str], costs: Costs, starts: Sequence[datetime]
) -> Sequence[HourCost]:
    """Sum up what each start costs."""
    clocks = clocks_of(people, starts)
    sums = {region: [0] * len(starts) for region in regions}
    counts = {region: [0] * len(starts) for region in regions}
    out = [0] * len(starts)
    for who in people:
        here, count = sums[who.region], counts[who.region]
        for number, cost in enumerate(costs.at(who.own, clocks[who.zone])):
            if cost >= EXCLUDED:
                out[number] += who.people
            else:
                here[number] += cost * who.people
                count[number] += who.people
    return [
        HourCost(
            out[number],
            0,
            tuple(round(1000 * sums[r][number] / max(counts[r][number], 1)) for r in regions),
            sum(sums[r][number] for r in regions),
        )
        for number in range(len(starts))
    ]


def clocks_of(people: Sequence[Dwellers], starts: Sequence[datetime]) -> dict[str, list[int]]:
    """Give some instants on the clocks of all zones people are in, as minutes of the week."""
    zones = sorted({who.zone for who in people})
    return {zone: [minute_of_week(at, ZoneInfo(zone)) for at in starts] for zone in zones}
