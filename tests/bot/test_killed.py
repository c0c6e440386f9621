"""Kills the chat in the middle of writing, and looks at what is left."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.forked import piped

pytestmark = pytest.mark.processes
HELLO = "join amina zone=Africa/Nairobi locale=en role=coordinator\n"
PLAN = 'amina in #general: /session plan title="Session {number}" when="2026-12-02 15:00"\n'
ANNOUNCE = 'amina: press "Announce now"\n'


@pytest.mark.parametrize("lines", [3, 8, 15, 26])
def test_killed_while_writing_nothing_acknowledged_is_lost(disk_path: Path, lines: int) -> None:
    file = disk_path / "convener.db"
    carried_out = _killed_after(file, lines)
    with closing(sqlite3.connect(file)) as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []
        titles = {row[0] for row in database.execute("SELECT title FROM sessions")}
        halves = database.execute(
            "SELECT count(*) FROM sessions WHERE state = 'announced' AND NOT EXISTS "
            "(SELECT 1 FROM deliveries WHERE about = 'session:' || sessions.id)"
        ).fetchone()
    assert {f"Session {number}" for number in range(carried_out // 2)} <= titles
    assert halves == (0,)


def test_buttons_work_after_the_chat_was_killed(disk_path: Path) -> None:
    file = disk_path / "convener.db"
    _killed_after(file, 9)
    done = _chat(file, 'amina: press "session.rsvp?answer=yes"\n')
    assert '"error"' not in done
    assert "You're coming to" in done


def _killed_after(file: Path, lines: int) -> int:
    """Feed lines until so many were carried out, then kill; gives how many plans and presses."""
    with piped(*_arguments(file)) as (chat, typing, seen):
        typing.write(HELLO)
        for number in range(60):
            typing.write(PLAN.format(number=number) + ANNOUNCE)
        typing.flush()
        done = 0
        for words in seen:
            done += set(json.loads(words)) == {"line"}
            if done > lines:
                chat.kill()
                break
    return lines


def _chat(file: Path, words: str) -> str:
    with piped(*_arguments(file)) as (chat, typing, seen):
        typing.write(words)
        typing.close()
        shown = seen.read()
        assert chat.wait() == 0
    return shown


def _arguments(file: Path) -> list[str]:
    chat = ["chat", "--json", "--clock", "2026-11-01T08:00Z"]
    return [*chat, "--db", f"sqlite:///{file}"]
