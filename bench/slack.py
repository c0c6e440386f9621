"""Measures Slack's side: signed requests from the door to the answer, beside bolt's own no-op."""

import asyncio
import hashlib
import hmac
import json
import logging
import statistics
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from functools import cache
from itertools import count, cycle
from urllib.parse import urlencode

import aiohttp
import structlog
from aiohttp import web
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_bolt.authorization import AuthorizeResult

from bench.homes import NOW, Home, home
from bench.rows import Figure, Work, beside, measured_apart, rate, resident
from bench.slackish import BenchSlack
from bot.adapters.slack import Core, Installed, Setup, Slack, cipher
from bot.adapters.slack.installations import Many
from bot.app.parts import all_groups
from bot.chat import Account, Place, encoded
from bot.dispatcher import Dispatcher
from bot.protocol import Answer, Call

CROWD_MS, ALONE_MS, PRESSED_MS = 100.0, 25.0, 300.0
PRESSING = 50
"""People who press a button within one second."""
MEGABYTES = 150.0
SECRET = "shush"
SPACES = 1_000
ROUNDS = 15
"""Of each pair: in the first of them most answers are somebody's first, later most are changed."""


class BenchPeople:
    """Those who type slash commands, anywhere in the homes."""

    def __init__(self, slack: BenchSlack, session: aiohttp.ClientSession) -> None:
        self.slack = slack
        self.session = session
        self.numbers = count(1)
        self.acknowledged: list[float] = []

    async def type(self, url: str, user: str, text: str, response_url: str) -> None:
        """Give a slash command."""
        fields = {
            "command": "/cop",
            "text": text,
            "user_id": user,
            "team_id": "T0",
            "channel_id": "C1",
            "channel_name": "general",
            "trigger_id": str(next(self.numbers)),
            "response_url": response_url,
        }
        await self._send(url, fields)

    async def press(self, url: str, user: str, value: str, response_url: str) -> None:
        """Press a button of a message."""
        body = {
            "type": "block_actions",
            "user": {"id": user, "team_id": "T0"},
            "team": {"id": "T0"},
            "trigger_id": str(next(self.numbers)),
            "actions": [{"action_id": "0.0", "type": "button", "value": value}],
            "container": {"type": "message", "message_ts": "1.0", "channel_id": "C1"},
            "channel": {"id": "C1", "name": "general"},
            "message": {"ts": "1.0"},
            "response_url": response_url,
        }
        await self._send(url, {"payload": json.dumps(body)})

    async def _send(self, url: str, fields: Mapping[str, str]) -> None:
        """Send something signed, and note how long the acknowledgement took."""
        body, now = urlencode(fields).encode(), str(int(time.time()))
        words = b"v0:" + now.encode() + b":" + body
        signature = "v0=" + hmac.new(SECRET.encode(), words, hashlib.sha256).hexdigest()
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "X-Slack-Request-Timestamp": now,
            "X-Slack-Signature": signature,
        }
        began = time.perf_counter()
        async with self.session.post(url, data=body, headers=headers) as answer:
            await answer.read()
            if answer.status != 200:
                raise RuntimeError(f"not acknowledged: {answer.status}")
        self.acknowledged.append(time.perf_counter() - began)


class Doors:
    """Our app and bolt's no-op, each behind a server of its own, and people before them."""

    def __init__(self, made: Home, slack: BenchSlack, session: aiohttp.ClientSession) -> None:
        self.made = made
        self.slack = slack
        self.people = BenchPeople(slack, session)
        self.dispatcher = Dispatcher(made.storage, all_groups())

    async def start(self) -> None:
        """Open both doors."""
        setup = Setup(
            bot_token="xoxb-x",
            signing_secret=SECRET,
            mode="http",
            port=0,
            api_url=f"{self.slack.address}/api/",
        )
        now = lambda: NOW  # noqa: E731
        core = Core(self._dispatch, self.dispatcher.complete, now, self.dispatcher.commands)
        self.app = Slack(setup, core)
        await self.app.start()
        assert self.app.http is not None
        self.ours = f"http://127.0.0.1:{self.app.http.port}{setup.path}"
        self.runner = web.AppRunner(_no_op().web_app(), access_log=None)
        await self.runner.setup()
        await web.TCPSite(self.runner, "127.0.0.1", 0).start()
        self.theirs = f"http://127.0.0.1:{self.runner.addresses[0][1]}{setup.path}"

    async def stop(self) -> None:
        """Close both."""
        await self.app.stop()
        await self.runner.cleanup()

    async def _dispatch(self, call: Call) -> Answer:
        """Carry a call out in the home its caller's id names."""
        known, place = _at_home(call.account.id)
        there = Call(known, place, call.command, call.at, call.args, call.words, call.event)
        return await self.dispatcher.answer(there)

    def work(self, command: str) -> Work:
        """Have somebody give a command, and wait for the answer."""
        calls = cycle(self.made.calls(command))

        async def give() -> None:
            call = self.made.anew(next(calls))
            url, answered = self.slack.url()
            await self.people.type(self.ours, _user(call), _typed(call), url)
            await answered

        return give

    async def pressed(self, call: Call) -> float:
        """Have somebody press a button that stands for a call; gives how long the answer took."""
        url, answered = self.slack.url()
        began = time.perf_counter()
        value = encoded(call.command, call.args)
        await self.people.press(self.ours, _user(call), value, url)
        await answered
        return time.perf_counter() - began

    def no_op(self, command: str) -> Work:
        """Have somebody give the same command, and bolt acknowledge it and do nothing."""
        calls = cycle(self.made.calls(command))

        async def give() -> None:
            call = self.made.anew(next(calls))
            await self.people.type(self.theirs, _user(call), _typed(call), "http://127.0.0.1/")

        return give


