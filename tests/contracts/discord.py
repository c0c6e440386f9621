"""Is the world of Discord: a simulated server, with discord.py's own machinery before it."""

import asyncio
import re
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager
from typing import Any

import discord
from simcord.actors import MemberActor
from simcord.builders import ChannelHandle
from simcord.http import FakeHTTPClient
from simcord.results import InteractionResult

from bot.adapters.discord import Discord
from bot.chat import Account, MessageRef, Place
from bot.protocol import Adapter, LooksUp, Target
from tests.contracts.adapter import Scripted, Seen, SeenForm, World
from tests.fakes.discord_seen import Body, labels, parts, unmarked
from tests.fakes.discord_server import SETTINGS, House, Server, server
from tests.fakes.discord_spec import wrong
from tests.toys import toy

MENTION = re.compile(r"<@(\d+)>")


class DiscordWorld:
    """Two people in a server."""

    posts_once = False
    """Discord does promise it for a few minutes; what it is simulated by does not."""

    def __init__(self, opened: Server, house: House, bot: Scripted) -> None:
        self.opened = opened
        self.house = house
        self.bot = bot
        self.adapter: Adapter = opened.adapter
        workspace = opened.workspace
        self.place = Place("discord", workspace, str(opened.channel.id), "general")
        self.vanished = Place("discord", workspace, "111111111111111111", "gone")
        far = opened.env.create_guild("Far").create_text_channel("secret")
        self.elsewhere = Place("discord", workspace, str(far.id), "secret")
        self.amina = Account("discord", workspace, str(opened.amina.id))
        self.bruno = Account("discord", workspace, str(opened.bruno.id))
        self.shown: dict[str, InteractionResult] = {}
        house.known = {one.id: (workspace,) for one in (self.amina, self.bruno)}

    def _who(self, account: Account) -> MemberActor:
        return self.opened.amina if account == self.amina else self.opened.bruno

    def _room(self, target: Target, who: MemberActor) -> ChannelHandle:
        if isinstance(target, Account):
            return who.user.dm_channel
        threads = {str(one.id): one for one in self.opened.channel.threads}
        return threads[target.thread] if target.thread else self.opened.channel

    async def see(self, target: Target, who: Account) -> list[Seen]:
        person = self._who(who)
        viewer: Any = person.user if isinstance(target, Account) else person
        history = self._room(target, person).history(viewer=viewer)
        ours = [one for one in history if one.type is not discord.MessageType.thread_created]
        return [await _seen(one) for one in ours]

    async def rung(self) -> set[str]:
        found: set[str] = set()
        for _, _, body in self.opened.bodies("/messages"):
            mentions = body["allowed_mentions"]
            assert not mentions.get("parse"), mentions
            named = set(MENTION.findall(str(body["components"])))
            found |= named & {str(one) for one in mentions.get("users", [])}
        return found

    async def say_command(self, who: Account, command: str, **args: str) -> None:
        name = command.replace(".", " ")
        shown = await self._who(who).slash(self.opened.channel, name, **args)
        self.shown[who.id] = shown

    async def type(self, who: Account, words: str) -> None:
        await self._who(who).send_dm(words)

    async def write(self, who: Account, words: str) -> None:
        await self._who(who).send_dm(words)

    async def press(self, who: Account, label: str) -> None:
        person = self._who(who)
        message, one = self._newest(person, label)
        if one["type"] == 2:
            shown = await _room_of(person, message).click(message, custom_id=one["custom_id"])
        else:
            value = next(o["value"] for o in one["options"] if o["label"] == label)
            shown = await person.select(message, [value], custom_id=one["custom_id"])
        self.shown[who.id] = shown

    def _newest(self, person: MemberActor, label: str) -> tuple[discord.Message, Body]:
        alone = person.user.dm_channel.history(viewer=person.user)
        seen = [*self.opened.channel.history(viewer=person), *alone]
        for message in sorted(seen, key=lambda one: one.id, reverse=True):
            for part in _parts(message):
                named = [part.get("label"), *(o["label"] for o in part.get("options", ()))]
                if label in named:
                    return message, part
        raise AssertionError(f"no {label!r} to press")

    async def choose(self, who: Account, label: str, option: str) -> None:
        person = self._who(who)
        message, part = self._newest(person, option)
        value = next(one["value"] for one in part["options"] if one["label"] == option)
        self.shown[who.id] = await person.select(message, [value], custom_id=part["custom_id"])

    async def form(self, who: Account) -> SeenForm | None:
        modal = await self._modal(who)
        if modal is None:
            return None
        fields = {one["component"]["custom_id"]: one for one in labels(modal)}
        told = {name: str(one.get("description") or "") for name, one in fields.items()}
        errors = {name: words.removeprefix("⚠ ") for name, words in told.items()}
        values = {name: _value(one) for name, one in fields.items()}
        words = "\n".join(one["content"] for one in modal["components"] if one["type"] == 10)
        return SeenForm(values, errors, {n: str(f["label"]) for n, f in fields.items()}, words)

    async def _modal(self, who: Account) -> dict[str, Any] | None:
        """Give the form that is open; where a button opens it, press that."""
        shown = self.shown.get(who.id)
        if shown and shown.modal is None and shown.response:
            for part in list(_parts(shown.response.message)):
                if str(part.get("custom_id")).startswith("~open?"):
                    await self.press(who, str(part["label"]))
        shown = self.shown.get(who.id)
        return shown.modal if shown else None

    async def submit(self, who: Account, **values: str) -> None:
        modal = await self._modal(who)
        assert modal is not None
        fields = {one["component"]["custom_id"]: one for one in labels(modal)}
        filled = {n: self._held(one, values.get(n, _value(one))) for n, one in fields.items()}
        person = self._who(who)
        self.shown[who.id] = await person.submit_modal(self.shown[who.id], filled)

    def _held(self, label: Mapping[str, Any], value: str) -> Any:
        """Give what a field holds as the simulation takes it: in lists where it is chosen."""
        known = {self.amina.id: self.opened.amina, self.bruno.id: self.opened.bruno}
        if label["component"]["type"] == discord.ComponentType.file_upload.value:
            return [("notes.txt", value.encode())] if value else []
        if "options" in label["component"]:
            return [value] if value else []
        return [known[value]] if value in known else value

    async def restart(self) -> None:
        fresh = Discord(SETTINGS, self.house.dependencies)
        await self.opened.env.restart_bot(fresh.client)
        self.opened.adapter = self.adapter = fresh

    async def posting_only(self) -> Adapter:
        env, loop = self.opened.env, asyncio.get_running_loop()
        fresh = Discord(SETTINGS, self.house.dependencies)
        # The simulation connects one client at a time; this one is given the same server to ask.
        fresh.client.http = FakeHTTPClient(env.backend, loop)
        fresh.client._connection.http = fresh.client.http
        await fresh.start(listen=False)
        return fresh

    async def delete(self, words: str) -> None:
        posted = [one for one in self.opened.posted() if words in str(list(_parts(one)))]
        self.opened.env.backend.delete_message(self.opened.channel.id, posted[-1].id)

    def added_to(self, thread: Place) -> set[str]:
        """Give the ids of those who were added to a thread."""
        members = self.opened.env.backend.get_channel(int(thread.thread)).thread_members
        return {self.amina.id, self.bruno.id} & {str(id) for id in members}

    async def close_channel(self) -> None:
        self.opened.env.backend.delete_channel(self.opened.channel.id)

    def thread(self, ref: MessageRef) -> Place:
        message = next(one for one in self.opened.posted() if str(one.id) == ref.id)
        channel, me = self.opened.channel.id, message.author.id
        made = self.opened.env.backend.create_thread(channel, "Topic", me, message_id=message.id)
        return Place("discord", self.opened.workspace, ref.place.channel, "general", str(made.id))

    async def leave(self, who: Account) -> None:
        self.opened.env.backend.remove_member(int(who.workspace), int(who.id))

    async def come_back(self, who: Account) -> None:
        self.opened.env.backend.add_member(int(who.workspace), int(who.id))

    async def is_there(self, who: Account) -> bool:
        assert isinstance(self.adapter, LooksUp)
        return await self.adapter.is_there(who)


