"""The local chat as a season is played in it; the database can be closed and opened at any line."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Protocol

from bot.adapters.local import Clock, Shown, Store, lines
from bot.adapters.local.player import Player
from bot.app.local import PACE, LocalChat, LocalStore
from bot.app.parts import all_groups
from bot.commands import Command
from bot.errors import UserError
from bot.i18n import render
from bot.protocol import Answer, Call
from bot.scheduler.computing import at_once
from bot.scheduler.outbox import Outbox
from storage import Storage
from tests.following import Twice
from tests.seasons.ledger import Recorded, Sightings, spaced


class CannotPlay(Exception):
    """A line that cannot be carried out, with the reason."""


class SeasonWorld(Protocol):
    """A platform with the whole bot in it, in which a season is played."""

    ledger: Sightings
    storage: Storage

    @property
    def commands(self) -> Mapping[str, Command]:
        """The commands there are."""

    async def play(self, line: str) -> Mapping[str, str]:
        """Carry a line out; gives what it showed, by `#channel` and `@person`.

        Raises CannotPlay.
        """


class RecordedChat(LocalChat):
    """A local chat whose answers and deliveries are written into a ledger."""

    def __init__(
        self, storage: Storage, clock: Clock, screen: list[Shown], ledger: Sightings, store: Store
    ) -> None:
        super().__init__(storage, all_groups(), clock, screen.append, store)
        self.ledger = ledger
        adapters = {name: Recorded(one, ledger) for name, one in self.adapters.items()}
        self.outbox = Outbox(storage, self.dispatcher.notices, adapters, clock.now, PACE)
        self.outbox.timers.known = self.dispatcher.timers
        self.outbox.jobs.known = self.dispatcher.jobs
        self.outbox.jobs.compute = at_once
        self.following = Twice()

    def follow_twice(self) -> None:
        """Have everything followed twice, which must write nothing: it takes half as long again."""
        self.following.watch(self.dispatcher, self.outbox)

    async def _answer(self, call: Call) -> Answer:
        answer = await super()._answer(call)
        self.ledger.answered(call, answer)
        return answer


class LocalSeason:
    """The local platform; its database is closed and opened every `reopens` lines, if any.

    Everything is followed `twice`.
    """

    def __init__(self, url: str, clock: datetime, *, reopens: int = 0, twice: bool = True) -> None:
        self.url = url
        self.twice = twice
        self.clock = Clock(clock)
        self.reopens = reopens
        self.played = 0
        self.screen: list[Shown] = []
        self.ledger = Sightings(lambda: self.clock.now())

    async def start(self) -> None:
        """Open the database, and take up what it holds of the chat."""
        self.storage = Storage(self.url)
        store = LocalStore(self.storage)
        self.chat = RecordedChat(self.storage, self.clock, self.screen, self.ledger, store)
        if self.twice:
            self.chat.follow_twice()
        self.player = Player(self.chat.stage, self.chat)
        await self.chat.start()

    async def stop(self) -> None:
        """Close the database."""
        await self.chat.platform.stop()
        self.storage.close()

    @property
    def commands(self) -> Mapping[str, Command]:
        """The commands there are."""
        return self.chat.dispatcher.commands

    async def play(self, line: str) -> Mapping[str, str]:
        """Carry a line out; gives what it showed. Raises CannotPlay."""
        self.played += 1
        if self.reopens and self.played % self.reopens == 0:
            await self.stop()
            await self.start()
        begin = len(self.screen)
        try:
            read = lines.read_line(line)
            if read is not None:
                await self.player.execute(read)
        except UserError as error:
            raise CannotPlay(render(error.text, "en", str)) from error
        finally:
            await self.chat.settle()
        self.chat.following.check()
        return by_reader(self.screen[begin:])


@asynccontextmanager
async def local_world(
    url: str, start: datetime, *, reopens: int = 0, twice: bool = True
) -> AsyncIterator[LocalSeason]:
    """Open a local chat; its database is closed and opened every so many lines."""
    world = LocalSeason(url, start, reopens=reopens, twice=twice)
    await world.start()
    try:
        yield world
    finally:
        await world.stop()


def by_reader(shown: list[Shown]) -> Mapping[str, str]:
    """Give the words each reader was shown; an edit takes the place of what it edits."""
    last = {(one.to, one.id or str(place)): one for place, one in enumerate(shown)}
    found: dict[str, str] = {}
    for (to, _), one in last.items():
        found[to] = f"{found.get(to, '')}\n{spaced(_words(one))}"
    return found


def _words(one: Shown) -> str:
    fields = one.form.fields if one.form else ()
    return "\n".join(
        (
            one.title,
            one.text,
            one.form.title if one.form else "",
            *(f"{field.label} {field.value} {field.error}" for field in fields),
            *(file.content.decode(errors="replace") for file in one.files),
        )
    )


def clock_of(words: str) -> datetime:
    """Read when a season begins."""
    at = lines.read_instant(words)
    assert at is not None, words
    return at
