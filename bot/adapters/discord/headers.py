"""Reads from the headers of Discord's answers what time it is there, and whether all must wait."""

import time
from types import SimpleNamespace

import aiohttp

from bot.protocol import let_go_out
from bot.their_clock import TheirClock


class Headers:
    """What the newest answer said beside its body; `waits_until` is on the monotonic clock."""

    def __init__(self) -> None:
        self.clock = TheirClock()
        self.waits_until = 0.0

    def trace(self) -> aiohttp.TraceConfig:
        """Give what discord.py uses: every answer is seen, nothing goes out late."""
        config = aiohttp.TraceConfig()
        config.on_request_start.append(_look_at_the_time)
        config.on_request_end.append(self._answered)
        return config

    async def _answered(
        self,
        session: aiohttp.ClientSession,
        context: SimpleNamespace,
        told: aiohttp.TraceRequestEndParams,
    ) -> None:
        headers = told.response.headers
        self.clock.hear(told.response.status, headers)
        if told.response.status == 429 and headers.get("X-RateLimit-Global") == "true":
            self.waits_until = time.monotonic() + seconds(headers.get("Retry-After", ""))

    @property
    def all_wait(self) -> bool:
        """Whether Discord has asked the bot as a whole to wait, and the time is not over."""
        return time.monotonic() < self.waits_until


async def _look_at_the_time(
    session: aiohttp.ClientSession,
    context: SimpleNamespace,
    told: aiohttp.TraceRequestStartParams,
) -> None:
    """Let a request go out after whatever discord.py had it wait for. Raises Uncertain."""
    let_go_out()


def seconds(words: str, otherwise: float = 0.0) -> float:
    """Read how many seconds are to be waited."""
    try:
        return max(float(words), 0.0)
    except ValueError:
        return otherwise
