"""Is the area of the community itself: its set-up, roles, log, and what could not be delivered."""

from bot.handlers.community import (
    acts,
    calendar,
    deleted,
    driving,
    guests,
    importing,
    notices,
    roles,
    setting_up,
    undelivered,
)
from bot.handlers.community.group import community

__all__ = [
    "acts",
    "calendar",
    "community",
    "deleted",
    "driving",
    "guests",
    "importing",
    "notices",
    "roles",
    "setting_up",
    "undelivered",
]
