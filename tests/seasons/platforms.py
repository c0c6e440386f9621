"""The platforms a season can be played on."""

from collections.abc import Callable, Mapping
from contextlib import AbstractAsyncContextManager
from datetime import datetime

from tests.seasons.on_discord import discord_world
from tests.seasons.on_slack import slack_world
from tests.seasons.worlds import SeasonWorld, local_world

Opens = Callable[[str, datetime], AbstractAsyncContextManager[SeasonWorld]]
PLATFORMS: Mapping[str, Opens] = {
    "local": local_world,
    "discord": discord_world,
    "slack": slack_world,
}
