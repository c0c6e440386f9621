"""Keeps the App Home of those who look at it: a desk of their own, in their language."""

import asyncio
import hashlib
import json
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from time import monotonic
from typing import Any

import structlog

from bot.adapters.slack.blocks import PER_HOME, blocks
from bot.adapters.slack.to_call import Heard, place
from bot.adapters.slack.web import Web
from bot.adapters.slack.wording import Wording
from bot.calls import Answer, Ask
from bot.errors import PostError

log = structlog.get_logger()

DESK = "desk"
LOOKED_AT = 900.0  # seconds after which somebody is taken to look elsewhere
PAUSE = 2.0  # seconds in which several changes become one
MOST = 50


class Homes:
    """The Homes that are open. A change in a workspace shows in all of them a little later."""

    def __init__(
        self,
        web: Web,
        ask: Callable[[Heard], Awaitable[Answer]],
        command: str,
        pause: float = PAUSE,
    ) -> None:
        self.web = web
        self.ask = ask
        self.command = command
        self.pause = pause
        self._open: OrderedDict[tuple[str, str], float] = OrderedDict()
        self._shown: dict[tuple[str, str], str] = {}
        self._stirred: set[str] = set()

    async def show(self, space: str, user: str) -> None:
        """Show a person's desk, as when they open their Home."""
        self._open[space, user] = monotonic()
        self._open.move_to_end((space, user))
        while len(self._open) > MOST * 20:
            self._shown.pop(self._open.popitem(last=False)[0], None)
        self._shown.pop((space, user), None)
        await self._publish(space, user)

    async def stir(self, space: str) -> None:
        """Show anew what has changed for those of a workspace who look at their Home now."""
        if space in self._stirred or not self._lookers(space):
            return
        self._stirred.add(space)
        try:
            await asyncio.sleep(self.pause)
        finally:
            self._stirred.discard(space)
        for user in self._lookers(space):
            await self._publish(space, user)

    def _lookers(self, space: str) -> list[str]:
        since = monotonic() - LOOKED_AT
        found = [u for (s, u), at in reversed(self._open.items()) if s == space and at > since]
        return found[:MOST]

    async def _publish(self, space: str, user: str) -> None:
        heard = Heard(space, user, DESK, "", place(space, ""))
        view = self._view(space, await self.ask(heard))
        digest = hashlib.sha256(json.dumps(view).encode()).hexdigest()
        if self._shown.get((space, user)) == digest:
            return
        try:
            await self.web.publish(space, user, view)
        except PostError as error:
            log.warning("home not shown", action=DESK, error=repr(error))
            return
        self._shown[space, user] = digest

    def _view(self, space: str, answer: Answer) -> dict[str, Any]:
        wording = Wording(answer.reader, space, self.command, None)
        reply = answer.reply
        found = [] if isinstance(reply, Ask) else blocks(reply.message, wording)
        return {"type": "home", "blocks": found[:PER_HOME]}
