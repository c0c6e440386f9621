"""Mirrors single sessions as events of the server: never the source of truth, only a copy."""

import asyncio
import hashlib
import json
from datetime import UTC, datetime
from typing import Any
from weakref import WeakValueDictionary

import discord
import structlog
from discord.utils import utcnow

from bot.adapters.discord.advice import EVENTS, ServerAdvice
from bot.adapters.discord.dependencies import NoteStore
from bot.adapters.discord.trouble import TROUBLES
from bot.adapters.discord.wording import DiscordWording, unmarked
from bot.chat import CalendarEvent, MessageRef
from bot.i18n import t
from bot.plain_text import shortened

log = structlog.get_logger()
NAME, LOCATION, DESCRIPTION, LINK = 100, 100, 1000, 500
EXTERNAL, MEMBERS_ONLY = 3, 2
SCHEDULED, COMPLETED, CANCELLED = 1, 3, 4
UNKNOWN_EVENT = 10070
GONE = "gone"
AT_MOST = 45.0
"""Seconds that mirroring may take with all that discord.py tries."""


class GuildEvents:
    """The events of all servers; `notes` knows which event mirrors what, and how it stands."""

    def __init__(self, client: discord.Client, notes: NoteStore, advice: ServerAdvice) -> None:
        self.client = client
        self.notes = notes
        self.advice = advice
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def mirror(self, ref: MessageRef, event: CalendarEvent, wording: DiscordWording) -> None:
        """Bring the event in line with what it mirrors; what stands in the way is told."""
        name = f"event:{ref.place.workspace}:{event.key}"
        async with self._locks.setdefault(name, asyncio.Lock()):
            try:
                async with asyncio.timeout(AT_MOST):
                    await self._mirror(name, ref, event, wording)
            except TROUBLES as error:
                code = getattr(error, "code", 0)
                log.warning(
                    "event not mirrored", about=event.key, code=code, error=str(error)[:200]
                )
                if code == UNKNOWN_EVENT:
                    await self.notes.put(name, GONE)
                await self.advice.give(ref.place.workspace, EVENTS, error)

    async def _mirror(
        self, name: str, ref: MessageRef, event: CalendarEvent, wording: DiscordWording
    ) -> None:
        id, _, before = (await self.notes.get(name)).partition(" ")
        body = _body(ref, event, wording)
        digest = hashlib.sha256(json.dumps([body, event.state]).encode()).hexdigest()[:16]
        if id == GONE or digest == before:
            return
        workspace = int(ref.place.workspace)
        if event.state == "on" and event.starts_at > utcnow():
            id = await self._put(workspace, "" if before == "ended" else id, body)
            await self.notes.put(name, f"{id} {digest}")
            await self.advice.mended(ref.place.workspace, EVENTS)
        elif id and event.state != "on" and before != "ended":
            await self._end(workspace, id, event)
            await self.notes.put(name, f"{id} ended")

    async def _put(self, workspace: int, id: str, body: dict[str, Any]) -> str:
        http = self.client.http
        if id:
            await http.edit_scheduled_event(workspace, int(id), **body)
            return id
        found = await self._alike(workspace, body)
        if found:
            return found
        made = await http.create_guild_scheduled_event(workspace, **body)
        return str(made["id"])

    async def _alike(self, workspace: int, body: dict[str, Any]) -> str:
        """Find an event of ours that was made and not noted, as before a crash."""
        for one in await self.client.http.get_scheduled_events(workspace, with_user_count=False):
            ours = self.client.user and str(one.get("creator_id")) == str(self.client.user.id)
            begins = datetime.fromisoformat(one["scheduled_start_time"])
            wanted = datetime.fromisoformat(body["scheduled_start_time"])
            if (
                ours
                and one["status"] == SCHEDULED
                and (one["name"], begins) == (body["name"], wanted)
            ):
                return str(one["id"])
        return ""

    async def _end(self, workspace: int, id: str, event: CalendarEvent) -> None:
        """End an event: one that has begun can only be completed, one to come only cancelled."""
        begun = event.starts_at <= utcnow()
        if event.state == "over" or begun:
            if event.ends_at <= utcnow():
                return
            status = COMPLETED
        else:
            status = CANCELLED
        await self.client.http.edit_scheduled_event(workspace, int(id), status=status)


def _body(ref: MessageRef, event: CalendarEvent, wording: DiscordWording) -> dict[str, Any]:
    place = ref.place
    link = f"https://discord.com/channels/{place.workspace}/{place.channel}/{ref.id}"
    how = t(
        "“Interested” doesn't count. To say whether you're coming, answer the announcement: {link}",
        link=link,
    )
    foot = wording.plain(how)
    where, link = _where(event, wording)
    about = unmarked(wording.plain(event.about))
    about = shortened(about, DESCRIPTION - len(f"{link}\n\n\n\n{foot}"))
    return {
        "name": shortened(unmarked(wording.plain(event.title)) or "…", NAME),
        "description": "\n\n".join(filter(None, (link, about, foot))),
        "scheduled_start_time": event.starts_at.astimezone(UTC).isoformat(),
        "scheduled_end_time": event.ends_at.astimezone(UTC).isoformat(),
        "entity_type": EXTERNAL,
        "privacy_level": MEMBERS_ONLY,
        "entity_metadata": {"location": where},
    }


def _where(event: CalendarEvent, wording: DiscordWording) -> tuple[str, str]:
    """Give the location, and what is too long for it, which then leads the description."""
    place = wording.plain(event.location)
    if place and len(place) <= LOCATION:
        return place, ""
    return shortened(wording.plain(t("See the announcement")), LOCATION), shortened(place, LINK)