def _user(call: Call) -> str:
    return f"U{call.account.workspace[4:]}X{call.account.id.upper()}"


def _typed(call: Call) -> str:
    words = " ".join(f"{name}={value}" for name, value in call.args.items())
    return f"{call.command.replace('.', ' ')} {words}"


@cache
def _at_home(user: str) -> tuple[Account, Place]:
    """Say whom a user of Slack is in the homes, and where."""
    number, _, name = user[1:].partition("X")
    place = Place("local", f"home{number}", "general", "general")
    return Account("local", f"home{number}", name.lower()), place


def _no_op() -> AsyncApp:
    """Make the app that bolt's own guide begins with, without asking Slack for anything."""

    async def authorize(team_id: str) -> AuthorizeResult:
        return AuthorizeResult(
            enterprise_id=None, team_id=team_id, bot_user_id="UBOT", bot_token="xoxb-x"
        )

    app = AsyncApp(signing_secret=SECRET, authorize=authorize)

    async def nothing(ack: AsyncAck) -> None:
        await ack()

    app.command("/cop")(nothing)
    return app


@asynccontextmanager
async def doors(made: Home) -> AsyncIterator[Doors]:
    """Open both doors for a while."""
    slack = BenchSlack()
    await slack.start()
    unlimited = aiohttp.TCPConnector(limit=0)
    async with aiohttp.ClientSession(connector=unlimited) as session:
        opened = Doors(made, slack, session)
        await opened.start()
        yield opened
        await opened.stop()
    slack.server.close()


async def _measured(made: Home) -> list[Figure]:
    async with doors(made) as opened:
        found = []
        for command in ("session.show", "session.rsvp"):
            works = opened.work(command), opened.no_op(command)
            measured = await beside(*works, 50, rounds=ROUNDS)
            what = f"Slack: {command} from the door to the answer beside bolt's no-op, 50 at a time"
            found.append(Figure(what, measured.ratio, None, seen=measured.seen))
        found.append(await _pressing(opened))
        found.append(await _crowded(opened))
        found.append(await _alone(opened))
        return found


async def _pressing(opened: Doors) -> Figure:
    """Have many people press a button at even distances within one second, a few times over."""
    made, took = opened.made, []
    async with asyncio.timeout(60):
        for _ in range(5):
            waiting = []
            for number in range(PRESSING):
                who = number % made.communities, f"person{number // made.communities}"
                call = made.anew(made.call(*who, "session.rsvp", made.sessions[0]))
                waiting.append(asyncio.ensure_future(opened.pressed(call)))
                await asyncio.sleep(1 / PRESSING)
            took += await asyncio.gather(*waiting)
    late = statistics.quantiles(took, n=20)[-1] * 1000
    what = f"Slack: 95th percentile to the answer, {PRESSING} people pressing within a second"
    return Figure(what, late, PRESSED_MS, "ms", True, f"all {len(took)} answered")


async def _crowded(opened: Doors) -> Figure:
    await rate(opened.work("session.show"), 200, seconds=1)  # they connect
    opened.people.acknowledged.clear()
    each = await rate(opened.work("session.show"), 200, seconds=3)
    late = statistics.quantiles(opened.people.acknowledged, n=20)[-1] * 1000
    what = "Slack: 95th percentile to acknowledgement, 200 at a time"
    return Figure(what, late, CROWD_MS, "ms", True, f"{each:,.0f} answers/s")


async def _alone(opened: Doors) -> Figure:
    each = await rate(opened.work("session.show"), 1, seconds=2)
    what = "Slack: from the door to the answer, one at a time"
    return Figure(what, 1000 / each, ALONE_MS, "ms", True, f"{each:,.0f} answers/s")


class BenchInstallations(dict[str, Installed]):
    """Installations in memory, as a database would give them."""

    async def find(self, workspace: str, organisation: str) -> Installed | None:
        """Give what serves a workspace."""
        return self.get(workspace)

    async def keep(self, installed: Installed) -> None:
        """Keep one."""
        self[installed.workspace] = installed


def memory() -> float:
    """Give the megabytes a process takes that has answered people of 1,000 workspaces."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    with home(10, 1_000) as made:
        asyncio.run(_visited(made))
    return resident()


async def _visited(made: Home) -> None:
    async with doors(made) as opened:
        secret = cipher(["a" * 43 + "="])
        many = Many(BenchInstallations(), secret)  # type: ignore[arg-type]  # it is only read and added to
        for number in range(SPACES):
            await many.add(Installed(f"T{number}", "", f"xoxb-{number}", "UBOT"))
            await many.find(f"T{number}")
            for user in range(10):
                await opened.app.asking.people.get(f"T{number}", f"U{user}")
        for _ in range(2_000):
            await opened.work("session.show")()


def rows() -> list[Figure]:
    """Measure Slack's side."""
    with home(10, 1_000) as made:
        found = asyncio.run(_measured(made))
    megabytes = measured_apart("from bench.slack import memory; print(memory())")
    what = f"Slack: memory with {SPACES:,} installed workspaces, bench included"
    return [*found, Figure(what, megabytes, MEGABYTES, "MB", True)]
