"""Posts, edits and finds messages, and opens the threads beneath them."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import discord
import structlog

from bot.adapters.discord.events import Events
from bot.adapters.discord.render import marked_with, sheet
from bot.adapters.discord.trouble import (
    THREAD_LOST,
    TROUBLES,
    UNKNOWN_MESSAGE,
    post_error,
    told,
)
from bot.adapters.discord.wording import PLATFORM, Wording
from bot.calls import Reader, Target
from bot.chat import Account, Message, MessageRef, Place
from bot.errors import Refused
from bot.plainly import shortened

log = structlog.get_logger()
THREAD_NAME = 100
QUIET_FOR: Any = 10080
"""Minutes without a word after which Discord archives a thread: a week."""
THREAD_THERE = 160004
LOOKED_AT = 1000
"""Messages looked through for one that may have gone out."""


class Posting:
    """What the bot says unasked, on one connection."""

    def __init__(
        self, client: discord.Client, events: Events, commands: Callable[[], Mapping[str, str]]
    ) -> None:
        self.client = client
        self.events = events
        self.commands = commands

    async def post(self, target: Target, message: Message, reader: Reader, key: str) -> MessageRef:
        """Post a message; one for a thread that is lost goes to its channel. Raises a PostError."""
        try:
            return await self._post(target, message, reader, key)
        except TROUBLES as error:
            lost = getattr(error, "code", 0) in THREAD_LOST
            if not lost or not isinstance(target, Place) or not target.thread:
                raise post_error(error, _bucket(target)) from error
            log.info("thread lost", action="post", thread=target.thread)
        with told(_bucket(target)):
            return await self._post(replace(target, thread=""), message, reader, key)

    async def _post(self, target: Target, message: Message, reader: Reader, key: str) -> MessageRef:
        wording = self._wording(reader, target.space)
        made = sheet(message, wording, alone=isinstance(target, Account), key=key)
        room = await self._room(target)
        sent = await room.send(
            view=made.view, files=made.files, nonce=key[:25], allowed_mentions=made.mentions
        )
        for view in made.rest:
            await room.send(view=view)
        ref = _ref(target, sent)
        if message.thread and isinstance(target, Place) and not target.thread:
            thread = await self._open_thread(sent, wording.plain(message.title))
            ref = replace(ref, place=replace(ref.place, thread=thread))
        if message.event and isinstance(target, Place):
            await self.events.mirror(ref, message.event, wording)
        return ref

    async def edit(self, ref: MessageRef, message: Message, reader: Reader) -> None:
        """Put a message in the place of another. Raises Refused when that is not there any more."""
        wording = self._wording(reader, ref.place.space)
        inside = ref.place.thread if ref.place.thread != ref.id else ""
        room = self._at(inside or ref.place.channel, ref.place.space)
        made = sheet(message, wording, alone=self._is_direct(ref.place))
        try:
            await room.get_partial_message(int(ref.id)).edit(
                view=made.view, attachments=made.files, allowed_mentions=made.mentions
            )
        except TROUBLES as error:
            if getattr(error, "code", 0) in (UNKNOWN_MESSAGE, *THREAD_LOST):
                raise Refused(f"the message cannot be changed: {error}") from error
            raise post_error(error, ref.place.channel) from error
        if message.event:
            await self.events.mirror(ref, message.event, wording)
            if message.event.state != "on" and ref.place.thread == ref.id:
                await self._archive(ref)

    async def find(self, target: Target, key: str, since: datetime) -> MessageRef | None:
        """Look up a message by its key, in a thread and in its channel. Raises a PostError."""
        found = await self._find(target, key, since)
        if found is None and isinstance(target, Place) and target.thread:
            return await self._find(replace(target, thread=""), key, since)
        return found

    async def _find(self, target: Target, key: str, since: datetime) -> MessageRef | None:
        with told(_bucket(target)):
            room = await self._room(target)
            after = since - timedelta(minutes=1)
            async for one in room.history(limit=LOOKED_AT, after=after, oldest_first=False):
                if one.author == self.client.user and marked_with(one, key):
                    return _ref(target, one)
        return None

    async def _room(self, target: Target) -> discord.abc.Messageable:
        if isinstance(target, Account):
            return await self.client.create_dm(discord.Object(int(target.id)))
        return self._at(target.thread or target.channel, target.space)

    def _at(self, channel: str, space: str) -> discord.PartialMessageable:
        return self.client.get_partial_messageable(int(channel), guild_id=int(space))

    def _is_direct(self, place: Place) -> bool:
        """Say whether a message stands in direct messages; a channel we do not see may be one."""
        guild = self.client.get_guild(int(place.space))
        return guild is None or guild.get_channel(int(place.channel)) is None

    def _wording(self, reader: Reader, space: str) -> Wording:
        return Wording(reader, space, self.commands())

    async def _open_thread(self, sent: discord.Message, name: str) -> str:
        """Open the thread beneath a message, which gets its id; without the right to: none."""
        try:
            await sent.create_thread(
                name=shortened(name or "…", THREAD_NAME), auto_archive_duration=QUIET_FOR
            )
        except (discord.HTTPException, discord.RateLimited) as error:
            if getattr(error, "code", 0) != THREAD_THERE:
                log.warning("no thread", action="post", message=sent.id, error=str(error)[:200])
                return ""
        return str(sent.id)

    async def _archive(self, ref: MessageRef) -> None:
        """Archive the thread beneath a message, which has the message's own id."""
        try:
            await self.client.http.edit_channel(int(ref.id), archived=True)
        except (discord.HTTPException, discord.RateLimited) as error:
            log.info("not archived", action="edit", thread=ref.id, error=str(error)[:200])


def _bucket(target: Target) -> str:
    return target.channel if isinstance(target, Place) else f"dm:{target.id}"


def _ref(target: Target, sent: discord.Message) -> MessageRef:
    if isinstance(target, Place):
        opened = str(sent.id) if sent.flags.has_thread else ""
        return MessageRef(replace(target, thread=target.thread or opened), str(sent.id))
    return MessageRef(Place(PLATFORM, target.space, str(sent.channel.id)), str(sent.id))
