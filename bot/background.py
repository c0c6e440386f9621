"""Starts what goes on beside everything else, so that none of it ends unheard."""

import asyncio
import threading
from collections.abc import Awaitable, Callable, Coroutine
from time import monotonic
from typing import Any, TypeVar

import structlog

log = structlog.get_logger()
Result = TypeVar("Result")
Final = tuple[type[Exception], ...]
FIRST, LONGEST = 1.0, 300.0
"""Seconds until what broke begins anew, at first and at most: Discord lets in 1,000 times a day."""
STEADY = 600.0
"""Seconds after which what breaks has done well before, and is not kept waiting for long."""
_under_way: set[asyncio.Future[Any]] = set()
"""An event loop alone does not keep a task from being forgotten in the middle of its work."""


def begun(work: Awaitable[Result]) -> "asyncio.Future[Result]":
    """Start work that whoever starts it awaits, and so hears how it ends."""
    future = asyncio.ensure_future(work)
    _under_way.add(future)
    future.add_done_callback(_under_way.discard)
    return future


def aside(work: Coroutine[Any, Any, Result], what: str) -> "asyncio.Future[Result]":
    """Start work that nobody has to await: the log says how it broke."""

    def note(ended: "asyncio.Future[Result]") -> None:
        if not ended.cancelled() and (error := ended.exception()):
            log.error("broke", action=what, exc_info=error)

    future = begun(work)
    future.add_done_callback(note)
    return future


async def kept_up(
    what: str, work: Callable[[], Awaitable[None]], final: Final = (), first: float = FIRST
) -> None:
    """Do work until it is done; when it breaks anew, after longer and longer pauses.

    Raises what is `final`, after which there is no sense in going on.
    """
    pause = first
    while True:
        begins = monotonic()
        try:
            await work()
            return
        except final:
            raise
        except Exception:
            log.exception("broke, and begins anew", action=what, again_in=pause)
        if monotonic() - begins > STEADY:
            pause = first
        await asyncio.sleep(pause)
        pause = min(2 * pause, LONGEST)


def thread(work: Callable[[], None], what: str) -> threading.Thread:
    """Start work in a thread of its own that ends with the process: the log says how it broke."""

    def noted() -> None:
        try:
            work()
        except Exception:
            log.exception("broke", action=what)

    started = threading.Thread(target=noted, daemon=True)
    started.start()
    return started
