"""Names the areas that are there."""

from bot.commands import Group
from bot.desk import home
from bot.handlers import groups


def all_groups() -> tuple[Group, ...]:
    """Give all groups, those of the areas and the desk that stands on them."""
    areas = groups()
    return (*areas, *home(areas))
