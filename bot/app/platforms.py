"""Starts the platforms that have a section in the settings."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib import import_module
from typing import Protocol, runtime_checkable

from bot.app import CannotStart
from bot.chat import Account, Message, MessageRef, Place
from bot.config import Settings
from bot.errors import NotThere
from bot.groups import Group
from bot.i18n import Text
from bot.protocol import Adapter, Complete, Dispatch, Invites, LooksUp, Reader, Target
from storage import Storage


@dataclass(frozen=True, slots=True)
class PlatformParts:
    """What a platform is made from: who takes its calls, the time, the groups, what is kept."""

    dispatch: Dispatch
    complete: Complete
    now: Callable[[], datetime]
    groups: tuple[Group, ...]
    storage: Storage
    settings: Settings


class PlatformModule(Protocol):
    """The module that puts a platform together."""

    def adapter(self, core: PlatformParts) -> Adapter:
        """Make the adapter, not started yet."""


PLATFORMS: Mapping[str, str] = {
    "slack": "bot.app.slack",
    "discord": "bot.app.discord",
    "mail": "bot.app.mail",
}
"""Sections of the settings, with the modules that put them together, loaded when they are set."""
PACKAGES: Mapping[str, str] = {
    "slack": "slack-bolt==1.30.*",
    "discord": "discord.py==2.7.*",
    "mail": "aiosmtplib>=5.1,<6",
}
"""What pip installs for each of them."""


TOO_EARLY = 2.0
"""Seconds until a message for a platform that was not started yet is tried again."""
REFUSED = 60.0
"""The same for one that refused us: until somebody changes the settings and starts us anew."""


@runtime_checkable
class Connectable(Protocol):
    """A platform that knows whether it is connected just now."""

    async def connected(self) -> bool:
        """Say whether it is."""


@runtime_checkable
class Lasting(Protocol):
    """A platform that hears when it is taken no more."""

    async def lasts(self) -> None:
        """Wait until then. Raises CannotStart: what to mend."""


class Begun:
    """A platform that is busy until it was started: the outbox does not wait for the slowest."""

    def __init__(self, adapter: Adapter) -> None:
        self.adapter = adapter
        self.started = False
        self.wait = TOO_EARLY
        self.name, self.gap = adapter.name, adapter.gap
        self.edits, self.finds = adapter.edits, adapter.finds
        self.gathers, self.founds = adapter.gathers, adapter.founds

    async def start(self, listen: bool = True) -> None:
        """Connect. Raises CannotStart when the platform refuses us."""
        try:
            await self.adapter.start(listen)
        except CannotStart:
            self.wait = REFUSED
            raise
        self.started = True

    async def stop(self) -> None:
        """Disconnect, whether it was started or not."""
        await self.adapter.stop()

    async def lasts(self) -> None:
        """Wait until the platform takes us no more. Raises CannotStart: what to mend."""
        if isinstance(self.adapter, Lasting):
            await self.adapter.lasts()
        await asyncio.Event().wait()

    @property
    def _there(self) -> Adapter:
        if not self.started:
            raise NotThere(self.wait, self.name)
        return self.adapter

    async def post(self, target: Target, message: Message, reader: Reader, key: str) -> MessageRef:
        """Post a message. Raises a PostError."""
        return await self._there.post(target, message, reader, key)

    async def edit(self, ref: MessageRef, message: Message, reader: Reader) -> None:
        """Put a message in the place of one posted before. Raises a PostError."""
        await self._there.edit(ref, message, reader)

    async def find(self, target: Target, key: str, since: datetime) -> MessageRef | None:
        """Look up a message posted with `key` not before `since`. Raises a PostError."""
        return await self._there.find(target, key, since)

    async def obstacle(self, place: Place) -> Text | None:
        """Say why nothing can be posted in a channel. Raises a PostError."""
        return await self._there.obstacle(place)

    async def time(self) -> datetime | None:
        """Tell the time as the platform has it. Raises a PostError."""
        return await self._there.time()

    async def invite(self, thread: Place, people: Sequence[Account]) -> Sequence[Account]:
        """Add people to a thread, where the platform does that. Raises NotThere."""
        there = self._there
        return await there.invite(thread, people) if isinstance(there, Invites) else ()

    async def is_there(self, account: Account) -> bool:
        """Say whether somebody is in their workspace; where the platform tells who left, they are.

        Raises NotThere.
        """
        there = self._there
        return not isinstance(there, LooksUp) or await there.is_there(account)

    async def connected(self) -> bool:
        """Say whether it is, as far as it can tell."""
        if not self.started:
            return False
        return not isinstance(self.adapter, Connectable) or await self.adapter.connected()


def wanted(settings: Settings) -> tuple[str, ...]:
    """Name the platforms that are to be started."""
    return tuple(name for name in PLATFORMS if getattr(settings, name) is not None)


def adapters(core: PlatformParts) -> Mapping[str, Adapter]:
    """Make the adapters. Raises CannotStart when there is none, or its package is missing."""
    names = wanted(core.settings)
    if not names:
        raise CannotStart(
            "There is no platform to run: neither [slack] nor [discord] is set.\n"
            "python -m bot settings shows how. To try everything here: python -m bot chat --example"
        )
    return {name: load(name).adapter(core) for name in names}


def load(name: str) -> PlatformModule:
    """Load what puts a platform together. Raises CannotStart when its package is missing."""
    try:
        room: PlatformModule = import_module(PLATFORMS[name])
    except ModuleNotFoundError as error:
        raise CannotStart(
            f"For [{name}] the package {error.name} is missing. Run: pip install '{PACKAGES[name]}'"
        ) from None
    return room
