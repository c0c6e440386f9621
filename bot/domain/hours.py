"""Keeps account of hours: where people live, what past dates cost their regions, what is open."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from itertools import islice
from typing import Any
from zoneinfo import ZoneInfo

from bot.domain.occurrences import DAY, Occurrence, expected, instant
from bot.domain.programmes import FEW
from bot.domain.reminders import Concerned
from bot.domain.sessions import to_be_announced
from bot.folding import folded
from bot.i18n import languages, region_name
from bot.moments.continents import continent_of
from bot.rules.hours import Dwellers, borne, own_hours
from storage import Records
from storage.hours import Burden, Living
from storage.log import Actor
from storage.programmes import DRAFT, Programme
from storage.sessions import Session

FIVE = 5
"""People there have to be in a group for their number to be shown."""


@dataclass(frozen=True, slots=True)
class Spread:
    """Where people live: how many of a region and zone said the same of their hours.

    `groups` are [region, zone, how many, what they said]; regions are named as most of their people
    write them, or by the UN M49 code of their part of the world. `unknown` people have no zone.
    """

    groups: Sequence[tuple[str, str, int, Mapping[str, Any]]]
    unknown: int

    @property
    def dwellers(self) -> Sequence[Dwellers]:
        """Give them as the rules take them."""
        return [Dwellers(r, zone, n, own_hours(said)) for r, zone, n, said in self.groups]

    @property
    def regions(self) -> Mapping[str, int]:
        """Count the people of each region."""
        counts: Counter[str] = Counter()
        for region, _, number, _ in self.groups:
            counts[region] += number
        return counts

    def zone_of(self, region: str) -> str:
        """Give the zone most people of a region are in."""
        counts: Counter[str] = Counter()
        for name, zone, number, _ in self.groups:
            counts[zone] += number if name == region else 0
        return max(sorted(counts), key=lambda zone: counts[zone], default="")

    def naming(self) -> Callable[[str, str], str]:
        """Give what names a region as people do now, from how it was written in a zone.

        Where nobody is of that region any more, it is that of most people who are in the zone.
        """
        names, there = dict[str, str](), defaultdict[str, Counter[str]](Counter)
        for region, zone, number, _ in self.groups:
            names[_key(region, zone)] = region
            there[zone][region] += number

        def name(written: str, zone: str) -> str:
            key, here = _key(written, zone), there.get(zone, Counter[str]())
            most = max(sorted(here), key=lambda region: here[region], default="")
            return names.get(key) or most or written.strip() or key

        return cache(name)


def spread(records: Records) -> Spread:
    """Say where everybody lives."""
    people = records.burdens.living()
    known = [who for who in people if who.zone]
    names = _names(known)
    counts: dict[str, int] = defaultdict(int)
    groups: dict[str, tuple[str, str, Mapping[str, Any]]] = {}
    for who in known:
        region = names[_key(who.region, who.zone)]
        group = repr((region, who.zone, sorted(who.hours.items())))
        groups[group] = region, who.zone, who.hours
        counts[group] += 1
    rows = [(*groups[group][:2], counts[group], groups[group][2]) for group in sorted(groups)]
    return Spread(rows, len(people) - len(known))


def _names(people: Iterable[Living]) -> Mapping[str, str]:
    """Name each region as most of its people do."""
    written: dict[str, Counter[str]] = defaultdict(Counter)
    for who in people:
        written[_key(who.region, who.zone)][who.region.strip() or continent_of(who.zone)] += 1
    return {key: max(sorted(names), key=lambda n: names[n]) for key, names in written.items()}


def _key(region: str, zone: str) -> str:
    """Give what tells regions apart: the name that was written, else the part of the world.

    The name of a part of the world, in any language of the bot, is that part.
    """
    written = folded(region.strip())
    return _PARTS.get(written, written) or continent_of(zone)


_PARTS: Mapping[str, str] = {
    folded(region_name(code, locale)): code
    for locale in languages()
    for code in ("002", "019", "142", "150", "009")
}


def bear(records: Records, session: Session, concerned: Concerned, now: datetime) -> None:
    """Keep what a date of a programme cost the zones people are in, once it was held."""
    held = session.state == "announced" and session.ends_at <= now
    if concerned is not None or session.programme_id is None or not held:
        return
    if records.burdens.of_session(session.id) is not None:
        return
    zones = borne(spread(records).dwellers, session.starts_at, session.minutes)
    burden = Burden(
        programme_id=session.programme_id,
        session_id=session.id,
        held_at=session.starts_at,
        minutes=session.minutes,
        zones=[*map(list, zones)],
    )
    records.burdens.add(burden)


def enter(
    records: Records, programme: Programme, held: Sequence[tuple[str, int]], by: Actor
) -> None:
    """Keep at which hours a series was held before the bot: "HH:MM" in its zone, and how often.

    It takes the place of what was entered before.
    """
    for burden in records.burdens.of(programme.id):
        if burden.session_id is None:
            records.burdens.remove(burden)
    rule = records.programmes.rules(programme)[0]
    people = spread(records).dwellers
    for clock, times in held:
        at = instant(f"{rule.from_wall[:10]} {clock}", rule.zone)
        zones = borne(people, at, programme.minutes)
        burden = Burden(
            programme_id=programme.id,
            held_at=at,
            minutes=programme.minutes,
            times=times,
            zones=[*map(list, zones)],
        )
        records.burdens.add(burden)
    records.touched.add(programme)
    records.log.add(programme.about, "entered hours", by.member, by.now)


def entered(records: Records, programme: Programme) -> Sequence[tuple[str, int]]:
    """Give what was entered of hours before the bot: "HH:MM" in the zone of a series, how often."""
    zone = ZoneInfo(records.programmes.rules(programme)[0].zone)
    return [
        (f"{burden.held_at.astimezone(zone):%H:%M}", burden.times)
        for burden in records.burdens.of(programme.id)
        if burden.session_id is None
    ]


@dataclass(frozen=True, slots=True)
class BorneSoFar:
    """What past dates cost: on average a member, by region, and how many dates that were."""

    regions: Mapping[str, float]
    dates: int


def account(records: Records, programme: Programme, living: Spread) -> BorneSoFar:
    """Say who bore what in a series so far, by region, however small: no person is in it."""
    named = living.naming()
    sums: dict[str, float] = defaultdict(float)
    burdens = records.burdens.of(programme.id)
    for burden in burdens:
        people, costs = Counter[str](), defaultdict[str, float](float)
        for written, zone, number, cost in burden.zones:
            region = named(written, zone)
            people[region] += number
            costs[region] += number * cost
        for region, number in people.items():
            sums[region] += burden.times * costs[region] / number
    return BorneSoFar(sums, sum(burden.times for burden in burdens))


@dataclass(frozen=True, slots=True)
class OpenDates:
    """The dates of a series to come: some may be held at another hour, `settled` ones may not.

    Those are announced one by one already, were moved by somebody, or begin within a day. There
    are `more` where the series goes on after these.
    """

    free: Sequence[Occurrence]
    settled: Sequence[datetime]
    more: bool


def open_dates(records: Records, programme: Programme, now: datetime) -> OpenDates:
    """List the next dates of a series, made or not."""
    made = {date.occurrence: date for date in records.programmes.dates(programme, since=now)}
    ahead = expected(records, programme, now)
    open_ones = (
        date for date in ahead if date.at > now + DAY and _free(made.get(date.wall), programme, now)
    )
    free = [*islice(open_ones, FEW)]
    settled = [
        date.starts_at
        for date in made.values()
        if date.state == "announced"
        and (date.starts_at <= now + DAY or not _free(date, programme, now))
    ]
    return OpenDates(free, settled, next(ahead, None) is not None)


def _free(date: Session | None, programme: Programme, now: datetime) -> bool:
    if date is None or programme.state == DRAFT:
        return True
    waits = date.state == "announced" and to_be_announced(date, now)
    return waits and "when" not in date.own


def given(records: Records, programme: Programme, people: Spread, now: datetime) -> dict[str, Any]:
    """Give what `rules.hours_proposals.proposed` works with, all as plain data."""
    dates = open_dates(records, programme, now)
    rule = records.programmes.rules(programme)[-1]
    free = [date for date in dates.free if date.zone == rule.zone]
    return {
        "people": [[r, zone, n, dict(said)] for r, zone, n, said in people.groups],
        "dates": [[date.wall, date.held[:10], date.held[11:]] for date in free],
        "zone": rule.zone,
        "minutes": programme.minutes,
        "held": [at.isoformat() for at in dates.settled],
        "borne": dict(account(records, programme, people).regions),
    }


def came(records: Records, programme: Programme, living: Spread) -> Mapping[str, int]:
    """Count who was at past dates of a series, by region; groups of less than five are left out."""
    ids = [date.id for date in records.programmes.dates(programme)]
    named = living.naming()
    counts = Counter(named(row.region, row.zone) for row in records.attendance.there(ids))
    return {region: number for region, number in counts.items() if number >= FIVE}
