"""Is the area of the community itself: its set-up, roles, log, and what could not be delivered."""

from bot.handlers.community import (
    acts,
    deleted,
    driving,
    notices,
    roles,
    setting_up,
    undelivered,
)
from bot.handlers.community.group import community

__all__ = [
    "acts",
    "community",
    "deleted",
    "driving",
    "notices",
    "roles",
    "setting_up",
    "undelivered",
]
