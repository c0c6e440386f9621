"""Rehearses a year on a copy of what is on Slack, Discord and mail: it is seen, and not sent."""

import asyncio
import json
import sys
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from bot.adapters.local import Clock, Player
from bot.app.backup import backup
from bot.app.local import LocalChat
from bot.chat import Place
from storage import Storage
from tests.bot.app.conftest import Typed
from tests.chatting import GROUPS, START

pytestmark = pytest.mark.slow
PLAYED = """join Amina zone=Africa/Nairobi locale=en role=coordinator
join Bruno zone=America/Bogota locale=es
join Dora zone=Europe/Paris locale=fr workspace=discord
Amina: /community invite email=ann@example.org name=Ann
Amina in #general: /session plan title="Locally led" when="2027-03-03 15:00"
Amina: press "Announce now"
join Ann mail=ann@example.org
Ann: press session.rsvp?answer=yes
Bruno: press session.rsvp?answer=yes
Dora in #lobby: /session plan title="Retour" when="2027-04-07 15:00"
Dora: press session.announce
"""
YEAR = "time +365d\n"
COPY = ("chat", "--copy-of", "all.zip", "--json")


@pytest.fixture
def copied(sqlite_url: str, typed: Typed) -> Path:
    """Back up two communities whose posts stand on Slack and Discord, under ids of theirs."""
    with closing(Storage(sqlite_url)) as storage:
        asyncio.run(play(LocalChat(storage, GROUPS, Clock(START), lambda shown: None)))
        with storage.engine.begin() as connection:
            connection.execute(text("UPDATE posts SET message = '1731.' || message"))
            connection.execute(text("UPDATE members SET name = 'Bruno Díaz' WHERE name = 'Bruno'"))
    backup(sqlite_url, Path("all.zip"))
    return Path("all.zip")


async def play(chat: LocalChat) -> None:
    elsewhere = chat.platform.elsewhere
    chat.stand_for(["slack", "discord"])
    elsewhere.homes |= {"local": ("slack", "T1"), "discord": ("discord", "9001")}
    elsewhere.channels["general"] = Place("slack", "T1", "C100", "general")
    elsewhere.channels["lobby/discord"] = Place("discord", "9001", "555", "lobby")
    await chat.start()
    player = Player(chat.stage, chat)
    for line in PLAYED.splitlines():
        await player.play(line)
    assert not player.failed


CALLS = ("socket.connect", "socket.sendto", "socket.getaddrinfo")
CALLED: list[object] = []


def _note(event: str, args: tuple[object, ...]) -> None:
    if event in CALLS:
        CALLED.append(args)


@pytest.fixture
def called() -> list[object]:
    """Note who is called over the network."""
    sys.addaudithook(_note)  # for as long as this process lives
    CALLED[:] = []
    return CALLED


def objects(output: str) -> Sequence[dict[str, Any]]:
    return [json.loads(line) for line in output.splitlines()]


def test_year_is_seen_by_whom_it_is_for_and_sent_to_nobody(
    typed: Typed, copied: Path, called: list[object]
) -> None:
    before, beside = copied.read_bytes(), {*Path().iterdir()}
    result = typed(*COPY, lines=YEAR)
    shown = [one for one in objects(result.stdout) if "to" in one]
    told = {(one["to"], one.get("workspace"), one["title"]) for one in shown if "title" in one}
    assert ("@Bruno-Díaz", None, "“Locally led” comienza en 24 horas.") in told
    assert ("#general", None, "“Locally led” begins in 24 hours.") in told
    assert ("@Amina", None, "“Locally led” is over.") in told
    assert ("#lobby", "discord", "«\u202fRetour\u202f» commence dans 24 heures.") in told
    assert ("@Dora", "discord") in {one[:2] for one in told}
    assert any(one[0] == "@Ann" for one in told)
    assert (result.exit_code, called) == (0, [])
    assert copied.read_bytes() == before
    assert {*Path().iterdir()} == beside


@pytest.mark.nightly
def test_one_is_who_the_bot_knows_and_what_changes_elsewhere_is_seen(
    typed: Typed, copied: Path
) -> None:
    lines = "time +3m\n/session list\nBruno-Díaz: /session list\ntime 2027-03-02T15:00Z\n"
    pressed = 'Bruno-Díaz: press "No puedo ir"\nwho\n'
    shown = objects(typed(*COPY, lines=lines + pressed).stdout)
    assert "error" not in {key for one in shown for key in one}
    assert [one["to"] for one in shown if "Locally led" in one.get("text", "")][:2] == [
        "@Amina",
        "@Bruno-Díaz",
    ]
    (changed,) = [one for one in shown if one.get("title") == "Locally led" and one["to"][0] == "#"]
    assert "Can't come: 1" in changed["text"]
    assert "@Bruno-Díaz" in shown[-2]["text"]


@pytest.mark.parametrize("more", [("--db", "x.db"), ("--clock", "2026-11-01T08:00Z"), ("--fresh",)])
def test_copy_goes_with_nothing_that_is_there(typed: Typed, more: tuple[str, ...]) -> None:
    Path("all.zip").write_bytes(b"")
    result = typed(*COPY, *more)
    assert f"leave out {more[0]}" in result.output
    assert (result.exit_code, [*Path().iterdir()]) == (1, [Path("all.zip")])


@pytest.mark.parametrize("content", [None, b"Dear all"])
def test_what_is_no_backup_is_refused(typed: Typed, content: bytes | None) -> None:
    if content is not None:
        Path("all.zip").write_bytes(content)
    result = typed(*COPY, lines=YEAR)
    assert result.exit_code == 1
    assert "all.zip" in result.output
