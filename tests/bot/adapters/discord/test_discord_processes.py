"""Shows what several processes of the bot do to Discord, and how one ends that Discord puts out."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime

import pytest

from bot.app import CannotStart
from bot.app.discord import CheckedDiscord
from bot.app.parts import all_groups
from bot.app.platforms import PlatformParts
from bot.config import Settings
from bot.dispatcher import Dispatcher
from bot.protocol import Answer, Call
from storage import Storage
from tests.bot.adapters.discord.conftest import started
from tests.contracts.adapter import Scripted
from tests.fakes.discord_server import TOKEN, House
from tests.fakes.discord_stub import IDENTIFY, Stub, interaction
from tests.toys import toy


@asynccontextmanager
async def running(platform: Stub, url: str, **section: object) -> AsyncIterator[CheckedDiscord]:
    """Run the bot on a database, connected to the stub, as one process of several would."""
    storage = Storage(url)
    dispatcher = Dispatcher(storage, all_groups())

    async def dispatch(call: Call) -> Answer:
        return await dispatcher.answer(call)

    gateway = platform.url.replace("http", "ws") + "/gateway/"
    where = {"token": TOKEN, "api_url": f"{platform.url}/api/v10", "gateway_url": gateway}
    settings = Settings.model_validate({"discord": where | section})
    groups, complete = all_groups(), dispatcher.complete
    core = PlatformParts(dispatch, complete, lambda: datetime.now(UTC), groups, storage, settings)
    assert core.settings.discord is not None
    adapter = CheckedDiscord(core.settings.discord, core)
    try:
        await adapter.start()
        yield adapter
    finally:
        await adapter.stop()
        storage.close()


def answers(platform: Stub, number: int) -> list[str]:
    """List the ways in which an interaction was answered."""
    token = f"token{number}"
    return [f"{method} {path}" for method, path, _ in platform.heard if token in path]


@pytest.mark.slow
async def test_processes_identify_in_turn_and_each_answers_its_own(
    platform: Stub, sqlite_url: str
) -> None:
    shards = {"shard_count": 2}
    async with (
        running(platform, sqlite_url, shard_ids=[0], **shards),
        running(platform, sqlite_url, shard_ids=[1], **shards),
    ):
        assert [one["d"]["shard"] for one in platform.ops(IDENTIFY)] == [[0, 2], [1, 2]]
        for number, socket in enumerate(platform.sockets):
            guild = (number + 2) << 22
            told = interaction(number, guild, "session list")
            await socket.send_json({"op": 0, "d": told, "t": "INTERACTION_CREATE", "s": 9})
        await platform.until(lambda: answers(platform, 0) and answers(platform, 1))
    assert [len(answers(platform, number)) for number in (0, 1)] == [1, 1]


@pytest.mark.slow
async def test_interaction_two_processes_hear_is_answered_once(
    platform: Stub, sqlite_url: str
) -> None:
    async with running(platform, sqlite_url), running(platform, sqlite_url):
        for socket in platform.sockets:
            told = interaction(0, 5, "session list")
            await socket.send_json({"op": 0, "d": told, "t": "INTERACTION_CREATE", "s": 9})
        await platform.until(lambda: len(answers(platform, 0)) == 3)
    first, second, third = answers(platform, 0)
    assert first == second
    assert third == "PATCH /webhooks/1/token0/messages/@original"


async def test_call_under_way_is_answered_before_the_end(platform: Stub) -> None:
    bot, begun, free = Scripted(), asyncio.Event(), asyncio.Event()

    async def slowly(call: Call) -> Answer:
        begun.set()
        await free.wait()
        return await bot(call)

    async with asyncio.timeout(30), started(platform, House(slowly, [toy])) as adapter:
        told = interaction(0, 5, "toy see")
        await platform.send(0, told, "INTERACTION_CREATE", 9)
        await begun.wait()
        stopping = asyncio.create_task(adapter.stop())
        await asyncio.sleep(0)
        free.set()
        await stopping
    assert len(answers(platform, 0)) == 1


@pytest.mark.parametrize(
    ("code", "words"),
    [(4004, "Reset Token"), (4014, "intent"), (4011, "shard_ids"), (4013, "for good")],
)
async def test_connection_that_ends_for_good_ends_the_run_with_a_clear_word(
    platform: Stub, sqlite_url: str, code: int, words: str
) -> None:
    async with running(platform, sqlite_url) as adapter, asyncio.timeout(30):
        await platform.close(code)
        with pytest.raises(CannotStart, match=words):
            await adapter.lasts()
        assert not await adapter.connected()


async def test_connection_that_may_be_resumed_ends_nothing(platform: Stub, sqlite_url: str) -> None:
    async with running(platform, sqlite_url):
        await platform.close(4000)
        await platform.until(lambda: platform.ops(6))
        assert len(platform.ops(IDENTIFY)) == 1
