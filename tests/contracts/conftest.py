"""Opens each world in turn. A new platform adds its own to the list."""

from collections.abc import AsyncIterator

import pytest

from tests.contracts.adapter import World
from tests.contracts.discord import discord_world
from tests.contracts.local import local_world
from tests.contracts.slack import slack_world

WORLDS = {"local": local_world, "discord": discord_world, "slack": slack_world}


@pytest.fixture(params=WORLDS)
async def world(request: pytest.FixtureRequest) -> AsyncIterator[World]:
    """Give a platform with two people in it, a channel, and its adapter."""
    async with WORLDS[request.param]() as opened:
        yield opened
