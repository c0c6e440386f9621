"""Shows how the pages of the local chat are opened beside the prompt."""

import asyncio
import subprocess
import sys
from http.client import HTTPConnection
from pathlib import Path

import pytest
from prompt_toolkit.application import create_app_session
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput

from bot.app import chat as running
from bot.app.database import set_aside
from bot.app.door import HOST, Door
from tests.chatting import Chat

HEAVY = ("sqlalchemy", "aiohttp", "prompt_toolkit", "jinja2", "bot.dispatcher")


@pytest.mark.processes
def test_address_is_known_before_anything_heavy_is_loaded() -> None:
    code = "import sys, bot.__main__; from bot.app.door import Door; print(*sys.modules)"
    command = [sys.executable, "-c", code]
    loaded = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    assert "bot.app.door" in loaded
    assert not set(HEAVY) & set(loaded)


def test_another_port_is_taken_where_somebody_is_already() -> None:
    first, second = Door(), Door()
    assert first.address != second.address
    assert all(f"http://{HOST}:" in one.address for one in (first, second))
    assert first.secret != second.secret
    first.close()
    second.close()


def test_only_this_machine_is_listened_on() -> None:
    door = Door()
    with door.listens() as listens:
        assert listens.getsockname()[0] == "127.0.0.1"
    door.close()


@pytest.mark.slow
def test_chat_begins_anew_while_somebody_sits_at_the_prompt(chat: Chat) -> None:
    chat.join("amina", locale="en", role="coordinator")
    door, seen = Door(), list[int]()

    def press() -> None:
        asked = HTTPConnection(door.origin.removeprefix("http://"), timeout=10)
        asked.request("POST", f"/chat/{door.secret}/anew", headers={"Origin": door.origin})
        seen.append(asked.getresponse().status)
        asked.close()

    async def sitting() -> int:
        with create_pipe_input() as pipe, create_app_session(input=pipe, output=DummyOutput()):
            pressing = asyncio.create_task(asyncio.to_thread(press))
            status = await asyncio.wait_for(running._sit(chat.local, door), 20)
            await pressing
            return status

    assert chat.runner.run(sitting()) == running.ANEW
    assert seen == [303]
    door.close()


def test_chat_there_was_is_kept_in_a_file(tmp_path: Path) -> None:
    file = tmp_path / "chat.db"
    file.write_bytes(b"all of it")
    (kept,) = set_aside(f"sqlite:///{file}")
    assert kept.read_bytes() == b"all of it"
    assert not file.exists()
