"""Slows down whoever asks for addresses that are not there, and nobody else."""

import asyncio
from collections import deque

from aiohttp import web

WINDOW = 60.0
"""Seconds in which wrong addresses are counted."""
STEP, LONGEST = 0.02, 2.0
"""Seconds that each of them makes the next wait longer, and how long one waits at most."""
WAITING = 50
"""How many wait at a time; beyond that they are told to come back later."""
GONE = "There is no calendar at this address. It may have been switched off.\n"


class Guesses:
    """Counts the wrong addresses that were asked for lately."""

    def __init__(self) -> None:
        self._at: deque[float] = deque(maxlen=int(LONGEST / STEP) + 1)
        self._waiting = 0

    async def refuse(self) -> web.Response:
        """Answer a wrong address: the later, the more there were."""
        if self._waiting >= WAITING:
            return web.Response(status=429, headers={"Retry-After": f"{WINDOW:.0f}"})
        delay = self._delay(asyncio.get_running_loop().time())
        self._waiting += 1
        try:
            await asyncio.sleep(delay)
        finally:
            self._waiting -= 1
        return web.Response(status=404, text=GONE)

    def _delay(self, now: float) -> float:
        while self._at and self._at[0] < now - WINDOW:
            self._at.popleft()
        delay = min(LONGEST, STEP * len(self._at))
        self._at.append(now)
        return delay
