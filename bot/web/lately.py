"""Remembers for a moment what was made for a request, however often it is asked for."""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar

from bot.background import begun

SECONDS = 5.0
"""For how long nothing is made anew."""
MOST = 64
"""How much is remembered so long."""
Made = TypeVar("Made")


class Lately(Generic[Made]):
    """What was made a moment ago, by name; who asks meanwhile waits for the same."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, tuple[float, asyncio.Future[Made]]] = OrderedDict()

    async def once(self, name: str, make: Callable[[], Awaitable[Made]]) -> Made:
        """Make something, unless that was asked a moment ago."""
        loop = asyncio.get_running_loop()
        until, making = self._kept.pop(name, (0.0, None))
        if making is None or until < loop.time() or (making.done() and making.exception()):
            until, making = loop.time() + SECONDS, begun(make())
        self._kept[name] = until, making
        while len(self._kept) > MOST:
            self._kept.popitem(last=False)
        return await asyncio.shield(making)
