"""Runs the bot, unchanged, in a simulated Discord server where people press and type."""

from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import discord
import simcord
from simcord.actors import MemberActor
from simcord.backend import cdn
from simcord.backend.errors import BackendError
from simcord.builders import ChannelHandle
from simcord.results import InteractionResult

from bot.adapters.discord import Dependencies, Discord, DiscordSettings
from bot.app.discord import DiscordStore, dependencies
from bot.app.discord import welcome as hello
from bot.app.parts import all_groups
from bot.app.platforms import PlatformParts
from bot.chat import Message
from bot.config import Settings as Everything
from bot.dispatcher import Dispatcher
from bot.groups import Group
from bot.i18n import Text
from bot.protocol import Adapter, Answer, Call, Complete, Dispatch
from bot.scheduler.computing import at_once
from bot.scheduler.outbox import Outbox
from storage import Storage

TOKEN = "MTE.x.y"
cdn.CDN_BASE = "https://cdn.discordapp.com"  # files are read from Discord alone
SETTINGS = DiscordSettings(TOKEN, shard_count=1)


class FakeNotes:
    """What is kept, as long as the test lasts."""

    def __init__(self) -> None:
        self.kept: dict[str, str] = {}

    async def get(self, name: str) -> str:
        """Give what is kept under a name."""
        return self.kept.get(name, "")

    async def put(self, name: str, words: str) -> None:
        """Keep words; empty ones are forgotten."""
        self.kept[name] = words
        if not words:
            del self.kept[name]


async def nothing_offered(call: Call, option: str, typed: str) -> tuple[tuple[str, str], ...]:
    """Suggest nothing."""
    return ()


class House:
    """What a test hands the adapter in the place of the bot; it notes what it is told."""

    def __init__(self, dispatch: Dispatch, groups: Iterable[Group]) -> None:
        self.notes = FakeNotes()
        self.known: dict[str, tuple[str, ...]] = {}
        self.told: list[tuple[str, str]] = []
        self.homes: set[str] = set()
        self.turns: list[tuple[str, float]] = []
        self.dispatch = dispatch
        self.groups = tuple(groups)
        self.complete: Complete = nothing_offered
        self.welcome: Message = hello()

    async def workspaces(self, user: str) -> tuple[str, ...]:
        """Name the servers of a user."""
        return self.known.get(user, ())

    async def zone(self, workspace: str, user: str) -> str:
        """Know everybody's zone."""
        return "Africa/Nairobi"

    async def joined(self, workspace: str) -> None:
        """Note a server."""
        self.told.append(("joined", workspace))

    async def left(self, workspace: str) -> None:
        """Note a server that is gone."""
        self.told.append(("left", workspace))

    async def lived_in(self, workspace: str) -> bool:
        """Say whether a community lives in a server."""
        return workspace in self.homes

    async def turn(self, name: str, seconds: float) -> None:
        """Note whose turn it is."""
        self.turns.append((name, seconds))

    async def advise(self, workspace: str, words: Text) -> None:
        """Note what coordinators are told."""
        self.told.append((words.template, workspace))

    @property
    def dependencies(self) -> Dependencies:
        """Give it all as the adapter takes it."""
        return Dependencies(
            self.groups, self.dispatch, self.complete, self.notes, self.workspaces, self.zone,
            self.joined, self.left, self.lived_in, self.turn, self.advise, self.welcome,
        )  # fmt: skip


class Server:
    """One server with a channel, Amina who manages it, and Bruno, in a simulated Discord."""

    def __init__(self, env: simcord.Env, adapter: Discord) -> None:
        self.env = env
        self.adapter = adapter
        self.guild = env.create_guild("Home")
        self.channel = self.guild.create_text_channel("general")
        manage = discord.Permissions(manage_guild=True)
        role = self.guild.create_role("Managers", permissions=manage)
        self.amina = self.guild.add_member(env.create_user("amina"), roles=[role])
        self.bruno = self.guild.add_member(env.create_user("bruno"))

    @property
    def workspace(self) -> str:
        return str(self.guild.id)

    def posted(self, channel: ChannelHandle | None = None) -> list[discord.Message]:
        """List what everybody sees in a channel, the oldest first."""
        return (channel or self.channel).history()

    def bodies(self, path: str = "") -> list[tuple[str, str, Any]]:
        """List what left for Discord: method, path and body."""
        return [
            (one.method, one.path, one.json)
            for one in self.env.http_requests
            if path in one.path and one.json is not None
        ]

    async def slash(self, who: MemberActor, name: str, **options: Any) -> InteractionResult:
        """Give a slash command in the channel."""
        return await who.slash(self.channel, name, **options)


