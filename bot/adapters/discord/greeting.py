"""Says hello in a server, once, with a way to set the community up."""

from collections.abc import Iterable, Mapping

import discord
import structlog

from bot.adapters.discord.dependencies import Dependencies
from bot.adapters.discord.render import sheet
from bot.adapters.discord.trouble import TROUBLES
from bot.adapters.discord.wording import DiscordWording
from bot.i18n import supported_language
from bot.protocol import Reader

log = structlog.get_logger()


class Greetings:
    """The first message in each server. Servers that invited a bot not running yet get it later."""

    def __init__(self, core: Dependencies, ids: Mapping[str, str]) -> None:
        self.core = core
        self.ids = ids

    async def greet_strangers(self, guilds: Iterable[discord.Guild]) -> None:
        """Greet where no community lives yet and nobody was greeted before."""
        for guild in guilds:
            if where_to_greet(guild) is None or await self.core.notes.get(_greeted(guild)):
                continue
            if not await self.core.lived_in(str(guild.id)):
                await self.greet(guild)

    async def greet(self, guild: discord.Guild) -> None:
        """Say hello where people can read it."""
        room = where_to_greet(guild)
        log.info("joined", action="join", workspace=guild.id, greeted=room is not None)
        if room is None:
            return
        await self.core.notes.put(_greeted(guild), "yes")
        reader = Reader(supported_language(guild.preferred_locale.value))
        made = sheet(self.core.welcome, DiscordWording(reader, str(guild.id), self.ids))
        try:
            nonce = f"hello-{guild.id}"
            await room.send(view=made.view, allowed_mentions=made.mentions, nonce=nonce)
        except TROUBLES as error:
            await self.core.notes.put(_greeted(guild), "")  # the next start tries again
            log.warning("not greeted", action="join", workspace=guild.id, error=str(error)[:200])


def _greeted(guild: discord.Guild) -> str:
    return f"greeted:{guild.id}"


def where_to_greet(guild: discord.Guild) -> discord.TextChannel | None:
    """Find where a first message can be read: the server's own choice, else the first channel."""
    first = [guild.system_channel] if guild.system_channel else []
    for channel in (*first, *sorted(guild.text_channels, key=lambda one: one.position)):
        mine = channel.permissions_for(guild.me)
        if mine.send_messages and mine.view_channel:
            return channel
    return None
