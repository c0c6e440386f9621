"""Keeps the App Home of those who look at it: what is next for them, in their language."""

import asyncio
import hashlib
import json
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Coroutine
from time import monotonic
from typing import Any

import structlog

from bot.adapters.slack.blocks import PER_HOME, blocks, sections
from bot.adapters.slack.to_call import Incoming, place
from bot.adapters.slack.web import WebApi
from bot.adapters.slack.wording import SlackWording
from bot.asking_help import DESK
from bot.errors import PostError
from bot.i18n import t
from bot.protocol import Answer, Ask

log = structlog.get_logger()

LOOKED_AT = 900.0  # seconds after which somebody is taken to look elsewhere
PAUSE = 2.0  # seconds in which several changes become one
ANYWAY = 60.0  # seconds; other processes, platforms and the clock change things unheard here
MOST = 50


class Homes:
    """The Homes that are open. A change in a workspace shows in all of them a little later.

    `spawn` carries on with what is done now and then, as long as somebody looks.
    """

    def __init__(
        self,
        web: WebApi,
        ask: Callable[[Incoming], Awaitable[Answer]],
        command: str,
        spawn: Callable[[Coroutine[Any, Any, None]], None],
    ) -> None:
        self.web = web
        self.ask = ask
        self.command = command
        self.spawn = spawn
        self.pause = PAUSE
        self.anyway = ANYWAY
        self._timers: dict[str, asyncio.TimerHandle] = {}
        self._open: OrderedDict[tuple[str, str], float] = OrderedDict()
        self._shown: dict[tuple[str, str], str] = {}
        self._stirred: set[str] = set()

    async def show(self, workspace: str, user: str) -> None:
        """Show a person's week, as when they open their Home."""
        self._open[workspace, user] = monotonic()
        self._open.move_to_end((workspace, user))
        while len(self._open) > MOST * 20:
            self._shown.pop(self._open.popitem(last=False)[0], None)
        self._shown.pop((workspace, user), None)
        self._look_later(workspace)
        await self._publish(workspace, user)

    def _look_later(self, workspace: str) -> None:
        """Look once more in a while, and again, until nobody looks at their Home."""
        if workspace not in self._timers and self._lookers(workspace):
            loop = asyncio.get_running_loop()
            self._timers[workspace] = loop.call_later(self.anyway, self._look, workspace)

    def _look(self, workspace: str) -> None:
        del self._timers[workspace]
        self.spawn(self.refresh(workspace))
        self._look_later(workspace)

    def stop(self) -> None:
        """Look no more."""
        for timer in self._timers.values():
            timer.cancel()
        self._timers.clear()

    async def refresh(self, workspace: str) -> None:
        """Show anew what has changed for those of a workspace who look at their Home now."""
        if workspace in self._stirred or not self._lookers(workspace):
            return
        self._stirred.add(workspace)
        try:
            await asyncio.sleep(self.pause)
        finally:
            self._stirred.discard(workspace)
        for user in self._lookers(workspace):
            await self._publish(workspace, user)

    def _lookers(self, workspace: str) -> list[str]:
        since = monotonic() - LOOKED_AT
        found = [u for (s, u), at in reversed(self._open.items()) if s == workspace and at > since]
        return found[:MOST]

    async def _publish(self, workspace: str, user: str) -> None:
        heard = Incoming(workspace, user, DESK, "", place(workspace, ""))
        view = self._view(workspace, await self.ask(heard))
        digest = hashlib.sha256(json.dumps(view).encode()).hexdigest()
        if self._shown.get((workspace, user)) == digest:
            return
        try:
            await self.web.publish(workspace, user, view)
        except PostError as error:
            log.warning("home not shown", action=DESK, error=repr(error))
            return
        self._shown[workspace, user] = digest

    def _view(self, workspace: str, answer: Answer) -> dict[str, Any]:
        wording = SlackWording(answer.reader, workspace, self.command, None)
        reply = answer.reply
        found = [] if isinstance(reply, Ask) else blocks(reply.message, wording)
        if len(found) > PER_HOME:
            more = t("There's more than I can show here. Write to me, and I'll send you all of it.")
            found = [*found[: PER_HOME - 1], *sections(wording.leaves(more))]
        return {"type": "home", "blocks": found}
