"""Is the connection: shards, the way to Discord and back, and what comes in on it."""

import asyncio
import sys
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import Any, Protocol

import discord
import structlog
import yarl
from discord import ui
from discord.gateway import DiscordWebSocket
from discord.http import Route

from bot.adapters.discord.dependencies import DiscordSettings
from bot.adapters.discord.headers import Headers
from bot.adapters.discord.ids import PATTERN
from bot.adapters.discord.shapes import unreadable
from bot.adapters.discord.to_call import Interaction

log = structlog.get_logger()
BETWEEN_IDENTIFIES = 5.5
"""Seconds between two shards that identify: Discord lets one in every five."""
ASLEEP_AT_MOST = 5.0
"""Seconds of a limit that are waited for here; a longer one is kept for all processes."""
PATIENCE = 1800.0
"""Seconds a shard may wait for its turn before it begins anew."""
GATHERING = 0.5
"""Seconds without another server after which all of them are taken to be there."""


class Listener(Protocol):
    """Who is told of what comes in."""

    async def pressed(self, interaction: Interaction) -> None:
        """Take a button or a menu."""

    async def heard(self, interaction: Interaction) -> None:
        """Take a command, a form that was sent off, or an option somebody is typing in."""

    async def written(self, message: discord.Message) -> None:
        """Take a direct message."""

    async def joined(self, guild: discord.Guild) -> None:
        """Take note of a new server."""

    async def left(self, guild: discord.Guild) -> None:
        """Take note of a server that put the bot out."""

    async def ready(self) -> None:
        """Take note that all servers are there."""


class BoundItem(ui.DynamicItem[ui.Item[Any]], template=PATTERN):
    """Any button or menu of ours, of whatever age: what it does is written in its custom id."""

    @classmethod
    async def from_custom_id(
        cls, interaction: Interaction, item: ui.Item[Any], match: Any, /
    ) -> "BoundItem":
        """Make one from a message that may have been posted by an earlier run."""
        return cls(item)

    async def callback(self, interaction: Interaction) -> None:
        """Pass it on."""
        client = interaction.client
        with client.working():
            if fits(interaction):
                await client.listener.pressed(interaction)


def intents() -> discord.Intents:
    """Ask for little: servers with their channels, and what is written to the bot alone."""
    return discord.Intents(guilds=True, dm_messages=True)


class DiscordClient(discord.AutoShardedClient):
    """discord.py's client, without the caches that would grow with every member.

    `turn` is awaited before a shard identifies; `prepare` when logged in and not yet connected.
    """

    def __init__(
        self,
        settings: DiscordSettings,
        listener: Listener,
        turn: Callable[[str, float], Awaitable[None]],
        prepare: Callable[[], Awaitable[None]],
    ) -> None:
        self.headers = Headers()
        super().__init__(
            intents=intents(),
            http_trace=self.headers.trace(),
            allowed_mentions=discord.AllowedMentions.none(),
            max_messages=None,
            chunk_guilds_at_startup=False,
            member_cache_flags=discord.MemberCacheFlags.none(),
            shard_count=settings.shard_count,
            shard_connect_timeout=PATIENCE,
            guild_ready_timeout=GATHERING,
        )
        self.http.max_ratelimit_timeout = ASLEEP_AT_MOST  # as an option it takes 30 at least
        self.shard_ids = list(settings.shard_ids) or None
        self.work: set[asyncio.Task[Any]] = set()
        self.listener = listener
        self.turn = turn
        self.prepare = prepare
        self.gateway = yarl.URL(settings.gateway_url) if settings.gateway_url else None
        self.shards_set = settings.shard_count
        self._connection.parsers |= {
            name: skipping(name, read)
            for name, read in self._connection.parsers.items()
            if name != "READY"  # without which there is no connection
        }
        self.add_dynamic_items(BoundItem)

    def reopen(self) -> None:
        """Be as one that has never logged in: what discord.py keeps of it would not let it."""
        self.clear()
        self.http.connector = discord.utils.MISSING
        vars(self)["_AutoShardedClient__shards"].clear()
        vars(self)["_AutoShardedClient__queue"] = asyncio.PriorityQueue()
        self.shard_count = self.shards_set  # type: ignore[assignment]  # asked for when it connects
        self.add_dynamic_items(BoundItem)

    @contextmanager
    def working(self) -> Iterator[None]:
        """Have what this task does finished before the connection is closed."""
        task = asyncio.current_task()
        assert task is not None
        self.work.add(task)
        try:
            yield
        finally:
            self.work.discard(task)

    async def setup_hook(self) -> None:
        """Bring the commands up to date; discord.py calls this once, before it connects."""
        await self.prepare()

    async def log_out(self) -> None:
        """Give back what a login that came to nothing has opened."""
        await self.http.close()
        self.http.connector = discord.utils.MISSING

    async def launch_shard(
        self, gateway: yarl.URL, shard_id: int, *, initial: bool = False
    ) -> None:
        """Connect a shard, through the gateway of the settings where there is one."""
        await super().launch_shard(self.gateway or gateway, shard_id, initial=initial)

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """Wait for this shard's turn, over all processes."""
        await self.turn("discord:identify", BETWEEN_IDENTIFIES)

    async def on_interaction(self, interaction: Interaction) -> None:
        """Pass on everything but buttons and menus, which come as `Bound`."""
        if interaction.type is not discord.InteractionType.component:
            with self.working():
                if fits(interaction):
                    await self.listener.heard(interaction)

    async def on_message(self, message: discord.Message) -> None:
        """Pass on what people write to the bot alone."""
        author = getattr(message, "author", None)  # discord.py leaves out what it is not told
        if message.guild is None and author is not None and not author.bot:
            with self.working():
                await self.listener.written(message)

    async def on_guild_join(self, guild: discord.Guild) -> None:
        """Pass on a new server."""
        await self.listener.joined(guild)

    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """Pass on a server that is lost; one that is only down is none."""
        await self.listener.left(guild)

    async def on_ready(self) -> None:
        """Pass on that all servers are there, after each new connection."""
        with self.working():
            await self.listener.ready()

    async def on_error(self, event: str, /, *args: Any, **kwargs: Any) -> None:
        """Log what went wrong in passing something on; discord.py goes on by itself."""
        log.error("discord event failed", action=event, exc_info=sys.exc_info())


def fits(interaction: Interaction) -> bool:
    """Say whether an interaction has the shape of Discord's; one that has not is skipped."""
    if wrong := unreadable(interaction):
        log.warning("interaction skipped", action=interaction.type.name, at=wrong)
    return not wrong


def skipping(event: str, read: Callable[[Any], None]) -> Callable[[Any], None]:
    """Have an event that cannot be read be skipped: discord.py would end the connection for it."""

    def reading(told: Any) -> None:
        try:
            read(told)
        except Exception:
            log.exception("discord event skipped", action=event)

    return reading


def point(settings: DiscordSettings) -> None:
    """Have discord.py speak with the addresses of the settings, all clients of this process."""
    Route.BASE = settings.api_url
    if settings.gateway_url:
        DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(settings.gateway_url)
