"""Gives tests a Slack, an app connected to it in either mode, and a core that they speak for."""

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from cryptography.fernet import Fernet

from bot.adapters.slack import Core, Installed, Setup, Slack
from bot.app.slack import SlackStore
from bot.chat import said
from bot.i18n import Text, t
from bot.protocol import Answer, Call, Reader, Reply, Say
from storage import Storage
from tests.fakes.slack import FakePerson, FakeSlack, State
from tests.keeping import Keeping

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
KEY = Fernet.generate_key().decode()
HOME = Installed("T0HOME", "", "xoxb-home", "U0BOT", NOW)
GRID = Installed("", "E0GRID", "xoxb-grid", "U0BOT", NOW)
COMMANDS = ("help", "my.week", "my.profile", "toy.add", "toy.see")
Worded = Callable[[Call], Reply]


class Spoken:
    """A core that says what a test tells it, and remembers what it was asked."""

    def __init__(self) -> None:
        self.calls: list[Call] = []
        self.forms = Keeping()
        self.replies: dict[str, Reply | Worded] = {}
        self.offered: tuple[tuple[str, str], ...] = ()
        self.everybody = Reader("en", "Europe/Paris")
        self.delay = 0.0
        self.advice: list[tuple[str, Text]] = []

    async def dispatch(self, call: Call) -> Answer:
        """Answer a call, in the language of its caller."""
        await asyncio.sleep(self.delay)
        reader, taken = Reader(call.locale or "en", call.zone or "UTC"), self.forms.taken(call)
        if not isinstance(taken, Call):
            return Answer(taken, reader, self.everybody)
        self.calls.append(taken)
        reply = self.replies.get(taken.command) or Say(said(t("Here you are.")))
        answer = reply(taken) if callable(reply) else reply
        return Answer(self.forms.kept(taken, answer), reader, self.everybody)

    async def complete(self, call: Call, option: str, typed: str) -> tuple[tuple[str, str], ...]:
        """Suggest what a test offered."""
        self.calls.append(call)
        return tuple(one for one in self.offered if typed.lower() in one[1].lower())

    async def advise(self, workspace: str, words: Text) -> None:
        """Remember what coordinators are to do."""
        self.advice.append((workspace, words))

    @property
    def last(self) -> Call:
        return self.calls[-1]


class SlackStage:
    """A Slack with an app, two people and a channel."""

    def __init__(self, slack: FakeSlack, app: Slack, core: Spoken) -> None:
        self.slack = slack
        self.state = slack.state
        self.app = app
        self.core = core
        self.amina = FakePerson(slack, "UAMINA")
        self.bruno = FakePerson(slack, "UBRUNO")
        self.general = next(iter(slack.state.channels))

    async def settled(self) -> None:
        """Wait until the app has done what it does behind its acknowledgements."""
        while self.app.work:
            await asyncio.wait(self.app.work)

    async def slash(self, text: str) -> dict[str, Any]:
        """Have Amina type the slash command in the channel."""
        ack = await self.amina.slash(text, self.general)
        await self.settled()
        return ack

    async def press(self, label: str) -> None:
        """Have Amina press a button."""
        await self.amina.press(label)
        await self.settled()

    async def submit(self, **filled: str) -> dict[str, Any]:
        """Have Amina send off the form that is open."""
        ack = await self.amina.submit(**filled)
        await self.settled()
        return ack

    def asked(self, method: str) -> list[dict[str, Any]]:
        """Give what was asked of a method."""
        return [args for name, args in self.state.asked if name == method]


def workspace() -> FakeSlack:
    """Make a Slack with two people and a channel."""
    state = State()
    state.person("UAMINA", "Amina Otieno", is_admin=True)
    state.person("UBRUNO", "Bruno Silva", tz="America/Sao_Paulo", locale="pt-BR")
    state.channel("general")
    return FakeSlack(state)


def setup(slack: FakeSlack, mode: str) -> Setup:
    """Say how the app of a Slack is set up."""
    state = slack.state
    made = Setup(
        bot_token=state.token,
        app_token=state.app_token,
        signing_secret=state.secret,
        port=0,
        api_url=slack.api_url,
    )
    return replace(made, mode="http" if mode == "http" else "socket")


async def staged(mode: str) -> AsyncIterator[SlackStage]:
    """Connect an app in a mode, for a while."""
    slack, core = await workspace().start(), Spoken()
    app = Slack(
        setup(slack, mode), Core(core.dispatch, core.complete, lambda: NOW, frozenset(COMMANDS))
    )
    await app.start()
    assert app.homes is not None
    app.homes.pause = 0.0
    if app.http:
        slack.url = f"http://127.0.0.1:{app.http.port}/slack/events"
    else:
        await slack.connected()
    try:
        yield SlackStage(slack, app, core)
        assert slack.state.complaints == []
    finally:
        await app.stop()
        await slack.stop()


@pytest.fixture(params=["http", "socket"])
async def stage(request: pytest.FixtureRequest) -> AsyncIterator[SlackStage]:
    """Give an app in both modes, one after the other."""
    async for made in staged(request.param):
        yield made


@pytest.fixture
async def http() -> AsyncIterator[SlackStage]:
    """Give an app in HTTP mode."""
    async for made in staged("http"):
        yield made


@pytest.fixture
async def socket() -> AsyncIterator[SlackStage]:
    """Give an app in Socket Mode."""
    async for made in staged("socket"):
        yield made


@pytest.fixture
def shelf(sqlite_url: str) -> SlackStore:
    return SlackStore(Storage(sqlite_url))


@pytest.fixture
async def several(shelf: SlackStore) -> AsyncIterator[SlackStage]:
    """Give an app of several workspaces, installed in none."""
    slack, core = await workspace().start(), Spoken()
    oauth = {"client_id": "1.2", "client_secret": "hush", "keys": [KEY], "bot_token": ""}
    made = replace(setup(slack, "http"), **oauth)  # type: ignore[arg-type]
    own = Core(core.dispatch, core.complete, lambda: NOW, ["toy.see"], advise=core.advise)
    app = Slack(made, own, shelf)
    await app.start()
    assert app.http is not None
    slack.url = f"http://127.0.0.1:{app.http.port}/slack/events"
    yield SlackStage(slack, app, core)
    await app.stop()
    await slack.stop()


async def page(stage: SlackStage, path: str, **headers: str) -> tuple[int, str]:
    """Open a page in a browser that keeps cookies."""
    address = stage.slack.url.replace("/slack/events", path)
    async with stage.slack.session.get(address, headers=headers) as answer:
        return answer.status, await answer.text()


async def begun(stage: SlackStage) -> str:
    """Begin to install, and give the state Slack sends back."""
    _, text = await page(stage, "/slack/install")
    return text.partition("state=")[2].partition('"')[0]


async def installed(stage: SlackStage) -> None:
    """Install the app in the workspace."""
    status, _ = await page(stage, f"/slack/oauth_redirect?code=good&state={await begun(stage)}")
    assert status == 200
