"""Words which hours of a programme would be fair, who bears what, and what was adopted."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from bot.authored import title_of
from bot.chat import (
    Block,
    Button,
    Choice,
    Context,
    Day,
    File,
    Heading,
    Items,
    Message,
    Moment,
    Option,
    Paragraph,
    Picture,
    Style,
    button,
    choice,
    encoded,
    said,
)
from bot.domain.hours import BorneSoFar, Spread
from bot.domain.occurrences import instant
from bot.i18n import RegionName, Text, TimeOfDay, ZoneName, joined, plain, series, t, tn
from storage.programmes import Programme

WORKING_OUT = said(t("I'm working it out. You'll get it in a moment, with a picture."))
TOO_OLD = t("Dates or people have changed since. Please look at the fair hours again.")
NOBODY_KNOWN = t(
    "Nobody here has a time zone yet, so I can't tell which hours are fair. Add yours to your "
    "profile."
)
POINTS = t(
    "Points for each person and date: 0 in working hours, 1 right before or after, 3 before 8:00 "
    "or after 20:00, 6 before 7:00 or after 22:00, 10 at night. Hours people gave "
    "themselves count instead."
)
ALT = t("By region: what each hour costs, and what each region carries")
"""What the picture shows, for those who do not see it; its numbers stand in the text."""
CHEAPER: Mapping[str, Text] = {
    "lighter": t("Lighter, but less even"),
    "single": t("One hour for all dates"),
}
ADOPT: Mapping[str, Text] = {
    "fair": t("Adopt these hours"),
    "lighter": t("Adopt the lighter ones"),
    "single": t("Adopt one hour"),
}
SHOWN = 12
"""Regions in a message; the picture shows them all."""


@dataclass(frozen=True, slots=True)
class HoursShown:
    """What is shown of the hours of a programme, in whose `zone` they are: `result` of a `job`."""

    planned: Programme
    job: int
    result: Mapping[str, Any]
    zone: str
    so_far: BorneSoFar
    people: Spread
    came: Mapping[str, int]
    picture: bytes
    changes: bool

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


def fair_hours(shown: HoursShown) -> Message:
    """Word which hours are fair, for whoever looks after a programme; others see who bears what."""
    title = t("Fair hours for “{title}”", title=title_of(shown.planned))
    picture = Picture(File("hours.png", shown.picture, "image/png"), ALT)
    blocks = (
        *_proposal(shown),
        Heading(t("What each region carries")),
        Items(tuple(_regions(shown))[:SHOWN]),
        *_notes(shown),
        Context(POINTS),
        picture,
        *_alternatives(shown),
        *_band(shown),
        *_attendance(shown),
    )
    return Message(title, blocks, _buttons(shown), _one_date(shown))


def _points(value: float) -> int:
    return round(value)


def _proposal(shown: HoursShown) -> Iterator[Block]:
    fair, now = shown.fair, shown.result["now"]
    if fair is None:
        yield Paragraph(
            t("No dates are left to change. This is what each region has carried so far.")
        )
        return
    worst = {
        "most": _points(max(fair["loads"].values())),
        "least": _points(shown.result["fairest"]),
    }
    if not shown.changes:
        yield Paragraph(
            t(
                "As planned, no region carries more than {most} points. With the fairest hours "
                "there are, it would be {least}.",
                **worst,
            )
        )
    elif shown.settled:
        yield Paragraph(
            t("The hours are fair as they are: no region carries more than {most} points.", **worst)
        )
    else:
        yield Paragraph(
            t(
                "With these hours no region carries more than {most} points. With the fairest "
                "there are, it would be {least}.",
                **worst,
            )
        )
        means = {"now": round(now["mean"], 1), "then": round(fair["mean"], 1)}
        yield Paragraph(
            t("That's {then} points for each person on average, instead of {now} now.", **means)
        )
    yield Items(tuple(_dates(shown, fair["hours"])))


def _dates(shown: HoursShown, clocks: Mapping[str, str]) -> Iterator[Text]:
    now = shown.result["now"]["hours"]
    for name, clock in clocks.items():
        when = Moment(instant(f"{name[:10]} {clock}", shown.zone))
        if now[name] == clock:
            yield plain(when)
        else:
            before = Moment(instant(f"{name[:10]} {now[name]}", shown.zone), "", "hour")
            yield t("{when}, instead of {before}", when=when, before=before)


def _regions(shown: HoursShown) -> Iterator[Text]:
    """Say what each region bears, the one that bears most first."""
    fair, so_far = shown.fair, shown.so_far
    loads: Mapping[str, float] = fair["loads"] if fair else so_far.regions
    now: Mapping[str, float] = {} if fair is None or shown.settled else shown.result["now"]["loads"]
    for region in sorted(loads, key=lambda name: (-loads[name], name)):
        points = _change(now.get(region), loads[region])
        before = so_far.regions.get(region) if fair and so_far.dates else None
        if before is not None:
            points = t("{points}, {before} of them so far", points=points, before=_points(before))
        people = tn("{count} person", "{count} people", shown.people.regions.get(region, 0))
        told = {"region": RegionName(region), "people": people, "points": points}
        yield t("{region} ({people}): {points}", **told)


def _change(now: float | None, then: float) -> Text:
    points = tn("{count} point", "{count} points", _points(then))
    if now is None or _points(now) == _points(then):
        return points
    return t("{now} → {points}", now=_points(now), points=points)


def _notes(shown: HoursShown) -> Iterator[Block]:
    fair = shown.fair
    if fair is not None:
        zone, load = fair["zone"]
        told = {"zone": ZoneName(zone), "points": _points(load)}
        yield Context(t("People around {zone} carry the most: {points} points.", **told))
        out = [_out(region, number) for region, number in sorted(fair["out"].items())]
        if out:
            yield Paragraph(
                t("According to their own hours, some people can't come: {people}.",
                  people=series(out))
            )  # fmt: skip
    named = [t("{number} = {region}", number=n, region=name) for n, name in shown.result["named"]]
    if named:
        yield Context(t("In the picture: {regions}", regions=joined(named, ", ")))
    if shown.people.unknown:
        yield Context(
            tn(
                "{count} person without a time zone isn't counted.",
                "{count} people without a time zone aren't counted.",
                shown.people.unknown,
            )
        )


def _out(region: str, number: int) -> Text:
    return t("{region} {number}", region=RegionName(region), number=number)


def _alternatives(shown: HoursShown) -> Iterator[Block]:
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
        most=_points(loads[worst]),
    )


def _hours(clocks: Mapping[str, str]) -> Text:
    counts = Counter(clocks.values())
    ordered = sorted(counts, key=lambda clock: (-counts[clock], clock))
    return series(plain(TimeOfDay(time.fromisoformat(clock))) for clock in ordered)


def _band(shown: HoursShown) -> Iterator[Block]:
    """Propose two sessions a date where no single hour can be borne."""
    twin = shown.result["twin"]
    if twin is None or not shown.changes:
        return
    first, second = (time.fromisoformat(next(iter(clocks.values()))) for clocks in twin["hours"])
    loads: Mapping[str, float] = twin["loads"]
    worst = max(sorted(loads), key=lambda region: loads[region])
    yield Heading(t("Two sessions a date"))
    yield Paragraph(
        t(
            "On some dates no hour works for everybody. With one session at {first} and one at "
            "{second} ({zone}), each person can choose the better one. The region that carries the "
            "most would then have {most} points ({region}).",
            first=TimeOfDay(first),
            second=TimeOfDay(second),
            zone=ZoneName(shown.zone),
            most=_points(loads[worst]),
            region=RegionName(worst),
        )
    )


def _attendance(shown: HoursShown) -> Iterator[Block]:
    if shown.came:
        counts = [_out(region, number) for region, number in sorted(shown.came.items())]
        yield Context(
            t("Attendance so far, in groups of five and more: {regions}.", regions=series(counts))
        )


def _buttons(shown: HoursShown) -> tuple[Button, ...]:
    if not shown.changes:
        return ()
    id, found = shown.planned.id, list[Button]()
    if shown.fair is not None and not shown.settled:
        for number, plan in enumerate(shown.result["plans"]):
            found.append(_adopt(shown, plan["kind"], "" if number else "primary"))
    if shown.result["twin"] is not None:
        found.append(button(t("Plan a twin series"), "programme.twin", programme=id, job=shown.job))
    found.append(button(t("Earlier hours…"), "programme.earlier-hours", programme=id))
    return tuple(found)


def _adopt(shown: HoursShown, plan: str, style: Style) -> Button:
    args = {"programme": shown.planned.id, "job": shown.job, "plan": plan}
    return Button(ADOPT[plan], encoded("programme.adopt-hours", args), style)


def _one_date(shown: HoursShown) -> tuple[Choice, ...]:
    """Offer the hours of one date alone."""
    if shown.fair is None or shown.settled or not shown.changes:
        return ()
    now, clocks = shown.result["now"]["hours"], shown.fair["hours"]
    options = tuple(
        Option(name, plain(Day(date.fromisoformat(name[:10]))))
        for name, clock in clocks.items()
        if now[name] != clock
    )
    args = {"programme": shown.planned.id, "job": shown.job}
    label = t("Adopt for one date")
    return (choice(label, "programme.adopt-hours", "date", options, **args),)
