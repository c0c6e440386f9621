"""Decides on which morning a digest comes, and how far it looks ahead."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.rules.reminders import Wish, quiet_shift

WEEKLY = "weekly"
MORNING = time(8)
DAY, WEEK = timedelta(days=1), timedelta(days=7)
BEFORE = timedelta(days=3)
"""How long before the first of a month its digest comes."""


def next_morning(often: str, after: datetime, told: str, wish: Wish) -> tuple[datetime, date]:
    """Give when the next digest comes after an instant, and the day it is that of.

    No day up to `told`, an ISO date, has one again. Who sleeps at eight gets it when they are up.
    """
    zone = ZoneInfo(wish.zone)
    day = after.astimezone(zone).date() - DAY
    while True:
        day += DAY
        if day.isoformat() > told and _is_due(often, day):
            at = _awake(day, zone, wish)
            if at > after:
                return at, day


def _is_due(often: str, day: date) -> bool:
    return day.weekday() == 0 if often == WEEKLY else (day + BEFORE).day == 1


def _awake(day: date, zone: ZoneInfo, wish: Wish) -> datetime:
    at = datetime.combine(day, MORNING, zone).astimezone(UTC)
    up = Wish((), wish.quiet_from, wish.quiet_to, wish.zone, at)
    return quiet_shift(at, up, at + DAY) or at


def ahead(often: str, now: datetime, zone: str) -> datetime:
    """Give until when a digest looks ahead: a week, or to the end of the month that comes."""
    if often == WEEKLY:
        return now + WEEK
    first = now.astimezone(ZoneInfo(zone)).date() + BEFORE
    over = (first.replace(day=1) + timedelta(days=31)).replace(day=1)
    return datetime.combine(over, time(0), ZoneInfo(zone)).astimezone(UTC)
