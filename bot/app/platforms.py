"""Starts the platforms that have a section in the settings."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from importlib import import_module
from typing import Protocol

from bot.app import CannotStart
from bot.calls import Adapter, Complete, Dispatch
from bot.commands import Group
from bot.config import Settings
from storage import Storage


@dataclass(frozen=True, slots=True)
class Core:
    """What a platform is made from: who takes its calls, the time, the groups, what is kept."""

    dispatch: Dispatch
    complete: Complete
    now: Callable[[], datetime]
    groups: tuple[Group, ...]
    storage: Storage
    settings: Settings


class Room(Protocol):
    """The module that puts a platform together."""

    def adapter(self, core: Core) -> Adapter:
        """Make the adapter, not started yet."""


PLATFORMS: Mapping[str, str] = {"slack": "bot.app.slack", "discord": "bot.app.discord"}
"""Sections of the settings, with the modules that put them together, loaded when they are set."""


def wanted(settings: Settings) -> tuple[str, ...]:
    """Name the platforms that are to be started."""
    return tuple(name for name in PLATFORMS if getattr(settings, name) is not None)


def adapters(core: Core) -> Mapping[str, Adapter]:
    """Make the adapters. Raises CannotStart when there is none, or its package is missing."""
    names = wanted(core.settings)
    if not names:
        raise CannotStart(
            "There is no platform to run: neither [slack] nor [discord] is set.\n"
            "config.example.toml shows how. To try everything here: python -m bot chat --example"
        )
    return {name: load(name).adapter(core) for name in names}


def load(name: str) -> Room:
    """Load what puts a platform together. Raises CannotStart when its package is missing."""
    try:
        room: Room = import_module(PLATFORMS[name])
    except ModuleNotFoundError as error:
        raise CannotStart(
            f"For [{name}] the package {error.name} is missing. Run: pip install 'convener[{name}]'"
        ) from None
    return room
