"""Holds processes that share the work to their part of it."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.app import CannotStart
from bot.app.roles import Roles, chosen, narrowed, sharded
from bot.app.running import Running
from bot.config import Settings
from bot.scheduler.alarm import now
from storage import Storage
from storage.deliveries import Wanted
from tests.bot.app.conftest import Typed
from tests.toys import ToyPlatform, call

SLACK = {"bot_token": "xoxb-1", "app_token": "xapp-1"}
DISCORD = {"token": "x", "shard_ids": [0, 1, 2, 3], "shard_count": 4}
CANARY = {"channel": "slack/T1/C1"}
BOTH = Settings.model_validate({"slack": SLACK, "discord": DISCORD, "canary": CANARY})
SENDING, LISTENING, ALL = Roles(frozenset({"scheduler"})), Roles(frozenset({"toy"})), Roles()


class StartedPlatform(ToyPlatform):
    """A platform that notes how it was started."""

    def __init__(self) -> None:
        super().__init__()
        self.listening: list[bool] = []
        self.there = asyncio.Event()

    async def start(self, listen: bool = True) -> None:
        """Note whether calls are wanted."""
        self.listening.append(listen)
        self.there.set()


@pytest.fixture
def storage(sqlite_url: str) -> Iterator[Storage]:
    opened = Storage(sqlite_url)
    yield opened
    opened.close()


@asynccontextmanager
async def at_work(storage: Storage, platform: ToyPlatform, roles: Roles) -> AsyncIterator[Running]:
    """Run one process for a while."""
    stopped = asyncio.Event()
    bot = Running(Settings(), storage, lambda core: {"toy": platform}, roles)
    running = asyncio.create_task(bot.until(stopped))
    yield bot
    stopped.set()
    async with asyncio.timeout(30):
        await running


async def announce(bot: Running) -> None:
    """Have one delivery wanted by a call."""
    words = f'title="Soon" when="{now() + timedelta(days=30):%Y-%m-%d} 10:00"'
    await bot.answer(call("session.plan", words, role="coordinator"))
    with bot.storage.write() as transaction:
        known = transaction.known("toy", "home", "amina")
        assert known
        told = Wanted("x", now(), member_id=known.id, args={"notice": "x", "error": "y"})
        transaction.records(known.community_id).deliveries.send(
            "session:1", "community.trouble", told
        )
    bot.outbox.wake()


@pytest.mark.parametrize(("roles", "listens"), [(ALL, True), (LISTENING, True), (SENDING, False)])
async def test_calls_are_taken_by_those_whose_part_it_is(
    storage: Storage, roles: Roles, listens: bool
) -> None:
    platform = StartedPlatform()
    async with at_work(storage, platform, roles), asyncio.timeout(30):
        await platform.there.wait()
    assert platform.listening == [listens]


async def test_what_one_process_wants_another_sends(storage: Storage) -> None:
    caller, sender = StartedPlatform(), StartedPlatform()
    async with (
        at_work(storage, caller, LISTENING) as calls,
        at_work(storage, sender, SENDING) as sends,
        asyncio.timeout(30),
    ):
        await announce(calls)
        sends.outbox.wake()
        await sender.arrived.wait()
    assert caller.posted == []
    assert len(sender.posted) == 1


async def test_what_nobody_sends_is_kept(storage: Storage) -> None:
    platform = StartedPlatform()
    async with at_work(storage, platform, LISTENING) as bot:
        await announce(bot)
    with storage.read() as transaction:
        home = transaction.workspaces("toy").home("home")
        assert transaction.records(home or 0).undelivered.counts() == {"pending": 1}


@pytest.mark.parametrize("roles", [LISTENING, SENDING])
async def test_clock_that_was_set_is_followed_by_every_part(storage: Storage, roles: Roles) -> None:
    def ahead() -> datetime:
        return now() + timedelta(hours=1)

    async with at_work(storage, StartedPlatform(), roles) as bot, asyncio.timeout(30):
        bot.watch.wall = ahead
        while bot.watch() < ahead() - timedelta(minutes=1):  # noqa: ASYNC110  # it looks by itself
            await asyncio.sleep(0.05)


@pytest.mark.parametrize(
    ("only", "said"),
    [
        ("post", 'no role "post" for --only. There are: scheduler, slack, discord'),
        ("discord", r"needs a section \[discord\]"),
    ],
)
def test_role_that_cannot_be_taken_is_said_plainly(only: str, said: str) -> None:
    settings = Settings.model_validate({"slack": SLACK})
    with pytest.raises(CannotStart, match=said):
        chosen(settings, [only])


@pytest.mark.parametrize(
    ("only", "ids", "said"),
    [
        (["slack"], "0", "takes the calls of Discord"),
        (["scheduler"], "0", "takes the calls of Discord"),
        (["discord"], "0;1", "numbers with commas"),
        (["discord"], "-1", "numbers with commas"),
        ([], "4", r"stay below shard_count. shard_count is set under \[discord\]"),
    ],
)
def test_shards_that_cannot_be_served_are_said_plainly(
    only: list[str], ids: str, said: str
) -> None:
    with pytest.raises(CannotStart, match=said):
        sharded(BOTH, Roles(frozenset(only)), ids)


def test_shards_of_the_command_line_win() -> None:
    made = sharded(BOTH, chosen(BOTH, ["discord"]), "0, 3").discord
    assert made
    assert (made.shard_ids, made.shard_count) == ((0, 3), 4)
    assert sharded(BOTH, ALL, "") is BOTH


def test_each_part_has_the_platforms_it_needs() -> None:
    assert narrowed(BOTH, ALL) is BOTH
    assert narrowed(BOTH, SENDING) is BOTH
    part = narrowed(BOTH, chosen(BOTH, ["slack"]))
    assert (part.slack, part.discord, part.canary) == (BOTH.slack, None, None)


def test_who_only_takes_calls_leaves_the_schema_to_others(typed: Typed) -> None:
    Path("config.toml").write_text('[slack]\nbot_token = "xoxb-1"\napp_token = "xapp-1"\n')
    result = typed("run", "--only", "slack", "--db", "new.db")
    assert result.exit_code == 1
    assert "python -m bot migrate" in result.output


def test_wrong_role_on_the_command_line_ends_in_one_sentence(typed: Typed) -> None:
    result = typed("run", "--only", "post")
    assert result.exit_code == 1
    assert len(result.output.splitlines()) == 1
