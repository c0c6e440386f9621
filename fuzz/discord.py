"""Brings Discord's interactions and events to the whole bot, mutated from what Discord sends."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import AsyncExitStack, contextmanager
from typing import Any

from simcord.actors import MemberActor, _dispatch_actor_interaction
from simcord.backend import serializers

from bot.adapters.discord.tree import tree
from bot.app.parts import all_groups
from fuzz.area import Take, ensure
from fuzz.dice import Dice
from fuzz.options import BY_NAME, COMMANDS, options, typed
from fuzz.worlds import database, sound
from tests.chatting import START
from tests.fakes.discord_seen import parts
from tests.fakes.discord_server import WholeBot, whole
from tests.fakes.discord_spec import wrong

Body = dict[str, Any]
COMMAND, PRESS, TYPING, SENT_OFF = 2, 3, 4, 5
KEPT = ("id", "token", "type", "application_id")
"""What the Discord that is simulated has to find again."""
OPTION = {"person": 6, "place": 7, "number": 4, "yesno": 5}
EVENTS = ("GUILD_CREATE", "GUILD_UPDATE", "CHANNEL_CREATE", "CHANNEL_UPDATE", "CHANNEL_DELETE",
          "GUILD_MEMBER_UPDATE", "MESSAGE_CREATE", "MESSAGE_DELETE", "THREAD_CREATE",
          "GUILD_ROLE_UPDATE", "TYPING_START", "NO_SUCH_EVENT")  # fmt: skip
MENUS = [one["name"] for one in tree(all_groups()) if one.get("type", 1) != 1]


@contextmanager
def world(dice: Dice) -> Iterator[Take]:
    """Give a server with the whole bot in it."""
    with database() as url, asyncio.Runner() as runner:
        stack = AsyncExitStack()
        bot = runner.run(stack.enter_async_context(whole(url, START)))
        gateway = Gateway(bot, runner)
        runner.run(gateway.begin())
        yield gateway.take
        sound(bot.storage.engine)
        bot.server.env._errors.clear()  # what discord.py hands on is in the log
        runner.run(stack.aclose())


class Gateway:
    """What comes in from Discord."""

    def __init__(self, bot: WholeBot, runner: asyncio.Runner) -> None:
        self.bot = bot
        self.runner = runner
        self.server = bot.server
        self.env = bot.server.env
        self.there = self.env.backend
        self.people = (self.server.amina, self.server.bruno)
        self.mentions = [str(one.id) for one in self.people] + [str(self.server.channel.id), "1"]
        self.modals: dict[int, Body] = {}
        self.dice = Dice(0)
        self.parsers = self.env.bot._connection.parsers

    async def begin(self) -> None:
        """Have something to press, and to ask for."""
        when = {"title": "Budgets", "when": "2026-11-10 15:00"}
        await self.server.slash(self.server.amina, "session plan", **when)
        await self.server.slash(self.server.bruno, "my week")
        self.parsers["INTERACTION_CREATE"] = self._mutated(self.parsers["INTERACTION_CREATE"])

    def _mutated(self, read: Callable[[Any], None]) -> Callable[[Any], None]:
        """Change an interaction just before it is read, but for what names it."""

        def reading(told: Body) -> None:
            if self.dice.one_in(2):
                told["data"] = self.dice.mutated(told["data"])
            if self.dice.one_in(5) and isinstance(changed := self.dice.mutated(told), dict):
                told = changed | {name: told[name] for name in KEPT}
            read(told)

        return reading

    def take(self, dice: Dice) -> None:
        """Bring one thing in, and see what goes out."""
        self.dice = dice
        before = len(self.env.http_requests)
        self.runner.run(self._take(dice))
        for one in list(self.env.http_requests)[before:]:
            if isinstance(one.json, dict):
                self._seemly(one.method, one.path, one.json)

    def _seemly(self, method: str, path: str, body: Body) -> None:
        """Ensure that Discord takes what goes out, and that nobody is rung who was not named."""
        faults = wrong(method, path, body)
        ensure(not faults, f"Discord refuses {faults[:3]}")
        mentions = body.get("data", body).get("allowed_mentions") or {}
        ensure(not mentions.get("parse"), f"everybody may be rung: {mentions}")

    async def _take(self, dice: Dice) -> None:
        makers = (self._command, self._command, self._press, self._press, self._form, self._typing,
                  self._menu, self._write, self._event)  # fmt: skip
        await dice.choice(makers)(dice.choice(self.people), dice)

    async def _interaction(
        self, who: MemberActor, dice: Dice, kind: int, sent: Body, **about: Any
    ) -> None:
        alone = dice.one_in(5) and not about
        actor, channel = (who.user, who.user.dm_channel) if alone else (who, self.server.channel)
        result = await _dispatch_actor_interaction(actor, kind, channel, sent, **about)
        if result.modal:
            self.modals[who.id] = result.modal

    def _options(self, dice: Dice) -> tuple[str, list[Body]]:
        """Give a command with options of the types Discord has for them."""
        command = dice.choice(COMMANDS)
        values = options(command, {}, self.mentions, dice)
        widgets = {one.name: one.kind.widget for one in command.arguments}
        given = [
            {"name": name, "type": OPTION.get(widgets.get(name, ""), 3), "value": value}
            for name, value in values.items()
        ]
        return command.name, given

    def _slash(self, dice: Dice) -> Body:
        name, given = self._options(dice)
        group, _, verb = name.partition(".")
        inside = [{"name": verb, "type": 1, "options": given}] if verb else given
        people = {str(one.id): {"id": str(one.id), "username": "x"} for one in self.people}
        resolved = {"users": people, "members": {id: {"nick": dice.words()[:32]} for id in people}}
        return {"id": "1", "name": group, "type": 1, "options": inside, "resolved": resolved}

    async def _command(self, who: MemberActor, dice: Dice) -> None:
        await self._interaction(who, dice, COMMAND, self._slash(dice))

    async def _typing(self, who: MemberActor, dice: Dice) -> None:
        sent = self._slash(dice)
        options: list[Body] = sent["options"] or [{"name": "x", "type": 3, "value": ""}]
        inner = options[0].get("options") or options
        dice.choice(inner)["focused"] = True
        await self._interaction(who, dice, TYPING, sent | {"options": options})

    async def _menu(self, who: MemberActor, dice: Dice) -> None:
        message = {
            "id": "9",
            "channel_id": "7",
            "content": dice.words(),
            "author": {"id": str(who.id)},
        }
        resolved = {"messages": {"9": message}, "users": {str(who.id): {"username": dice.words()}}}
        target = dice.choice(("9", str(who.id)))
        name = dice.choice(MENUS) if MENUS else "x"
        sent = {"id": "1", "name": name, "type": dice.choice((2, 3)), "target_id": target}
        await self._interaction(who, dice, COMMAND, sent | {"resolved": resolved})

    async def _press(self, who: MemberActor, dice: Dice) -> None:
        posted = [m for m in self.there.messages[self.server.channel.id].values() if m.components]
        if not posted:
            await self._command(who, dice)
            return
        message = dice.choice(posted[-20:])
        things = [one for one in parts(message.components) if "custom_id" in one]
        if not things:
            return
        thing = dice.choice(things)
        id = str(thing["custom_id"])
        if dice.one_in(2):
            id = dice.damaged(id if dice.one_in(2) else f"{dice.choice(COMMANDS).name}?session=1")
        values = [dice.choice(thing["options"])["value"]] if "options" in thing else []
        values = [dice.value()] if values and dice.one_in(3) else values
        sent = {"custom_id": id, "component_type": thing["type"]} | (
            {"values": values} if values else {}
        )
        shown = dict(serializers.message_payload(self.there, message))
        more = {"extra": {"message": shown}, "source_message_id": message.id}
        await self._interaction(who, dice, PRESS, sent, **more)

    async def _form(self, who: MemberActor, dice: Dice) -> None:
        modal = self.modals.get(who.id)
        if modal is None:
            await self._command(who, dice)
            return
        command = BY_NAME[dice.choice(COMMANDS).name]
        values = options(command, {}, self.mentions, dice)
        rows = [one for one in modal["components"] if "component" in one]
        for row in rows:
            part = row["component"]
            value = values.get(str(part["custom_id"])) or dice.value()
            part |= {"value": value} if part["type"] == 4 else {"values": [value]}
        filled = [{"type": 18, "component": row["component"]} for row in rows]
        await self._interaction(
            who, dice, SENT_OFF, {"custom_id": modal["custom_id"], "components": filled}
        )

    async def _write(self, who: MemberActor, dice: Dice) -> None:
        command, given = self._options(dice)
        words = typed(command, {one["name"]: str(one["value"]) for one in given}, dice)
        said = words if dice.one_in(2) else f"x {dice.words()}"
        await who.send_dm(said[:2000].strip() or "x")

    async def _event(self, who: MemberActor, dice: Dice) -> None:
        channel = self.there.get_channel(self.server.channel.id)
        told = dict(serializers.channel_payload(self.there, channel))
        told |= {
            "user": {"id": str(who.id)},
            "guild_id": self.server.workspace,
            "content": dice.words(),
        }
        parser = self.parsers.get(dice.choice(EVENTS))
        if parser is not None:
            parser(dice.mutated(told | {"id": "77", "channel_id": "7"}))
        await self.env._settle_internal()
