"""Ends what is under way in good time, whatever hangs."""

import asyncio
import os
import signal
from collections.abc import Awaitable, Callable, Mapping
from threading import Timer

import structlog

from bot.background import begun

log = structlog.get_logger()

FINISHING, LEAVING, CLOSING = 5.0, 2.5, 0.5
"""Seconds for what is being sent, for the calls and connections of platforms, for what is left."""
LETTING_GO = 0.2
AT_LAST = 9.5
"""Seconds after which the process ends in any case; ten are promised."""


async def ended(seconds: float, work: Mapping[str, Awaitable[object]]) -> None:
    """Wait until work has ended, at most so many seconds; then let go of what hangs."""
    parts = {begun(one): name for name, one in work.items()}
    if not parts:
        return
    done, late = await asyncio.wait(parts, timeout=seconds)
    for task in late:
        log.warning("does not end", action="stop", part=parts[task])
        task.cancel()
    if late:
        await asyncio.wait(late, timeout=LETTING_GO)
    for task in done:
        if not task.cancelled() and (error := task.exception()):
            log.error("ended badly", action="stop", part=parts[task], error=repr(error))


def last_resort(seconds: float = AT_LAST) -> Timer:
    """Give what ends the process, once it is started, even when a thread hangs in the database.

    Nothing is lost by that: whoever takes over puts back what was not sent yet, and looks up what
    was going out.
    """
    timer = Timer(seconds, _end)
    timer.daemon = True
    return timer


def _end() -> None:
    log.error("ended in the middle of something that hangs", action="stop")
    os._exit(0)


async def until_told(
    runs: Callable[[asyncio.Event], Awaitable[None]], told: Callable[[], None] = lambda: None
) -> None:
    """Have something run until the process is told to end, which calls `told` once."""
    stopped = asyncio.Event()

    def tell() -> None:
        if not stopped.is_set():
            stopped.set()
            told()

    loop = asyncio.get_running_loop()
    for sign in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(sign, tell)
    await runs(stopped)
