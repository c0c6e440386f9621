"""Is the adapter: connects, passes calls on and back, and says what the bot says by itself."""

import asyncio
from collections.abc import Coroutine, Sequence
from datetime import datetime
from typing import Any, TypeVar, cast

import discord
import structlog

from bot.adapters.discord import ids, to_call
from bot.adapters.discord.advice import ServerAdvice
from bot.adapters.discord.asking import Interactions
from bot.adapters.discord.client import DiscordClient
from bot.adapters.discord.connection import Connection
from bot.adapters.discord.dependencies import Dependencies, DiscordSettings
from bot.adapters.discord.direct import Direct
from bot.adapters.discord.events import GuildEvents
from bot.adapters.discord.greeting import Greetings
from bot.adapters.discord.guests import ThreadGuests
from bot.adapters.discord.layout import MORE
from bot.adapters.discord.members import is_there
from bot.adapters.discord.posting import DiscordPosting
from bot.adapters.discord.shortcuts import shortcuts
from bot.adapters.discord.syncing import Commands
from bot.adapters.discord.talk import Talk
from bot.adapters.discord.to_call import Interaction
from bot.adapters.discord.tree import CHOICES
from bot.adapters.discord.trouble import TROUBLES
from bot.adapters.discord.wording import PLATFORM
from bot.background import aside, begun, kept_up
from bot.chat import Account, Message, MessageRef, Place, said
from bot.errors import NotThere
from bot.i18n import Text, t
from bot.plain_text import shortened
from bot.protocol import Reader, Target

log = structlog.get_logger()
SUGGESTING = 2.0
"""Seconds after which suggestions are given up: Discord waits for three."""


PAUSE = 2.0
"""Seconds until what is to be posted is tried again while the bot is logged out."""
AT_THE_END = 2.0
"""Seconds that calls under way are given when the bot stops."""


Result = TypeVar("Result")


