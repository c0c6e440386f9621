"""Words what is said of sessions."""

from bot.wording.sessions.clocks import clocks, meant
from bot.wording.sessions.shown import (
    ANSWERED,
    FORMATS,
    announcement,
    for_organisers,
    hosts_of,
    line,
    listed,
    preview,
    suggestion,
    waiting,
    who,
)
from bot.wording.sessions.told import (
    answered,
    back,
    cancelled,
    host_reminder,
    moved,
    own,
    own_reminder,
    reminder,
)

__all__ = [
    "ANSWERED",
    "FORMATS",
    "announcement",
    "answered",
    "back",
    "cancelled",
    "clocks",
    "for_organisers",
    "host_reminder",
    "hosts_of",
    "line",
    "listed",
    "meant",
    "moved",
    "own",
    "own_reminder",
    "preview",
    "reminder",
    "suggestion",
    "waiting",
    "who",
]
