"""Words what is shown beside fair hours: lighter ones, two sessions a date, attendance."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import time
from typing import Any

from bot.chat import Block, Context, Heading, Items, Paragraph
from bot.domain.hours import BorneSoFar
from bot.i18n import RegionName, Text, TimeOfDay, ZoneName, plain, series, t, tn
from storage.programmes import Programme

CHEAPER: Mapping[str, Text] = {
    "lighter": t("Lighter, but less even"),
    "single": t("One hour for all dates"),
}


@dataclass(frozen=True, slots=True)
class HoursShown:
    """What is shown of the hours of a programme, in whose `zone` they are: `result` of a `job`."""

    planned: Programme
    job: int
    result: Mapping[str, Any]
    zone: str
    so_far: BorneSoFar
    came: Mapping[str, int]
    picture: bytes
    changes: bool
    goes_further: bool

    @property
    def fair(self) -> Mapping[str, Any] | None:
        """The plan that is proposed, where dates are open; to others the one that is adopted."""
        plans: Sequence[Mapping[str, Any]] = self.result["plans"]
        if not plans:
            return None
        now: Mapping[str, Any] = self.result["now"]
        return plans[0] if self.changes else now

    @property
    def settled(self) -> bool:
        """Whether the hours are what would be proposed already."""
        return self.fair is not None and self.fair["hours"] == self.result["now"]["hours"]


def points(value: float) -> int:
    """Give points as they are shown."""
    return round(value)


def counted(region: str, number: int) -> Text:
    """Word a region with how many people of it are meant."""
    return t("{region} {number}", region=RegionName(region), number=number)


def alternatives(shown: HoursShown) -> Iterator[Block]:
    """Show what would cost less in all, and what it would cost the region that bears most."""
    if shown.fair is None or shown.settled or len(shown.result["plans"]) < 2:
        return
    yield Heading(t("Other hours"))
    yield Items(tuple(_alternative(plan) for plan in shown.result["plans"][1:]))


def _alternative(plan: Mapping[str, Any]) -> Text:
    loads: Mapping[str, float] = plan["loads"]
    worst = max(sorted(loads), key=lambda region: loads[region])
    return t(
        "{kind}: {hours}. {mean} points a person; {region} would carry {most}.",
        kind=CHEAPER[plan["kind"]],
        hours=_hours(plan["hours"]),
        mean=round(plan["mean"], 1),
        region=RegionName(worst),
        most=points(loads[worst]),
    )


def _hours(clocks: Mapping[str, str]) -> Text:
    counts = Counter(clocks.values())
    ordered = sorted(counts, key=lambda clock: (-counts[clock], clock))
    return series(plain(TimeOfDay(time.fromisoformat(clock))) for clock in ordered)


def band(shown: HoursShown) -> Iterator[Block]:
    """Propose two sessions a date where no single hour can be borne."""
    twin = shown.result["twin"]
    if twin is None or not shown.changes:
        return
    first, second = (time.fromisoformat(next(iter(clocks.values()))) for clocks in twin["hours"])
    loads: Mapping[str, float] = twin["loads"]
    worst = max(sorted(loads), key=lambda region: loads[region])
    yield Heading(t("Two sessions a date"))
    hours = {"first": TimeOfDay(first), "second": TimeOfDay(second), "zone": ZoneName(shown.zone)}
    yield Paragraph(
        t(
            "On some dates no hour works for everybody. With one session at {first} and one at "
            "{second} ({zone}), each person can choose the better one.",
            **hours,
        )
    )
    most = points(loads[worst])
    told = {"region": RegionName(worst), "points": tn("{count} point", "{count} points", most)}
    yield Paragraph(
        t("The region that would then carry the most is {region}: {points}.", **told)
        if most
        else t("Then no region would carry anything.")
    )


def attendance(shown: HoursShown) -> Iterator[Block]:
    """Show how many came so far, by region."""
    if shown.came:
        counts = [counted(region, number) for region, number in sorted(shown.came.items())]
        yield Context(
            t("Attendance so far, in groups of five and more: {regions}.", regions=series(counts))
        )
