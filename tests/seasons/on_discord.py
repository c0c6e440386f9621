"""A Discord as a season is played in it: people type, press, choose and fill in as lines say."""

import re
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any

import discord
from simcord.actors import MemberActor
from simcord.builders import ChannelHandle
from simcord.results import InteractionResult, to_discord_message

from bot.adapters.local import lines
from bot.app.parts import all_groups
from bot.commands import Command
from bot.options.command_line import parse_line
from tests.fakes.discord_seen import (
    Body,
    Control,
    Eyes,
    filled_in,
    in_files,
    labels,
    means,
    parts,
    texts,
    things,
)
from tests.fakes.discord_server import Overheard, WholeBot, whole
from tests.fakes.discord_spec import wrong
from tests.seasons.ledger import Recorded, Sightings
from tests.seasons.postbox import Postbox, Postboxes
from tests.seasons.worlds import CannotPlay

SOON = 3.0
COMMANDS = {one.name: one for group in all_groups() for one in group.commands.values()}
NAMED = re.compile(r"([@#])([\w-]+)")
INTEGER, BOOLEAN, USER, CHANNEL = 4, 5, 6, 7


class DiscordSeason:
    """A server with the whole bot in it, on a clock that stands still until it is moved."""

    def __init__(self, bot: WholeBot, ledger: Sightings, postbox: Postbox) -> None:
        self.bot = bot
        self.postbox = postbox
        self.ledger = ledger
        self.storage = bot.storage
        self.env = bot.server.env
        self.world = self.env.backend
        self.guild = bot.server.guild
        self.people: dict[str, MemberActor] = {}
        self.eyes: dict[str, Eyes] = {}
        self.rooms: dict[str, ChannelHandle] = {"general": bot.server.channel}
        self.where: dict[str, ChannelHandle] = {}
        self.shown: dict[str, InteractionResult] = {}
        self.world.subscribers.insert(0, self._speak)

    def _speak(self, event: str, told: Any) -> None:
        """Have interactions carry each person's own language, which simcord knows nothing of."""
        if event == "INTERACTION_CREATE":
            user = told.get("user") or told["member"]["user"]
            told["locale"] = self.eyes[self._called(str(user["id"]))].locale

    @property
    def commands(self) -> Mapping[str, Command]:
        """The commands there are."""
        return COMMANDS

    async def play(self, line: str) -> Mapping[str, str]:
        """Carry a line out; gives what it showed, by `#channel` and `@person`.

        Raises CannotPlay.
        """
        read = lines.read_line(line)
        if isinstance(read, lines.JoinLine) and not self.postbox.is_for(read):
            await self._join(read.who, **read.options)
            return {}
        before = {one.id: str(one.components) for one in self._posted()}
        opened = {who: one.modal for who, one in self.shown.items()}
        if read is not None:
            await self._act(read)
        await self.bot.pass_on(seconds=SOON)
        return {**self._seen(before, opened), **self.postbox.shown()}

    def _seen(self, before: Mapping[int, str], opened: Mapping[str, object]) -> dict[str, str]:
        shown: dict[str, str] = {}
        for posted in self._posted():
            if before.get(posted.id) != str(posted.components):
                to = self._to(posted)
                words = self._eyes(to).read(texts(parts(posted.components)))
                shown[to] = "\n".join((shown.get(to, ""), words, *in_files(posted, self.world.cdn)))
        for who, one in self.shown.items():
            if one.modal and one.modal != opened.get(who):
                shown[f"@{who}"] = f"{shown.get(f'@{who}', '')}\n{self._form(who, one.modal)}"
        return shown

    def _form(self, who: str, modal: Body) -> str:
        values = (str(one["component"].get("value") or "") for one in labels(modal))
        return self.eyes[who].read("\n".join((texts(modal["components"]), *values)))

    def _posted(self) -> Iterator[Any]:
        """Give what the bot has posted, the oldest first."""
        every = (one for room in self.world.messages.values() for one in room.values())
        return iter(sorted((one for one in every if one.components), key=lambda one: int(one.id)))

    def _to(self, posted: Any) -> str:
        """Say who sees a message: one person, or a channel, its threads included."""
        room = self.world.get_channel(posted.channel_id)
        if posted.is_ephemeral:
            return "@" + self._called(str(posted.interaction_metadata["user"]["id"]))
        if room.guild_id is None:
            return "@" + self._called(str(room.recipient_ids[0]))
        return "#" + self._called(str(room.parent_id if room.is_thread else room.id))

    def _eyes(self, to: str) -> Eyes:
        """Give whoever reads; in a channel the community, in whose zone most are."""
        if to[0] == "@":
            return self.eyes[to[1:]]
        with self.bot.storage.read() as transaction:
            home = transaction.community_at(
                "discord", str(self.guild.id), self.env.now(), "en", "UTC"
            )
            return Eyes(home.locale, home.zone, self._called)

    def _called(self, id: str) -> str:
        people = ((str(one.id), name) for name, one in self.people.items())
        rooms = ((str(one.id), name) for name, one in self.rooms.items())
        return dict([*people, *rooms]).get(id, id)

    async def _act(self, line: lines.Line) -> None:
        match line:
            case _ if self.postbox.is_for(line):
                with self.env.time_context():
                    await self.postbox.act(line)
            case lines.SayLine(who, words, where):
                await self._say(who, words, where)
            case lines.PressLine(who, wanted, on):
                await self._press(who, wanted, on)
            case lines.ChooseLine(who, wanted, option, on):
                found = self._thing(who, wanted, on, options=True)
                values = [o["value"] for o in found.options if option in (o["value"], o["label"])]
                await self._take(who, found, values[0])
            case lines.FillLine(who, values):
                await self._fill(who, dict(values))
            case lines.TimeLine(words):
                ahead = lines.read_time(words, self.env.now()) - self.env.now()
                await self.bot.pass_on(seconds=ahead.total_seconds())

    async def _join(
        self, who: str, zone: str = "UTC", locale: str = "en", role: str = "", workspace: str = ""
    ) -> None:
        """Let somebody of this server in, who tells their zone as the bot asks everybody to."""
        if workspace:
            return
        manage = discord.Permissions(manage_guild=role == "coordinator")
        roles = [self.guild.create_role(f"Role of {who}", permissions=manage)]
        self.people[who] = self.guild.add_member(self.env.create_user(who), roles=roles)
        self.eyes[who] = Eyes(locale, zone, self._called)
        self.ledger.names[str(self.people[who].id)] = who
        await self.people[who].slash(self.rooms["general"], "my profile", zone=zone)
        if role == "core":
            first, given = next(iter(self.people.values())), {"person": self.people[who]}
            await first.slash(self.rooms["general"], "community role", role="core", **given)

    def _room(self, name: str) -> ChannelHandle:
        if name not in self.rooms:
            self.rooms[name] = self.guild.create_text_channel(name)
        return self.rooms[name]

    async def _say(self, who: str, words: str, where: str) -> None:
        if where:
            alone = self.people[who].user.dm_channel
            self.where[who] = alone if where == "@" else self._room(where[1:])
        if not words.startswith("/"):
            await self.people[who].send(self.where.get(who, self.rooms["general"]), words)
            return
        head, _, rest = words[1:].partition(" ")
        verb, _, behind = rest.partition(" ")
        name = f"{head}.{verb}" if f"{head}.{verb}" in COMMANDS else head
        await self._command(who, COMMANDS[name], behind if "." in name else rest)

    async def _command(self, who: str, command: Command, words: str) -> None:
        """Give a command; several lines are written in its form, once it is known for what."""
        given = dict(parse_line(words, command.takes).values)
        about = {it.name for it in command.arguments if it.required and it.kind.widget == "look"}
        several = any("\n" in value for value in given.values())
        picked = {one: raw for one, raw in given.items() if one in about or not several}
        name = command.name.replace(".", " ")
        self.shown[who] = await self._slash(who, name, await self._options(who, name, picked))
        if several:
            await self._fill(who, {one: given[one] for one in given.keys() - picked.keys()})

    async def _slash(self, who: str, name: str, options: dict[str, Any]) -> InteractionResult:
        room = self.where.get(who)
        if room is None or room.guild is None:
            found: InteractionResult = await self.people[who].user.slash(name, **options)
            return found
        return await self.people[who].slash(room, name, **options)

    async def _options(self, who: str, name: str, given: Mapping[str, str]) -> dict[str, Any]:
        return {
            option["name"]: await self._option(who, name, option, given[option["name"]])
            for option in self._known(name)
            if option["name"] in given
        }

    def _known(self, name: str) -> list[Body]:
        """List the options Discord shows for a command."""
        head, _, verb = name.partition(" ")
        found: Body = self.world.commands[None][head, 1]
        if verb:
            found = next(one for one in found["options"] if one["name"] == verb)
        return list(found.get("options") or ())

    async def _option(self, who: str, name: str, option: Body, raw: str) -> Any:
        """Give a value as the app does: picked, or taken from what is suggested."""
        if option.get("autocomplete"):
            room = self.where.get(who)
            known = self.people[who].user if room is None or room.guild is None else None
            place = () if known else (room,)
            suggest: Any = (known or self.people[who]).autocomplete
            found = await suggest(*place, name, option["name"], raw)
            return found[0]["value"] if found else raw
        if option["type"] == INTEGER:
            return int(raw)
        return raw == "yes" if option["type"] == BOOLEAN else self._picked(option["type"], raw)

    def _picked(self, kind: int, raw: str) -> Any:
        named = NAMED.fullmatch(raw)
        if kind == CHANNEL and named:
            return self._room(named[2])
        return self.people[named[2]] if kind == USER and named else raw

    async def _press(self, who: str, wanted: str, on: str = "") -> None:
        await self._take(who, self._thing(who, wanted, on))

    async def _take(self, who: str, thing: Control, value: str = "") -> None:
        person = self.people[who] if thing.message.guild else self.people[who].user
        if value := value or thing.value:
            shown = await person.select(thing.message, [value], custom_id=thing.id)
        else:
            shown = await person.click(thing.message, custom_id=thing.id)
        self.shown[who] = shown

    def _thing(self, who: str, wanted: str, on: str = "", *, options: bool = False) -> Control:
        """Find a button or a menu by its label, counts aside, or by its command, newest first."""
        listed = [one for one in self._things(who, on) if bool(one.options) == options]
        for one in listed:
            if one.label == wanted or means(one.call, wanted):
                return one
        raise CannotPlay(f"{who} sees no {wanted!r}: {[one.call for one in listed]}")

    def _things(self, who: str, on: str) -> Iterator[Control]:
        me = self.people[who].id
        for posted in reversed(list(self._posted())):
            room = self.world.get_channel(posted.channel_id)
            mine = posted.visible_to(me) and (room.guild_id or me in room.recipient_ids)
            if mine and on in self.eyes[who].read(texts(parts(posted.components))):
                message = to_discord_message(self.env, posted)
                for part in parts(posted.components):
                    yield from things(message, part)

    async def _fill(self, who: str, values: dict[str, str]) -> None:
        """Fill a form in page by page, and send it off."""
        left = set(values)
        while (shown := self.shown[who]).modal is not None:
            fields = [one["component"] for one in labels(shown.modal)]
            filled = {one["custom_id"]: filled_in(one, values) for one in fields}
            left -= set(filled)
            given = {name: value for name, value in filled.items() if value is not None}
            self.shown[who] = await self._before(who, shown).submit_modal(shown, given)
            on = self._on_kept(self.shown[who], "~open" if left else "~send")
            if on is not None:
                await self._take(who, on)
        assert not left, f"{who} finds no field for {left}"

    def _before(self, who: str, shown: InteractionResult) -> Any:
        """Give the person in the server, or alone with the bot, wherever a form was opened."""
        return self.people[who] if shown._interaction.guild_id else self.people[who].user

    def _on_kept(self, shown: InteractionResult, wanted: str) -> Control | None:
        """Find the button by which one goes on, where a page was kept and there is more."""
        if shown.response is None:
            return None
        message = shown.response.message
        found = (one for part in parts(shown.response.components) for one in things(message, part))
        return next((one for one in found if means(one.call, wanted)), None)


@asynccontextmanager
async def discord_world(url: str, start: datetime) -> AsyncIterator[DiscordSeason]:
    """Open a server with the whole bot in it; nothing may leave that Discord would refuse."""
    ledger, boxes = Sightings(discord.utils.utcnow), Postboxes(discord.utils.utcnow, COMMANDS)
    heard = Overheard(ledger.answered, lambda adapter: Recorded(adapter, ledger), boxes.open)
    async with whole(url, start, heard=heard) as bot:
        yield DiscordSeason(bot, ledger, boxes.opened[0])
        left = bot.server.bodies()
    assert [fault for one in left for fault in wrong(*one)] == []
