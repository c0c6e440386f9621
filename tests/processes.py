"""Runs the bot as a process of its own, against the fake Slack, with deliveries to send."""

import asyncio
import os
import signal
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import BinaryIO

from sqlalchemy import text

from bot.app.parts import all_groups
from bot.chat import Account, Place
from bot.dispatcher import Dispatcher
from bot.protocol import Call
from bot.scheduler.alarm import now
from storage import Storage
from storage.deliveries import Wanted
from tests.fakes.slack import FakeSlack, State
from tests.forked import Forked

SETTINGS = """
[database]
url = "{url}"
[slack]
bot_token = "xoxb-home"
app_token = "xapp-home"
api_url = "{api}"
[scheduler]
poll_seconds = 0.2
lease_seconds = 60
"""
TEAM = "T0HOME"
PATIENCE = 120.0
"""Seconds for what other processes do on a machine that has much to do."""


@dataclass
class Bot:
    """A bot at work."""

    child: Forked
    log: list[str] = field(default_factory=list)

    async def read(self, logging: BinaryIO) -> None:
        """Keep what it logs."""
        lines = asyncio.StreamReader()
        reading = asyncio.get_running_loop().connect_read_pipe(
            lambda: asyncio.StreamReaderProtocol(lines), logging
        )
        transport, _ = await reading
        async for line in lines:
            self.log.append(line.decode())
        transport.close()

    async def told_to_end(self) -> int:
        """Tell it to end, and give its exit status."""
        self.child.send_signal(signal.SIGTERM)
        return await self.ended()

    async def ended(self) -> int:
        """Give the exit status once it has ended."""
        async with asyncio.timeout(PATIENCE):
            return await asyncio.to_thread(self.child.wait)


class Town:
    """A fake Slack, a database, and people in one community who are to be told things."""

    def __init__(self, url: str, folder: Path, people: int = 6) -> None:
        self.state = State()
        self.slack = FakeSlack(self.state)
        self.storage = Storage(url)
        self.config = folder / "config.toml"
        self.url = url
        self.people = [self.state.person(f"U{number:03}", "Amina") for number in range(people)]
        self.general = self.state.channel("general")

    async def begin(self) -> None:
        """Open Slack, and let everybody meet the bot."""
        await self.slack.start()
        self.config.write_text(SETTINGS.format(url=self.url, api=self.slack.api_url))
        dispatcher = Dispatcher(self.storage, all_groups())
        for person in self.people:
            here = Place("slack", TEAM, self.general, "general")
            met = Account("slack", TEAM, person)
            dispatcher.execute(Call(met, here, "my.profile", now(), name=person))

    def want(self, each: int = 1) -> None:
        """Want everybody to be told so many things now."""
        with self.storage.write() as transaction:
            for person in self.people:
                known = transaction.known("slack", TEAM, person)
                assert known
                for number in range(each):
                    told = {"notice": "x", "error": f"{number}"}
                    one = Wanted(f"{number}", now(), member_id=known.id, args=told)
                    records = transaction.records(known.community_id)
                    records.deliveries.send("session:1", "community.trouble", one)

    def states(self) -> Counter[str]:
        """Count the deliveries by state."""
        with self.storage.read() as transaction:
            found = transaction.db.execute(text("SELECT state FROM deliveries"))
            return Counter(row[0] for row in found)

    def forget_leases(self) -> None:
        """Let the leases there are be over for long."""
        with self.storage.write() as transaction:
            before = text("UPDATE deliveries SET lease_until = :then WHERE lease_until IS NOT NULL")
            then = now() - timedelta(hours=1)
            bound = then.replace(tzinfo=None) if self.storage.embedded else then
            transaction.db.execute(before, {"then": bound})

    def shown(self) -> Counter[str]:
        """Count the messages by what marks them."""
        marks = [one.metadata["event_payload"] for one in self.state.messages if one.metadata]
        return Counter(str(mark["key"]) for mark in marks)

    async def until(self, **states: int) -> None:
        """Wait until there are so many deliveries in some states."""
        await _until(lambda: all(self.states()[one] >= count for one, count in states.items()))

    async def until_there(self, there: Callable[[], bool]) -> None:
        """Wait until something is so."""
        await _until(there)

    async def until_shown(self, messages: int) -> None:
        """Wait until so many of the messages stand on Slack."""
        await _until(lambda: self.shown().total() >= messages)

    async def until_all_sent(self, messages: int) -> None:
        """Wait until all are sent; what nobody works on any more is left to be taken over."""
        before: tuple[int, Counter[str]] | None = None
        async with asyncio.timeout(240):
            while self.states() != Counter(sent=messages):
                now_there = self.shown().total(), self.states()
                if now_there == before:
                    self.forget_leases()
                before = now_there
                await asyncio.sleep(5)

    async def until_answered(self, calls: int) -> None:
        """Wait until so many private answers were given."""
        asked = self.state.asked
        await _until(lambda: sum(name == "response_url" for name, _ in asked) >= calls)

    async def until_logged(self, bot: Bot, words: str) -> None:
        """Wait until a bot has written something down."""
        await _until(lambda: any(words in line for line in bot.log))

    @asynccontextmanager
    async def bot(self, *more: str) -> AsyncIterator[Bot]:
        """Run a bot for a while."""
        ours, theirs = os.pipe()
        with Forked(("run", "--config", str(self.config), *more), 0, 1, theirs) as child:
            os.close(theirs)
            bot = Bot(child)
            reading = asyncio.create_task(bot.read(os.fdopen(ours, "rb")))
            yield bot
        await reading


async def _until(there: Callable[[], bool]) -> None:
    async with asyncio.timeout(PATIENCE):
        while not there():  # noqa: ASYNC110  # what another process does sets no event here
            await asyncio.sleep(0.02)


@asynccontextmanager
async def town(url: str, folder: Path, people: int = 6) -> AsyncIterator[Town]:
    """Open a town for a while."""
    made = Town(url, folder, people)
    await made.begin()
    try:
        yield made
    finally:
        await made.slack.stop()
        made.storage.close()
