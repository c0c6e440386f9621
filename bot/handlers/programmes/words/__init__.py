"""Words what is said of programmes."""

from bot.handlers.programmes.words.changes import (
    changed,
    ended_by,
    renewed,
    rescheduled,
    undone,
    would_end,
)
from bot.handlers.programmes.words.hours import (
    NOBODY_KNOWN,
    TOO_OLD,
    WORKING_OUT,
    fair_hours,
)
from bot.handlers.programmes.words.hours_beside import HoursShown
from bot.handlers.programmes.words.hours_kept import (
    first_band,
    hours_adopted,
    hours_entered,
    hours_not_found,
    with_first_band,
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
    "NOBODY_KNOWN",
    "TOO_OLD",
    "WORKING_OUT",
    "HoursShown",
    "ProgrammePreview",
    "Row",
    "answered",
    "changed",
    "ended_by",
    "ends",
    "fair_hours",
    "first_band",
    "hours_adopted",
    "hours_entered",
    "hours_not_found",
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
    "with_first_band",
    "would_end",
]
