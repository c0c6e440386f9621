"""Drives the chat from the command line, as a program and as a person do."""

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from threading import Event
from threading import enumerate as enumerate_threads
from typing import Any

import pytest
from structlog.testing import capture_logs
from typer.testing import Result

from bot.app.chat import piped as piped_in
from tests.bot.app.conftest import Typed
from tests.chatting import Chat
from tests.forked import piped

HELLO = "join amina zone=Africa/Nairobi locale=en role=coordinator\n"
PLAN = 'amina in #general: /session plan title="Locally led" when="2026-12-02 15:00"\n'
CLOCK = ("--clock", "2026-11-01T08:00Z")
MEMORY = ("chat", "--db", ":memory:", *CLOCK)


def objects(result: Result) -> list[dict[str, Any]]:
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_each_line_is_told_to_be_done(typed: Typed) -> None:
    result = typed(*MEMORY, "--json", lines=f"{HELLO}\n# nothing\n{PLAN}")
    done = [one["line"] for one in objects(result) if "line" in one]
    assert (done, result.exit_code) == ([1, 2, 3, 4], 0)


def test_line_that_cannot_be_read_makes_the_status_1(typed: Typed) -> None:
    result = typed(*MEMORY, "--json", lines=f"nonsense\n{HELLO}who\n")
    shown = objects(result)
    assert result.exit_code == 1
    assert "error" in shown[0]
    assert "@amina" in shown[3]["text"]


def test_objects_have_only_the_keys_that_are_promised(typed: Typed) -> None:
    lines = f"{HELLO}{PLAN}amina: press session.announce\namina: /session plan\nx\n"
    promised = {"at", "to", "private", "id", "edits", "title", "text", "buttons"}
    promised |= {"choices", "form", "files", "error", "line"}
    keys = {key for one in objects(typed(*MEMORY, "--json", lines=lines)) for key in one}
    assert keys <= promised
    assert {"at", "to", "private", "id", "edits", "title", "text", "buttons", "form"} <= keys


def test_clock_stands_where_it_was_started(typed: Typed) -> None:
    shown = objects(typed(*MEMORY, "--json", lines=HELLO + PLAN))
    assert {one["at"] for one in shown if "at" in one} == {"2026-11-01T08:00:00Z"}


def test_quit_leaves_the_rest_unread(typed: Typed) -> None:
    assert objects(typed(*MEMORY, "--json", lines="quit\nnonsense\n")) == [{"line": 1}]


def test_lines_behind_a_quit_are_read_by_nobody_and_break_nothing() -> None:
    over, others = Event(), set(enumerate_threads())

    def lines() -> Iterator[str]:
        yield "quit\n"
        over.wait()
        yield "nonsense\n"

    async def first() -> str:
        return await anext(piped_in(lines()))

    with capture_logs() as logged:
        assert asyncio.run(first()) == "quit\n"
        over.set()
        for feed in set(enumerate_threads()) - others:
            feed.join()
    assert logged == []


def test_people_and_buttons_are_known_after_a_restart(typed: Typed, tmp_path: Path) -> None:
    again = ("chat", "--db", str(tmp_path / "a.db"), *CLOCK, "--json")
    typed(*again, lines=HELLO + PLAN)
    shown = objects(typed(*again, lines='amina: press "Announce now"\n'))
    thread = "#general"
    assert [one["to"] for one in shown if "to" in one] == ["@amina", "#general", thread]


def test_command_in_a_pipe_may_come_without_a_name(typed: Typed) -> None:
    result = typed(*MEMORY, "--json", lines='/session list\npress "Plan a session"\n')
    assert [one["to"] for one in objects(result) if "to" in one] == ["@me", "@me"]
    assert result.exit_code == 0


def test_moved_clock_goes_on_after_a_restart(typed: Typed, tmp_path: Path) -> None:
    again = ("chat", "--db", str(tmp_path / "a.db"), "--json")
    typed(*again, lines=f"{HELLO}time 2099-01-02T09:00Z\n")
    shown = objects(typed(*again, lines="time\n"))
    assert "2 Jan 2099" in shown[0]["text"]


def test_fresh_chat_sets_the_one_before_aside(typed: Typed, tmp_path: Path) -> None:
    again = ("chat", "--db", str(tmp_path / "a.db"))
    typed(*again, lines=HELLO)
    result = typed(*again, "--fresh", lines="who\n")
    assert "Nobody is here yet" in result.stdout
    assert len([*tmp_path.glob("a.db.2*")]) == 1


