"""Tests several processes of one bot on one database: whichever is asked, nothing is done twice."""

import asyncio
import json
import time
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
from cryptography.fernet import Fernet

from bot.adapters.slack import Core, Slack, cipher
from bot.adapters.slack.installing import COOKIE, States
from bot.app.slack import KeptInDatabase, NotesInDatabase
from bot.calls import Answer, Ask, Call, Field, Form, Reply, Say
from bot.chat import button, said
from bot.commands import Caller, Group
from bot.dispatcher import Dispatcher
from bot.i18n import t
from storage import Records, Storage
from tests.bot.adapters.slack.conftest import NOW, setup, workspace
from tests.fakes.slack import Person, Workspace
from tests.toys import Title

FORM = "application/x-www-form-urlencoded"
count = Group("count", t("Counting"))


@count.command
def up(caller: Caller, records: Records) -> Reply:
    """Count one up."""
    caller.member.brings = str(int(caller.member.brings or 0) + 1)
    return Say(said(t("{n} so far", n=caller.member.brings), button(t("More"), up)), private=False)


@count.command
def named(caller: Caller, records: Records, title: Title) -> Reply:
    """Count one up, by a name."""
    caller.member.brings = str(int(caller.member.brings or 0) + 1)
    return Say(said(t("{title}: {n} so far", title=title, n=caller.member.brings)))


@count.command(reads=True)
def so_far(caller: Caller, records: Records) -> Reply:
    """Say how far it is."""
    return Say(said(t("{n} so far", n=caller.member.brings)))


class Process:
    """One process of the bot: its own memory, the database of all."""

    def __init__(self, slack: Workspace, url: str, mode: str) -> None:
        self.storage = Storage(url)
        self.notes = NotesInDatabase(self.storage, lambda: datetime.now(UTC))
        self.dispatcher = Dispatcher(self.storage, [count])
        self.replies: dict[str, Reply] = {}
        self.calls: list[Call] = []
        core = Core(self._answer, self.dispatcher.complete, lambda: NOW, self.dispatcher.commands)
        self.app = Slack(setup(slack, mode), core, notes=self.notes)

    async def _answer(self, call: Call) -> Answer:
        self.calls.append(call)
        answer = await self.dispatcher.answer(call)
        told = self.replies.get(call.command)
        return replace(answer, reply=told) if told and not call.filled else answer

    @property
    def url(self) -> str:
        assert self.app.http is not None
        return f"http://127.0.0.1:{self.app.http.port}/slack/events"

    async def settled(self) -> None:
        """Wait until what goes on behind acknowledgements is done."""
        while self.app.work:
            await asyncio.wait(self.app.work)

    async def stop(self) -> None:
        await self.app.stop()
        self.storage.close()


class Pair:
    """Two processes, and somebody who does not know that they are two."""

    def __init__(self, slack: Workspace, one: Process, two: Process) -> None:
        self.slack = slack
        self.one, self.two = one, two
        self.amina = Person(slack, "UAMINA")
        self.general = next(iter(slack.state.channels))

    async def to(self, process: Process, kind: str, body: dict[str, Any]) -> dict[str, Any]:
        """Carry something to one of them, and wait until it is done."""
        self.slack.url = process.url
        ack = await self.slack.deliver(kind, body)
        await process.settled()
        return ack

    async def both(self, kind: str, body: dict[str, Any]) -> list[dict[str, Any]]:
        """Carry the same thing to both, one after the other."""
        return [await self.to(process, kind, body) for process in (self.one, self.two)]

    async def settled(self) -> None:
        for process in (self.one, self.two):
            await process.settled()

    def counted(self) -> str:
        """Say how often something was counted for Amina."""
        with self.one.storage.read() as transaction:
            found = transaction.known("slack", self.slack.state.team, "UAMINA")
        return found[1].brings if found else ""


async def opened(url: str, mode: str) -> AsyncIterator[Pair]:
    """Connect two processes."""
    slack = await workspace().start()
    one, two = (Process(slack, url, mode) for _ in "ab")
    for process in (one, two):
        await process.app.start()
    yield Pair(slack, one, two)
    for process in (one, two):
        await process.stop()
    await slack.stop()


@pytest.fixture
async def pair(database_url: str) -> AsyncIterator[Pair]:
    """Give two processes that take signed requests."""
    async for made in opened(database_url, "http"):
        yield made


@pytest.fixture
async def sockets(sqlite_url: str) -> AsyncIterator[Pair]:
    """Give two processes, each with a socket of its own."""
    async for made in opened(sqlite_url, "socket"):
        await made.slack.connected(2)
        yield made


async def test_a_command_that_comes_to_both_is_carried_out_once(pair: Pair) -> None:
    await pair.both("slash", pair.amina.slash_body("count up", pair.general))
    assert pair.counted() == "1"


