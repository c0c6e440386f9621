"""Splits the work over several processes, and looks whether they are as one."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import func, select

from storage.sessions import Session
from tests.fakes.slack import FakePerson
from tests.processes import Town, town

PLAN = 'session plan title="Soon" when="2027-12-02 10:00"'

pytestmark = pytest.mark.processes


@pytest.fixture
async def home(database_url: str, tmp_path: Path) -> AsyncIterator[Town]:
    async with town(database_url, tmp_path) as made:
        yield made


def sessions(home: Town) -> int:
    """Count the sessions there are."""
    with home.storage.read() as transaction:
        return int(transaction.db.scalar(select(func.count(Session.id))) or 0)


async def test_one_takes_the_calls_and_another_sends(home: Town) -> None:
    person = FakePerson(home.slack, home.people[0])
    async with home.bot("--only", "slack") as takes, home.bot("--only", "scheduler") as sends:
        for bot in (takes, sends):
            await home.until_logged(bot, "connected")
        await person.slash("session list", home.general)
        home.want()
        await home.until(sent=len(home.people))
        assert len(home.slack.sockets) == 1
        for bot in (sends, takes):
            assert await bot.told_to_end() == 0
    assert any("action=session.list" in line for line in takes.log)
    assert not any(" delivery " in line for line in takes.log)
    assert not any(" call " in line for line in sends.log)


async def test_what_slack_tells_two_processes_is_carried_out_once(home: Town) -> None:
    person = FakePerson(home.slack, home.people[0])
    async with home.bot("--only", "slack") as one, home.bot("--only", "slack") as other:
        for bot in (one, other):
            await home.until_logged(bot, "connected")
        await home.slack.connected(sockets=2)
        for _ in range(5):
            body = person.slash_body(PLAN, home.general)
            await asyncio.gather(*(home.slack.send("slash", body) for _ in range(2)))
        await home.until_answered(10)
    assert sessions(home) == 5
