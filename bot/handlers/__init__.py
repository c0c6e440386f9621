"""Finds the areas: each module here is one, and a new one is found without being listed."""

import pkgutil
from importlib import import_module

from bot.groups import Group
from bot.i18n import Text, t
from bot.notices import FOLLOWING


def called(declared: str) -> Text:
    """Say what a notice, a timer or a job is called where coordinators see it."""
    noun = declared.partition(".")[0]
    if noun == "follow":
        return FOLLOWING
    for group in (one for one in groups() if one.name == noun):
        for kind in (group.notices, group.timers, group.jobs):
            if declared in kind:
                return kind[declared].called
    return t("Message")


def groups() -> tuple[Group, ...]:
    """Collect the groups of all areas, each in its place."""
    areas = [import_module(f"{__name__}.{found.name}") for found in pkgutil.iter_modules(__path__)]
    things = [thing for area in areas for thing in vars(area).values()]
    found = {thing.name: thing for thing in things if isinstance(thing, Group)}
    return tuple(sorted(found.values(), key=lambda group: group.place))
