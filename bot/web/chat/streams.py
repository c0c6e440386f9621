"""Tells open windows at once that something has changed; they then ask for what they show."""

import asyncio

from aiohttp import web

STILL = 15.0
"""Seconds after which a window hears that it is still connected."""
TOGETHER = 0.05
"""Seconds in which changes are told as one."""


class Streams:
    """The windows that are open; `run` is another word each time the chat begins."""

    def __init__(self, run: str) -> None:
        self.run = run
        self._windows: set[asyncio.Event] = set()
        self._closed = False

    def changed(self) -> None:
        """Tell all windows."""
        for window in self._windows:
            window.set()

    def close(self) -> None:
        """Let all windows go."""
        self._closed = True
        self.changed()

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """Stay connected with a window, as server-sent events, until either side goes."""
        answer = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
        answer.headers["Cache-Control"] = "no-store"
        await answer.prepare(request)
        changed = asyncio.Event()
        self._windows.add(changed)
        try:
            await answer.write(f"event: run\ndata: {self.run}\n\n".encode())
            while not self._closed:
                await answer.write(await _next(changed))
        except (ConnectionError, asyncio.CancelledError):
            pass  # the window was closed
        finally:
            self._windows.discard(changed)
        return answer


async def _next(changed: asyncio.Event) -> bytes:
    try:
        async with asyncio.timeout(STILL):
            await changed.wait()
    except TimeoutError:
        return b": still here\n\n"
    await asyncio.sleep(TOGETHER)
    changed.clear()
    return b"data: changed\n\n"
