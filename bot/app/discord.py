"""Puts Discord together: the adapter, and what the bot keeps for it in the database."""

import asyncio
from collections.abc import Callable
from datetime import datetime

from bot.adapters.discord import Discord, Handed, Settings
from bot.app.platforms import Core
from bot.chat import Message, Paragraph, button
from bot.config import Discord as Section
from bot.i18n import t
from storage import Storage, Transaction

PLATFORM = "discord"


class KeptInDatabase:
    """Keeps what Discord needs over a restart, and what its shards share, beside all else."""

    def __init__(self, storage: Storage, now: Callable[[], datetime]) -> None:
        self.storage = storage
        self.now = now

    async def get(self, name: str) -> str:
        """Give what is kept under a name, or nothing."""

        def read() -> str:
            with self.storage.read() as transaction:
                return transaction.memos.get(f"{PLATFORM}:{name}")

        return await self.storage.run(read)

    async def put(self, name: str, words: str) -> None:
        """Keep words under a name; empty ones are forgotten."""
        await self._write(lambda open: open.memos.put(f"{PLATFORM}:{name}", words, self.now()))

    async def turn(self, name: str, seconds: float) -> None:
        """Wait until it is this process's turn, over all processes on this database."""

        def take() -> datetime:
            with self.storage.write() as transaction:
                return transaction.memos.turn(name, self.now(), seconds)

        wait = (await self.storage.run(take) - self.now()).total_seconds()
        await asyncio.sleep(max(0.0, wait))

    async def spaces(self, user: str) -> tuple[str, ...]:
        """Name the servers in which a user is known."""

        def look() -> tuple[str, ...]:
            with self.storage.read() as transaction:
                return transaction.spaces(PLATFORM).of(user)

        return await self.storage.run(look)

    async def joined(self, space: str) -> None:
        """Open a server again that had put the bot out."""
        await self._write(lambda open: open.spaces(PLATFORM).come_back(space))

    async def left(self, space: str) -> None:
        """Have nothing sent any more to a server that put the bot out."""
        await self._write(lambda open: open.spaces(PLATFORM).leave(space))

    async def _write(self, change: Callable[[Transaction], None]) -> None:
        def write() -> None:
            with self.storage.write() as transaction:
                change(transaction)

        await self.storage.run(write)


def adapter(core: Core) -> Discord:
    """Make the adapter, not started yet."""
    section = core.settings.discord
    assert section is not None
    return Discord(settings(section), handed(core))


def handed(core: Core) -> Handed:
    """Give Discord the bot, and a place to keep things."""
    kept = KeptInDatabase(core.storage, core.now)
    return Handed(
        groups=core.groups,
        dispatch=core.dispatch,
        complete=core.complete,
        notes=kept,
        spaces=kept.spaces,
        joined=kept.joined,
        left=kept.left,
        turn=kept.turn,
        welcome=welcome(),
    )


def settings(section: Section) -> Settings:
    """Take from the settings what Discord is started with."""
    return Settings(
        token=section.token.get_secret_value(),
        api_url=section.api_url,
        gateway_url=section.gateway_url or "",
        shard_ids=section.shard_ids,
        shard_count=section.shard_count,
        sync_to=section.sync_to,
    )


def welcome() -> Message:
    """Word the first message in a new server."""
    blocks = (
        Paragraph(
            t(
                "I help communities of practice with what has to be coordinated: sessions and who "
                "comes, turns of hosting, reminders, open spaces, what was learned."
            )
        ),
        Paragraph(t("Whoever manages this server can set me up now. It takes two minutes.")),
    )
    buttons = (
        button(t("Set up"), "community.setup", "primary"),
        button(t("What I can do"), "help"),
    )
    return Message(t("Hello, I am Convener"), blocks, buttons)
