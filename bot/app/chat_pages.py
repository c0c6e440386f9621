"""Serves a local chat as pages, and beside them what the bot has on the web."""

import secrets
from collections.abc import Callable

from aiohttp import web

from bot.app.door import Door
from bot.app.local import LocalChat
from bot.listening import HttpListener
from bot.web.chat import ChatParts, ChatSite
from bot.web.guard import LARGEST
from bot.web.site import Site

STOPPING = 1.0
"""Seconds that windows have to let go."""


class ChatPages:
    """The pages of one chat, on the port of a door."""

    def __init__(self, local: LocalChat, door: Door, begin_anew: Callable[[], None]) -> None:
        core = local.dispatcher
        parts = ChatParts(
            stage=local.stage,
            course=local,
            groups=core.groups,
            complete=local.complete,
            begin_anew=begin_anew,
            secret=door.secret,
            run=secrets.token_urlsafe(6),
            copied_at=local.copied_at,
        )
        self.door = door
        self.chat = ChatSite(door.origin, parts)
        core.web_address = door.origin
        site = Site(door.origin, local.storage, core.answer, core.commands, local.clock.now)
        app = web.Application(client_max_size=LARGEST)
        app.add_routes([*self.chat.routes(), *site.routes()])
        self._listener = HttpListener(app, stopping=STOPPING)

    async def start(self) -> None:
        """Answer those who call, and those who called already."""
        await self._listener.start_on(self.door.listens())

    async def stop(self) -> None:
        """Let all windows go."""
        self.chat.streams.close()
        await self._listener.stop()
