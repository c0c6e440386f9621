"""Finds the areas: each module here is one, and a new one is found without being listed."""

import pkgutil
from importlib import import_module

from bot.commands import Group


def groups() -> tuple[Group, ...]:
    """Collect the groups of all areas, in the order of their modules' names."""
    areas = [import_module(f"{__name__}.{found.name}") for found in pkgutil.iter_modules(__path__)]
    things = [thing for area in areas for thing in vars(area).values()]
    return tuple({thing.name: thing for thing in things if isinstance(thing, Group)}.values())
