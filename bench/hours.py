"""Measures whether hours are shared fairly in random communities, and how fast that is."""

import asyncio
import random
import statistics
import time
from base64 import b64decode
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from bench.picture import bars
from bench.rows import Figure
from bot.documents.fair_hours import worked_out
from bot.notices import Work
from bot.rules.fair_hours import hours_of
from bot.rules.hours import Dwellers, own_hours
from bot.rules.hours_proposals import CLOCKS, MOST, PROMISED
from bot.rules.hours_search import HoursSearch
from bot.scheduler.computing import apart

DOCS = Path(__file__).parents[1] / "docs"
COMMUNITIES, DATES, MINUTES = 100, 12, 90
SECONDS = 5.0
WORLD: Mapping[str, Sequence[str]] = {
    "Africa": (
        *("Africa/Dakar", "Africa/Lagos", "Africa/Nairobi", "Africa/Cairo"),
        *("Africa/Johannesburg", "Africa/Casablanca", "Africa/Tunis", "Africa/Kinshasa"),
    ),
    "Americas": (
        *("America/New_York", "America/Chicago", "America/Los_Angeles", "America/Bogota"),
        *("America/Lima", "America/Santiago", "America/Sao_Paulo", "America/Mexico_City"),
        *("America/Argentina/Buenos_Aires", "America/St_Johns"),
    ),
    "Asia": (
        *("Asia/Kolkata", "Asia/Dhaka", "Asia/Jakarta", "Asia/Manila", "Asia/Tokyo"),
        *("Asia/Kathmandu", "Asia/Tbilisi", "Asia/Beirut", "Asia/Seoul", "Asia/Ho_Chi_Minh"),
    ),
    "Europe": (
        *("Europe/London", "Europe/Madrid", "Europe/Paris", "Europe/Berlin"),
        *("Europe/Athens", "Europe/Kyiv", "Europe/Istanbul", "Europe/Lisbon"),
    ),
    "Pacific": ("Pacific/Auckland", "Pacific/Fiji", "Australia/Sydney", "Australia/Adelaide"),
}
HABITS = ("the organiser's 15:00", "9:00 and 18:00 in turn", "the hours proposed")
"""What is compared: two habits people have, and the rule."""
ABOUT = (
    "# Fair hours\n\n"
    "A community across regions has no hour that suits everybody. Somebody always has the 5 am, "
    "and it is always the same people, unless somebody keeps account. `/programme hours` does.\n\n"
    "## What an hour costs\n\n"
    "Each hour costs points, by the clock where somebody lives, for the worst quarter of an hour "
    "of the session:\n\n"
    "| local time | points |\n| --- | ---: |\n"
    "| 9:00–17:00 | 0 |\n| 8:00–9:00, 17:00–20:00 | 1 |\n| 7:00–8:00, 20:00–22:00 | 3 |\n"
    "| 6:00–7:00, 22:00–23:00 | 6 |\n| 23:00–6:00 | 10 |\n\n"
    "Who says more in `/my hours` is believed: a *possible* hour costs nothing, an *unwelcome* "
    "one 6, and at an hour somebody *excluded* nobody is asked to come, unless there is no other. "
    "Nobody sees what somebody said; it only counts.\n\n"
    "## What is proposed\n\n"
    "What a region carries is the average of its members, over the next dates of the series, "
    "together with what it has carried so far: in sessions that were held, and in those before "
    "the bot, which are entered once (*Earlier hours…*). A region is what people write in their "
    "profile, else their part of the world. Newcomers enter with the average of their region, and "
    "what was carried stays as it was when somebody moves.\n\n"
    f"There are at most {MOST} different hours in a series, since more of them nobody remembers. "
    "First the fairest plan is looked for: the one in which the region that carries most carries "
    "least. It makes everybody nearly as badly off as that region. So of all plans in which no "
    f"region carries over {PROMISED - 1:.0%} more than in the fairest, the one that costs least in "
    "all is proposed. A lighter, less even one and a single hour are shown beside it, where they "
    "cost less. One press adopts a plan, for all dates or for one, and another undoes it. Dates "
    "that are announced already stay where they are, and those somebody has moved by hand.\n\n"
    "Where no hour works for all regions, a twin series is proposed: two sessions a date, of "
    "which each comes to the better one. It is planned as a draft, and nobody who hosts or "
    "contributes is asked a second time by itself.\n\n"
    "The picture shows for each region what each hour of the day costs, on the clock there, and "
    "what it carries now and then. Attendance by region is shown in groups of five and more, so "
    "that one sees whether the other hour is used.\n\n"
    "![What each hour costs five regions, and what they carry now and with the hours proposed]"
    "(hours.png)\n\n"
    "## How it compares\n\n"
    f"Made by `make bench`: {COMMUNITIES} random communities of 10 to 500 people in two to five "
    f"regions, {DATES} dates a year, {MINUTES} minutes each. How much more the worst region "
    "carries than in the fairest plan that was found, and what a person carries on average:\n\n"
    "![How much more the worst region carries, in half of the communities](hours.svg)\n\n"
)
HEADINGS = (
    "hours",
    "worst region beside the fairest, median",
    "worst case",
    "points a person and date, median",
)


@dataclass(frozen=True, slots=True)
class RandomCommunity:
    """People in some zones, one of whom always planned the sessions, and the days of a series."""

    people: Sequence[Dwellers]
    organiser: str
    days: Sequence[str]

    def starts(self, clocks: Sequence[str]) -> list[list[datetime]]:
        """Give for each date when it may begin: some hours on the organiser's clock."""
        zone = ZoneInfo(self.organiser)
        return [
            [
                datetime.fromisoformat(f"{day} {clock}").replace(tzinfo=zone).astimezone(UTC)
                for clock in clocks
            ]
            for day in self.days
        ]


