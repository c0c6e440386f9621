"""Moments, days and durations are read here as people write them, and never guessed at."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Any, Literal
from zoneinfo import ZoneInfo

from bot.moments.grammar import Reason, Said, Unclear, length, understood
from bot.moments.places import known_zones
from bot.moments.words import canonical, fold
from bot.moments.zones import cut_zone, fixed_zone, zone_called

__all__ = [
    "Reason",
    "Unclear",
    "WallTime",
    "instant",
    "known_zones",
    "read_day",
    "read_duration",
    "read_moment",
    "read_wall_time",
    "read_zone",
    "second",
    "unusual",
    "wall",
]

LONGEST_TEXT = 100
YEARS_AHEAD = 10
OWN_LANGUAGES = ("en", "es", "fr")

# A minus after a space is no offset: "2026-12-02 10:00-12:00" is how people write a span of time.
_ISO = re.compile(
    r"(\d{4}-\d\d-\d\d)(?:[Tt]|\s+(?!.*\d-))(\d\d:\d\d)(?::[0-5]\d(?:\.\d+)?)?"
    r"(?:([Zz])|([+-])(0\d|1[0-4])(?::?([0-5]\d))?)?",
    re.ASCII,
)


@dataclass(frozen=True, slots=True)
class WallTime:
    """A moment in UTC with what a clock on the wall shows then, in the zone in which it was meant.

    `wall` is what was written, also where the clocks skip that time: see `instant`.
    """

    at: datetime
    wall: str
    zone: str


def read_moment(raw: str, *, locale: str, zone: str, now: datetime) -> datetime:
    """Read a moment written in English, Spanish or French, or as ISO 8601; return it in UTC.

    It is meant in `zone` (IANA) unless it names another, and is exact to the minute. The day
    comes before the month, but for English "12/25/2026". A weekday is the first such day after
    today, a date without a year the next one not past, an hour without a day the next one. "At 3"
    is 03:00, midnight ends its day. In other locales dateparser reads dates with an hour as well.

    Raises Unclear; what is past is returned all the same.
    """
    return read_wall_time(raw, locale=locale, zone=zone, now=now).at


def read_wall_time(raw: str, *, locale: str, zone: str, now: datetime) -> WallTime:
    """Read a moment as `read_moment` does, and keep what is written of the time on the wall.

    The zone is `zone`, or the one that is named by a place; a length of time from now, or a
    distance from UTC, names none. Raises Unclear.
    """
    own = ZoneInfo(zone)
    text = _bounded(raw)
    try:
        naive, there = _iso(text, own) or _worded(fold(text), locale, own, now)
    except Unclear as unclear:
        if unclear.reason != "unreadable":
            raise
        found = _foreign(text, locale, now.astimezone(own), "time")
        naive, there = found.replace(tzinfo=None), found.tzinfo or own
    naive = naive.replace(second=0, microsecond=0)
    at = _settled(naive, there)
    _near(at, now)
    if isinstance(there, ZoneInfo):
        return WallTime(at, naive.isoformat(" ", "minutes"), there.key)
    return WallTime(at, wall(at, zone), zone)


def read_day(raw: str, *, locale: str, zone: str, now: datetime) -> date:
    """Read a day by the rules of `read_moment`; "today" is today in `zone`.

    Raises Unclear, also where an hour is said.
    """
    text = _bounded(raw)
    here = now.astimezone(ZoneInfo(zone))
    try:
        day = _only_day(understood(canonical(fold(text), locale), locale, here.date()))
    except Unclear as unclear:
        if unclear.reason != "unreadable":
            raise
        day = _foreign(text, locale, here, "day").date()
    _near(day, now)
    return day


def read_zone(raw: str, *, zone: str, now: datetime) -> str:
    """Read the name of a zone, of a place in it, or a distance from UTC; return its IANA name.

    Raises Unclear: "impossible" for what is no single zone's.
    """
    key = zone_called(fold(_bounded(raw)), ZoneInfo(zone), now)
    if not key:
        raise Unclear("unreadable" if key is None else "impossible")
    return key


def read_duration(raw: str, *, locale: str) -> int:
    """Read a length of time, such as "90m", "1h30" or "hora y media"; return 1 to 1440 minutes.

    A bare number is minutes. Raises Unclear: "impossible" for nothing, "too_far" beyond a day.
    """
    minutes = length(canonical(fold(_bounded(raw)), locale))
    if not 1 <= minutes <= 1440:
        raise Unclear("too_far" if minutes else "impossible")
    return minutes


def wall(moment: datetime, zone: str) -> str:
    """Write a moment as `read_moment` reads it, in `zone`: "2026-12-02 15:00".

    The second of two equal times on the clock, when summer ends, is written with its offset.
    """
    local = moment.astimezone(ZoneInfo(zone))
    if local.fold:
        return local.isoformat(timespec="minutes")
    return local.replace(tzinfo=None).isoformat(" ", "minutes")


def unusual(naive: datetime, zone: tzinfo) -> Literal["gap", "twice"] | None:
    """Say whether the clocks of a zone skip a time or show it twice."""
    first, later = (naive.replace(tzinfo=zone, fold=fold).utcoffset() for fold in (0, 1))
    if first is None or later is None or first == later:
        return None
    return "gap" if first < later else "twice"


def second(wall: str, zone: tzinfo) -> datetime | None:
    """Give the later of two moments in UTC at which the clocks of a zone show the same.

    None for a `wall` that comes once or is skipped, or whose offset says which one is meant.
    """
    naive = datetime.fromisoformat(wall)
    if naive.tzinfo or unusual(naive, zone) != "twice":
        return None
    return naive.replace(tzinfo=zone, fold=1).astimezone(UTC)


def instant(wall: str, zone: tzinfo) -> datetime:
    """Return the moment in UTC at which the clocks of a zone show what `wall` wrote.

    A time they skip moves forward by what is skipped; of two equal times the first is meant
    (RFC 5545, section 3.3.5), unless an offset says which. ValueError for other words.
    """
    read = datetime.fromisoformat(wall)
    naive = read.replace(tzinfo=None)
    later = naive.replace(tzinfo=zone, fold=1)
    if read.tzinfo and unusual(naive, zone) == "twice" and later.utcoffset() == read.utcoffset():
        return later.astimezone(UTC)
    return _settled(naive, zone)


def _bounded(raw: str) -> str:
    if len(raw) > LONGEST_TEXT:
        raise Unclear("unreadable")
    return raw.strip()


def _only_day(said: Said) -> date:
    if said.day is None or said.clock is not None:
        raise Unclear("unreadable")
    return said.day


def _near(day: date, now: datetime) -> None:
    if not date.min.year < day.year <= now.year + YEARS_AHEAD:
        raise Unclear("too_far")


def _settled(naive: datetime, zone: tzinfo) -> datetime:
    try:
        return naive.replace(tzinfo=zone, fold=0).astimezone(UTC)
    except OverflowError:
        raise Unclear("too_far") from None


def _iso(text: str, own: ZoneInfo) -> tuple[datetime, tzinfo] | None:
    found = _ISO.fullmatch(text)
    if not found:
        return None
    day, clock, zulu, sign, hours, minutes = found.groups()
    zone = fixed_zone(sign, hours, minutes) if zulu or sign else own
    try:
        return datetime.fromisoformat(f"{day} {clock}"), zone
    except ValueError:
        raise Unclear("impossible") from None


def _worded(text: str, locale: str, own: ZoneInfo, now: datetime) -> tuple[datetime, tzinfo]:
    """Give a time on the wall with the zone it is meant in."""
    named, rest = cut_zone(text, own, now)
    zone = named or own
    said = understood(canonical(rest, locale), locale, now.astimezone(own).date())
    minute = now.astimezone(UTC).replace(second=0, microsecond=0)
    if said.ahead is not None:
        return (minute + timedelta(minutes=said.ahead)).replace(tzinfo=None), UTC
    if said.clock is None:
        raise Unclear("no_time" if said.day else "unreadable")
    day = said.day or minute.astimezone(zone).date()
    _near(day, now)
    naive = datetime.combine(day, time()) + said.clock
    if not said.day and _settled(naive, zone) < minute:
        naive += timedelta(days=1)
    return naive, zone


def _foreign(text: str, locale: str, now: datetime, period: Literal["time", "day"]) -> datetime:
    """Read another language with dateparser, which drops what it does not understand.

    So "às 15h" would be lost: every number has to be found again in what it returns.
    """
    language = re.split("[-_]", locale)[0].lower()
    if language in OWN_LANGUAGES:
        raise Unclear("unreadable")
    from dateparser.date import DateDataParser  # slow to import

    try:
        parser = DateDataParser(languages=[language], settings=_settings(now))
        found = parser.get_date_data(text)
    except ValueError:
        raise Unclear("unreadable") from None
    moment = found.date_obj
    if moment is None or not _numbers(text) <= _numbers(f"{moment:%Y %y %m %d %H %I %M}"):
        raise Unclear("unreadable")
    if found.period != period:
        raise Unclear("no_time" if period == "time" else "unreadable")
    return moment


def _settings(now: datetime) -> dict[str, Any]:
    return {
        "DATE_ORDER": "DMY",
        "PREFER_DATES_FROM": "future",
        "RELATIVE_BASE": now.replace(tzinfo=None),
        "REQUIRE_PARTS": ["day"],
        "RETURN_TIME_AS_PERIOD": True,
    }


def _numbers(text: str) -> set[int]:
    return {int(number) for number in re.findall(r"\d+", text)}
