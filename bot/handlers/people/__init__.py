"""Is the area of people: who is who, and what is kept of each."""

from bot.handlers.people import (
    calendars,
    digests,
    hours,
    linking,
    own_data,
    page,
    profiles,
    reminding,
)
from bot.handlers.people.group import my, people

__all__ = [
    "calendars",
    "digests",
    "hours",
    "linking",
    "my",
    "own_data",
    "page",
    "people",
    "profiles",
    "reminding",
]