@dataclass(frozen=True, slots=True)
class Compared:
    """Of each habit: what the worst region carries beside the fairest plan; a person's mean."""

    worst: Sequence[float]
    mean: Sequence[float]


def rows() -> list[Figure]:
    """Share the hours of all communities, write the page about it, and time a large one."""
    compared = [_compared(community(seed)) for seed in range(COMMUNITIES)]
    (DOCS / "hours.md").write_text(_page(compared), encoding="utf-8")
    medians = [statistics.median(one.worst[n] for one in compared) for n in range(len(HABITS))]
    drawn = bars([*zip(HABITS, medians, strict=True)], most=PROMISED, below="")
    (DOCS / "hours.svg").write_text(drawn, encoding="utf-8")
    seen = f"{COMMUNITIES} random communities"
    worst = max(one.worst[-1] for one in compared)
    given = _given(community(0, size=2000, regions=len(WORLD)))
    took, picture = asyncio.run(_timed(given))
    (DOCS / "hours.png").write_bytes(b64decode(picture))
    large = "2,000 people, 40 zones, 12 dates, as a job"
    return [
        Figure("worst region beside the fairest plan", worst, PROMISED, "×", True, seen),
        Figure("proposal of fair hours", took, SECONDS, "s", True, large),
    ]


def community(seed: int, size: int = 0, regions: int = 0) -> RandomCommunity:
    """Make a community up: always the same one from a seed."""
    drawn = random.Random(seed)
    size = size or round(10 * 50 ** drawn.random())
    names = drawn.sample(sorted(WORLD), regions or drawn.randint(2, len(WORLD)))
    everywhere = [(region, zone) for region in names for zone in WORLD[region]]
    weights = [drawn.expovariate(1) for _ in everywhere]
    homes = [*(everywhere if size > 1000 else ()), *drawn.choices(everywhere, weights, k=size)]
    people = [*_people(drawn, homes[:size])]
    first = datetime(2027, 1, 6, tzinfo=UTC) + timedelta(days=drawn.randrange(365))
    days = [f"{first + timedelta(days=28 * n):%Y-%m-%d}" for n in range(DATES)]
    return RandomCommunity(people, drawn.choice(homes)[1], days)


def _people(drawn: random.Random, homes: Sequence[tuple[str, str]]) -> Iterator[Dwellers]:
    """Gather people; one in seven says something of their hours."""
    alike: Counter[tuple[str, str]] = Counter()
    for region, zone in homes:
        if drawn.random() > 1 / 7:
            alike[region, zone] += 1
        else:
            hour = drawn.randint(17, 21)
            kind = drawn.choice(["possible", "unwelcome"])
            said = {kind: [["1234567", f"{hour}:00", f"{hour + 2}:00"]]}
            yield Dwellers(region, zone, 1, own_hours(said))
    for (region, zone), number in sorted(alike.items()):
        yield Dwellers(region, zone, number)


def _compared(here: RandomCommunity) -> Compared:
    hours = hours_of(here.people, here.starts(CLOCKS), MINUTES, {})
    fairest = HoursSearch(hours, MOST).best()
    least = hours.weight(fairest).worst
    fair = HoursSearch(hours, MOST, int(least * PROMISED)).best(fairest)
    usual, early, late = (CLOCKS.index(clock) for clock in ("15:00", "09:00", "18:00"))
    plans = ((usual,) * DATES, (early, late) * (DATES // 2), fair)
    weights = [hours.weight(plan) for plan in plans]
    people = sum(hours.people)
    return Compared(
        [weight.worst / least if least else 1.0 for weight in weights],
        [weight.total / people / DATES for weight in weights],
    )


def _page(compared: Sequence[Compared]) -> str:
    lines: list[Sequence[str]] = [HEADINGS, ["---", "---:", "---:", "---:"]]
    for number, habit in enumerate(HABITS):
        worst = [one.worst[number] for one in compared]
        mean = statistics.median(one.mean[number] for one in compared)
        figures = (statistics.median(worst), max(worst))
        lines.append([habit, *(f"{figure:.2f} ×" for figure in figures), f"{mean:.1f}"])
    return ABOUT + "\n".join(f"| {' | '.join(cells)} |" for cells in lines) + "\n"


def _given(here: RandomCommunity) -> dict[str, Any]:
    """Write a community down as a job is given it."""
    people = [[who.region, who.zone, who.people, _said(who)] for who in here.people]
    return {
        "people": people,
        "dates": [[day, day, "15:00"] for day in here.days],
        "zone": here.organiser,
        "minutes": MINUTES,
        "held": [],
        "borne": {},
        "drawn": {
            "locale": "en",
            "zone": here.organiser,
            "day": here.days[0],
            "regions": {who.region: [1, who.zone] for who in here.people},
            "unknown": 0,
        },
    }


def _said(who: Dwellers) -> dict[str, list[list[str]]]:
    kinds = {"possible": who.own.possible, "unwelcome": who.own.unwelcome}
    return {
        kind: [[days, f"{begin // 60}:00", f"{end // 60}:00"] for days, begin, end in spans]
        for kind, spans in kinds.items()
    }


async def _timed(given: Mapping[str, Any]) -> tuple[float, str]:
    """Time the job as it is run, in a process of its own; gives the seconds, and what it draws."""
    took, drawn = [], ""
    for _ in range(3):
        began = time.perf_counter()
        drawn = (await apart(Work(worked_out, given)))["picture"]
        took.append(time.perf_counter() - began)
    return min(took), drawn
