"""Keeps Discord's list of commands in line with ours, and knows which id it gave to each."""

import asyncio
import json
from collections.abc import Mapping
from typing import Any

import discord
import structlog

from bot.adapters.discord.dependencies import Dependencies, DiscordSettings
from bot.adapters.discord.tree import Body, digest, ids, tree
from bot.adapters.discord.trouble import PAUSE, TROUBLES

log = structlog.get_logger()


class Commands:
    """The commands as Discord knows them; `ids` are theirs, by name."""

    def __init__(
        self, client: discord.Client, settings: DiscordSettings, core: Dependencies
    ) -> None:
        self.client = client
        self.places = settings.sync_to or (0,)
        self.core = core
        self.ids: dict[str, str] = {}
        self.pause = PAUSE

    async def sync(self) -> bool:
        """Send Discord the commands, unless it has this very list already.

        Gives whether it has them now. Where it has not, those of before go on to work.
        """
        wanted = tree(self.core.groups)
        return all([await self._sync(place, wanted) for place in self.places])

    async def _sync(self, place: int, wanted: list[Body]) -> bool:
        kept = await self._kept(place)
        self.ids.update(kept.get("ids", {}))
        if kept.get("digest") == digest(wanted):
            return True
        try:
            self.ids.update(await self._sent(place, wanted))
        except TROUBLES as error:
            log.error("commands not synced", action="sync", place=place, error=str(error)[:500])
            return False
        return True

    async def catch_up(self) -> None:
        """Try again until Discord has the commands."""
        synced = False
        while not synced:
            await asyncio.sleep(self.pause)
            synced = await self.sync()

    async def recall(self) -> None:
        """Take the ids as they were given last, for a process that sends no commands."""
        for place in self.places:
            self.ids.update((await self._kept(place)).get("ids", {}))

    async def _kept(self, place: int) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(await self.core.notes.get(self._name(place)) or "{}")
        return found

    async def _sent(self, place: int, wanted: list[Body]) -> Mapping[str, str]:
        http, app = self.client.http, self.client.application_id or 0
        sent = http.bulk_upsert_guild_commands if place else http.bulk_upsert_global_commands
        answer = await (sent(app, place, wanted) if place else sent(app, wanted))  # type: ignore[call-arg, arg-type]
        found = ids(answer)
        words = json.dumps({"digest": digest(wanted), "ids": found})
        await self.core.notes.put(self._name(place), words)
        log.info("commands synced", action="sync", commands=len(wanted), place=place)
        return found

    def _name(self, place: int) -> str:
        return f"commands:{self.client.application_id or 0}:{place}"
