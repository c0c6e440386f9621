"""Is connected: logs in, connects, and does both again whenever the connection ends."""

import asyncio

import discord
import structlog

from bot.adapters.discord.client import DiscordClient, point
from bot.adapters.discord.dependencies import DiscordSettings
from bot.adapters.discord.trouble import PAUSE, TROUBLES, mend
from bot.background import aside, begun, kept_up
from bot.errors import UserError
from bot.i18n import t

log = structlog.get_logger()
A_MOMENT = 1.0
"""Seconds the connection is given to end by itself when the bot stops."""
ELSEWHERE = t(
    "Discord sends what people do to a web address instead of to me. Open your "
    "application on discord.com/developers/applications, clear “Interactions "
    "Endpoint URL” under “General Information”, and save."
)


class CannotConnect(UserError):
    """Discord cannot be reached with these settings."""


class Connection:
    """The connection of a client, in the place of which another one comes when it ends."""

    def __init__(self, client: DiscordClient, settings: DiscordSettings) -> None:
        self.client = client
        self.settings = settings
        self._ended = self._leaving = False
        self._staying: asyncio.Future[None] | None = None

    @property
    def away(self) -> bool:
        """Whether nothing can be asked of Discord just now."""
        return self._ended or self.client.is_closed()

    async def start(self, listen: bool) -> None:
        """Log in, and connect if it is to listen. Raises CannotConnect: what to mend."""
        point(self.settings)
        await self._log_in()
        if not listen:
            return
        if self.client.application and self.client.application.interactions_endpoint_url:
            raise CannotConnect(ELSEWHERE)
        staying = kept_up("discord", self._stay, final=(CannotConnect,))
        self._staying = aside(staying, "discord")
        ready = begun(self.client.wait_until_ready())
        await asyncio.wait((self._staying, ready), return_when=asyncio.FIRST_COMPLETED)
        if self._staying.done():
            ready.cancel()
            await self._staying

    async def lasts(self) -> None:
        """Wait until Discord takes us no more. Raises CannotConnect: what to mend."""
        if self._staying is not None:
            await asyncio.shield(self._staying)
        await asyncio.Event().wait()

    async def stop(self) -> None:
        """Disconnect, and do not come back."""
        self._leaving, patience = True, 0 if self._ended else A_MOMENT
        await self.client.close()
        if self._staying is not None:
            await asyncio.wait({self._staying}, timeout=patience)
            self._staying.cancel()
            await asyncio.wait({self._staying})

    async def _stay(self) -> None:
        """Connect, for as long as the connection lasts. Raises CannotConnect: what to mend."""
        if self._ended:
            await self._come_back()
        try:
            await self.client.connect()
        except TROUBLES as error:
            if words := mend(error):
                raise CannotConnect(words) from error
            raise
        finally:
            self._ended = True
        if not self._leaving:
            raise ConnectionError("the connection ended")

    async def _come_back(self) -> None:
        """Log in once more, when a connection has ended."""
        await self.client.close()
        self.client.reopen()
        await self._log_in()

    async def _log_in(self) -> None:
        """Log in, waiting for Discord as long as it takes."""
        pause = 1.0
        while True:
            try:
                await self.client.login(self.settings.token)
                self._ended = False
                return
            except discord.LoginFailure as error:
                raise CannotConnect(mend(error)) from error
            except TROUBLES as error:
                log.warning("discord is away", action="connect", error=str(error)[:200])
            await self.client.log_out()
            await asyncio.sleep(pause)
            pause = min(2 * pause, PAUSE)
