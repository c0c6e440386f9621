"""Says which part of the work a process takes: all of it, or what `--only` names."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from time import monotonic

from bot.app import CannotStart
from bot.app.platforms import PLATFORMS, wanted
from bot.config import Settings

SCHEDULER = "scheduler"
DEAF = 300.0
"""Seconds for which a connection may be away; longer than any library takes to come back."""
SHARDS = re.compile(r"[0-9]+( *, *[0-9]+)*")


@dataclass(frozen=True, slots=True)
class Roles:
    """What one process does; without `only`, everything."""

    only: frozenset[str] = frozenset()

    @property
    def sends(self) -> bool:
        """Say whether it sends deliveries, and looks after what is kept."""
        return not self.only or SCHEDULER in self.only

    def listens(self, platform: str) -> bool:
        """Say whether it takes the calls of a platform."""
        return not self.only or platform in self.only


@dataclass(slots=True)
class ProcessState:
    """How a process stands: its roles, the platforms it has started, whether it is about to end.

    `heard` is when each platform it listens to was last known to be connected.
    """

    roles: Roles = field(default_factory=Roles)
    started: set[str] = field(default_factory=set)
    stopping: bool = False
    heard: dict[str, float] = field(default_factory=dict)

    def deaf(self) -> Mapping[str, int]:
        """Name the platforms that were not connected for too long, with the seconds since."""
        since = {name: int(monotonic() - at) for name, at in self.heard.items()}
        return {name: seconds for name, seconds in since.items() if seconds > DEAF}


def chosen(settings: Settings, only: Iterable[str]) -> Roles:
    """Read the roles of a command line. Raises CannotStart for one that cannot be taken."""
    roles = Roles(frozenset(only))
    for name in sorted(roles.only - {SCHEDULER}):
        if name not in PLATFORMS:
            known = ", ".join((SCHEDULER, *PLATFORMS))
            raise CannotStart(f'There is no role "{name}" for --only. There are: {known}.')
        if name not in wanted(settings):
            raise CannotStart(
                f"--only {name} needs a section [{name}] in the settings. "
                "python -m bot settings shows how."
            )
    return roles


def narrowed(settings: Settings, roles: Roles) -> Settings:
    """Leave out the platforms a process has nothing to do with; who sends needs all of them."""
    if roles.sends:
        return settings
    left_out = {name: None for name in wanted(settings) if not roles.listens(name)}
    return settings.model_copy(update={**left_out, "canary": None})


def sharded(settings: Settings, roles: Roles, ids: str) -> Settings:
    """Take the shards of a command line, such as 0,1, in the place of those that are set.

    Raises CannotStart where no calls of Discord are taken, and for what is no shard.
    """
    if not ids:
        return settings
    if settings.discord is None or not roles.listens("discord"):
        raise CannotStart("--shard-ids is for a process that takes the calls of Discord.")
    if not SHARDS.fullmatch(ids):
        raise CannotStart("--shard-ids should be numbers with commas, such as 0,1.")
    try:
        section = settings.discord.serving(tuple(map(int, ids.split(","))))
    except ValueError as error:
        raise CannotStart(f"--shard-ids: {error}. shard_count is set under [discord].") from error
    return settings.model_copy(update={"discord": section})