def _room_of(person: MemberActor, message: discord.Message) -> Any:
    return person if message.guild else person.user


def _parts(message: discord.Message) -> Iterator[Body]:
    yield from parts(component.to_dict() for component in message.components)


def _value(label: Mapping[str, Any]) -> str:
    component = label["component"]
    chosen = [one["value"] for one in component.get("options", ()) if one.get("default")]
    chosen += [str(one["id"]) for one in component.get("default_values", ())]
    return ",".join(chosen) or str(component.get("value") or "")


async def _seen(message: discord.Message) -> Seen:
    found = list(_parts(message))
    files = {one.filename: await one.read() for one in message.attachments}
    texts = [unmarked(part["content"]) for part in found if part["type"] == 10]
    galleries = (one for part in found if part["type"] == 12 for one in part["items"])
    texts += [one["description"] for one in galleries if one.get("description")]
    whole = files.pop("text.txt", b"").decode()
    buttons = [part["label"] for part in found if part["type"] == 2]
    gathered = [one for part in found if part["type"] == 3 for one in _gathered(part)]
    menus = {
        f"{part['placeholder']} {place}": [one["label"] for one in part["options"]]
        for place, part in enumerate(found)
        if part["type"] == 3 and not _gathered(part)
    }
    return Seen("\n".join((*texts, whole)), [*buttons, *gathered], menus, files)


def _gathered(menu: Mapping[str, Any]) -> list[str]:
    """Give the buttons that stand in a menu, since there were too many of them."""
    ours = str(menu["custom_id"]).startswith("~more")
    return [one["label"] for one in menu["options"]] if ours else []


@asynccontextmanager
async def discord_world() -> AsyncIterator[World]:
    """Open the world of Discord; nothing may leave it that Discord would refuse."""
    bot = Scripted()
    async with server(bot, [toy]) as (opened, house):
        yield DiscordWorld(opened, house, bot)
        assert [fault for one in opened.bodies() for fault in wrong(*one)] == []
