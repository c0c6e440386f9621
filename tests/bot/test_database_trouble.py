"""Takes the database away in the middle of work, and looks whether it goes on by itself."""

import asyncio
import resource
import signal
import socket
import sys
from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path
from threading import Event, Thread

import psycopg
import pytest
from sqlalchemy import func, select

from bot.app.parts import all_groups
from bot.dispatcher import Dispatcher
from bot.protocol import Answer
from storage import Storage
from storage.engine import address
from storage.sessions import Session
from tests.fakes.slack import FakePerson
from tests.fakes.slack.state import Mishap
from tests.processes import PATIENCE, Bot, Town, town
from tests.servers import Wheel
from tests.toys import call, spoken

PLAN = 'title="Soon" when="2026-12-02 10:00"'
SORRY = "can't reach my records"
EACH, PEOPLE = 3, 8


async def begun(home: Town) -> AsyncIterator[Bot]:
    """Begin to send, on a Slack that takes its time."""
    home.state.mishaps["chat.postMessage"] = [Mishap(delay=0.3) for _ in range(PEOPLE * EACH)]
    home.want(EACH)
    async with home.bot() as bot:
        await home.until_shown(PEOPLE // 2)
        yield bot


async def asked(home: Town) -> str:
    """Have somebody ask the bot something, and give what they see."""
    person = FakePerson(home.slack, home.people[0])
    before = len(person.seen)
    await person.slash("session list", home.general)
    async with asyncio.timeout(PATIENCE):
        while len(person.seen) == before:  # noqa: ASYNC110  # the bot is another process
            await asyncio.sleep(0.05)
    return person.last.text


async def gone_on(home: Town, bot: Bot) -> None:
    """See everything sent, once, by a bot nobody had to look after."""
    await home.until_all_sent(PEOPLE * EACH)
    assert set(home.shown().values()) == {1}
    assert home.shown().total() == PEOPLE * EACH
    assert SORRY not in await asked(home)
    assert bot.child.returncode is None


SIGNALS = [pytest.param(signal.SIGQUIT, marks=pytest.mark.nightly), signal.SIGKILL]


@pytest.mark.postgresql
@pytest.mark.parametrize("sign", SIGNALS)
async def test_server_that_is_stopped_hard_loses_and_doubles_nothing(
    wheel: tuple[Wheel, str], tmp_path: Path, sign: signal.Signals
) -> None:
    server, url = wheel
    async with town(url, tmp_path, PEOPLE) as home:
        async for bot in begun(home):
            server.stop_hard(sign)
            assert SORRY in await asked(home)
            server.start()
            await gone_on(home, bot)


@pytest.mark.nightly
@pytest.mark.postgresql
async def test_told_to_end_while_the_server_hangs_it_ends(
    wheel: tuple[Wheel, str], tmp_path: Path
) -> None:
    server, url = wheel
    async with town(url, tmp_path, PEOPLE) as home:
        async for bot in begun(home):
            with server.frozen():
                assert await bot.told_to_end() == 0
        async with home.bot():
            await home.until_all_sent(PEOPLE * EACH)
        assert set(home.shown().values()) == {1}


@pytest.mark.postgresql
async def test_connections_that_are_cut_lose_and_double_nothing(
    postgresql_url: str, tmp_path: Path
) -> None:
    async with town(postgresql_url, tmp_path, PEOPLE) as home:
        async for bot in begun(home):
            for _ in range(10):
                await asyncio.to_thread(cut_all, postgresql_url)
                await asyncio.sleep(0.1)
            await gone_on(home, bot)


@pytest.mark.processes
@pytest.mark.skipif(sys.platform != "linux", reason="only Linux fills another's disk like that")
async def test_disk_that_is_full_loses_and_doubles_nothing(disk_url: str, tmp_path: Path) -> None:
    async with town(disk_url, tmp_path, PEOPLE) as home:
        async for bot in begun(home):
            _, most = resource.prlimit(bot.child.pid, resource.RLIMIT_FSIZE)
            resource.prlimit(bot.child.pid, resource.RLIMIT_FSIZE, (4096, most))
            await home.until_logged(bot, "waits for the database")
            resource.prlimit(bot.child.pid, resource.RLIMIT_FSIZE, (most, most))
            await gone_on(home, bot)


def cut_all(url: str) -> None:
    """Cut all connections to a database but this one."""
    login = address(url).set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(login, autocommit=True) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


@pytest.mark.nightly
@pytest.mark.postgresql
def test_call_is_carried_out_once_while_connections_are_cut(postgresql_url: str) -> None:
    storage, over = Storage(postgresql_url), Event()
    bot = Dispatcher(storage, all_groups())

    def cutting() -> None:
        while not over.wait(0.2):
            cut_all(postgresql_url)

    trouble = Thread(target=cutting)
    trouble.start()
    for number in range(6):
        one = call("session.plan", PLAN, event=f"e{number}", role="coordinator")
        while apologised(bot.execute(one)):
            pass
    over.set()
    trouble.join()
    assert sessions(storage) == 6
    storage.close()


@pytest.mark.slow
def test_server_that_does_not_answer_is_given_up() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        storage = Storage(f"postgresql://anybody@127.0.0.1:{silent.getsockname()[1]}/nowhere")
        assert apologised(Dispatcher(storage, all_groups()).execute(call("session.list")))
        storage.close()


def apologised(answer: Answer) -> bool:
    """Say whether the bot asked to try again."""
    return SORRY in spoken(answer)


def sessions(storage: Storage) -> int:
    """Count the sessions there are."""
    with storage.read() as transaction:
        return int(transaction.db.scalar(select(func.count(Session.id))) or 0)


def test_call_on_a_full_disk_is_answered_kindly_and_keeps_nothing_half(
    disk: tuple[Storage, list[int]],
) -> None:
    storage, room = disk
    bot, done = Dispatcher(storage, all_groups()), Counter[bool]()
    for number in range(200):
        answer = bot.execute(call("session.plan", PLAN, event=f"e{number}", role="coordinator"))
        done[apologised(answer)] += 1
        room[0] = 1
        if done[True] > 2:
            break
    assert sessions(storage) == done[False] > 0
    room[0] = 1_000_000
    assert not apologised(bot.execute(call("session.plan", PLAN)))
