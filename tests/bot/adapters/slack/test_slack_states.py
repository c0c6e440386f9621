"""Tests that installing goes on in another process, and that no state is good but once."""

import time
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
from cryptography.fernet import Fernet

from bot.adapters.slack import cipher
from bot.adapters.slack.installing import COOKIE, States
from bot.app.slack import SlackStore
from tests.bot.adapters.slack.conftest import workspace
from tests.bot.adapters.slack.pairs import Pair, PairWorker, opened

KEY = Fernet.generate_key().decode()


@pytest.fixture
async def pair(sqlite_url: str) -> AsyncIterator[Pair]:
    """Give two processes."""
    async for made in opened(sqlite_url, "http"):
        yield made


def states(pair: Pair) -> tuple[States, States]:
    """Give the states of both processes, with the same key."""
    one, two = (States(cipher([KEY]), worker.notes) for worker in (pair.one, pair.two))
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
        worker = PairWorker(slack, sqlite_url, "http")
        oauth = {"client_id": "1.2", "client_secret": "hush", "keys": [KEY], "bot_token": ""}
        worker.app.setup = replace(worker.app.setup, **oauth)  # type: ignore[arg-type]
        worker.app.shelf = SlackStore(worker.storage)
        await worker.app.start()
        pages.append(worker)
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
    for worker in pages:
        await worker.stop()
    await slack.stop()
