"""Tells a bot to end in the middle of its work, and looks at what is left to others."""

import subprocess
import sys
from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.fakes.slack.state import Mishap
from tests.processes import Town, town

pytestmark = pytest.mark.processes
POST = "chat.postMessage"


@pytest.fixture
async def home(database_url: str, tmp_path: Path) -> AsyncIterator[Town]:
    async with town(database_url, tmp_path) as made:
        yield made


async def test_told_to_end_it_finishes_what_is_going_out_and_leaves_the_rest(home: Town) -> None:
    home.state.mishaps[POST] = [Mishap(delay=0.5) for _ in range(6)]
    home.want(each=3)
    async with home.bot() as bot:
        await home.until_shown(1)
        assert await bot.told_to_end() == 0
    left = home.states()
    assert set(left) <= {"sent", "pending"}, bot.log
    assert left["sent"] == len(home.state.messages) > 0
    async with home.bot() as next_bot:
        await home.until_logged(next_bot, "running")
        await home.until(sent=18)
        assert await next_bot.told_to_end() == 0
    assert set(home.shown().values()) == {1}
    assert len(home.shown()) == 18


async def test_told_to_end_while_a_post_hangs_it_ends_and_another_looks(home: Town) -> None:
    home.state.mishaps[POST] = [Mishap(delay=600)]
    home.want()
    async with home.bot() as bot:
        await home.until_shown(6)
        await home.until(sent=5)
        assert await bot.told_to_end() == 0
    assert home.states() == Counter(sent=5, sending=1), bot.log
    home.forget_leases()
    async with home.bot():
        await home.until(sent=6)
    assert set(home.shown().values()) == {1}


async def test_told_to_end_before_slack_is_reached_it_ends(home: Town) -> None:
    home.slack.down = True
    async with home.bot() as bot:
        await home.until_logged(bot, "slack does not answer")
        assert await bot.told_to_end() == 0


def test_what_hangs_in_a_thread_keeps_no_process_alive() -> None:
    hangs = (
        "from bot.app.stopping import last_resort\n"
        "from concurrent.futures import ThreadPoolExecutor\n"
        "from threading import Event\n"
        "last_resort(0.1).start()\n"
        "with ThreadPoolExecutor() as threads: threads.submit(Event().wait)\n"
    )
    done = subprocess.run([sys.executable, "-c", hangs], timeout=60, check=True, text=True)
    assert done.returncode == 0


async def test_app_token_that_slack_takes_no_more_ends_it_with_the_reason(home: Town) -> None:
    async with home.bot() as bot:
        await home.until_logged(bot, "running")
        await home.slack.connected(1)
        home.state.mishaps["apps.connections.open"] = [Mishap(error="invalid_auth")] * 3
        await home.slack.sockets[-1].close()
        assert await bot.ended() == 1, bot.log
    assert "Copy the tokens once more" in bot.log[-1]
