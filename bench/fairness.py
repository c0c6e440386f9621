"""Measures whether turns are shared fairly over five years, and how fast a rota is made."""

import time
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

from bench.picture import bars
from bench.rows import Figure
from bench.seasons import BEGIN, DATES, SAYS_NO, WEEK, YEARS, ZONES, Story, local_day, story
from bot.rules.rotation import Duty, Host, rota

DOCS = Path(__file__).parents[1] / "docs"
POOLS = (3, 4, 6, 8, 12, 20, 30, 45, 60)
SEEDS = (1, 2)
ABOUT = (
    "# How fairly turns are shared\n\n"
    f"Made by `make bench`: pools of {POOLS[0]} to {POOLS[-1]} people share a turn a week for "
    f"{YEARS} years by the rule that proposes hosts. Everybody is away ten times, for three days "
    f"to six weeks. Of those asked, {SAYS_NO:.0%} say no. A third join later, a third leave, and "
    "half of those return after half a year. In pools of more than six, half of the people want "
    f"two, four or eight weeks between two turns. Each pool is played {len(SEEDS)} times, with "
    "fixed seeds; the table shows the worst of them.\n\n"
    "An even share of a date is one turn divided by all who could have been asked for it. What "
    "somebody's turns should come to is the sum of their shares: whoever is away, rests or says no "
    "has none. Nobody may be further from that than one turn.\n\n"
    "![How far turns are from an even share, by the size of the pool](fairness.svg)\n\n"
)
HEADINGS = (
    "people",
    "furthest from an even share, in turns",
    "twice in a row, with others free",
    "closer together than somebody wants",
    "dates with nobody free",
)


@dataclass(frozen=True, slots=True)
class Fairness:
    """What came of a pool: how far the turns of each are from their share, and what was broken."""

    people: int
    distances: Sequence[float]
    in_a_row: int
    too_close: int
    nobody: int

    @property
    def furthest(self) -> float:
        """The turns that the one with the most, or with the least, is from their even share."""
        return max(abs(distance) for distance in self.distances)

    def cells(self) -> tuple[str, ...]:
        """Write a line of the table."""
        numbers = (self.in_a_row, self.too_close, self.nobody)
        return (str(self.people), f"{self.furthest:.2f}", *map(str, numbers))


def rows() -> list[Figure]:
    """Play all pools, write the page about them, and measure how long a rota takes."""
    played = [_worst(measured(story(people, seed)) for seed in SEEDS) for people in POOLS]
    (DOCS / "fairness.md").write_text(_page(played), encoding="utf-8")
    (DOCS / "fairness.svg").write_text(
        bars([(str(pool.people), pool.furthest) for pool in played], most=1), encoding="utf-8"
    )
    furthest = max(pool.furthest for pool in played)
    seen = f"pools of {POOLS[0]} to {POOLS[-1]} over {YEARS} years"
    return [
        Figure("turns from an even share, at most", furthest, 1, "", True, seen),
        Figure("turns in a row, others free", sum(p.in_a_row for p in played), 0, "", True, seen),
        Figure("turns beyond one's limit", sum(p.too_close for p in played), 0, "", True, seen),
        Figure("rota of 60 people over 24 dates", _milliseconds(), 100, "ms", True),
    ]


def measured(history: Story) -> Fairness:
    """Measure what became of a community, without the rule that shared its turns."""
    return Fairness(
        len(history.hosts),
        _distances(history),
        sum(_again(history, number) for number in range(1, DATES)),
        sum(_too_close(history, host) for host in history.hosts),
        len(history.dates) - len(history.taken),
    )


def _distances(history: Story) -> list[float]:
    """Say of each how many turns more than their even share they had."""
    ahead: Counter[int] = Counter({host.id: 0 for host in history.hosts})
    shares: dict[int, float] = dict.fromkeys(ahead, 0.0)
    for turn, free in zip(history.dates, history.free, strict=True):
        ahead.update(turn.taken_by)
        for host in free if turn.taken_by else ():
            shares[host] += 1 / len(free)
    return [ahead[host] - shares[host] for host in shares]


def _again(history: Story, number: int) -> bool:
    """Say whether a date was taken by whoever took the one before, while others were free."""
    before, turn = history.dates[number - 1], history.dates[number]
    return bool(turn.taken_by & before.taken_by and history.free[number] - turn.taken_by)


def _too_close(history: Story, host: Host) -> int:
    days = [local_day(host, turn) for turn in history.taken if host.id in turn.taken_by]
    return sum((later - day).days < host.rest_days for day, later in pairwise(days))


def _worst(played: Iterable[Fairness]) -> Fairness:
    alike = [*played]
    return Fairness(
        alike[0].people,
        [distance for pool in alike for distance in pool.distances],
        max(pool.in_a_row for pool in alike),
        max(pool.too_close for pool in alike),
        max(pool.nobody for pool in alike),
    )


def _page(played: Iterable[Fairness]) -> str:
    lines = [HEADINGS, tuple("---:" for _ in HEADINGS), *(pool.cells() for pool in played)]
    return ABOUT + "\n".join(f"| {' | '.join(cells)} |" for cells in lines) + "\n"


def _milliseconds() -> float:
    """Make the rota of half a year for sixty people with five years behind them."""
    people = [
        Host(id, ((BEGIN - WEEK, None),), (), ZONES[id % len(ZONES)], rest_days=id % 3 * 14)
        for id in range(60)
    ]
    past = [
        Duty(number, BEGIN + number * WEEK, frozenset({number % 60})) for number in range(DATES)
    ]
    ahead = [Duty(number, BEGIN + number * WEEK) for number in range(DATES, DATES + 24)]
    took = []
    for _ in range(5):
        began = time.perf_counter()
        rota([*past, *ahead], people, ahead[0].starts_at - timedelta(days=1))
        took.append(time.perf_counter() - began)
    return 1000 * min(took)
