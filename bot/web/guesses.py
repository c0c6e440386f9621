"""Slows down whoever asks for addresses that are not there, and nobody else."""

import asyncio
from collections.abc import Callable
from datetime import datetime

from aiohttp import web

from storage import Rank, Storage, Transaction
from storage.wrong_guesses import ANYBODY, guessed

STEP, LONGEST = 0.02, 2.0
"""Seconds that each wrong one of a minute makes the next wait longer, and how long at most."""
WAITING = 50
"""How many wait at a time; beyond that they are told to come back later, and nothing is kept."""
AWAY = "60"
"""Seconds after which they are to come back."""
GONE = "There is no calendar at this address. It may have been switched off.\n"


class Guesses:
    """Counts the wrong addresses that were asked for lately, of all pages and processes.

    Only a wrong one is counted and waits, after it was looked for: the right one is answered at
    once, however many others are guessing. So nobody is locked out; that nobody guesses right is
    due to the 128 bits of each secret. Short codes have a limit of their own, in `bot.domain`.
    """

    def __init__(self, storage: Storage, now: Callable[[], datetime]) -> None:
        self.storage = storage
        self.now = now
        self._waiting = 0

    async def refuse(self) -> web.Response:
        """Answer a wrong address: the later, the more there were."""
        if self._waiting >= WAITING:
            return web.Response(status=429, headers={"Retry-After": AWAY})
        self._waiting += 1
        try:
            await asyncio.sleep(min(LONGEST, STEP * (await self._count() - 1)))
        finally:
            self._waiting -= 1
        return web.Response(status=404, text=GONE)

    async def _count(self) -> int:
        minute = self.now().replace(second=0, microsecond=0)

        def count(opened: Transaction) -> int:
            return guessed(opened.db, ANYBODY, minute)

        return await self.storage.change(count, Rank.WEB)
