"""Decides when hosts are reminded of what they have to do, and with which other message."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.rules.reminders import Wish, quiet_shift

DAY = timedelta(days=1)
USEFUL = timedelta(days=7)
"""How long what is to be done after a session stays worth saying."""
SOON = timedelta(minutes=10)
"""How long after a session its hosts are asked what stays of it."""
NEXT_DAY = 1
"""What is to be done on the day after joins the question what stays of a session."""


@dataclass(frozen=True, slots=True)
class Reminder:
    """A message on what is to be done `days` after the start, before it where that is negative."""

    days: int
    due_at: datetime
    expires_at: datetime


def own_messages(
    starts_at: datetime, days: Iterable[int], joined: Iterable[int], wish: Wish
) -> list[Reminder]:
    """List the messages that are on a checklist alone, one for each day on it.

    What is to be done on days that are `joined` stands in another message. Of what was due before
    somebody was a host they hear when they become one. None falls into their quiet hours.
    """
    alone = sorted({*days} - {*joined, NEXT_DAY})
    placed = [_placed(starts_at, day, wish) for day in alone]
    return [one for one in placed if one is not None and one.due_at >= wish.since]


def _placed(starts_at: datetime, days: int, wish: Wish) -> Reminder | None:
    moment = starts_at + days * DAY
    latest = starts_at if days < 0 else moment + DAY
    due_at = quiet_shift(moment, wish, latest)
    return Reminder(days, due_at, starts_at if days < 0 else due_at + USEFUL) if due_at else None


def soon_after(ends_at: datetime, wish: Wish) -> Reminder:
    """Give when somebody is asked after a session what stays: at once, but in no quiet hours."""
    moment = ends_at + SOON
    awake = Wish((), wish.quiet_from, wish.quiet_to, wish.zone, moment)
    due_at = quiet_shift(moment, awake, moment + DAY) or moment
    return Reminder(NEXT_DAY, due_at, due_at + USEFUL)
