"""Words which hours of a programme would be fair, who bears what, and what was adopted."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from bot.authored import title_of
from bot.chat import (
    Block,
    Button,
    Choice,
    CommandRef,
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
from bot.domain.occurrences import instant
from bot.handlers.programmes.words.hours_beside import (
    HoursShown,
    alternatives,
    attendance,
    band,
    counted,
    points,
)
from bot.i18n import RegionName, Text, ZoneName, joined, plain, series, t, tn

WORKING_OUT = said(t("I'm working it out. You'll get it in a moment, with a picture."))
TOO_OLD = t("Dates or people have changed since. Please look at the fair hours again.")
NOBODY_KNOWN = t(
    "Nobody here has a time zone yet, so I can't tell which hours are fair. Add yours to your "
    "profile."
)
POINTS = t(
    "Points for each person and date: 0 in working hours, 1 right before or after, 3 before 8:00 "
    "or after 20:00, 6 before 7:00 or after 22:00, 10 at night. Hours people set with {command} "
    "count instead.",
    command=CommandRef("my", "hours"),
)
ALT = t("By region: what each hour costs, and what each region carries")
"""What the picture shows, for those who do not see it; its numbers stand in the text."""
ADOPT: Mapping[str, Text] = {
    "fair": t("Adopt these hours"),
    "lighter": t("Adopt the lighter ones"),
    "single": t("Adopt one hour"),
}
SHOWN = 12
"""Regions in a message; the picture shows them all."""


def fair_hours(shown: HoursShown) -> Message:
    """Word which hours are fair, for whoever looks after a programme; others see who bears what."""
    title = t("Fair hours for “{title}”", title=title_of(shown.planned))
    picture = Picture(File("hours.png", shown.picture, "image/png"), ALT)
    blocks = (
        *_proposal(shown),
        *_carried(shown),
        *_notes(shown),
        Context(POINTS),
        picture,
        *alternatives(shown),
        *band(shown),
        *attendance(shown),
    )
    return Message(title, blocks, _buttons(shown), _one_date(shown))


def _carried(shown: HoursShown) -> Iterator[Block]:
    regions = tuple(_regions(shown))[:SHOWN]
    if regions:
        yield from (Heading(t("What each region carries")), Items(regions))


def _proposal(shown: HoursShown) -> Iterator[Block]:
    fair, now = shown.fair, shown.result["now"]
    if fair is None:
        so_far = t("No dates are left to change. This is what each region has carried so far.")
        nothing = t("No dates are left to change, and none has been held yet.")
        yield Paragraph(so_far if shown.so_far.dates else nothing)
        return
    worst = {
        "most": points(max(fair["loads"].values())),
        "least": points(shown.result["fairest"]),
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
        yield Paragraph(_instead(fair, now))
    yield Items(tuple(_dates(shown, fair["hours"])))
    if shown.goes_further:
        yield Context(t("Later dates stay at the usual hour until you adopt hours for them."))


def _instead(fair: Mapping[str, Any], now: Mapping[str, Any]) -> Text:
    """Set what hours cost beside those there are now, at which some may not be able to come."""
    then = round(fair["mean"], 1)
    if sum(now["out"].values()) > sum(fair["out"].values()):
        return t(
            "That's {then} points for each person on average. At the hours there are now, some "
            "people can't come, according to their own hours: {people}.",
            then=then,
            people=series(counted(region, n) for region, n in sorted(now["out"].items())),
        )
    return t(
        "That's {then} points for each person on average, instead of {now} now.",
        then=then,
        now=round(now["mean"], 1),
    )


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
    loads: Mapping[str, float] = {**so_far.regions, **(fair["loads"] if fair else {})}
    now: Mapping[str, float] = {} if fair is None or shown.settled else shown.result["now"]["loads"]
    for region in sorted(loads, key=lambda name: (-loads[name], name)):
        carried = _change(now.get(region), loads[region])
        before = points(so_far.regions.get(region, 0.0)) if fair else 0
        if before:
            carried = t("{points}, {before} of them so far", points=carried, before=before)
        number = shown.result["people"].get(region, 0)
        people = tn("{count} person", "{count} people", number)
        told = {"region": RegionName(region), "people": people, "points": carried}
        nobody = t("{region}: {points}", region=RegionName(region), points=carried)
        yield t("{region} ({people}): {points}", **told) if number else nobody


def _change(now: float | None, then: float) -> Text:
    carried = tn("{count} point", "{count} points", points(then))
    if now is None or points(now) == points(then):
        return carried
    return t("{now} → {points}", now=points(now), points=carried)


def _notes(shown: HoursShown) -> Iterator[Block]:
    fair = shown.fair
    if fair is not None:
        zone, load = fair["zone"]
        told = {"zone": ZoneName(zone), "points": points(load)}
        yield Context(
            t("On these dates, people around {zone} carry the most: {points} points.", **told)
        )
        out = [counted(region, number) for region, number in sorted(fair["out"].items())]
        if out:
            yield Paragraph(
                t("According to their own hours, some people can't come: {people}.",
                  people=series(out))
            )  # fmt: skip
    named = [t("{number} = {region}", number=n, region=name) for n, name in shown.result["named"]]
    if named:
        yield Context(t("In the picture: {regions}", regions=joined(named, ", ")))
    if shown.result["unknown"]:
        yield Context(
            tn(
                "{count} person without a time zone isn't counted.",
                "{count} people without a time zone aren't counted.",
                shown.result["unknown"],
            )
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
    if shown.fair is not None and _adopted(shown.result["now"]["hours"]):
        found.append(button(t("One hour again"), "programme.usual-hours", programme=id))
    found.append(button(t("Earlier hours…"), "programme.earlier-hours", programme=id))
    return tuple(found)


def _adopted(clocks: Mapping[str, str]) -> bool:
    """Say whether any date has another hour than the rule, by which dates are named."""
    return any(name[11:] != clock for name, clock in clocks.items())


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
