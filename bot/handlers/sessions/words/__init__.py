"""Words what is said of sessions."""

from bot.handlers.sessions.words.changes import telling, would_cancel
from bot.handlers.sessions.words.clocks import clocks, meant
from bot.handlers.sessions.words.lists import SessionsListed, line, listed
from bot.handlers.sessions.words.shown import (
    ANSWERED,
    FORMATS,
    Preview,
    announcement,
    for_organisers,
    hosts_of,
    preview,
    suggestion,
    waiting,
    who,
)
from bot.handlers.sessions.words.told import (
    announced,
    answered,
    back,
    cancelled,
    host_reminder,
    kept,
    moved,
    need,
    own,
    own_reminder,
    reminder,
    taken_up,
)

__all__ = [
    "ANSWERED",
    "FORMATS",
    "Preview",
    "SessionsListed",
    "announced",
    "announcement",
    "answered",
    "back",
    "cancelled",
    "clocks",
    "for_organisers",
    "host_reminder",
    "hosts_of",
    "kept",
    "line",
    "listed",
    "meant",
    "moved",
    "need",
    "own",
    "own_reminder",
    "preview",
    "reminder",
    "suggestion",
    "taken_up",
    "telling",
    "waiting",
    "who",
    "would_cancel",
]
