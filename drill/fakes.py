"""Serves the fake platforms from a process of their own, so that they outlive those who post."""

import asyncio
import gc
import json
import os
import random
import signal
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.request import urlopen

from aiohttp import web

from drill.discordish import DrillDiscord
from drill.forks import forked
from drill.ledger import Temper
from drill.slackish import DrillSlack

Told = tuple[int, str, float]
"""A number, the channel it was shown in, and when, in seconds of the monotonic clock."""


@dataclass(frozen=True, slots=True)
class Fakes:
    """Where the fake platforms are, and what they were told."""

    url: str

    @property
    def slack(self) -> str:
        """The address of Slack's Web API."""
        return f"{self.url}/slack/"

    @property
    def discord(self) -> str:
        """The address of Discord's REST interface."""
        return f"{self.url}/discord"

    def shown(self, but: str = "") -> int:
        """Count what is shown, leaving out a channel."""
        with urlopen(f"{self.url}/shown?but={but}", timeout=30) as answer:
            return int(answer.read())

    def told(self) -> list[Told]:
        """List what is shown, in the order it was taken."""
        with urlopen(f"{self.url}/told", timeout=30) as answer:
            return [(number, channel, at) for number, channel, at in json.load(answer)]


@contextmanager
def fakes(temper: Temper, seed: int, log: Path) -> Iterator[Fakes]:
    """Run both platforms for a while."""
    listening = socket.create_server(("127.0.0.1", 0), backlog=1024)
    pid = forked(lambda: asyncio.run(_serve(listening, temper, seed)), log)
    url = f"http://127.0.0.1:{listening.getsockname()[1]}"
    listening.close()
    try:
        yield Fakes(url)
    finally:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)


async def _serve(listening: socket.socket, temper: Temper, seed: int) -> None:
    gc.disable()  # all is kept to the end, and to look through it would hold everybody up
    app = web.Application()
    platforms = (
        DrillSlack(temper, random.Random(seed)),
        DrillDiscord(temper, random.Random(seed + 1)),
    )

    async def told(request: web.Request) -> web.Response:
        shown = [
            one
            for platform in platforms
            for channel in platform.ledger.shown.values()
            for one in channel
        ]
        shown.sort(key=lambda one: one.at)
        return web.json_response([(one.number, one.channel, one.at) for one in shown])

    async def shown(request: web.Request) -> web.Response:
        counted = (
            len(channel)
            for platform in platforms
            for name, channel in platform.ledger.shown.items()
            if name != request.query["but"]
        )
        return web.Response(text=str(sum(counted)))

    app.router.add_get("/told", told)
    app.router.add_get("/shown", shown)
    for platform in platforms:
        platform.attach(app)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.SockSite(runner, listening).start()
    await asyncio.Event().wait()
