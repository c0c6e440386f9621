"""Reads when the events of a calendar are: instants and days, in zones of many names."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.documents.calendar_lines import Component, Property
from bot.documents.calendar_zones import ZonesMeant
from bot.documents.entries import HOUR, LeftOut, is_address, minutes_between, wall_of
from bot.documents.markup import without_tags
from bot.moments import instant

STAMP = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(?:\d\d)?(Z)?)?", re.IGNORECASE)
LASTS = re.compile(
    r"\+?P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?", re.IGNORECASE
)
CALLS = ("X-GOOGLE-CONFERENCE", "X-MICROSOFT-SKYPETEAMSMEETINGURL", "CONFERENCE", "URL")
"""Where calendars keep the address at which people meet."""
MIDNIGHT = " 00:00"


@dataclass(frozen=True, slots=True)
class Stamp:
    """When something is, on the wall of a zone; `utc`: it was written in UTC; `day`: a day alone.

    `floating` is what named no zone.
    """

    wall: str
    zone: str
    at: datetime
    utc: bool = False
    day: bool = False
    floating: bool = False


class StampReader:
    """Reads the stamps of one calendar, those without a zone by the clock of the community."""

    def __init__(self, zones: ZonesMeant, usual: str) -> None:
        self.zones = zones
        self.usual = usual

    def stamps(self, one: Property) -> Iterator[Stamp]:
        """Read all stamps of a property. Raises LeftOut."""
        for words in one.value.split(","):
            yield self.stamp(Property(words.strip().partition("/")[0], one.parameters))

    def stamp(self, one: Property) -> Stamp:
        """Read one stamp. Raises LeftOut."""
        match = STAMP.fullmatch(one.value)
        if match is None:
            raise LeftOut("date", one.value)
        try:
            day = date(int(match[1]), int(match[2]), int(match[3]))
            if match[4] is None:
                at = instant(f"{day}{MIDNIGHT}", ZoneInfo(self.usual))
                return Stamp(f"{day}{MIDNIGHT}", self.usual, at, day=True)
            naive = datetime(day.year, day.month, day.day, int(match[4]), int(match[5]))  # noqa: DTZ001
        except (ValueError, OverflowError):
            raise LeftOut("date", one.value) from None
        if match[6]:
            at = naive.replace(tzinfo=UTC)
            return Stamp(wall_of(at, self.usual), self.usual, at, utc=True)
        name = one.parameters.get("TZID", "")
        zone = self.zones.called(name) if name else self.usual
        if not zone:
            raise LeftOut("zone", name)
        written = naive.isoformat(" ", "minutes")
        return Stamp(written, zone, instant(written, ZoneInfo(zone)), floating=not name)


def begin_of(event: Component, clock: StampReader) -> Stamp:
    """Say when an event begins. Raises LeftOut."""
    begin = event.first("DTSTART")
    if begin is None:
        raise LeftOut("no_date")
    return clock.stamp(begin)


def minutes_of(event: Component, begin: Stamp, clock: StampReader) -> int:
    """Count the minutes an event takes; an hour where it does not say. Raises LeftOut.

    A day without an hour is refused; several days are an encounter.
    """
    end = event.first("DTEND")
    if end is not None:
        stamp = clock.stamp(end)
        minutes = minutes_between(begin.at, stamp.at)
    else:
        minutes = _lasting(event.words("DURATION"))
    if begin.day and minutes <= 25 * HOUR:  # a day may have so many hours
        raise LeftOut("all_day", begin.wall[:10])
    if minutes < 0:
        raise LeftOut("end", end.value if end else "")
    return minutes or HOUR


def _lasting(words: str) -> int:
    match = LASTS.fullmatch(words)
    if match is None:
        return 0
    weeks, days, hours, minutes, _ = (int(part or 0) for part in match.groups())
    return (
        int(timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes).total_seconds()) // 60
    )


def said_in(event: Component) -> Mapping[str, str]:
    """Give what an event says of itself, by what it is called here."""
    calls = (one.value.strip() for name in CALLS for one in event.properties.get(name, ()))
    return {
        "title": event.words("SUMMARY"),
        "description": without_tags(event.words("DESCRIPTION")),
        "place": event.words("LOCATION"),
        "link": next((address for address in calls if is_address(address)), ""),
    }
