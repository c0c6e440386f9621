"""Searches hours for the dates of a series: the fairest ones, or the cheapest that are fair."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from operator import add, sub

from bot.rules.fair_hours import HourCost, HoursWeighed, Plan

STARTS = 4
"""From how many single hours the search begins."""
PROMISING = 60
"""How many sets of hours are looked at closely, each time one is exchanged."""
Value = tuple[int, int, int]
"""How bad a plan is by what is looked for; less is better."""
Change = tuple[int, int]
"""A date, by its number, and the hour it gets."""


class PlanDraft:
    """A plan in the making: an hour for each date, and what that costs.

    It is judged by the people left out, its worst region, and all; with a `cap` for the worst
    region, by what goes beyond that.
    """

    def __init__(self, hours: HoursWeighed, cap: int | None) -> None:
        self.hours, self.cap = hours, cap
        self.plan = [-1] * len(hours.cells)
        self.loads = list(hours.borne)
        self.worse = self.total = 0

    def value(self) -> Value:
        """Say how bad it is."""
        return self._value(max(self.loads), self.worse, self.total)

    def _value(self, worst: int, worse: int, total: int) -> Value:
        return worse, worst if self.cap is None else max(0, worst - self.cap), total

    def put(self, date: int, hour: int) -> None:
        """Give a date an hour."""
        self._take_out(date)
        cell = self.hours.cells[date][hour]
        self.loads = [*map(add, self.loads, cell.regions)]
        self.worse, self.total = self.worse + cell.worse, self.total + cell.total
        self.plan[date] = hour

    def _take_out(self, date: int) -> None:
        if self.plan[date] >= 0:
            gone = self.hours.cells[date][self.plan[date]]
            self.loads = [*map(sub, self.loads, gone.regions)]
            self.worse, self.total = self.worse - gone.worse, self.total - gone.total
            self.plan[date] = -1

    def best_for(self, date: int, chosen: Iterable[int]) -> tuple[Value, int]:
        """Find the best of some hours for a date that has none."""
        row = self.hours.cells[date]
        return min((self._with(row[hour]), hour) for hour in chosen)

    def _with(self, cell: HourCost) -> Value:
        worst = max(map(add, self.loads, cell.regions))
        return self._value(worst, self.worse + cell.worse, self.total + cell.total)

    def improve(self, chosen: Sequence[int]) -> "PlanDraft":
        """Change the hour of one date, always the one that helps most, while that helps."""
        while change := self._best_change(chosen):
            self.put(*change)
        return self

    def _best_change(self, chosen: Sequence[int]) -> Change | None:
        least, best = self.value(), None
        for date, before in enumerate(self.plan):
            self._take_out(date)
            value, hour = self.best_for(date, chosen)
            self.put(date, before)
            if value < least:
                least, best = value, (date, hour)
        return best

    def improve_pairs(self) -> bool:
        """Change the hours of two dates at once, where that helps; says whether it does."""
        chosen = sorted({*self.plan})
        for one, other in combinations(range(len(self.plan)), 2):
            least, before = self.value(), (self.plan[one], self.plan[other])
            self._take_out(other)
            for hour in chosen:
                self.put(one, hour)
                value, second = self.best_for(other, chosen)
                if value < least:
                    self.put(other, second)
                    return True
            self.put(one, before[0])
            self.put(other, before[1])
        return False


@dataclass(frozen=True, slots=True)
class HoursSearch:
    """Looks for a plan with at most so many different hours: a local search, without chance.

    It is the one with the least worst region; with a `cap` the cheapest whose worst keeps to it.
    """

    hours: HoursWeighed
    most: int
    cap: int | None = None

    def best(self, *known: Plan) -> Plan:
        """Find a plan; one that is `known` may be the best already, the first of equal ones is."""
        singles = sorted((self._among((hour,)) for hour in self.hours.order), key=PlanDraft.value)
        found = [*map(self._drafted, known), *map(self._grown, singles[:STARTS])]
        best = self._refined(min((self._polished(draft) for draft in found), key=PlanDraft.value))
        plan = tuple(best.plan)
        return plan if plan in known else alternated(self.hours, plan)

    def better(self, known: Plan) -> Plan:
        """Find a plan that is better than a known one by exchanging its hours, in less time."""
        draft = self._refined(self._polished(self._drafted(known)))
        return alternated(self.hours, tuple(draft.plan))

    def _refined(self, draft: PlanDraft) -> PlanDraft:
        """Exchange an hour for another while that helps, with all dates arranged anew each time."""
        while True:
            drafts = sorted(map(self._among, self._exchanged(draft)), key=PlanDraft.value)
            best = min(map(self._polished, drafts[:PROMISING]), key=PlanDraft.value)
            if best.value() >= draft.value():
                return draft
            draft = best

    def _drafted(self, plan: Plan) -> PlanDraft:
        draft = PlanDraft(self.hours, self.cap)
        for date, hour in enumerate(plan):
            draft.put(date, hour)
        return draft

    def _polished(self, draft: PlanDraft) -> PlanDraft:
        draft.improve(sorted({*draft.plan}))
        while draft.improve_pairs():
            draft.improve(sorted({*draft.plan}))
        return draft

    def _among(self, chosen: Sequence[int]) -> PlanDraft:
        """Give each date one of some hours: in turn, then while a change of one date helps."""
        draft = PlanDraft(self.hours, self.cap)
        for date in range(len(draft.plan)):
            draft.put(date, draft.best_for(date, chosen)[1])
        return draft.improve(chosen)

    def _grown(self, draft: PlanDraft) -> PlanDraft:
        """Take hours in while that helps, and exchange each for another while that does."""
        while True:
            best = min((self._among(some) for some in self._exchanged(draft)), key=PlanDraft.value)
            if best.value() >= draft.value():
                return draft
            draft = best

    def _exchanged(self, draft: PlanDraft) -> Sequence[Sequence[int]]:
        """List the hours of a plan with one more, if that may be, and with one for another."""
        chosen = tuple(dict.fromkeys(draft.plan))
        others = [hour for hour in self.hours.order if hour not in chosen]
        sets = [(*chosen, hour) for hour in others] if len(chosen) < self.most else []
        return [*sets, *((*_without(chosen, out), hour) for out in chosen for hour in others)]


def _without(chosen: Sequence[int], out: int) -> tuple[int, ...]:
    return tuple(hour for hour in chosen if hour != out)


def alternated(hours: HoursWeighed, plan: Plan) -> Plan:
    """Have hours alternate among dates that cost the same, so that none comes many times in a row.

    Nothing else about the plan changes.
    """
    alike: dict[object, list[int]] = defaultdict(list)
    for date, row in enumerate(hours.cells):
        alike[row].append(date)
    spread = list(plan)
    for dates in alike.values():
        counts = {hour: [plan[d] for d in dates].count(hour) for hour in sorted({*plan})}
        for date, hour in zip(dates, _alternating(counts), strict=True):
            spread[date] = hour
    return tuple(spread)


def _alternating(counts: dict[int, int]) -> Iterator[int]:
    """List each hour as often as it is to come, as evenly as that goes."""
    total, credit = sum(counts.values()), dict.fromkeys(counts, 0)
    for _ in range(total):
        for hour, count in counts.items():
            credit[hour] += count
        hour = max(credit, key=lambda hour: (credit[hour], -hour))
        credit[hour] -= total
        yield hour
