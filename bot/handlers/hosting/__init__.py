"""Is the area of hosting: the pool, the rota, and each turn from a question to a thank-you."""

from bot.handlers.hosting import (
    checklists,
    driving,
    helping,
    leaving,
    news,
    notices,
    pool,
    reminding,
    rota,
    swapping,
    turns,
    waiting,
)
from bot.handlers.hosting.group import host

__all__ = [
    "checklists",
    "driving",
    "helping",
    "host",
    "leaving",
    "news",
    "notices",
    "pool",
    "reminding",
    "rota",
    "swapping",
    "turns",
    "waiting",
]
