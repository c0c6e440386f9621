"""Words what is said of sessions."""

from bot.handlers.sessions.words.changes import (
    MoveZones,
    before_moving,
    would_cancel,
)
from bot.handlers.sessions.words.clocks import clocks, meant
from bot.handlers.sessions.words.closing import RoundState, closing, read_out, would_read_out
from bot.handlers.sessions.words.entries import entry
from bot.handlers.sessions.words.feedback import ANONYMOUS, SCORES, asks, feedback, given
from bot.handlers.sessions.words.found import Looked, SessionsFound, found, none_spoken
from bot.handlers.sessions.words.hosted import HostsWork, host_reminder
from bot.handlers.sessions.words.lists import SessionsListed, line, listed, suggested
from bot.handlers.sessions.words.needs import (
    kept,
    kept_need,
    need,
    needed,
    needs,
    needs_without_host,
    no_more,
)
from bot.handlers.sessions.words.reminders import muted, own_reminder, reminder, unmuted
from bot.handlers.sessions.words.shown import (
    NO_CONTACT,
    Preview,
    announcement,
    contact_of,
    for_organisers,
    hosts_of,
    preview,
    suggestion,
    waiting,
)
from bot.handlers.sessions.words.told import (
    announced,
    answered,
    back,
    cancelled,
    moved,
    own,
    taken_up,
)
from bot.wording.telling import telling

__all__ = [
    "ANONYMOUS",
    "NO_CONTACT",
    "SCORES",
    "HostsWork",
    "Looked",
    "MoveZones",
    "Preview",
    "RoundState",
    "SessionsFound",
    "SessionsListed",
    "announced",
    "announcement",
    "answered",
    "asks",
    "back",
    "before_moving",
    "cancelled",
    "clocks",
    "closing",
    "contact_of",
    "entry",
    "feedback",
    "for_organisers",
    "found",
    "given",
    "host_reminder",
    "hosts_of",
    "kept",
    "kept_need",
    "line",
    "listed",
    "meant",
    "moved",
    "muted",
    "need",
    "needed",
    "needs",
    "needs_without_host",
    "no_more",
    "none_spoken",
    "own",
    "own_reminder",
    "preview",
    "read_out",
    "reminder",
    "suggested",
    "suggestion",
    "taken_up",
    "telling",
    "unmuted",
    "waiting",
    "would_cancel",
    "would_read_out",
]
