"""Is the area of sessions: single meetings, from a plan to who came."""

from bot.handlers.sessions import (
    answering,
    changing,
    closing,
    feedback,
    listing,
    muting,
    notices,
    planning,
    seats,
    undoing,
)
from bot.handlers.sessions.group import session

__all__ = [
    "answering",
    "changing",
    "closing",
    "feedback",
    "listing",
    "muting",
    "notices",
    "planning",
    "seats",
    "session",
    "undoing",
]
