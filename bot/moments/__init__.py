"""Moments, days and durations are read here as people write them, and never guessed at."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.moments.distance import read_distance
from bot.moments.ending import moment_at_end, series_at_end
from bot.moments.hours import length
from bot.moments.hours_said import HourSpan, read_hours
from bot.moments.phrase import LONGEST_TEXT, Reason, Unclear, pattern
from bot.moments.places import known_zones
from bot.moments.reading import MomentReader
from bot.moments.reminding import Reminding, read_reminding
from bot.moments.series import Series
from bot.moments.series_reading import is_series, read_series
from bot.moments.walls import WallTime, instant, second, unusual, wall
from bot.moments.words import canonical, fold
from bot.moments.zones import zone_called

_SHORT = pattern(r"(?P<n>\d{1,4}) ?(?P<u>[dwjs])")
_DAYS = pattern(r"(?:IN )?(?P<n>\d{1,4})(?: U(?P<u>[dw]))?(?: before| FROMNOW)?")

__all__ = [
    "HourSpan",
    "Reason",
    "Reminding",
    "Series",
    "Unclear",
    "WallTime",
    "instant",
    "known_zones",
    "moment_at_end",
    "read_day",
    "read_days",
    "read_duration",
    "read_hours",
    "read_moment",
    "read_reminding",
    "read_series",
    "read_wall_time",
    "read_zone",
    "second",
    "series_at_end",
    "unusual",
    "wall",
]


def read_moment(raw: str, *, locale: str, zone: str, now: datetime) -> datetime:
    """Read a moment written in English, Spanish or French, or as ISO 8601; return it in UTC.

    It is meant in `zone` (IANA) unless it names another, and is exact to the minute. In numbers
    the day comes before the month, but for readers in the United States; to other English readers
    "2/12" may be either. A weekday is the first such day after today, a date without a year the
    next one not past, an hour without a day the next one. "At 3" is the afternoon, "3h" is not;
    midnight ends its day. In other locales dateparser reads dates with an hour as well.

    Raises Unclear; what is past is returned all the same.
    """
    return read_wall_time(raw, locale=locale, zone=zone, now=now).at


def read_wall_time(raw: str, *, locale: str, zone: str, now: datetime) -> WallTime:
    """Read a moment as `read_moment` does, and keep what is written of the time on the wall.

    The zone is `zone`, or the one that is named by a place; a length of time from now, or a
    distance from UTC, names none. Raises Unclear: "series" for what comes again and again.
    """
    text, reader = _bounded(raw), MomentReader(locale, zone, now)
    try:
        return reader.moment(text)
    except Unclear as unclear:
        if unclear.reason in ("unreadable", "no_day", "impossible") and is_series(text, reader):
            raise Unclear("series") from None
        raise


def read_day(raw: str, *, locale: str, zone: str, now: datetime) -> date:
    """Read a day by the rules of `read_moment`; "today" is today in `zone`.

    Raises Unclear, also where an hour is said.
    """
    return MomentReader(locale, zone, now).day(_bounded(raw))


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


def read_days(raw: str, *, locale: str) -> int:
    """Read a number of days or weeks, such as "14 days", "2w" or "dos semanas"; return days.

    A bare number is days, and "2 días antes" or "la veille" is how many before. Raises Unclear.
    """
    text = fold(_bounded(raw))
    if (days := read_distance(text)) is not None and days < 0:
        return -days
    said = _SHORT.fullmatch(text) or _DAYS.fullmatch(canonical(text, locale))
    if said is None:
        raise Unclear("unreadable")
    return int(said["n"]) * (7 if said["u"] in ("w", "s") else 1)


def _bounded(raw: str) -> str:
    if len(raw) > LONGEST_TEXT:
        raise Unclear("unreadable")
    return raw.strip()
