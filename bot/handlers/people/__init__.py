"""Is the area of people: who is who, and what is kept of each."""

from bot.handlers.people import calendars, hours, own_data, profiles, reminding
from bot.handlers.people.group import my, people

__all__ = [
    "calendars",
    "hours",
    "my",
    "own_data",
    "people",
    "profiles",
    "reminding",
]
