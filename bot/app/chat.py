"""Runs the local chat: reads lines from a pipe or a person, and prints what is seen."""

import asyncio
import sys
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from io import TextIOWrapper
from pathlib import Path

from bot.adapters.local import Clock, Player
from bot.adapters.local.home import home_locale
from bot.adapters.local.lines import read_instant
from bot.adapters.local.printed import JsonLines, Printer, Screens
from bot.adapters.local.seat import Seat
from bot.app import CannotStart
from bot.app.chat_pages import ChatPages
from bot.app.database import Progress, database_url, open_storage, set_aside
from bot.app.door import Door
from bot.app.local import LocalChat, LocalStore
from bot.app.log import set_up_log
from bot.app.memory import set_up_memory
from bot.app.parts import all_groups
from bot.app.rehearsing import open_copy, rehearse
from bot.app.zone_data import newest
from bot.app.zones import follow_zone_data
from bot.background import aside, begun, kept_up, thread
from bot.config import Settings, load
from storage import Storage

WELCOME = Path(__file__).with_name("welcome.txt")
ANEW = -1
"""The status of a chat that is to begin anew."""


@dataclass(frozen=True, slots=True)
class ChatOptions:
    """What was wished of a chat on the command line."""

    db: str = ""
    config: Path | None = None
    clock: str = ""
    example: bool = False
    json: bool = False
    fresh: bool = False
    copy_of: Path | None = None


def chat(
    wishes: ChatOptions,
    progress: Progress,
    tell: Callable[[str], None],
    door: Door | None = None,
) -> int:
    """Run a chat until its lines end or a person leaves; gives the exit status.

    `tell` says what is done meanwhile; with a `door` there are pages, too.

    Raises CannotStart, SettingsError and DatabaseUnreachable.
    """
    settings = load(wishes.config) if wishes.config else Settings()
    set_up_log("warning", settings.log.format)
    ensure_fitting(wishes)
    for stream in (sys.stdin, sys.stdout):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
    url = database_url(wishes.db) if wishes.db else settings.database.url
    status = ANEW if wishes.fresh else None
    while status in (ANEW, None):
        opened = _copied(wishes.copy_of, tell) if wishes.copy_of else None
        storage, clock = opened or _opened(url, wishes, progress, tell, anew=status is ANEW)
        follow_zone_data(storage, newest(), clock.now())
        status = asyncio.run(_chat(storage, clock, wishes, tell, door))
        wishes = replace(wishes, example=True)
    return status


def ensure_fitting(wishes: ChatOptions) -> None:
    """Refuse what does not go together, or cannot be read. Raises CannotStart."""
    if wishes.clock and read_instant(wishes.clock) is None:
        raise CannotStart("The clock is set like this: --clock 2026-11-01T08:00Z")
    others = ("db", "clock", "example", "fresh") if wishes.copy_of else ()
    for name in (name for name in others if getattr(wishes, name)):
        raise CannotStart(
            "--copy-of takes everything from the backup, and changes nothing else. Please leave "
            f"out --{name}."
        )


def _opened(
    url: str, wishes: ChatOptions, progress: Progress, tell: Callable[[str], None], *, anew: bool
) -> tuple[Storage, Clock]:
    for kept in set_aside(url) if anew else ():
        tell(f"Beginning anew. The chat there was is kept as {kept}.")
    clock = Clock(read_instant(wishes.clock) if wishes.clock else None)
    return open_storage(url, progress), clock


def _copied(file: Path, tell: Callable[[str], None]) -> tuple[Storage, Clock]:
    storage, made_at = open_copy(file)
    tell(
        f"This is a rehearsal on a copy of {made_at:%Y-%m-%d %H:%M} UTC. Nobody gets anything. The "
        "clock stands there until you move it: time +1d"
    )
    return storage, Clock(made_at)


async def _chat(
    storage: Storage,
    clock: Clock,
    wishes: ChatOptions,
    tell: Callable[[str], None],
    door: Door | None,
) -> int:
    sits = sys.stdin.isatty() and not wishes.json
    screens = Screens(locale=home_locale() if sits else "en")
    printer = JsonLines(sys.stdout) if wishes.json else screens
    kept = LocalStore(storage)
    local = LocalChat(storage, all_groups(), clock, printer.show, kept)
    await local.start()
    if wishes.copy_of:
        await storage.look(partial(rehearse, local))
    set_up_memory()
    try:
        if wishes.example and not (wishes.copy_of or local.platform.people):
            tell("Letting in a small example community, this once.")
            await play_quietly(local, WELCOME.read_text(encoding="utf-8").splitlines())
        if sits:
            return await _sit(local, door)
        return await _read(Player(local.stage, local), printer, piped(sys.stdin))
    finally:
        await local.platform.stop()
        storage.close()


async def _read(player: Player, printer: Printer, lines: AsyncIterator[str]) -> int:
    number, seat = 0, Seat(player)
    async for line in lines:
        number += 1
        goes_on = await player.play(await seat.piped(line))
        printer.done(number)
        if not goes_on:
            break
    return int(player.failed)


async def _sit(local: LocalChat, door: Door | None) -> int:
    """Let a person sit there; while the clock ticks, deliveries go out by themselves."""
    from bot.adapters.local.terminal import Terminal  # slow to load, and only people need it

    core = local.dispatcher
    player = Player(local.stage, local, home_locale())
    terminal = Terminal(player, core.groups, local.complete, local.check)
    sending = None if local.clock.stands else aside(kept_up("outbox", local.tick), "outbox")
    anew = asyncio.Event()
    pages = ChatPages(local, door, anew.set) if door else None
    if door and pages:
        await pages.start()
        door.show()
    sits, wants = begun(terminal.run()), begun(anew.wait())
    await asyncio.wait((sits, wants), return_when=asyncio.FIRST_COMPLETED)
    for one in (sits, wants):
        one.cancel()
    if pages:
        await pages.stop()
    if sending is not None:
        async with local.under_way:
            sending.cancel()
    return ANEW if anew.is_set() else 0


async def play_quietly(local: LocalChat, lines: Iterable[str]) -> None:
    """Play lines without showing what comes of them."""
    show, local.platform.show = local.platform.show, lambda shown: None
    player = Player(local.stage, local)
    for line in lines:
        await player.play(line)
    local.platform.show = show


async def piped(lines: Iterable[str]) -> AsyncIterator[str]:
    """Give lines as they come in, while the loop goes on; those behind a `quit` go nowhere."""
    loop, queue = asyncio.get_running_loop(), asyncio.Queue[str | None]()

    def feed() -> None:
        with suppress(RuntimeError):  # the loop was closed meanwhile
            try:
                for line in lines:
                    loop.call_soon_threadsafe(queue.put_nowait, line)
            finally:
                loop.call_soon_threadsafe(queue.put_nowait, None)

    thread(feed, "lines")
    while (line := await queue.get()) is not None:
        yield line
