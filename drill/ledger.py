"""Remembers what the fake platforms were told, and has them misbehave."""

import asyncio
import json
import random
import re
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

NUMBER = re.compile(r"Delivery (\d+)")
JITTER = 0.1
"""Share of a second by which a message may come early where one a second is allowed."""


@dataclass(frozen=True, slots=True)
class Temper:
    """How a platform misbehaves: shares of its requests, and seconds.

    `dropped`: the connection is cut before a message is taken; `swallowed`: after that;
    `broken`: taken, and answered with 502; `limited`: answered with 429; `slow`: held up by up to
    `delay` before it is taken and again before it is answered. A share `hidden` is missing from
    history for `hiding` seconds, or half of that. A nonce is known again for `nonce` seconds. With
    `pace` a channel takes so many messages a second, and `hanging` is one that takes none for
    `hang`. What befalls the `first` posts in each channel is not left to chance.
    """

    dropped: float = 0.0
    swallowed: float = 0.0
    broken: float = 0.0
    limited: float = 0.0
    slow: float = 0.0
    delay: float = 0.0
    hidden: float = 0.0
    hiding: float = 0.0
    nonce: float = 8.0
    pace: float = 0.0
    hanging: str = ""
    hang: float = 10.0
    first: tuple[str, ...] = ()


@dataclass(slots=True)
class LedgerMessage:
    """A message as it stands in a channel; in history from `visible` on."""

    channel: str
    id: str
    number: int
    at: float
    visible: float
    body: Any


@dataclass(slots=True)
class Bucket:
    """What a channel may still take just now."""

    left: float = 1.0
    at: float = field(default_factory=time.monotonic)

    def wait(self, pace: float) -> float:
        """Take one message, or give the seconds until the next is allowed."""
        now = time.monotonic()
        self.left, self.at = min(1.0, self.left + (now - self.at) * pace), now
        if self.left < 1 - JITTER:
            return (1 - self.left) / pace
        self.left -= 1
        return 0.0


class Ledger:
    """One platform's channels, with all that is shown in them."""

    def __init__(self, temper: Temper, name: Callable[[], str], dice: random.Random) -> None:
        self.temper = temper
        self.name = name
        self.dice = dice
        self.shown: defaultdict[str, list[LedgerMessage]] = defaultdict(list)
        self.nonces: dict[tuple[str, str], LedgerMessage] = {}
        self.buckets: defaultdict[str, Bucket] = defaultdict(Bucket)
        self.posts: Counter[str] = Counter()

    def take(self, channel: str, words: str, body: object, nonce: str = "") -> LedgerMessage:
        """Show a message; one with a nonce that is known again is not shown twice."""
        now = time.monotonic()
        known = self.nonces.get((channel, nonce)) if nonce else None
        if known is not None and now - known.at < self.temper.nonce:
            return known
        found = NUMBER.search(words)
        hides = self.dice.random() < self.temper.hidden
        visible = now + self.dice.uniform(0.5, 1) * self.temper.hiding * hides
        one = LedgerMessage(
            channel, self.name(), int(found[1]) if found else -1, now, visible, body
        )
        self.shown[channel].append(one)
        if nonce:
            self.nonces[channel, nonce] = one
        return one

    def told(self, channel: str) -> list[LedgerMessage]:
        """List what can be looked up by now, the newest first."""
        now = time.monotonic()
        return [one for one in reversed(self.shown[channel]) if one.visible <= now]

    async def post(
        self,
        request: web.Request,
        channel: str,
        take: Callable[[], Any],
        limited: Callable[[float], web.Response],
    ) -> web.Response:
        """Take a message as it was settled for the first ones of a channel, then as dice fall."""
        temper = self.temper
        if temper.pace and (wait := self.buckets[channel].wait(temper.pace)):
            return limited(wait)
        if channel == temper.hanging:
            await asyncio.sleep(temper.hang)
        self.posts[channel] += 1
        settled = dict(enumerate(temper.first, 1))
        fate = settled.get(self.posts[channel]) or self.fate()
        if fate == "limited":
            return limited(1)
        await self.dawdle()
        if fate == "dropped":
            return drop(request)
        body = take()
        await self.dawdle()
        if fate == "swallowed":
            return drop(request)
        return answer(body, 502 if fate == "broken" else 200)

    async def look(self, request: web.Request, told: Callable[[], Any]) -> web.Response:
        """Answer a question about what was said, as the dice fall."""
        fate = self.fate()
        await self.dawdle()
        if fate in ("dropped", "swallowed"):
            return drop(request)
        return answer(told())

    def fate(self) -> str:
        """Throw the dice for a request."""
        names = ("dropped", "swallowed", "broken", "limited")
        thrown = self.dice.random()
        for name in names:
            thrown -= getattr(self.temper, name)
            if thrown < 0:
                return name
        return ""

    async def dawdle(self) -> None:
        """Hold a request up, at times."""
        if self.dice.random() < self.temper.slow:
            await asyncio.sleep(self.dice.uniform(0, self.temper.delay))


def answer(
    body: object, status: int = 200, headers: Mapping[str, str] | None = None
) -> web.Response:
    """Answer with JSON, named without a charset as Discord does."""
    named = {"Content-Type": "application/json", **(headers or {})}
    return web.Response(body=json.dumps(body).encode(), status=status, headers=named)


def drop(request: web.Request) -> web.Response:
    """Cut the connection without an answer."""
    if request.transport is not None:
        request.transport.abort()
    return web.Response()
