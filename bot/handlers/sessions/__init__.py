"""Is the area of sessions: single meetings, from a plan to who came."""

from bot.handlers.sessions import (
    actions,
    after,
    agenda,
    answering,
    changing,
    closing,
    consents,
    feedback,
    listing,
    minutes,
    muting,
    notices,
    planning,
    remaining,
    seats,
    telling,
    undoing,
)
from bot.handlers.sessions.group import session

__all__ = [
    "actions",
    "after",
    "agenda",
    "answering",
    "changing",
    "closing",
    "consents",
    "feedback",
    "listing",
    "minutes",
    "muting",
    "notices",
    "planning",
    "remaining",
    "seats",
    "session",
    "telling",
    "undoing",
]
