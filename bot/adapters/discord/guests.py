"""Adds people to threads, one after the other, and stops where Discord takes no more."""

import asyncio
from collections.abc import Sequence

import structlog

from bot.adapters.discord.client import DiscordClient
from bot.adapters.discord.trouble import NO_ACCESS, TROUBLES, UNKNOWN_MEMBER, UNKNOWN_USER
from bot.chat import Account, Place

log = structlog.get_logger()
PATIENCE = 20.0
"""Seconds that one lot may take: then the others wait for the next."""
NEVER = (NO_ACCESS, UNKNOWN_MEMBER, UNKNOWN_USER)
"""What Discord says of somebody who left the server, or does not see the channel."""


class ThreadGuests:
    """Adds people quietly: nobody is mentioned. discord.py keeps to Discord's pace."""

    def __init__(self, client: DiscordClient) -> None:
        self.client = client

    async def invite(self, thread: Place, people: Sequence[Account]) -> Sequence[Account]:
        """Add people to a thread; gives those who need not be added again."""
        finished: list[Account] = []
        until = asyncio.get_running_loop().time() + PATIENCE
        for who in people:
            if asyncio.get_running_loop().time() > until or not await self._add(thread, who):
                break
            finished.append(who)
        return finished

    async def _add(self, thread: Place, who: Account) -> bool:
        """Add somebody; False where nobody can be added now: the thread is archived or full."""
        try:
            await self.client.http.add_user_to_thread(int(thread.thread), int(who.id))
        except TROUBLES as error:
            log.info("not added", action="invite", thread=thread.thread, error=str(error)[:200])
            return getattr(error, "code", 0) in NEVER
        return True