class Discord:
    """Discord, for as many servers as have invited the bot."""

    name = PLATFORM
    gap = 1.0  # five messages in five seconds, in one channel
    edits = finds = gathers = founds = True

    def __init__(self, settings: DiscordSettings, core: Dependencies) -> None:
        self.settings = settings
        self.core = core
        self.listens = True
        self.client = DiscordClient(settings, self, core.turn, self.prepare)
        self.commands = Commands(self.client, settings, core)
        self.asking = Interactions(core, self.commands.ids, self.client)
        self.direct = Direct(core, self.asking)
        self.greetings = Greetings(core, self.commands.ids)
        self.menus = shortcuts(core.groups)
        advice = ServerAdvice(core)
        events = GuildEvents(self.client, core.notes, advice)
        self.posting = DiscordPosting(self.client, events, advice, self.commands.ids)
        self.guests = ThreadGuests(self.client)
        self.connection = Connection(self.client, settings)
        self.catching_up: asyncio.Future[None] | None = None
        self.outgoing: set[asyncio.Future[Any]] = set()

    async def start(self, listen: bool = True) -> None:
        """Log in, bring the commands up to date, connect. Raises CannotConnect: what to mend.

        With `listen` False it only logs in, and knows the commands as another process sent them.
        """
        self.listens = listen
        await self.connection.start(listen)

    async def lasts(self) -> None:
        """Wait until Discord takes us no more. Raises CannotConnect: what to mend."""
        await self.connection.lasts()

    async def prepare(self) -> None:
        """Bring the commands up to date, or learn how they stand."""
        if not self.listens:
            await self.commands.recall()
        elif not await self.commands.sync() and self.catching_up is None:
            self.catching_up = aside(kept_up("sync", self.commands.catch_up), "sync")

    async def stop(self) -> None:
        """Take no more calls, finish those under way, disconnect."""
        if self.catching_up is not None:
            self.catching_up.cancel()
        if self.client.work:
            await asyncio.wait(self.client.work, timeout=AT_THE_END)
        for task in self.outgoing:
            task.cancel()
        await self.connection.stop()

    async def connected(self) -> bool:
        """Say whether every shard is connected just now, or whether one can post at least."""
        if not self.listens:
            return self.client.user is not None and not self.connection.away
        shards = self.client.shards.values()
        return self.client.is_ready() and not any(shard.is_closed() for shard in shards)

    async def post(self, target: Target, message: Message, reader: Reader, key: str) -> MessageRef:
        """Post a message, to a person as a direct message. Raises a PostError."""
        return await self._to_its_end(self.posting.post(target, message, reader, key))

    async def edit(self, ref: MessageRef, message: Message, reader: Reader) -> None:
        """Put a message in the place of one posted before. Raises a PostError."""
        await self._to_its_end(self.posting.edit(ref, message, reader))

    async def _to_its_end(self, work: Coroutine[Any, Any, Result]) -> Result:
        """Let a request end by itself, though nobody waits for it any more.

        Where one is cut off while it waits, discord.py may let no other pass (2.7.1: what wakes the
        next ones is skipped, also where all have to wait). None is written too late: see `Headers`.
        """
        if self.connection.away:
            work.close()
            raise NotThere(PAUSE)
        task = begun(work)
        self.outgoing.add(task)
        task.add_done_callback(self._gone)
        return await asyncio.shield(task)

    def _gone(self, task: "asyncio.Future[Any]") -> None:
        self.outgoing.discard(task)
        if not task.cancelled():
            task.exception()  # whoever waited has it

    async def find(self, target: Target, key: str, since: datetime) -> MessageRef | None:
        """Look up a message by its key. Raises a PostError."""
        return await self._to_its_end(self.posting.find(target, key, since))

    async def obstacle(self, place: Place) -> Text | None:
        """Say why Discord takes no post in a channel, as far as its server is in sight."""
        return self.posting.obstacle(place)

    async def is_there(self, account: Account) -> bool:
        """Say whether somebody is in their server: Discord tells nobody who leaves it."""
        return await self._to_its_end(is_there(self.client, account))

    async def invite(self, thread: Place, people: Sequence[Account]) -> Sequence[Account]:
        """Add people to a thread, quietly; gives those who need not be added again."""
        return await self._to_its_end(self.guests.invite(thread, people))

    async def time(self) -> datetime | None:
        """Tell the time as Discord has it. Raises a PostError."""
        return await self._to_its_end(self.posting.time())

    async def heard(self, interaction: Interaction) -> None:
        """Take a command, a form that was sent off, or an option somebody is typing in."""
        talk = Talk(interaction)
        body = cast(to_call.Body, interaction.data or {})
        if interaction.type is discord.InteractionType.autocomplete:
            await self._suggest(interaction, body)
            return
        if interaction.type is discord.InteractionType.modal_submit:
            bound = ids.bound(str(body.get("custom_id")))
            workspace = bound and await self.direct.workspace(interaction, bound.workspace)
            if bound and workspace:
                await self.asking.submitted(talk, bound, workspace, body)
            else:
                await self._unknown(talk)
        elif interaction.type is discord.InteractionType.application_command:
            await self._command(talk, body)

    async def _command(self, talk: Talk, body: to_call.Body) -> None:
        workspace = await self.direct.workspace(talk.interaction)
        if not workspace:
            await self._nowhere(talk)
            return
        menu = self.menus.get(str(body["name"])) if body.get("type", 1) != 1 else None
        name, args = (
            (menu.name, to_call.menu(body, menu, workspace)) if menu else to_call.slash(body)
        )
        await self.asking.execute(talk, to_call.call(talk.interaction, workspace, name, args))

    async def pressed(self, interaction: Interaction) -> None:
        """Take a button or a menu."""
        talk = Talk(interaction)
        body = cast(to_call.Body, interaction.data or {})
        bound = ids.bound(str(body.get("custom_id")))
        chosen = [str(one) for one in body.get("values") or ()]
        if bound and bound.call == MORE and chosen:
            again = ids.bound(chosen[0])
            bound = again and ids.Bound(again.call, workspace=bound.workspace)
        workspace = bound and await self.direct.workspace(interaction, bound.workspace)
        if not bound or not workspace:
            await self._unknown(talk)
        elif bound.call.startswith("~"):
            await self.asking.of_form(talk, bound, workspace)
        else:
            args = bound.args | ({bound.option: ",".join(chosen)} if bound.option else {})
            call = to_call.call(interaction, workspace, bound.command, args)
            await self.asking.execute(talk, call)

    async def _suggest(self, interaction: Interaction, body: to_call.Body) -> None:
        """Suggest values for what is being typed; nothing at all when that takes too long."""
        workspace = await self.direct.workspace(interaction)
        name, _ = to_call.slash(body)
        option, typed = to_call.typed(body)
        call = to_call.call(interaction, workspace, name, {})
        pairs: tuple[tuple[str, str], ...] = ()
        try:
            async with asyncio.timeout(SUGGESTING):
                pairs = await self.core.complete(call, option, typed) if workspace else ()
        except TimeoutError:
            log.warning("suggestions too late", action=name, option=option)
        fitting = [pair for pair in pairs if 0 < len(pair[0]) <= 100][:CHOICES]
        choices = [
            discord.app_commands.Choice(name=shortened(label or value, 100), value=value)
            for value, label in fitting
        ]
        try:
            await interaction.response.autocomplete(choices)
        except TROUBLES as error:
            log.info("suggestions lost", action=name, error=str(error)[:200])

    async def written(self, message: discord.Message) -> None:
        """Take a direct message."""
        await self.direct.written(message)

    async def joined(self, guild: discord.Guild) -> None:
        """Say hello where people can read it, with a way to set the community up."""
        await self.core.joined(str(guild.id))
        await self.greetings.greet(guild)

    async def ready(self) -> None:
        """Say hello to servers that took the bot in while it was not there."""
        await self.greetings.greet_strangers(self.client.guilds)

    async def left(self, guild: discord.Guild) -> None:
        """Have nothing sent any more to a server that put the bot out."""
        log.info("left", action="leave", workspace=guild.id)
        await self.core.left(str(guild.id))

    async def _unknown(self, talk: Talk) -> None:
        old = t("I don't know this button. It may be from an older version or another server.")
        reader = Reader(talk.interaction.locale.value)
        await self.asking.say(talk, said(old), self.asking.wording(reader, ""))

    async def _nowhere(self, talk: Talk) -> None:
        reader = Reader(talk.interaction.locale.value)
        await self.asking.say(talk, said(self.direct.where()), self.asking.wording(reader, ""))
