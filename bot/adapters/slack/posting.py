"""Posts, edits and finds what the bot says by itself."""

from collections.abc import AsyncIterator
from datetime import datetime
from typing import Any

from bot.adapters.slack.blocks import files, parts
from bot.adapters.slack.web import MARK, Web
from bot.adapters.slack.wording import PLATFORM, Wording
from bot.calls import Reader, Target
from bot.chat import Account, Message, MessageRef, Place

REST = "rest of {ts}"


class Posting:
    """What the bot says by itself. What one message does not hold stands behind it."""

    def __init__(self, web: Web, command: str) -> None:
        self.web = web
        self.command = command

    async def post(self, target: Target, message: Message, reader: Reader, key: str) -> MessageRef:
        """Post a message, its files below it. Raises a PostError."""
        space, channel, thread = _whither(target)
        first, *more = parts(message, self._wording(space, message, reader))
        posted = await self.web.post(space, channel, first, thread=thread, key=key)
        there, ts = str(posted["channel"]), str(posted["ts"])
        for part in more:
            await self.web.post(space, there, part, thread=thread, key=REST.format(ts=ts))
        await self.web.upload(space, there, files(message), thread or ts)
        return _ref(space, there, thread, ts)

    async def edit(self, ref: MessageRef, message: Message, reader: Reader) -> None:
        """Put a message in the place of one posted before. Raises a PostError."""
        place = ref.place
        thread = place.thread
        first, *more = parts(message, self._wording(place.space, message, reader))
        await self.web.update(place.space, place.channel, ref.id, first)
        if not more:
            return
        key = REST.format(ts=ref.id)
        told = self._told(place.space, place.channel, thread, float(ref.id))
        before = sorted([str(one["ts"]) async for one in told if key_of(one) == key])
        for part, ts in zip(more, before, strict=False):
            await self.web.update(place.space, place.channel, ts, part)
        for part in more[len(before) :]:
            await self.web.post(place.space, place.channel, part, thread=thread, key=key)

    async def find(self, target: Target, key: str, since: datetime) -> MessageRef | None:
        """Look up a message posted with `key` not before `since`. Raises a PostError."""
        space, channel, thread = _whither(target)
        if isinstance(target, Account):
            channel = await self.web.direct(space, target.id)
        async for message in self._told(space, channel, thread, since.timestamp()):
            if key_of(message) == key:
                return _ref(space, channel, thread, str(message["ts"]))
        return None

    async def _told(
        self, space: str, channel: str, thread: str, oldest: float
    ) -> AsyncIterator[dict[str, Any]]:
        """Go through what was posted in a channel or thread."""
        cursor = ""
        while True:
            page = await self.web.history(space, channel, thread, oldest, cursor)
            for message in page["messages"]:
                yield message
            cursor = (page.get("response_metadata") or {}).get("next_cursor") or ""
            if not cursor:
                return

    def _wording(self, space: str, message: Message, reader: Reader) -> Wording:
        return Wording(reader, space, self.command).ringing_for(message.notify)


def _ref(space: str, channel: str, thread: str, ts: str) -> MessageRef:
    """Say where a message stands. No thread is opened below it: who reads the channel sees none."""
    return MessageRef(Place(PLATFORM, space, channel, thread=thread), ts)


def _whither(target: Target) -> tuple[str, str, str]:
    if isinstance(target, Account):
        return target.space, target.id, ""
    return target.space, target.channel, target.thread


def key_of(message: dict[str, Any]) -> str:
    """Give the key a message of ours was posted with; empty for any other."""
    metadata = message.get("metadata") or {}
    mine = metadata.get("event_type") == MARK
    return str(metadata.get("event_payload", {}).get("key", "")) if mine else ""
