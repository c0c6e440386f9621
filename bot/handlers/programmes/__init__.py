"""Is the area of programmes: series of sessions, from a rule to the last date."""

from bot.handlers.programmes import (
    answering,
    calendar,
    changing,
    ending,
    hours,
    news,
    notices,
    planning,
    showing,
    telling,
    texts,
    undoing,
)
from bot.handlers.programmes.group import programme

__all__ = [
    "answering",
    "calendar",
    "changing",
    "ending",
    "hours",
    "news",
    "notices",
    "planning",
    "programme",
    "showing",
    "telling",
    "texts",
    "undoing",
]