async def test_a_command_that_comes_to_both_at_once_is_carried_out_once(pair: Pair) -> None:
    body = urlencode(pair.amina.slash_body("count up", pair.general)).encode()
    now = str(int(time.time()))
    for process in (pair.one, pair.two):
        pair.slack.url = process.url
        assert (await pair.slack.request(body, FORM, timestamp=now))[0] == 200
    await pair.settled()
    assert pair.counted() == "1"


async def test_a_press_that_comes_to_both_is_carried_out_once(pair: Pair) -> None:
    await pair.to(pair.one, "slash", pair.amina.slash_body("count up", pair.general))
    found = pair.amina.thing("More")
    action = {key: found.element[key] for key in ("action_id", "type", "text", "value")}
    await pair.both("interactive", pair.amina.action_body(found, action))
    assert pair.counted() == "2"


async def asked(pair: Pair, fields: int = 0) -> None:
    """Have a form be open before Amina, with so many fields besides."""
    more = tuple(Field(f"f{n}", t("Field"), "text", required=False) for n in range(fields))
    title = Field("title", t("Title"), "text")
    for process in (pair.one, pair.two):
        process.replies["count.named"] = Ask(Form(t("Count"), "count.named", (*more, title)))
    await pair.to(pair.one, "slash", pair.amina.slash_body("count named", pair.general))


async def test_a_form_that_comes_to_both_is_carried_out_once(pair: Pair) -> None:
    await asked(pair)
    body = pair.amina.submission_body(pair.amina.modal, {"title": "Kite"})
    acks = await pair.both("interactive", body)
    assert (pair.counted(), acks[0]) == ("1", acks[1])


async def test_a_form_sent_off_again_in_doubt_is_carried_out_once(pair: Pair) -> None:
    await asked(pair)
    for _ in range(2):
        body = pair.amina.submission_body(pair.amina.modal, {"title": "Kite"})
        await pair.to(pair.two, "interactive", body)
    assert pair.counted() == "1"


async def test_a_form_that_was_corrected_is_carried_out(pair: Pair) -> None:
    await asked(pair)
    for title in ("a title that is far too long for this", "Kite"):
        body = pair.amina.submission_body(pair.amina.modal, {"title": title})
        ack = await pair.to(pair.two, "interactive", body)
    assert (pair.counted(), ack["response_action"]) == ("1", "clear")


async def test_a_long_form_goes_on_in_another_process(pair: Pair) -> None:
    await asked(pair, fields=60)
    pair.slack.url = pair.two.url
    await pair.amina.submit(f3="third")
    pair.slack.url = pair.one.url
    await pair.amina.submit(title="Kite")
    await pair.one.settled()
    assert {"f3": "third", "title": "Kite"}.items() <= pair.one.calls[-1].args.items()


async def test_a_long_form_outlives_a_restart_of_everything(pair: Pair) -> None:
    await asked(pair, fields=60)
    await pair.amina.submit(f3="third")
    fresh = Process(pair.slack, str(pair.one.storage.engine.url), "http")
    await fresh.app.start()
    body = pair.amina.submission_body(pair.amina.modal, {"title": "Kite"})
    await pair.to(fresh, "interactive", body)
    assert fresh.calls[-1].args["f3"] == "third"
    await fresh.stop()


async def test_what_was_typed_is_kept_no_longer_than_it_is_of_use(pair: Pair) -> None:
    await asked(pair, fields=60)
    await pair.amina.submit(f3="third")
    draft = json.loads(pair.amina.modal["private_metadata"])["draft"]
    assert "third" in await pair.two.notes.get(f"draft:{draft}")
    await pair.amina.submit(title="Kite")
    assert await pair.two.notes.get(f"draft:{draft}") == ""


async def test_a_mention_that_comes_to_both_is_answered_once(pair: Pair) -> None:
    event = {"type": "app_mention", "user": "UAMINA", "text": "hi", "channel": pair.general}
    for process in (pair.one, pair.two):
        pair.slack.url = process.url
        await pair.slack.event(event, id="Ev-same")
        await process.settled()
    assert len(pair.amina.seen) == len(pair.one.calls) + len(pair.two.calls) == 1


async def test_old_notes_are_forgotten_when_the_bot_starts(sqlite_url: str) -> None:
    storage, now = Storage(sqlite_url), [NOW]
    notes = NotesInDatabase(storage, lambda: now[0])
    for name in ("draft:a", "heard:a", "behind:a", "other"):
        await notes.put(name, "words")
    now[0] += timedelta(days=8)
    await notes.put("draft:b", "words")
    await notes.forget()
    names = ("draft:a", "draft:b", "heard:a", "behind:a", "other")
    kept = [bool(await notes.get(name)) for name in names]
    assert kept == [False, True, False, True, True]
    storage.close()


