"""Runs the local chat: reads lines from a pipe or a person, and prints what is seen."""

import asyncio
import sys
import threading
from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TextIO

from bot.adapters.local import Clock, Player
from bot.adapters.local.printed import JsonLines, Printer, Screens
from bot.app.database import open_storage
from bot.app.local import KeptInDatabase, LocalChat
from bot.app.parts import all_groups

WELCOME = Path(__file__).parents[2] / "examples" / "welcome.txt"


@dataclass(frozen=True, slots=True)
class Wishes:
    """What was wished of a chat on the command line."""

    url: str
    clock: datetime | None = None
    json: bool = False
    example: bool = False


def chat(wishes: Wishes) -> int:
    """Run a chat until its lines end or a person leaves; gives the exit status."""
    return asyncio.run(_chat(wishes))


async def _chat(wishes: Wishes) -> int:
    storage = open_storage(wishes.url)
    printer = JsonLines(sys.stdout) if wishes.json else Screens(sys.stdout)
    local = LocalChat(
        storage, all_groups(), Clock(wishes.clock), printer.show, KeptInDatabase(storage)
    )
    await local.start()
    try:
        if wishes.example and not local.platform.people:
            await play_quietly(local, WELCOME.read_text(encoding="utf-8").splitlines())
        if sys.stdin.isatty() and not wishes.json:
            return await _sit(local)
        return await _read(Player(local.stage, local), printer, piped(sys.stdin))
    finally:
        await local.platform.stop()
        storage.close()


async def _read(player: Player, printer: Printer, lines: AsyncIterator[str]) -> int:
    number = 0
    async for line in lines:
        number += 1
        goes_on = await player.play(line)
        printer.done(number)
        if not goes_on:
            break
    return int(player.failed)


async def _sit(local: LocalChat) -> int:
    from bot.adapters.local.terminal import Terminal  # slow to load, and only people need it

    terminal = Terminal(local.stage, local, local.dispatcher)
    if local.clock.stands:
        return await terminal.run()
    sending = asyncio.create_task(local.outbox.run())
    try:
        return await terminal.run()
    finally:
        sending.cancel()


async def play_quietly(local: LocalChat, lines: Iterable[str]) -> None:
    """Play lines without showing what comes of them."""
    show, local.platform.show = local.platform.show, lambda shown: None
    player = Player(local.stage, local)
    for line in lines:
        await player.play(line)
    local.platform.show = show


async def piped(lines: TextIO) -> AsyncIterator[str]:
    """Give lines as they come in, while the loop goes on."""
    loop, queue = asyncio.get_running_loop(), asyncio.Queue[str | None]()

    def feed() -> None:
        for line in lines:
            loop.call_soon_threadsafe(queue.put_nowait, line)
        loop.call_soon_threadsafe(queue.put_nowait, None)

    threading.Thread(target=feed, daemon=True).start()
    while (line := await queue.get()) is not None:
        yield line
