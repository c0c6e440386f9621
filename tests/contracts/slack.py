"""Is the world of Slack: a strict one on loopback, and a person's client in it."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from html import escape
from typing import Any

from bot.adapters.slack import Core, Setup, Slack
from bot.chat import Account, MessageRef, Place
from bot.protocol import Adapter, Call, Target
from tests.contracts.adapter import Noticed, Scripted, Seen, SeenForm, World
from tests.fakes.slack import FakePerson, FakeSlack, State
from tests.fakes.slack.seen import rung, seen
from tests.fakes.slack.state import FakeMessage
from tests.toys import toy

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)


class SlackWorld:
    """Two people in a workspace of an organisation; the app speaks over signed HTTP."""

    posts_once = False
    amina = Account("slack", "T0HOME", "UAMINA")
    bruno = Account("slack", "T0HOME", "UBRUNO")
    vanished = Place("slack", "T0HOME", "C0GONE", "gone")

    def __init__(self) -> None:
        self.bot = Scripted()
        self.noticed = Noticed()
        self.state = State()
        self.slack = FakeSlack(self.state)
        for account, name in ((self.amina, "Amina Otieno"), (self.bruno, "Bruno Silva")):
            self.state.person(account.id, name)
        self.place = Place("slack", "T0HOME", self.state.channel("general"), "general")
        self.state.organisation = "E0HOME"
        self.elsewhere = Place("slack", "T0HOME", self.state.channel("far", host="T0FAR"), "far")
        self.people = {id: FakePerson(self.slack, id) for id in self.state.users}
        self.errors: dict[str, str] = {}

    @property
    def adapter(self) -> Adapter:
        return self.app

    async def begin(self) -> None:
        """Connect an app."""
        self.app = self._made()
        await self.app.start()
        assert self.app.http is not None
        self.slack.url = f"http://127.0.0.1:{self.app.http.port}/slack/events"

    def _made(self) -> Slack:
        state = self.state
        setup = Setup(
            bot_token=state.token,
            signing_secret=state.secret,
            mode="http",
            port=0,
            api_url=self.slack.api_url,
        )
        names = [command.name for command in toy.commands.values()]
        core = Core(self.bot, _nothing, lambda: NOW, names, presence=self.noticed.presence)
        return Slack(setup, core)

    async def settled(self) -> None:
        """Wait until the app has done what it does behind its acknowledgements."""
        while self.app.work:
            await asyncio.wait(self.app.work)
        assert self.state.complaints == []

    async def see(self, target: Target, who: Account) -> list[Seen]:
        channel = f"D{target.id[1:]}" if isinstance(target, Account) else target.channel
        thread = "" if isinstance(target, Account) else target.thread
        visible = [one for one in self.state.visible(who.id) if one.channel == channel]
        here = [one for one in visible if one.thread == thread]
        below = [one for one in visible if one.files and one.thread in [m.ts for m in here]]
        return [self._seen(one) for one in reversed([*below, *here])]

    def _seen(self, posted: FakeMessage) -> Seen:
        things = [
            e for block in posted.blocks if block["type"] == "actions" for e in block["elements"]
        ]
        menus: dict[str, list[str]] = {}
        for menu in (thing for thing in things if thing["type"] == "static_select"):
            listed = [option["text"]["text"] for option in menu["options"]]
            menus.setdefault(menu["placeholder"]["text"], []).extend(listed)
        labels = [thing["text"]["text"] for thing in things if thing["type"] == "button"]
        files = {
            f["name"]: f["content"] for f in self.state.files.values() if f["name"] in posted.files
        }
        return Seen(seen(posted.blocks), labels, menus, files)

    async def rung(self) -> set[str]:
        return {
            id for posted in self.state.messages for id in rung(posted.blocks) if not posted.only
        }

    async def say_command(self, who: Account, command: str, **args: str) -> None:
        options = " ".join(f'{name}="{value}"' for name, value in args.items())
        words = f"{command.replace('.', ' ')} {options}"
        await self.people[who.id].slash(words, self.place.channel)
        await self.settled()

    async def type(self, who: Account, words: str) -> None:
        # Slack makes mentions of what it knows; all else arrives escaped.
        await self.people[who.id].slash(escape(words, quote=False), self.place.channel)
        await self.settled()

    async def write(self, who: Account, words: str) -> None:
        await self.people[who.id].say(words, f"D{who.id[1:]}", "message")
        await self.settled()

    async def press(self, who: Account, label: str) -> None:
        await self.people[who.id].press(label)
        await self.settled()

    async def choose(self, who: Account, label: str, option: str) -> None:
        await self.people[who.id].choose(label, option)
        await self.settled()

    async def form(self, who: Account) -> SeenForm | None:
        if who.id not in self.state.open:
            return None
        person = self.people[who.id]
        body = person.submission_body(person.modal, self.filled if self.errors else {})
        held = body["view"]["state"]["values"]
        values = {name: _held(block[name]) for name, block in held.items()}
        inputs = [block for block in body["view"]["blocks"] if block["type"] == "input"]
        labels = {block["block_id"]: block["label"]["text"] for block in inputs}
        return SeenForm(values, self.errors, labels, seen(body["view"]["blocks"]))

    async def submit(self, who: Account, **values: str) -> None:
        self.filled = values
        ack = await self.people[who.id].submit(**values)
        self.errors = dict(ack.get("errors", {}))
        await self.settled()

    async def restart(self) -> None:
        await self.app.stop()
        await self.begin()

    async def posting_only(self) -> Adapter:
        app = self._made()
        await app.start(listen=False)
        return app

    async def delete(self, words: str) -> None:
        there = [one for one in self.state.messages if one.channel == self.place.channel]
        there = [one for one in there if not one.only and not one.thread]
        posted = [one for one in there if words in seen(one.blocks)]
        self.state.messages.remove(posted[-1])

    async def close_channel(self) -> None:
        self.state.messages = [m for m in self.state.messages if m.channel != self.place.channel]
        del self.state.channels[self.place.channel]

    def thread(self, ref: MessageRef) -> Place:
        return Place("slack", "T0HOME", self.place.channel, "general", ref.id)

    async def leave(self, who: Account) -> None:
        await self._changed(who, "user_change", deleted=True)

    async def come_back(self, who: Account) -> None:
        await self._changed(who, "team_join", deleted=False)

    async def _changed(self, who: Account, kind: str, *, deleted: bool) -> None:
        await self.slack.event({"type": kind, "user": {"id": who.id, "deleted": deleted}})
        await self.settled()

    async def is_there(self, who: Account) -> bool:
        return self.noticed.is_there(who)


def _held(state: Mapping[str, Any]) -> str:
    chosen = (state.get("selected_option") or {}).get("value")
    return str(state.get("value") or state.get("selected_user") or chosen or "")


async def _nothing(call: Call, option: str, typed: str) -> tuple[tuple[str, str], ...]:
    return ()


@asynccontextmanager
async def slack_world() -> AsyncIterator[World]:
    """Open the world of Slack."""
    world = SlackWorld()
    await world.slack.start()
    await world.begin()
    yield world
    await world.app.stop()
    await world.slack.stop()