KEY = Fernet.generate_key().decode()


def states(pair: Pair) -> tuple[States, States]:
    """Give the states of both processes, with the same key."""
    one, two = (States(cipher([KEY]), process.notes) for process in (pair.one, pair.two))
    return one, two


async def test_a_state_begun_here_is_ended_there_and_nowhere_again(pair: Pair) -> None:
    one, two = states(pair)
    state = one.begin()
    assert [await each.end(state, state) for each in (two, two, one)] == [True, False, False]


async def test_a_state_survives_a_new_key(pair: Pair) -> None:
    one, _ = states(pair)
    later = States(cipher([Fernet.generate_key().decode(), KEY]), pair.two.notes)
    state = one.begin()
    assert await later.end(state, state)


async def test_a_state_that_is_not_ours_in_time_and_of_this_browser_is_refused(pair: Pair) -> None:
    one, two = states(pair)
    forged = cipher([Fernet.generate_key().decode()]).encrypt(b"x").decode()
    expired = cipher([KEY]).encrypt_at_time(b"x", int(time.time()) - 700).decode()
    ours = one.begin()
    tried = [(forged, forged), (expired, expired), ("", ""), ("ä", "ä"), (ours, ""), (ours, "x")]
    assert [await two.end(*each) for each in tried] == [False] * 6
    assert await two.end(ours, ours), "what was refused elsewhere is not used up"


async def test_the_pages_of_two_processes_install_together(sqlite_url: str) -> None:
    slack = await workspace().start()
    pages = []
    for _ in "ab":
        process = Process(slack, sqlite_url, "http")
        oauth = {"client_id": "1.2", "client_secret": "hush", "keys": [KEY], "bot_token": ""}
        process.app.setup = replace(process.app.setup, **oauth)  # type: ignore[arg-type]
        process.app.shelf = KeptInDatabase(process.storage)
        await process.app.start()
        pages.append(process)
    first, second = (one.url.replace("/slack/events", "/slack") for one in pages)
    async with slack.session.get(f"{first}/install") as shown:
        state = shown.cookies[COOKIE].value
    back = f"{second}/oauth_redirect?code=good&state={state}"
    cookie = {COOKIE: state}
    statuses = []
    for _ in range(2):
        async with slack.session.get(back, cookies=cookie) as ended:
            statuses.append(ended.status)
    assert statuses == [200, 400]
    for process in pages:
        await process.stop()
    await slack.stop()


async def test_each_payload_comes_to_one_of_two_sockets(sockets: Pair) -> None:
    for _ in range(6):
        await sockets.amina.slash("count up", sockets.general)
    await sockets.settled()
    assert (len(sockets.one.calls), len(sockets.two.calls)) == (3, 3)
    assert sockets.counted() == "6"


async def test_what_came_to_a_socket_that_dropped_is_not_done_twice(sockets: Pair) -> None:
    body = sockets.amina.slash_body("count up", sockets.general)
    await sockets.slack.send_again("slash", body)
    await sockets.slack.connected(2)
    await sockets.settled()
    assert len(sockets.one.calls) == len(sockets.two.calls) == 1
    assert sockets.counted() == "1"


async def test_a_form_sent_to_a_socket_that_dropped_is_not_done_twice(sockets: Pair) -> None:
    title = Field("title", t("Title"), "text")
    for process in (sockets.one, sockets.two):
        process.replies["count.named"] = Ask(Form(t("Count"), "count.named", (title,)))
    await sockets.amina.slash("count named", sockets.general)
    await sockets.settled()
    body = sockets.amina.submission_body(sockets.amina.modal, {"title": "Kite"})
    ack = await sockets.slack.send_again("interactive", body)
    await sockets.settled()
    assert (ack, sockets.counted()) == ({"response_action": "clear"}, "1")


async def test_a_message_to_a_socket_that_dropped_is_answered_once(sockets: Pair) -> None:
    direct = sockets.slack.state.direct("UAMINA")
    event = {"type": "message", "user": "UAMINA", "channel": direct, "channel_type": "im"}
    body = {
        "type": "event_callback",
        "team_id": sockets.slack.state.team,
        "event_id": "Ev-same",
        "event": event | {"text": "hello", "ts": "1.1"},
    }
    await sockets.slack.send_again("event", body)
    await sockets.settled()
    assert len(sockets.one.calls) + len(sockets.two.calls) == 1


async def test_a_form_asked_for_over_a_socket_that_dropped_is_open_once(sockets: Pair) -> None:
    body = sockets.amina.slash_body("count named", sockets.general)
    await sockets.slack.send_again("slash", body)
    await sockets.settled()
    assert sockets.amina.modal["blocks"][-1]["block_id"] == "title"
    assert sockets.amina.seen == [], "nobody is asked to open a form that is open"
