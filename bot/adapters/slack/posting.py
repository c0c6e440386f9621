"""Posts, edits and finds what the bot says by itself."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from datetime import datetime, timedelta
from functools import partial
from time import monotonic
from typing import Any

import structlog

from bot.adapters.slack.blocks import Part, files, parts
from bot.adapters.slack.channels import SlackChannels
from bot.adapters.slack.notes import SlackNotes
from bot.adapters.slack.refusals import unfollowed, why
from bot.adapters.slack.web import MARK, WebApi
from bot.adapters.slack.wording import PLATFORM, SlackWording
from bot.chat import Account, File, Message, MessageRef, Place, said
from bot.errors import Busy, PostError, Refused, TargetLost, Uncertain
from bot.i18n import Text, t
from bot.protocol import Reader, Target

log = structlog.get_logger()

REST = "rest of {ts}"
ASKEW = timedelta(minutes=1)  # as far as Slack's clock may be behind ours
# Seconds for a post with all that follows it, and to say what could not: the outbox gives 30.
PATIENCE, LAST_PATIENCE = 20.0, 5.0


class SlackPosting:
    """What the bot says by itself. What one message does not hold stands behind it.

    The notes say which messages those are, so that an edit need not go through the channel.
    """

    def __init__(
        self, web: WebApi, command: str, notes: SlackNotes, channels: SlackChannels
    ) -> None:
        self.web = web
        self.command = command
        self.notes = notes
        self.channels = channels

    async def post(self, target: Target, message: Message, reader: Reader, key: str) -> MessageRef:
        """Post a message, its files below it. Raises a PostError, and none once it stands."""
        until = monotonic() + PATIENCE
        workspace, channel, thread = _whither(target)
        if isinstance(target, Place):
            await self.channels.check(workspace, channel)
        first, *more = parts(message, self._wording(workspace, message, reader))
        posted = await self.web.post(workspace, channel, first, thread=thread, key=key)
        there, ts = str(posted["channel"]), str(posted["ts"])
        ref = _ref(workspace, there, thread, ts)
        await self._follow(ref, more, reader, until)
        await self._hand_over(ref, files(message), reader, until)
        return ref

    async def _follow(
        self, ref: MessageRef, more: Sequence[Part], reader: Reader, until: float
    ) -> None:
        """Post what one message does not hold; says below it when a part is missing."""
        stand: list[str] = []
        lost: PostError | None = None
        for part in more:
            try:
                await _waiting(until, partial(self._add, ref, part, stand))
            except PostError as error:
                log.error("part lost", action="post", message=ref.id, error=repr(error))
                lost = error
                if isinstance(error, Busy | TargetLost):
                    break
        if lost:
            missing = t("Part of this message may be missing. {why}", why=why(lost))
            await self._own_up(ref, missing, reader)

    async def _hand_over(
        self, ref: MessageRef, files: Sequence[File], reader: Reader, until: float
    ) -> None:
        """Put files below a message; says there which are missing in the end."""
        place = ref.place
        below = place.thread or ref.id
        upload = partial(self.web.upload, place.workspace, place.channel, files, below)
        try:
            await _waiting(until, upload)
        except PostError as error:
            log.error("files lost", action="post", message=ref.id, error=repr(error))
            await self._own_up(ref, unfollowed(files, error), reader)

    async def _own_up(self, ref: MessageRef, lost: Text, reader: Reader) -> None:
        """Say below a message what could not follow it."""
        place = ref.place
        (part,) = parts(said(lost), SlackWording(reader, place.workspace, self.command))
        reply = partial(
            self.web.post, place.workspace, place.channel, part, thread=place.thread or ref.id
        )
        try:
            await _waiting(monotonic() + LAST_PATIENCE, reply)
        except PostError as error:
            log.error("loss not told", action="post", message=ref.id, error=repr(error))

    async def edit(self, ref: MessageRef, message: Message, reader: Reader) -> None:
        """Put a message in the place of one posted before. Raises a PostError."""
        place = ref.place
        first, *more = parts(message, self._wording(place.workspace, message, reader))
        await self.web.update(place.workspace, place.channel, ref.id, first)
        await self._go_on(ref, more, await self._behind(ref, look=bool(more)))

    async def _go_on(
        self, ref: MessageRef, more: Sequence[Part], before: Sequence[str] = ()
    ) -> None:
        """Have the parts stand behind a message, in the place of those that stand there."""
        workspace, channel = ref.place.workspace, ref.place.channel
        stand: list[str] = []
        for ts in before:
            if len(stand) == len(more):
                await self.web.take_back(workspace, channel, ts)
            elif await self._stands(ref, ts, more[len(stand)]):
                stand.append(ts)
        if stand != list(before):
            await self.notes.put(_behind(ref), " ".join(stand))
        for part in more[len(stand) :]:
            await self._add(ref, part, stand)

    async def _stands(self, ref: MessageRef, ts: str, part: Part) -> bool:
        """Put a part in the place of a message behind one; False when somebody deleted that."""
        try:
            await self.web.update(ref.place.workspace, ref.place.channel, ts, part)
        except Refused as refused:
            if str(refused) != "message_not_found":
                raise
            return False
        return True

    async def _add(self, ref: MessageRef, part: Part, stand: list[str]) -> None:
        """Have one more part stand behind a message."""
        place = ref.place
        key = REST.format(ts=ref.id)
        posted = await self.web.post(
            place.workspace, place.channel, part, thread=place.thread, key=key
        )
        stand.append(str(posted["ts"]))
        await self.notes.put(_behind(ref), " ".join(stand))

    async def _behind(self, ref: MessageRef, *, look: bool) -> list[str]:
        """Name the messages that stand behind one, if need be by going through the channel."""
        place = ref.place
        noted = (await self.notes.get(_behind(ref))).split()
        if noted or not look:
            return noted
        key = REST.format(ts=ref.id)
        told = self._told(place.workspace, place.channel, place.thread, float(ref.id))
        return sorted([str(one["ts"]) async for one in told if key_of(one) == key])

    async def find(self, target: Target, key: str, since: datetime) -> MessageRef | None:
        """Look up a message posted with `key` not before `since`. Raises a PostError."""
        workspace, channel, thread = _whither(target)
        if isinstance(target, Account):
            channel = await self.web.direct(workspace, target.id)
        async for message in self._told(workspace, channel, thread, (since - ASKEW).timestamp()):
            if key_of(message) == key:
                return _ref(workspace, channel, thread, str(message["ts"]))
        return None

    async def _told(
        self, workspace: str, channel: str, thread: str, oldest: float
    ) -> AsyncIterator[dict[str, Any]]:
        """Go through what was posted in a channel or thread."""
        cursor = ""
        while True:
            page = await self.web.history(workspace, channel, thread, oldest, cursor)
            for message in page["messages"]:
                yield message
            cursor = (page.get("response_metadata") or {}).get("next_cursor") or ""
            if not cursor:
                return

    def _wording(self, workspace: str, message: Message, reader: Reader) -> SlackWording:
        return SlackWording(reader, workspace, self.command).ringing_for(message.notify)


async def _waiting(until: float, attempt: Callable[[], Awaitable[object]]) -> None:
    """Try something again as long as Slack asks to wait and there is time. Raises a PostError."""
    while True:
        try:
            async with asyncio.timeout(until - monotonic()):
                await attempt()
        except Busy as busy:
            if monotonic() + busy.retry_after >= until:
                raise
            await asyncio.sleep(busy.retry_after)
        except TimeoutError as error:
            raise Uncertain("no time left") from error
        else:
            return


def _behind(ref: MessageRef) -> str:
    return f"behind:{ref.place.workspace}:{ref.place.channel}:{ref.id}"


def _ref(workspace: str, channel: str, thread: str, ts: str) -> MessageRef:
    """Say where a message stands; nothing follows below it: who reads the channel sees none."""
    below = ts if channel.startswith(("C", "G")) and not thread else ""
    return MessageRef(Place(PLATFORM, workspace, channel, thread=thread), ts, below)


def _whither(target: Target) -> tuple[str, str, str]:
    if isinstance(target, Account):
        return target.workspace, target.id, ""
    return target.workspace, target.channel, target.thread


def key_of(message: dict[str, Any]) -> str:
    """Give the key a message of ours was posted with; empty for any other."""
    metadata = message.get("metadata") or {}
    mine = metadata.get("event_type") == MARK
    return str(metadata.get("event_payload", {}).get("key", "")) if mine else ""
