"""Posts, edits and finds messages, and opens the threads beneath them."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import discord
import structlog
from discord.http import Route

from bot.adapters.discord.advice import IN_THREADS, THREADS, ServerAdvice
from bot.adapters.discord.client import DiscordClient
from bot.adapters.discord.events import GuildEvents
from bot.adapters.discord.render import Sheet, marked_with, sheet
from bot.adapters.discord.trouble import (
    MISSING_RIGHTS,
    THREAD_LOST,
    TROUBLES,
    UNKNOWN_CHANNEL,
    UNKNOWN_MESSAGE,
    post_error,
)
from bot.adapters.discord.wording import PLATFORM, DiscordWording
from bot.chat import Account, Message, MessageRef, Place
from bot.errors import MessageGone, PostError, Refused, TargetLost
from bot.i18n import Text, t
from bot.plain_text import shortened
from bot.protocol import Reader, Target, let_go_out

log = structlog.get_logger()
ELSEWHERE = t("That channel isn't in this server. Choose another one.")
THREAD_NAME = 100
QUIET_FOR: Any = 10080
"""Minutes without a word after which Discord archives a thread: a week."""
THREAD_THERE = 160004
LOOKED_AT = 1000
"""Messages looked through for one that may have gone out."""
AT_MOST = 45.0
"""Seconds a request may take with all that discord.py tries: less than the outbox waits."""


class DiscordPosting:
    """What the bot says unasked, on one connection; `commands` are Discord's ids of them."""

    def __init__(
        self,
        client: DiscordClient,
        events: GuildEvents,
        advice: ServerAdvice,
        commands: Mapping[str, str],
    ) -> None:
        self.client = client
        self.events = events
        self.advice = advice
        self.commands = commands
        self.guilds: dict[str, str] = {}
        """The servers of channels that this process does not see, as one that only posts."""

    async def post(self, target: Target, message: Message, reader: Reader, key: str) -> MessageRef:
        """Post a message; one for a thread that is lost goes to its channel. Raises a PostError."""
        wording = DiscordWording(reader, target.workspace, self.commands)
        made = sheet(message, wording, alone=isinstance(target, Account), key=key)
        sent = await self._sent(target, made, key)
        ref = _ref(target, sent)
        if message.thread and isinstance(target, Place) and not target.thread:
            thread = await self._open_thread(ref, wording.plain(message.title))
            ref = replace(ref, place=replace(ref.place, thread=thread))
        if message.event and isinstance(target, Place):
            await self.events.mirror(ref, message.event, wording)
        return ref

    async def _sent(self, target: Target, made: Sheet, key: str) -> discord.Message:
        try:
            async with asyncio.timeout(AT_MOST):
                return await self._send(target, made, key)
        except TROUBLES as error:
            lost = getattr(error, "code", 0) in THREAD_LOST
            if not lost or not isinstance(target, Place) or not target.thread:
                raise self._error(error, _bucket(target)) from error
            log.info("thread lost", action="post", thread=target.thread)
            await self.advice.give(target.workspace, IN_THREADS, error)
        async with self._told(_bucket(target)):
            return await self._send(replace(target, thread=""), made, key)

    async def _send(self, target: Target, made: Sheet, key: str) -> discord.Message:
        room = await self._room(target)
        let_go_out()
        sent = await room.send(
            view=made.view, files=made.files, nonce=key[:25], allowed_mentions=made.mentions
        )
        for place, view in enumerate(made.rest):
            try:
                await room.send(view=view, nonce=f"{key[:22]}.{place}")
            except TROUBLES as error:
                log.warning("menus lost", action="post", message=sent.id, error=str(error)[:200])
        return sent

    async def edit(self, ref: MessageRef, message: Message, reader: Reader) -> None:
        """Put a message in the place of another. Raises MessageGone, and Refused."""
        wording = DiscordWording(reader, ref.place.workspace, self.commands)
        inside = ref.place.thread if ref.place.thread != ref.id else ""
        room = self._at(inside or ref.place.channel, ref.place.workspace)
        made = sheet(message, wording, alone=self._may_be_direct(ref.place))
        try:
            async with asyncio.timeout(AT_MOST):
                await room.get_partial_message(int(ref.id)).edit(
                    view=made.view, attachments=made.files, allowed_mentions=made.mentions
                )
        except TROUBLES as error:
            code = getattr(error, "code", 0)
            if code == UNKNOWN_MESSAGE or (inside and code == UNKNOWN_CHANNEL):
                raise MessageGone(f"the message is gone: {error}") from error
            if code in THREAD_LOST - {UNKNOWN_CHANNEL}:
                raise Refused(f"the message cannot be changed: {error}") from error
            raise self._error(error, ref.place.channel) from error
        if message.event:
            await self.events.mirror(ref, message.event, wording)
            if message.event.state != "on" and ref.place.thread == ref.id:
                await self._archive(ref)

    async def find(self, target: Target, key: str, since: datetime) -> MessageRef | None:
        """Look up a message by its key, in a thread and in its channel. Raises a PostError."""
        if not isinstance(target, Place) or not target.thread:
            return await self._find(target, key, since)
        try:
            found = await self._find(target, key, since)
        except TargetLost:  # then it was posted in the channel
            found = None
        return found or await self._find(replace(target, thread=""), key, since)

    async def _find(self, target: Target, key: str, since: datetime) -> MessageRef | None:
        async with self._told(_bucket(target)):
            room = await self._room(target)
            after = since - timedelta(minutes=1)
            async for one in room.history(limit=LOOKED_AT, after=after, oldest_first=False):
                if one.author == self.client.user and marked_with(one, key):
                    return _ref(target, one)
        return None

    def obstacle(self, place: Place) -> Text | None:
        """Say why Discord takes no post in a channel, as far as its server is in sight."""
        guild = self.client.get_guild(int(place.workspace))
        if guild is None or guild.me is None:
            return None
        channel = guild.get_channel(int(place.channel))
        if channel is None:
            return MISSING_RIGHTS
        mine = channel.permissions_for(guild.me)
        return None if mine.view_channel and mine.send_messages else MISSING_RIGHTS

    async def time(self) -> datetime | None:
        """Tell the time as Discord has it; None when it does not say. Raises a PostError."""
        clock = self.client.headers.clock
        try:
            async with self._told(""):
                await self.client.http.request(Route("GET", "/users/@me"))
        except PostError:
            if clock.now() is None:
                raise
        return clock.now()

    @asynccontextmanager
    async def _told(self, bucket: str) -> AsyncIterator[None]:
        """Raise what goes wrong inside, or takes too long, as a PostError."""
        try:
            async with asyncio.timeout(AT_MOST):
                yield
        except TROUBLES as error:
            raise self._error(error, bucket) from error

    def _error(self, error: BaseException, bucket: str) -> BaseException:
        return post_error(error, "" if self.client.headers.all_wait else bucket)

    async def _room(self, target: Target) -> discord.abc.Messageable:
        if not (target.id if isinstance(target, Account) else target.channel).isdecimal():
            raise TargetLost("malformed", ELSEWHERE)
        if isinstance(target, Account):
            return await self.client.create_dm(discord.Object(int(target.id)))
        if await self._guild(target.channel) not in ("", target.workspace):
            raise TargetLost("another server", ELSEWHERE)
        return self._at(target.thread or target.channel, target.workspace)

    async def _guild(self, channel: str) -> str:
        """Give the server a channel is in; empty where Discord names none."""
        seen = self.client.get_channel(int(channel))
        if isinstance(seen, discord.abc.GuildChannel):
            return str(seen.guild.id)
        if channel not in self.guilds:
            told: Any = await self.client.http.get_channel(int(channel))
            self.guilds[channel] = str(dict(told or {}).get("guild_id") or "")
        return self.guilds[channel]

    def _at(self, channel: str, workspace: str) -> discord.PartialMessageable:
        return self.client.get_partial_messageable(int(channel), guild_id=int(workspace))

    def _may_be_direct(self, place: Place) -> bool:
        """Say whether buttons have to name their server.

        A channel this process does not see, as one that only posts, may be a direct message; in
        a channel the name does no harm.
        """
        guild = self.client.get_guild(int(place.workspace))
        return guild is None or guild.get_channel(int(place.channel)) is None

    async def _open_thread(self, ref: MessageRef, name: str) -> str:
        """Open the thread beneath a message, which gets its id; without the right to: none."""
        try:
            async with asyncio.timeout(AT_MOST):
                await self.client.http.start_thread_with_message(
                    int(ref.place.channel),
                    int(ref.id),
                    name=shortened(name or "…", THREAD_NAME),
                    auto_archive_duration=QUIET_FOR,
                )
        except TROUBLES as error:
            if getattr(error, "code", 0) != THREAD_THERE:
                log.warning("no thread", action="post", message=ref.id, error=str(error)[:200])
                await self.advice.give(ref.place.workspace, THREADS, error)
                return ""
        await self.advice.mended(ref.place.workspace, THREADS)
        return ref.id

    async def _archive(self, ref: MessageRef) -> None:
        """Archive the thread beneath a message, which has the message's own id."""
        try:
            async with asyncio.timeout(AT_MOST):
                await self.client.http.edit_channel(int(ref.id), archived=True)
        except TROUBLES as error:
            log.info("not archived", action="edit", thread=ref.id, error=str(error)[:200])


def _bucket(target: Target) -> str:
    return target.channel if isinstance(target, Place) else f"dm:{target.id}"


def _ref(target: Target, sent: discord.Message) -> MessageRef:
    if isinstance(target, Place):
        beneath = str(sent.channel.id) if str(sent.channel.id) != target.channel else ""
        opened = str(sent.id) if sent.flags.has_thread else ""
        return MessageRef(replace(target, thread=beneath or opened), str(sent.id))
    return MessageRef(Place(PLATFORM, target.workspace, str(sent.channel.id)), str(sent.id))
