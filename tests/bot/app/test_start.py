"""Holds to how the bot starts, runs on its platforms, and stops."""

import asyncio
import json
import os
import signal
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import structlog

from bot.app import CannotStart
from bot.app.log import set_up_log
from bot.app.platforms import load, wanted
from bot.app.running import Running
from bot.app.stopping import until_told
from bot.chat import Message, MessageRef
from bot.config import Settings
from bot.config import load as settings_of
from bot.protocol import Reader, Target
from bot.scheduler.alarm import now
from storage import Storage
from storage.deliveries import Wanted
from tests.bot.app.conftest import Typed
from tests.toys import ToyPlatform, call

SLACK = {"CONVENER__SLACK__BOT_TOKEN": "xoxb-1", "CONVENER__SLACK__APP_TOKEN": "xapp-1"}


class NotedPlatform(ToyPlatform):
    """A platform that notes when it is started and stopped."""

    def __init__(self, *, breaks: bool = False) -> None:
        super().__init__()
        self.breaks = breaks
        self.noted: list[str] = []
        self.started, self.reached = asyncio.Event(), asyncio.Event()

    async def start(self, listen: bool = True) -> None:
        """Note it, or fail as told."""
        self.noted.append("start")
        self.started.set()
        if self.breaks:
            raise ConnectionError

    async def stop(self) -> None:
        """Note it."""
        self.noted.append("stop")

    async def post(self, target: Target, message: Message, reader: Reader, key: str) -> MessageRef:
        """Remember a message, and tell that it is there."""
        ref = await super().post(target, message, reader, key)
        self.reached.set()
        return ref


@pytest.fixture
def storage(sqlite_url: str) -> Iterator[Storage]:
    opened = Storage(sqlite_url)
    yield opened
    opened.close()


def running(storage: Storage, *platforms: NotedPlatform) -> Running:
    made = {f"toy{number}" if number else "toy": one for number, one in enumerate(platforms)}
    return Running(Settings(), storage, lambda core: made)


async def test_platforms_are_started_and_stopped(storage: Storage) -> None:
    one, other, stopped = NotedPlatform(), NotedPlatform(), asyncio.Event()
    at_work = asyncio.create_task(running(storage, one, other).until(stopped))
    async with asyncio.timeout(10):
        await asyncio.gather(one.started.wait(), other.started.wait())
        stopped.set()
        await at_work
    assert one.noted == other.noted == ["start", "stop"]


async def test_platform_that_fails_to_start_ends_the_others(storage: Storage) -> None:
    one, other = NotedPlatform(), NotedPlatform(breaks=True)
    with pytest.raises(ConnectionError):
        await running(storage, one, other).until(asyncio.Event())
    assert one.noted == ["start", "stop"]


@pytest.mark.slow
async def test_platform_that_cannot_let_go_keeps_nobody(storage: Storage) -> None:
    class Clinging(NotedPlatform):
        async def stop(self) -> None:
            await asyncio.Event().wait()

    clinging, other, stopped = Clinging(), NotedPlatform(), asyncio.Event()
    stopped.set()
    async with asyncio.timeout(30):
        await running(storage, clinging, other).until(stopped)
    assert other.noted[-1] == "stop"


async def test_told_to_end_twice_it_ends_once(storage: Storage) -> None:
    platform, told = NotedPlatform(), []
    at_work = asyncio.create_task(
        until_told(running(storage, platform).until, lambda: told.append(1))
    )
    async with asyncio.timeout(30):
        await platform.started.wait()
        for _ in range(2):
            os.kill(os.getpid(), signal.SIGTERM)
        await at_work
    assert told == [1]


@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGINT])
async def test_process_told_to_end_stops_cleanly(storage: Storage, sign: signal.Signals) -> None:
    platform = NotedPlatform()
    at_work = asyncio.create_task(until_told(running(storage, platform).until))
    async with asyncio.timeout(10):
        await platform.started.wait()
        os.kill(os.getpid(), sign)
        await at_work
    assert platform.noted == ["start", "stop"]


async def test_what_a_call_wants_sent_goes_out_at_once(storage: Storage) -> None:
    platform, stopped = NotedPlatform(), asyncio.Event()
    bot = running(storage, platform)
    at_work = asyncio.create_task(bot.until(stopped))
    said = f'title="Soon" when="{now() + timedelta(days=30):%Y-%m-%d} 10:00"'
    await bot.answer(replace(call("session.plan", said, role="coordinator"), at=now()))
    with storage.read() as transaction:
        found = transaction.known("toy", "home", "amina")
        assert found
        sessions = transaction.records(found.community_id).sessions
        [planned] = sessions.all(sessions.mine())
    await bot.answer(replace(call("session.announce", str(planned.id)), at=now()))
    async with asyncio.timeout(10):
        await platform.reached.wait()
    stopped.set()
    await at_work
    assert platform.noted == ["start", "stop"]


class Slow(ToyPlatform):
    """A platform that takes its time to be there, and takes nothing before."""

    def __init__(self) -> None:
        super().__init__()
        self.may, self.there = asyncio.Event(), False

    async def start(self, listen: bool = True) -> None:
        """Wait until a test says so."""
        await self.may.wait()
        self.there = True

    async def post(self, target: Target, message: Message, reader: Reader, key: str) -> MessageRef:
        """Take a message, once there."""
        assert self.there
        return await super().post(target, message, reader, key)


