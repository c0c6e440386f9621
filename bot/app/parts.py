"""Names the areas that are there."""

from bot.groups import Group
from bot.handlers import groups
from bot.home import home


def all_groups() -> tuple[Group, ...]:
    """Give all groups, those of the areas and what stands on all of them."""
    return home(groups())