PACE = 1
"""Seconds that lie between two messages to a channel."""


class WholeBot:
    """The whole bot on a database, in a simulated Discord."""

    def __init__(self, server: Server, storage: Storage, outbox: Outbox) -> None:
        self.server = server
        self.storage = storage
        self.outbox = outbox

    async def pass_on(self, **by: float) -> None:
        """Let time pass, and send what falls due on the way."""
        until = self.server.env.now() + timedelta(**by)
        while (due := await self.outbox.next_due()) is not None and due <= until:
            ahead = (due - self.server.env.now()).total_seconds()
            await self.server.env.advance_time(max(ahead, 0))
            if not await self._turn():  # its channel has to wait after the message before
                await self.server.env.advance_time(PACE)
        await self.server.env.advance_time(max((until - self.server.env.now()).total_seconds(), 0))

    async def _turn(self) -> int:
        with self.server.env.time_context():
            return await self.outbox.turn()


@asynccontextmanager
async def simulated(adapter: Discord, begins: datetime | None = None) -> AsyncIterator[simcord.Env]:
    """Run an adapter's client; what goes wrong in it unseen fails the test."""
    env = simcord.Env(adapter.client, settle_timeout=60)
    if begins is not None:
        env.backend.clock.advance((begins - env.now()).total_seconds())
    _take_nobody_into_archived_threads(env)
    await env.start()
    try:
        yield env
    finally:
        await env.shutdown()
    env.raise_errors()


def _take_nobody_into_archived_threads(env: simcord.Env) -> None:
    """Have the simulation refuse what Discord does."""
    add: Callable[[int, int], Any] = env.backend.add_thread_member

    def add_if_open(thread: int, user: int) -> Any:
        beneath = env.backend.get_channel(thread).thread_metadata
        if beneath is not None and beneath.archived:
            raise BackendError(400, 50083, "Thread is archived")
        return add(thread, user)

    vars(env.backend)["add_thread_member"] = add_if_open


@asynccontextmanager
async def server(
    dispatch: Dispatch, groups: Iterable[Group]
) -> AsyncIterator[tuple[Server, House]]:
    """Open a server with an adapter whose calls go to the test."""
    house = House(dispatch, groups)
    adapter = Discord(SETTINGS, house.dependencies)
    async with simulated(adapter) as env:
        yield Server(env, adapter), house


def _nothing(call: Call, answer: Answer) -> None:
    """Let an answer pass."""


@dataclass(frozen=True, slots=True)
class Overheard:
    """Who listens to a whole bot: to its answers, and around the adapter to what it posts.

    `mail` makes what stands for mail beside it, if anything does.
    """

    answered: Callable[[Call, Answer], None] = _nothing
    around: Callable[[Adapter], Adapter] = lambda adapter: adapter
    mail: Callable[[Storage, Dispatch], Adapter] | None = None


@asynccontextmanager
async def whole(
    url: str,
    begins: datetime | None = None,
    more: Iterable[Group] = (),
    heard: Overheard | None = None,
) -> AsyncIterator[WholeBot]:
    """Open a server with the whole bot in it, its clock standing where it begins."""
    storage, listens = Storage(url), heard or Overheard()
    groups = (*all_groups(), *more)
    dispatcher = Dispatcher(storage, groups)
    everything = Everything.model_validate({"discord": {"token": TOKEN}})
    core = PlatformParts(
        _answer(dispatcher, listens.answered),
        dispatcher.complete,
        discord.utils.utcnow,
        groups,
        storage,
        everything,
    )
    kept = DiscordStore(storage, discord.utils.utcnow)
    adapter = Discord(SETTINGS, dependencies(core, kept))
    async with simulated(adapter, begins) as env:
        adapters = {"discord": listens.around(adapter)}
        if listens.mail is not None:
            mail = listens.mail(storage, core.dispatch)
            dispatcher.platforms = {"mail": mail}
            adapters["mail"] = listens.around(mail)
        outbox = Outbox(storage, dispatcher.notices, adapters, env.now)
        outbox.timers.known = dispatcher.timers
        outbox.jobs.known = dispatcher.jobs
        outbox.jobs.compute = at_once
        yield WholeBot(Server(env, adapter), storage, outbox)
    storage.close()


def _answer(dispatcher: Dispatcher, answered: Callable[[Call, Answer], None]) -> Dispatch:
    async def answer(call: Call) -> Answer:
        answer = await dispatcher.answer(call)
        answered(call, answer)
        return answer

    return answer