class Sure(NotedPlatform):
    """A platform that knows the time."""

    async def time(self) -> datetime | None:
        return now()


def tell_amina(storage: Storage) -> None:
    """Have one delivery be due."""
    with storage.write() as transaction:
        known = transaction.known("toy", "home", "amina")
        assert known
        told = Wanted("x", now(), member_id=known.id, args={"notice": "x", "error": "y"})
        transaction.records(known.community_id).deliveries.send(
            "session:1", "community.trouble", told
        )


@pytest.mark.slow
async def test_nothing_is_posted_to_a_platform_before_it_was_started(storage: Storage) -> None:
    slow, stopped = Slow(), asyncio.Event()
    bot = Running(Settings(), storage, lambda core: {"toy": slow, "other": Sure()})
    at_work = asyncio.create_task(bot.until(stopped))
    await bot.answer(replace(call("community.show", role="coordinator"), at=now()))
    tell_amina(storage)
    async with asyncio.timeout(30):
        while not attempts(storage):  # noqa: ASYNC110  # the outbox works by itself
            await asyncio.sleep(0.05)
        slow.may.set()
        await slow.arrived.wait()
    stopped.set()
    await at_work
    assert len(slow.posted) == 1


class RefusingAtStart(NotedPlatform):
    """A platform that does not take the token."""

    async def start(self, listen: bool = True) -> None:
        """Refuse."""
        raise CannotStart("Copy the token once more.")


async def test_platform_that_refuses_us_stops_no_other(storage: Storage) -> None:
    one, stopped = Sure(), asyncio.Event()
    bot = running(storage, one, RefusingAtStart())
    at_work = asyncio.create_task(bot.until(stopped))
    async with asyncio.timeout(30):
        await bot.answer(call("community.show", role="coordinator"))
        tell_amina(storage)
        await one.reached.wait()
        assert bot.standing.started == {"toy"}
        stopped.set()
        await at_work


async def test_run_ends_with_the_reason_when_every_platform_refuses_us(storage: Storage) -> None:
    async with asyncio.timeout(30):
        with pytest.raises(CannotStart, match="once more"):
            await running(storage, RefusingAtStart(), RefusingAtStart()).until(asyncio.Event())


def attempts(storage: Storage) -> int:
    """Say how often the only delivery was tried."""
    with storage.read() as transaction:
        home = transaction.workspaces("toy").home("home")
        [row] = transaction.records(home or 0).deliveries.about("session:1")
        return row.attempts if row.state == "pending" else 0


async def test_old_events_are_forgotten(storage: Storage) -> None:
    with storage.write() as transaction:
        transaction.events.add("old", now() - timedelta(days=30), "x")
        transaction.events.add("new", now(), "y")
    await running(storage, NotedPlatform()).prune()
    with storage.read() as transaction:
        assert [transaction.events.answer(key) for key in ("old", "new")] == [None, "y"]


def test_run_without_a_platform_says_what_to_do(typed: Typed) -> None:
    result = typed("run", "--db", "a.db")
    assert result.exit_code == 1
    assert "python -m bot chat --example" in result.output


def test_settings_name_the_platforms_to_start() -> None:
    assert wanted(Settings()) == ()
    assert wanted(settings_of(environ=SLACK)) == ("slack",)


def test_platform_without_its_package_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "bot.app.slack", None)
    with pytest.raises(CannotStart, match=r"pip install 'slack-bolt=="):
        load("slack")


@pytest.mark.postgresql
def test_server_behind_is_not_started_but_migrated_when_asked(
    typed: Typed, empty_database_url: str
) -> None:
    for command in (["export", "out"], ["run"]):
        refused = typed(*command, "--db", empty_database_url)
        assert ("python -m bot migrate" in refused.output) == ("postgresql" in empty_database_url)
    typed("migrate", "--db", empty_database_url)
    assert "up to date already" in typed("migrate", "--db", empty_database_url).output


def test_migrate_takes_the_database_of_the_settings(typed: Typed, tmp_path: Path) -> None:
    Path("config.toml").write_text('[database]\nurl = "sqlite:///here.db"\n')
    assert "Brought up to date" in typed("migrate").output
    assert (tmp_path / "here.db").exists()


def test_log_of_a_failure_shows_no_values_of_variables(capsys: pytest.CaptureFixture[str]) -> None:
    set_up_log("info", "json")
    token = "xoxb-secret"
    try:
        raise ValueError(len(token))
    except ValueError:
        structlog.get_logger().exception("failed", action="test")
    structlog.reset_defaults()
    written = capsys.readouterr().err
    assert "xoxb-secret" not in written
    assert json.loads(written)["action"] == "test"


def test_log_below_its_level_is_silent(capsys: pytest.CaptureFixture[str]) -> None:
    set_up_log("warning")
    structlog.get_logger().info("call", action="x")
    structlog.get_logger().warning("trouble", action="x")
    structlog.reset_defaults()
    assert ["call" in line for line in capsys.readouterr().err.splitlines()] == [False]
