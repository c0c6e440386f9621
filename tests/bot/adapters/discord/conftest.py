"""Opens the whole bot in a simulated server, or the adapter on a Discord that misbehaves."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import discord.http
import pytest
from discord.gateway import DiscordWebSocket

from bot.adapters.discord import Discord, DiscordSettings
from tests.contracts.adapter import Scripted
from tests.fakes.discord_server import TOKEN, House, WholeBot, whole
from tests.fakes.discord_spec import wrong
from tests.fakes.discord_stub import Stub, stub
from tests.toys import toy


@pytest.fixture
async def bot(sqlite_url: str) -> AsyncIterator[WholeBot]:
    """Give the whole bot in a server, on a fresh SQLite file."""
    async with whole(sqlite_url) as opened:
        yield opened
        left = opened.server.bodies()
        assert [fault for one in left for fault in wrong(*one)] == []


@pytest.fixture
async def platform() -> AsyncIterator[Stub]:
    rest, gateway = discord.http.Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY
    async with stub() as made:
        yield made
    discord.http.Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY = rest, gateway


def made(platform: Stub, house: House | None = None, **set_to: object) -> Discord:
    """Make an adapter that speaks with the stub."""
    gateway = platform.url.replace("http", "ws") + "/gateway/"
    settings = DiscordSettings(TOKEN, f"{platform.url}/api/v10", gateway, **set_to)  # type: ignore[arg-type]
    return Discord(settings, (house or House(Scripted(), [toy])).dependencies)


@asynccontextmanager
async def started(
    platform: Stub, house: House | None = None, listen: bool = True, **set_to: object
) -> AsyncIterator[Discord]:
    """Start the adapter on the stub for a while."""
    adapter = made(platform, house, **set_to)
    try:
        await adapter.start(listen)
        yield adapter
    finally:
        await adapter.stop()
