"""Writes calendars as iCalendar (RFC 5545)."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from bot.documents.vtimezone import described

KIND = "text/calendar"
WIDTH = 75
"""Bytes of a line; longer ones go on in the next, which begins with a space (section 3.1)."""
REFRESHED = "PT1H"
"""How often clients that ask are to look for changes."""
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
NEW_LINE = re.compile(r"\r\n|[\r\x85\u2028\u2029]")
"""What some readers take for the end of a line."""
ADDRESS = re.compile(r"https?://[!-;=?-~]+")
"""Web addresses as a URL may be: in ASCII, without spaces and angle brackets."""
SHORT, LONGEST = 300, 1500
"""Characters of a description in an address, and of that address: chats cut longer messages."""
State = Literal["confirmed", "tentative", "cancelled"]


@dataclass(frozen=True, slots=True)
class CalendarItem:
    """A session as a calendar shows it, in the words of one reader.

    `changed_at` and `sequence` say when and how often it changed. It is shown on the clock of
    `zone`, which is an IANA name. Who has it as `busy` is not free meanwhile. `alarms` are minutes
    before it begins.
    """

    uid: str
    sequence: int
    changed_at: datetime
    starts_at: datetime
    ends_at: datetime
    zone: str
    title: str
    description: str = ""
    link: str = ""
    place: str = ""
    state: State = "confirmed"
    busy: bool = True
    alarms: Sequence[int] = ()

    @property
    def where(self) -> str:
        """Where people meet, on site and online."""
        return " · ".join(part for part in (self.place, self.link) if part)


Method = Literal["PUBLISH", "CANCEL"]


def written(name: str, items: Sequence[CalendarItem], method: Method = "PUBLISH") -> bytes:
    """Write a calendar under a name. The same items give the same bytes."""
    clocks = {item.uid: _clock(item) for item in items}
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Convener//Convener//EN",
        "CALSCALE:GREGORIAN",
        f"METHOD:{method}",
        f"NAME:{_text(name)}",
        f"X-WR-CALNAME:{_text(name)}",
        f"REFRESH-INTERVAL;VALUE=DURATION:{REFRESHED}",
        f"X-PUBLISHED-TTL:{REFRESHED}",
        *_zones(items, clocks),
    ]
    for item in items:
        lines += _event(item, clocks[item.uid])
    lines.append("END:VCALENDAR")
    return b"".join(map(_folded, lines))


def google_link(item: CalendarItem) -> str:
    """Give the page on which Google Calendar asks whether to add an item."""
    needed = {
        "action": "TEMPLATE",
        "text": item.title,
        "dates": f"{_instant(item.starts_at)}/{_instant(item.ends_at)}",
        "ctz": item.zone,
    }
    url = f"https://calendar.google.com/calendar/render?{urlencode(needed)}"
    details = CONTROL.sub("", item.description)[:SHORT]
    for name, words in (("location", item.where), ("details", details)):
        longer = f"{url}&{urlencode({name: words})}"
        url = longer if words and len(longer) <= LONGEST else url
    return url


def _clock(item: CalendarItem) -> ZoneInfo | None:
    """Give the zone an item is written in; None: in UTC.

    That is also for a zone that is gone from the data, and for hours that come twice, of which
    readers take one or the other.
    """
    if item.zone == "UTC":
        return None
    try:
        zone = ZoneInfo(item.zone)
    except (KeyError, ValueError):
        return None
    return None if _comes_twice(item.starts_at, zone) or _comes_twice(item.ends_at, zone) else zone


def _comes_twice(at: datetime, zone: ZoneInfo) -> bool:
    wall = at.astimezone(zone)
    return wall.replace(fold=0).utcoffset() != wall.replace(fold=1).utcoffset()


def _zones(items: Sequence[CalendarItem], clocks: dict[str, ZoneInfo | None]) -> Iterator[str]:
    """Describe the zones that are used, for the years they are used in."""
    years: dict[str, list[int]] = {}
    for item in items:
        if clocks[item.uid] is not None:
            years.setdefault(item.zone, []).extend((item.starts_at.year, item.ends_at.year))
    for zone in sorted(years):
        yield from described(zone, min(years[zone]), max(years[zone]))


def _event(item: CalendarItem, zone: ZoneInfo | None) -> Iterator[str]:
    cancelled = item.state == "cancelled"
    yield "BEGIN:VEVENT"
    yield f"UID:{item.uid}"
    yield f"SEQUENCE:{item.sequence}"
    yield f"DTSTAMP:{_instant(item.changed_at)}"
    yield f"LAST-MODIFIED:{_instant(item.changed_at)}"
    yield f"DTSTART{_written(item.starts_at, item.zone, zone)}"
    if item.ends_at > item.starts_at:
        yield f"DTEND{_written(item.ends_at, item.zone, zone)}"
    yield f"SUMMARY:{_text(' '.join(item.title.split()))}"
    if item.description:
        yield f"DESCRIPTION:{_text(item.description)}"
    if item.where:
        yield f"LOCATION:{_text(item.where)}"
    if ADDRESS.fullmatch(item.link):
        yield f"URL:{item.link}"
    yield f"STATUS:{item.state.upper()}"
    yield f"TRANSP:{'OPAQUE' if item.busy and not cancelled else 'TRANSPARENT'}"
    for minutes in () if cancelled else item.alarms:
        yield from _alarm(item, minutes)
    yield "END:VEVENT"


def _alarm(item: CalendarItem, minutes: int) -> Iterator[str]:
    yield "BEGIN:VALARM"
    yield "ACTION:DISPLAY"
    yield f"TRIGGER:-PT{minutes}M"
    yield f"DESCRIPTION:{_text(' '.join(item.title.split()))}"
    yield "END:VALARM"


def _written(at: datetime, name: str, zone: ZoneInfo | None) -> str:
    if zone is None:
        return f":{_instant(at)}"
    return f";TZID={name}:{at.astimezone(zone):%Y%m%dT%H%M%S}"


def _instant(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _text(words: str) -> str:
    """Write words as a value (section 3.3.11), without control characters."""
    lines = CONTROL.sub("", NEW_LINE.sub("\n", words))
    escaped = lines.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return escaped.replace("\n", "\\n")


def _folded(line: str) -> bytes:
    """Write a line with its end, none of its parts longer than `WIDTH`, no character divided."""
    rest = line.encode()
    parts = []
    width = WIDTH
    while len(rest) > width:
        end = width
        while rest[end] & 0xC0 == 0x80:
            end -= 1
        parts.append(rest[:end])
        rest, width = rest[end:], WIDTH - 1
    return b"\r\n ".join((*parts, rest)) + b"\r\n"
