"""A Slack as a season is played in it: people type, press, choose and fill in what lines say."""

import asyncio
import re
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.adapters.local import Clock, lines
from bot.adapters.slack import Core, Setup, Slack
from bot.adapters.slack.filled import raw
from bot.app.parts import all_groups
from bot.chat import decoded
from bot.commands import Command
from bot.dispatcher import Dispatcher
from bot.protocol import Adapter, Answer, Call
from bot.scheduler.computing import at_once
from bot.scheduler.outbox import Outbox
from storage import Storage
from tests.fakes.slack.client import Element, FakePerson
from tests.fakes.slack.seen import seen
from tests.fakes.slack.state import TEAM, FakeMessage, State
from tests.fakes.slack.workspace import FakeSlack
from tests.following import Twice
from tests.seasons.ledger import Recorded, Sightings
from tests.seasons.postbox import Postbox
from tests.seasons.worlds import CannotPlay

SOON = timedelta(seconds=3)
NAMED = re.compile(r"(?<![\w<])([@#])([\w-]+)")


class SlackSeason:
    """A Slack with the whole bot in it, on a clock that stands still until it is moved."""

    def __init__(self, url: str, start: datetime) -> None:
        self.storage = Storage(url)
        self.clock = Clock(start)
        self.state = State()
        self.slack = FakeSlack(self.state)
        self.people: dict[str, FakePerson] = {}
        self.roles: dict[str, str] = {}
        self.where: dict[str, str] = {}
        self.dispatcher = Dispatcher(self.storage, all_groups())
        commands = self.dispatcher.commands
        self.postbox = Postbox(self.storage, self._answer, self.clock.now, commands)
        self.dispatcher.platforms = {"mail": self.postbox.adapter}
        self.following = Twice()
        self.ledger = Sightings(self.clock.now)

    @property
    def commands(self) -> Mapping[str, Command]:
        """The commands there are."""
        return self.dispatcher.commands

    async def start(self) -> None:
        """Begin to serve, and connect the bot."""
        await self.slack.start()
        setup = Setup(
            bot_token=self.state.token,
            signing_secret=self.state.secret,
            mode="http",
            port=0,
            api_url=self.slack.api_url,
        )
        names = self.dispatcher.commands
        core = Core(self._answer, self.dispatcher.complete, self.clock.now, names)
        self.app = Slack(setup, core)
        both: dict[str, Adapter] = {"slack": self.app, "mail": self.postbox.adapter}
        adapters = {name: Recorded(one, self.ledger) for name, one in both.items()}
        self.outbox = Outbox(self.storage, self.dispatcher.notices, adapters, self.clock.now)
        self.outbox.timers.known = self.dispatcher.timers
        self.outbox.jobs.known = self.dispatcher.jobs
        self.outbox.jobs.compute = at_once
        self.following.watch(self.dispatcher, self.outbox)
        await self.app.start()
        assert self.app.http is not None
        self.slack.url = f"http://127.0.0.1:{self.app.http.port}/slack/events"

    async def stop(self) -> None:
        """Close everything."""
        await self.app.stop()
        await self.slack.stop()
        self.storage.close()

    async def _answer(self, call: Call) -> Answer:
        answer = await self.dispatcher.answer(call)
        self.ledger.answered(call, answer)
        return answer

    async def play(self, line: str) -> Mapping[str, str]:
        """Carry a line out; gives what it showed, by `#channel` and `@person`.

        Raises CannotPlay.
        """
        before = {posted.ts: posted.edits for posted in self.state.messages}
        views = {id: view["hash"] for id, view in self.state.views.items()}
        read = lines.read_line(line)
        if read is not None:
            await self._act(read)
        self.following.check()
        assert self.state.complaints == [], line
        shown = dict(self.postbox.shown())
        for posted in self.state.messages:
            if before.get(posted.ts) != posted.edits:
                to = self._to(posted)
                words = (self._words(posted.blocks), *self._files(posted))
                shown[to] = "\n".join((shown.get(to, ""), *words))
        for name, person in self.people.items():
            id = self.state.open.get(person.id, "")
            if id and views.get(id) != self.state.views[id]["hash"]:
                words = (self._words(person.modal["blocks"]), *_values(person))
                shown[f"@{name}"] = "\n".join((shown.get(f"@{name}", ""), *words))
        return shown

    def _to(self, posted: FakeMessage) -> str:
        person = posted.only or (f"U{posted.channel[1:]}" if posted.channel[0] == "D" else "")
        return (
            f"@{person[1:].lower()}" if person else f"#{self.state.channels[posted.channel].name}"
        )

    def _files(self, posted: FakeMessage) -> Iterator[str]:
        """Give what stands in the files of a message."""
        for file in self.state.files.values():
            if file["name"] in posted.files:
                yield file["content"].decode(errors="replace")

    def _words(self, blocks: Sequence[dict[str, object]]) -> str:
        """Give the words of blocks, people under the names they have here."""
        said = seen(blocks)
        for person in self.people.values():
            said = said.replace(f"@{person.id}", f"@{person.id[1:].lower()}")
        fields = [b["label"]["text"] for b in blocks if b["type"] == "input"]  # type: ignore[index]
        return "\n".join((said, *fields)).replace("\u202f", " ").replace("\xa0", " ")

    async def _act(self, line: lines.Line) -> None:
        match line:
            case _ if self.postbox.is_for(line):
                await self.postbox.act(line)
            case lines.JoinLine(who, options):
                self._join(who, **options)
            case lines.SayLine(who, words, where):
                await self._say(who, words, where)
            case lines.PressLine(who, wanted, on):
                await self._press(who, wanted, on)
            case lines.ChooseLine(who, wanted, option, on):
                found = self._thing(who, wanted, "static_select", on)
                await self.people[who].choose_in(found, option)
            case lines.FillLine(who, values):
                ack = await self.people[who].submit(**self._filled(who, dict(values)))
                assert ack.get("response_action") != "errors", ack
            case lines.TimeLine(words):
                await self._reach(lines.read_time(words, self.clock.now()))
                self.clock.step(lines.read_time(words, self.clock.now()))
        await self._settled()
        await self._reach(self.clock.now() + SOON)

    def _join(
        self, name: str, zone: str = "UTC", locale: str = "en", role: str = "", workspace: str = ""
    ) -> None:
        """Let somebody in; only the local chat has people of another workspace."""
        if workspace:
            return
        id = self.state.person(
            f"U{name.upper()}", name, tz=zone, locale=locale, is_admin=role == "coordinator"
        )
        self.people[name], self.roles[name] = FakePerson(self.slack, id), role
        self.ledger.names[id] = name
        for channel in self.state.channels.values():
            if channel.id[0] == "C":
                channel.members.add(id)

    def _channel(self, name: str) -> str:
        found = [one.id for one in self.state.channels.values() if one.name == name]
        return found[0] if found else self.state.channel(name)

    async def _say(self, who: str, words: str, where: str) -> None:
        person = self.people[who]
        if where:
            direct = where == "@"
            self.where[who] = self.state.direct(person.id) if direct else self._channel(where[1:])
        channel = self.where.get(who) or self.state.direct(person.id)
        self._appoint(who)
        if words.startswith("/"):
            escaped = words[1:].replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
            await person.slash(NAMED.sub(self._named, escaped), channel)
        else:
            await person.say(words, channel, "message")

    def _named(self, found: re.Match[str]) -> str:
        sign, name = found.groups()
        if sign == "#":
            return f"<#{self._channel(name)}|{name}>"
        return f"<@{self.people[name].id}|{name}>" if name in self.people else found[0]

    def _appoint(self, who: str) -> None:
        """Have somebody in the core group, which Slack knows nothing of."""
        if self.roles[who] != "core":
            return
        with self.storage.write() as transaction:
            now = self.clock.now()
            home = transaction.community_at("slack", TEAM, now, "en", "UTC")
            members = transaction.records(home.id).members
            members.meet("slack", TEAM, self.people[who].id, who, now).role = "core"
        self.roles[who] = ""

    async def _press(self, who: str, wanted: str, on: str) -> None:
        self._appoint(who)
        await self.people[who].press_on(self._thing(who, wanted, "button", on))

    def _thing(self, who: str, wanted: str, kind: str, on: str) -> Element:
        """Find a button or menu by its label, counts aside, or by its command."""
        every = [one for one in self.people[who].things() if one.element["type"] == kind]
        listed = [one for one in every if not on or self._stands(one, on)]
        for one in listed:
            if one.label == wanted or _means(_call(one), wanted):
                return one
        raise CannotPlay(f"{who} sees no {wanted!r}: {[_call(one) for one in listed]}")

    def _stands(self, thing: Element, on: str) -> bool:
        """Say whether a thing stands on a message that holds some words."""
        return thing.posted is not None and on in self._words(thing.posted.blocks)

    def _filled(self, who: str, values: dict[str, str]) -> dict[str, str]:
        """Pick a moment as one does with a picker, in one's own zone."""
        zone = ZoneInfo(self.state.users[self.people[who].id]["tz"])
        for block in self.people[who].modal["blocks"]:
            name = block.get("block_id", "")
            if name in values and block["element"]["type"] == "datetimepicker":
                at = datetime.fromisoformat(values[name]).replace(tzinfo=zone)
                values[name] = str(int(at.timestamp()))
        return values

    async def _settled(self) -> None:
        while self.app.work:
            await asyncio.wait(self.app.work)

    async def _reach(self, until: datetime) -> None:
        """Send what falls due, waiting where a channel has to rest between two messages."""
        held_up = False
        while True:
            ahead = await self.outbox.ahead()
            due = ahead.free if held_up else ahead.due
            moment = min((at for at in (due, ahead.timer, ahead.job) if at), default=None)
            if moment is None or moment > until:
                return
            self.clock.step(moment)
            held_up = not await self.outbox.turn()


def _values(person: FakePerson) -> list[str]:
    """Give what stands in the fields of the form somebody has before them."""
    view = person.submission_body(person.modal, {})["view"]
    return [
        raw(element) for block in view["state"]["values"].values() for element in block.values()
    ]


def _call(thing: Element) -> str:
    value = thing.element.get("value")
    return str(value or thing.element["action_id"].split(".", 3)[3])


def _means(bound: str, wanted: str) -> bool:
    (command, args), (name, given) = decoded(bound), decoded(wanted)
    return command == name and given.items() <= args.items()


@asynccontextmanager
async def slack_world(url: str, start: datetime) -> AsyncIterator[SlackSeason]:
    """Open a Slack with the whole bot in it."""
    world = SlackSeason(url, start)
    await world.start()
    try:
        yield world
    finally:
        await world.stop()
