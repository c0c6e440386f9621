"""Is the area of open spaces: from a guiding question to the proceedings."""

from bot.handlers.openspace import (
    board,
    filling,
    layout,
    meeting,
    merging,
    news,
    notices,
    opening,
    phases,
    placing,
    topics,
    undoing,
)
from bot.handlers.openspace.group import openspace, topic

__all__ = [
    "board",
    "filling",
    "layout",
    "meeting",
    "merging",
    "news",
    "notices",
    "opening",
    "openspace",
    "phases",
    "placing",
    "topic",
    "topics",
    "undoing",
]
