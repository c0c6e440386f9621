"""Words what is said of programmes."""

from bot.handlers.programmes.words.changes import (
    changed,
    ended_by,
    renewed,
    rescheduled,
    undone,
    would_end,
)
from bot.handlers.programmes.words.past import past
from bot.handlers.programmes.words.shown import (
    ProgrammePreview,
    Row,
    listed,
    post,
    preview,
    shown,
    started,
)
from bot.handlers.programmes.words.told import answered, ends, now_meets, renewal, to_renew

__all__ = [
    "ProgrammePreview",
    "Row",
    "answered",
    "changed",
    "ended_by",
    "ends",
    "listed",
    "now_meets",
    "past",
    "post",
    "preview",
    "renewal",
    "renewed",
    "rescheduled",
    "shown",
    "started",
    "to_renew",
    "undone",
    "would_end",
]
