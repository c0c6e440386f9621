"""Times on a wall clock, and the moments they are."""

from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from typing import Literal
from zoneinfo import ZoneInfo

from bot.moments.phrase import Unclear


@dataclass(frozen=True, slots=True)
class WallTime:
    """A moment in UTC with what a clock on the wall shows then, in the zone in which it was meant.

    `wall` is what was written, also where the clocks skip that time: see `instant`. `other` is the
    moment that the same words mean to other people, as "at 3" does; `minutes` is how long it takes
    where that was written beside it, else 0.
    """

    at: datetime
    wall: str
    zone: str
    other: datetime | None = None
    minutes: int = 0


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
    return settled(naive, zone)


def settled(naive: datetime, zone: tzinfo, abbreviation: str = "") -> datetime:
    """Give a wall time in UTC: the first of two, unless the zone's abbreviation is the second's.

    Raises Unclear beyond the calendar.
    """
    later = naive.replace(tzinfo=zone, fold=1)
    twice = unusual(naive, zone) == "twice"
    fold = 1 if twice and abbreviation and later.tzname() == abbreviation else 0
    try:
        return naive.replace(tzinfo=zone, fold=fold).astimezone(UTC)
    except OverflowError:
        raise Unclear("too_far") from None
