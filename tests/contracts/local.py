"""Is the world of the local platform."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any

from bot.adapters.local import Clock, LocalPlatform, Shown, Stage, lines
from bot.chat import Account, MessageRef, Place
from bot.protocol import Adapter, Target
from tests.contracts.adapter import Noticed, Scripted, Seen, SeenForm
from tests.toys import toy


class MemoryStore:
    """A store that lasts as long as the test."""

    def __init__(self) -> None:
        self.things: dict[str, Any] = {}

    async def load(self) -> Mapping[str, Any]:
        return self.things

    async def save(self, things: Mapping[str, Any]) -> None:
        self.things |= things
        for name in [name for name, thing in self.things.items() if thing is None]:
            del self.things[name]


class LocalWorld:
    """Two people in one process."""

    posts_once = True
    amina, bruno = Account("local", "local", "amina"), Account("local", "local", "bruno")
    place = Place("local", "local", "general", "general")
    vanished = Place("local", "local", "gone", "gone")
    elsewhere = Place("local", "local", "far", "far")

    def __init__(self) -> None:
        self.bot = Scripted()
        self.noticed = Noticed()
        self.store = MemoryStore()
        self.clock = Clock(datetime(2026, 11, 2, 8, tzinfo=UTC))
        self._begin()

    @property
    def adapter(self) -> Adapter:
        return self.local

    def _begin(self) -> None:
        self.local = LocalPlatform(self.bot, self.clock.now, _unseen, self.store)
        self.local.presence = self._noted
        self.stage = Stage(self.local, [command.name for command in toy.commands.values()])

    async def _noted(self, who: Account, there: bool) -> None:
        await self.noticed.presence(who.workspace, who.id, there)

    async def see(self, target: Target, who: Account) -> list[Seen]:
        alone = isinstance(target, Account)
        place = self.local.place("") if isinstance(target, Account) else target
        here = [one for one in self.local.visible(who.id) if one.place == place]
        return [_seen(one.shown) for one in reversed(here) if one.person or not alone]

    async def rung(self) -> set[str]:
        return {id for posted in self.local.messages.values() for id in posted.shown.rings}

    async def say_command(self, who: Account, command: str, **args: str) -> None:
        options = " ".join(f'{name}="{value}"' for name, value in args.items())
        words = f"/{command.replace('.', ' ')} {options}"
        await self.stage.say(lines.SayLine(who.id, words, "#general"))

    async def type(self, who: Account, words: str) -> None:
        await self.stage.say(lines.SayLine(who.id, f"/{words}", "@"))

    async def write(self, who: Account, words: str) -> None:
        await self.stage.say(lines.SayLine(who.id, words, "@"))

    async def press(self, who: Account, label: str) -> None:
        await self.stage.press(lines.PressLine(who.id, label))

    async def choose(self, who: Account, label: str, option: str) -> None:
        await self.stage.choose(lines.ChooseLine(who.id, label, option))

    async def form(self, who: Account) -> SeenForm | None:
        opened = self.local.forms.get(who.id)
        if opened is None:
            return None
        fields = opened.form.fields
        values, errors = {f.name: f.value for f in fields}, {f.name: f.error for f in fields}
        return SeenForm(values, errors, {f.name: f.label for f in fields}, opened.form.intro)

    async def submit(self, who: Account, **values: str) -> None:
        await self.stage.fill(lines.FillLine(who.id, values))

    async def restart(self) -> None:
        await self.local.stop()
        self._begin()
        await self.local.start()

    async def posting_only(self) -> Adapter:
        await self.local.stop()
        self._begin()
        await self.local.start(listen=False)
        return self.local

    async def delete(self, words: str) -> None:
        there = {id: m for id, m in self.local.messages.items() if m.to == "#general"}
        shown = {id: _seen(m.shown) for id, m in there.items() if not m.place.thread}
        del self.local.messages[[id for id, one in shown.items() if words in one.words][-1]]

    async def close_channel(self) -> None:
        self.local.messages.clear()
        self.local.channels.clear()

    def thread(self, ref: MessageRef) -> Place:
        return Place("local", "local", "general", "general", ref.id)

    async def leave(self, who: Account) -> None:
        await self.stage.leave(lines.LeaveLine(who.id))

    async def come_back(self, who: Account) -> None:
        await self.stage.join(lines.JoinLine(who.id, {}))

    async def is_there(self, who: Account) -> bool:
        return self.noticed.is_there(who)


def _unseen(_: Shown) -> None:
    """Nobody looks at the screens: the messages are asked for."""


def _seen(shown: Shown) -> Seen:
    menus = {menu.label: [option.label for option in menu.options] for menu in shown.choices}
    return Seen(
        f"{shown.title}\n{shown.text}",
        [button.label for button in shown.buttons],
        menus,
        {file.name: file.content for file in shown.files},
    )


@asynccontextmanager
async def local_world() -> AsyncIterator[LocalWorld]:
    """Open the world of the local platform."""
    world = LocalWorld()
    await world.adapter.start()
    for name in ("amina", "bruno"):
        await world.stage.join(lines.JoinLine(name, {"zone": "Africa/Nairobi", "locale": "en"}))
    world.local.channel("general")
    await world.stage.join(lines.JoinLine("zuri", {"workspace": "riverside"}))
    world.local.channel("far", workspace="riverside")
    world.bot.calls.clear()
    yield world
    await world.adapter.stop()
