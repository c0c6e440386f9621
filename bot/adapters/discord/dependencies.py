"""What the Discord adapter depends on: its settings, ways to ask the bot, and a place for notes."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Protocol

from bot.chat import Message
from bot.groups import Group
from bot.i18n import Text
from bot.protocol import Complete, Dispatch


class NoteStore(Protocol):
    """Where the adapter keeps a few words by name, over a restart and for all processes."""

    async def get(self, name: str) -> str:
        """Give what is kept under a name, or nothing."""

    async def put(self, name: str, words: str) -> None:
        """Keep words in the place of those before; empty ones are forgotten."""


@dataclass(frozen=True, slots=True)
class DiscordSettings:
    """What whoever runs the bot decides. Empty `shard_ids`: all; `shard_count` None: as advised."""

    token: str
    api_url: str = "https://discord.com/api/v10"
    gateway_url: str = ""
    shard_ids: tuple[int, ...] = ()
    shard_count: int | None = None
    sync_to: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Dependencies:
    """What the bot gives the adapter to work with.

    `workspaces` names the servers in which a user is known, `zone` the time zone a user has given
    in one, or nothing. `joined` and `left` are told of servers that took the bot in or put it out;
    `lived_in` says whether a community lives in one. `turn` waits until it is this process's turn
    under a name, at least so many seconds after the one before. `advise` tells the coordinators of
    a server what to do about something. `welcome` is the first message in a server.
    """

    groups: tuple[Group, ...]
    dispatch: Dispatch
    complete: Complete
    notes: NoteStore
    workspaces: Callable[[str], Awaitable[tuple[str, ...]]]
    zone: Callable[[str, str], Awaitable[str]]
    joined: Callable[[str], Awaitable[None]]
    left: Callable[[str], Awaitable[None]]
    lived_in: Callable[[str], Awaitable[bool]]
    turn: Callable[[str, float], Awaitable[None]]
    advise: Callable[[str, Text], Awaitable[None]]
    welcome: Message = field(default_factory=Message)