def test_what_a_terminal_would_obey_is_not_printed(typed: Typed) -> None:
    form = "\x1b[2J\u202eevil"
    lines = f'{HELLO}amina in #general: /session plan description="{form}"\n'
    assert not {"\x1b", "\u202e"} & set(typed(*MEMORY, lines=lines).stdout)
    assert not {"\x1b", "\u202e"} & set(typed(*MEMORY, "--json", lines=lines).stdout)


def test_chat_for_people_is_plain(typed: Typed) -> None:
    result = typed(*MEMORY, lines=HELLO + PLAN)
    assert "only amina sees this" in result.stdout
    assert "[Announce now]" in result.stdout


def test_chat_without_anything_keeps_a_file_under_data(typed: Typed, tmp_path: Path) -> None:
    typed("chat", lines=HELLO)
    assert (tmp_path / "data" / "convener.db").stat().st_mode & 0o777 == 0o600


def test_example_begins_with_a_small_community(typed: Typed) -> None:
    result = typed("chat", "--db", ":memory:", "--example", "--json", lines="who\n")
    assert all(name in objects(result)[0]["text"] for name in ("me", "amina", "bruno", "claire"))
    assert result.exit_code == 0


def test_example_is_played_in_a_new_chat_only(typed: Typed, tmp_path: Path) -> None:
    again = ("chat", "--db", str(tmp_path / "a.db"), "--json")
    typed(*again, lines=HELLO)
    shown = objects(typed(*again, "--example", lines="who\n"))
    assert "bruno" not in shown[0]["text"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--clock", "tomorrow"), "--clock 2026-11-01T08:00Z"),
        (("--db", "mysql://x/y"), "address"),
        (("--db", "/dev/null/x.db"), "cannot be opened"),
        (("--config", "nowhere.toml"), "nowhere.toml cannot be read"),
    ],
)
def test_chat_that_cannot_start_says_why(
    typed: Typed, arguments: tuple[str, ...], said: str
) -> None:
    result = typed("chat", *arguments)
    assert result.exit_code == 1
    assert said in str(result.output)
    assert "Traceback" not in result.output


def test_file_that_is_no_database_is_refused(typed: Typed, tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("Dear all, " * 200)
    result = typed("chat", "--db", "letter.txt")
    assert result.exit_code == 1
    assert "not a database" in result.output


@pytest.mark.processes
def test_words_that_are_no_text_do_not_stop_the_chat() -> None:
    with piped(*MEMORY, "--json") as (chat, typing, seen):
        typing.buffer.write(HELLO.encode() + b"amina in #a: \xff\xfe caf\xc3\xa9\nwho\n")
        typing.close()
        shown = seen.read()
        assert chat.wait() == 0
    assert '{"line": 3}' in shown
    assert "café" in shown


@pytest.mark.processes
def test_chat_is_driven_through_a_pipe_line_by_line() -> None:
    with piped(*MEMORY, "--json") as (chat, typing, seen):
        for number, line in enumerate((HELLO, PLAN, "who\n"), 1):
            typing.write(line)
            typing.flush()
            while json.loads(seen.readline()) != {"line": number}:
                continue
        typing.close()
        assert chat.wait() == 0


@pytest.mark.processes
def test_person_at_a_terminal_is_welcomed_and_leaves() -> None:
    ours, theirs = os.openpty()
    command = [sys.executable, "-m", "bot", "chat", "--db", ":memory:"]
    with subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs) as chat:
        os.close(theirs)
        printed = b""
        while b"me in #general>" not in printed:
            printed += os.read(ours, 4096)
        os.write(ours, b"quit\r")
        assert chat.wait(20) == 0
    os.close(ours)
    assert b"/session list" in printed


def test_reminder_comes_at_its_time_though_the_clock_is_moved_while_it_ticks(chat: Chat) -> None:
    chat.join("amina", zone="UTC", role="coordinator")
    chat.say("amina", "/session plan Team call 2026-11-04 15:00", "#general")
    chat.press("amina", "Announce now")

    async def moved() -> None:
        ticking = asyncio.create_task(chat.local.tick())
        await asyncio.sleep(0)
        await chat.local.advance(datetime(2026, 11, 4, 15, tzinfo=UTC))
        ticking.cancel()

    chat.runner.run(moved())
    reminders = [one.at for one in chat.everything if "begins in" in f"{one.title} {one.text}"]
    assert {"2026-11-03T15:00:00Z", "2026-11-04T14:00:00Z"} <= {*reminders}
