"""Has a coordinator try to get a post into another community: nothing may be said there."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from html import escape
from typing import Any, Protocol

from bench.rows import Figure
from bot.adapters.slack import Core, Setup, Slack
from bot.adapters.slack.channels import SlackChannels
from bot.app.parts import all_groups
from bot.chat import Place
from bot.dispatcher import Dispatcher
from bot.options.basic import Reading
from bot.options.people import PlaceKind
from bot.scheduler.outbox import Outbox
from drill.databases import sqlite
from drill.forks import side_by_side
from drill.quiet import hushed
from storage import Storage
from storage.deliveries import Wanted
from tests.fakes.discord_server import whole
from tests.fakes.slack import FakePerson, FakeSlack, State

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
HOME_SLACK, FAR_SLACK = "T0HOME", "T0FAR"
PLANNED = 'session plan title=Soil when="2026-12-10 15:00"'
TO_CHANNELS = (
    "session announce Soil channel={it}",
    'session announce-later Soil at="2026-11-23 15:00" channel={it}',
    'openspace open question="How far?" channel={it}',
    "community setup announcements={it} core_channel={it} reminders={it}",
    "community send-elsewhere delivery={failed} channel={it}",
)
TO_PEOPLE = ("host ask session=Soil person={it}", "community role {it} core")
AT_HOME = ("session announce Soil channel=<#{it}|general>", "host ask Soil")


@dataclass(frozen=True, slots=True)
class Beyond:
    """What is on the other side: a channel and a person, by their ids there and in our records."""

    channel: str
    person: str
    channel_row: int
    person_row: int
    failed: int

    def tries(self) -> list[str]:
        """Write all commands that name them, in all the ways in which one can."""
        channels = (f"<#{self.channel}|secret>", f"<#{self.channel}>", self.channel)
        people = (f"<@{self.person}|Far>", f"<@{self.person}>", self.person, "Far", "@Far")
        named = {
            TO_CHANNELS: (*channels, "#secret", "secret", str(self.channel_row)),
            TO_PEOPLE: (*people, str(self.person_row)),
        }
        return [
            words.format(it=it, failed=self.failed)
            for commands, ways in named.items()
            for words in commands
            for it in ways
        ]


def beyond(storage: Storage, home: Place, amina: str, there: Place, person: str) -> Beyond:
    """Keep a channel with a coordinator here, and the same in another community."""
    with storage.write() as transaction:
        ours = transaction.community_at(home.platform, home.workspace, NOW, "en", "UTC")
        records = transaction.records(ours.id)
        records.members.meet(
            home.platform, home.workspace, amina, "Amina", NOW
        ).role = "coordinator"
        records.channels.meet(home.platform, home.workspace, home.channel, home.name)
        lost = records.channels.meet(home.platform, home.workspace, "1", "lost")
        told = {"notice": "session.announced", "error": "lost", "advice": "", "state": "dead"}
        one = Wanted("x", NOW, channel_id=lost.id, args=told)
        records.deliveries.send("x:1", "community.trouble", one)
        (failed,) = records.deliveries.about("x:1")
        failed.state = "dead"
        theirs = transaction.community_at(there.platform, there.workspace, NOW, "en", "UTC")
        records = transaction.records(theirs.id)
        channel = records.channels.meet(there.platform, there.workspace, there.channel, "secret")
        records.channels.choose("announces", channel)
        far = records.members.meet(there.platform, there.workspace, person, "Far", NOW)
        far.role = "coordinator"
        return Beyond(there.channel, person, channel.id, far.id, failed.id)


class BorderWorld(Protocol):
    """A platform with the whole bot on it, and another community beyond a border."""

    home: Place
    beyond: Beyond

    async def alone(self, words: str) -> None:
        """Have the coordinator type a command, alone with the bot."""

    async def type(self, words: str) -> None:
        """Have them type one in each place in which they can."""

    async def press(self, label: str) -> None:
        """Have them press the newest button of a label, if they see one."""

    async def pass_on(self) -> None:
        """Let all go out that falls due within days."""

    def shown(self) -> tuple[int, int]:
        """Count what was shown at home, and beyond the border."""


async def tried(world: BorderWorld) -> dict[str, int]:
    """Try everything; gives how many tries that were, and what was shown where."""
    tries = world.beyond.tries()
    await world.alone(PLANNED)
    for words in (*tries, *(words.format(it=world.home.channel) for words in AT_HOME)):
        await world.type(words)
        for label in ("Announce now", "Open now"):
            await world.press(label)
    await world.pass_on()
    home, far = world.shown()
    return {"tries": len(tries), "home": home, "far": far}


class OnSlack:
    """A workspace whose token reaches a channel and a person of another one, if one tries."""

    def __init__(self, storage: Storage, slack: FakeSlack) -> None:
        self.slack, self.state, self.clock = slack, slack.state, NOW
        self.home = Place("slack", HOME_SLACK, self.state.channel("general"), "general")
        self.far = self.state.channel("secret", host=FAR_SLACK)
        self.direct = self.state.direct("UAMINA")
        self.person = FakePerson(slack, "UAMINA")
        there = Place("slack", FAR_SLACK, self.far, "secret")
        self.beyond = beyond(storage, self.home, "UAMINA", there, "UFAR")
        dispatcher = Dispatcher(storage, all_groups())
        state = self.state
        setup = Setup(
            bot_token=state.token, signing_secret=state.secret, mode="http", port=0,
            api_url=slack.api_url,
        )  # fmt: skip
        core = Core(dispatcher.answer, dispatcher.complete, self.now, tuple(dispatcher.commands))
        self.app = Slack(setup, core)
        self.outbox = Outbox(storage, dispatcher.notices, {"slack": self.app}, self.now)

    def now(self) -> datetime:
        """Tell the time."""
        return self.clock

    async def alone(self, words: str) -> None:
        """Give a slash command, of which Slack passes on nothing but what was typed."""
        await self._type(words, self.direct)

    async def type(self, words: str) -> None:
        """Give it alone and in the channel."""
        for channel in (self.direct, self.home.channel):
            await self._type(words, channel)

    async def _type(self, words: str, channel: str) -> None:
        # What Slack has found itself arrives unescaped, whichever workspace it is of.
        for arrives in dict.fromkeys((escape(words, quote=False), words)):
            await self.person.slash(arrives, channel)
            await self.settled()

    async def settled(self) -> None:
        """Wait until the app has done what it does behind its acknowledgements."""
        while self.app.work:
            await asyncio.wait(self.app.work)

    async def press(self, label: str) -> None:
        """Press a button, if there is one."""
        try:
            await self.person.press(label)
        except (AssertionError, LookupError, StopIteration):
            return
        await self.settled()

    async def pass_on(self) -> None:
        """Send what falls due, hour by hour."""
        for _ in range(3 * 24):
            self.clock += timedelta(hours=1)
            while await self.outbox.turn():
                pass

    def shown(self) -> tuple[int, int]:
        """Count the posts."""
        posted = [one for one in self.state.messages if not one.only]
        far = (self.far, "DFAR")
        home = sum(one.channel == self.home.channel for one in posted)
        return home, sum(one.channel in far for one in posted)


@asynccontextmanager
async def on_slack(url: str) -> AsyncIterator[BorderWorld]:
    """Open a workspace, its clock standing still."""
    state, storage = State(), Storage(url)
    state.organisation = "E0BOTH"
    for id, name, workspace in (("UAMINA", "Amina", HOME_SLACK), ("UFAR", "Far", FAR_SLACK)):
        state.person(id, name, enterprise_user={"teams": [workspace]})
    slack = await FakeSlack(state).start()
    world = OnSlack(storage, slack)
    await world.app.start()
    assert world.app.http is not None
    slack.url = f"http://127.0.0.1:{world.app.http.port}/slack/events"
    yield world
    await world.app.stop()
    await slack.stop()
    storage.close()


class OnDiscord:
    """Two servers with the bot in both."""

    def __init__(self, bot: Any) -> None:
        self.bot, self.server, self.outbox = bot, bot.server, bot.outbox
        env = self.server.env
        self.guild = env.create_guild("Far")
        self.far = self.guild.create_text_channel("secret")
        self.them = self.guild.add_member(env.create_user("far"))
        there = Place("discord", str(self.guild.id), str(self.far.id), "secret")
        general = str(self.server.channel.id)
        self.home = Place("discord", self.server.workspace, general, "general")
        amina = str(self.server.amina.id)
        self.beyond = beyond(bot.storage, self.home, amina, there, str(self.them.id))

    async def alone(self, words: str) -> None:
        """Write it to the bot."""
        await self.server.amina.send_dm(words)

    async def type(self, words: str) -> None:
        """Write it to the bot; in a server Discord itself refuses a channel of another one."""
        await self.server.amina.send_dm(words)

    async def press(self, label: str) -> None:
        """Press a button, if there is one."""
        amina = self.server.amina
        alone = amina.user.dm_channel.history(viewer=amina.user)
        for message in reversed(alone[-3:]):
            parts = str([component.to_dict() for component in message.components])
            if f"'label': '{label}'" in parts:
                await amina.user.click(message, label=label)
                return

    async def pass_on(self) -> None:
        """Let days pass."""
        await self.bot.pass_on(days=3)

    def shown(self) -> tuple[int, int]:
        """Count the posts."""
        alone = self.them.user.dm_channel.history(viewer=self.them.user)
        beyond = len(self.server.posted(self.far)) + len(alone)
        return len(self.server.posted()), beyond


@asynccontextmanager
async def on_discord(url: str) -> AsyncIterator[BorderWorld]:
    """Open two servers."""
    async with whole(url, NOW) as bot:
        yield OnDiscord(bot)


WORLDS: dict[str, Any] = {"Slack": on_slack, "Discord": on_discord}


async def found(platform: str, url: str) -> dict[str, int]:
    """Try everything on a platform."""
    async with WORLDS[platform](url) as world:
        return await tried(world)


def rows() -> list[Figure]:
    """Try on both platforms, and on one with the border taken out."""
    with sqlite() as slack, sqlite() as discord, sqlite() as open_slack:
        works = {
            "Slack": _work("Slack", slack),
            "Discord": _work("Discord", discord),
            "open": _work("Slack", open_slack, begin=_open),
        }
        seen = side_by_side(works)
    missed = seen.pop("open")["far"]
    what = "another community on Slack: posts there, with the border taken out"
    told = [row for where, one in seen.items() for row in _told(where, one)]
    return [*told, Figure(what, missed, 1, "")]


def _open() -> None:
    """Have this process believe each channel that is mentioned, and post anywhere."""

    def believed(kind: PlaceKind, channel: str, words: str, reading: Reading) -> Place:
        return Place(reading.platform, reading.workspace, channel, channel)

    async def unchecked(*of: Any) -> None:
        pass

    PlaceKind._mentioned = believed  # type: ignore[method-assign,assignment]
    SlackChannels.check = unchecked  # type: ignore[method-assign,assignment]


def _work(platform: str, url: str, begin: Callable[[], None] = lambda: None) -> Callable[[], Any]:
    def work() -> dict[str, int]:
        hushed()
        begin()
        return asyncio.run(found(platform, url))

    return work


def _told(where: str, seen: dict[str, int]) -> Sequence[Figure]:
    what = f"another community on {where}"
    return [
        Figure(f"{what}: posts there", seen["far"], 0, "", True, f"of {seen['tries']} tries"),
        Figure(f"{what}: posts at home", seen["home"], 1, ""),
    ]
