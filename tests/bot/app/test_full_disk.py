"""Fills the disk under a local chat: it says so, and goes on when there is room again."""

import asyncio
import json
import resource
import sys

import pytest

from bot.adapters.local import Clock, Player, Shown
from bot.app.local import LocalChat, LocalStore
from storage import Storage
from tests.chatting import GROUPS, START
from tests.forked import piped

FULL = "can't save anything right now (database or disk is full)"
HELLO, LONG = "join amina zone=Africa/Nairobi", "amina in #general: " + 20_000 * "x"
Disk = tuple[Storage, list[int]]


def opened(storage: Storage, shown: list[Shown]) -> LocalChat:
    """Open a chat that keeps what it has in its database."""
    return LocalChat(storage, GROUPS, Clock(START), shown.append, LocalStore(storage))


def errors(shown: list[Shown]) -> list[str]:
    """Give what could not be done."""
    return [one.error for one in shown if one.error]


@pytest.mark.parametrize(
    "line",
    [LONG, "amina: /help", "join b{}", 'amina: /session plan title="{}" when="2026-12-02 15:00"'],
)
def test_line_that_cannot_be_kept_is_refused_and_those_behind_it_go_on(
    disk: Disk, line: str
) -> None:
    shown: list[Shown] = []

    async def played() -> LocalChat:
        local = opened(disk[0], shown)
        player = Player(local.stage, local)
        await player.play(HELLO)
        disk[1][0] = 1
        for number in range(1000):
            if not player.failed:
                await player.play(line.format(number))
        disk[1][0] = 1_000_000
        await player.play("amina in #general: Good morning")
        return local

    local = asyncio.run(played())
    assert len(errors(shown)) == 1
    assert FULL in errors(shown)[0]
    assert shown[-1].text == "amina: Good morning"
    assert local.platform.messages == asyncio.run(again(disk[0])).platform.messages


async def again(storage: Storage) -> LocalChat:
    """Start a chat anew."""
    local = opened(storage, [])
    await local.start()
    return local


@pytest.mark.processes
@pytest.mark.skipif(sys.platform != "linux", reason="only Linux fills another's disk like that")
def test_chat_on_a_full_disk_ends_with_status_1_and_no_traceback(disk_url: str) -> None:
    with piped("chat", "--db", disk_url, "--json") as (chat, typing, seen):
        typing.write(f"{HELLO}\n")
        typing.flush()
        while json.loads(seen.readline()) != {"line": 1}:
            continue
        resource.prlimit(chat.pid, resource.RLIMIT_FSIZE, (4096, resource.RLIM_INFINITY))
        typing.write(f"{LONG}\nwho\n")
        typing.close()
        shown = [json.loads(line) for line in seen]
        assert chat.wait() == 1
    assert FULL.partition(" (")[0] in shown[0]["error"]
    assert shown[-1] == {"line": 3}
