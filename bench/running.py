"""Measures what the bot costs while nothing happens: its start, its memory, its queries."""

import asyncio
import statistics
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import event

from bench.rows import Figure
from bot.dispatcher import Dispatcher
from bot.scheduler.alarm import now
from bot.scheduler.outbox import Outbox
from storage import Storage
from storage.engine import migrate

BOT = (sys.executable, "-m", "bot")
IDLE = 15.0
POLL = 5.0
"""Seconds."""


def rows() -> list[Figure]:
    """Start the bot on an empty database and look at it."""
    with TemporaryDirectory() as folder:
        file = str(Path(folder) / "bench.db")
        migrate(f"sqlite:///{file}")
        storage = Storage(f"sqlite:///{file}")
        found = [
            Figure("python -m bot check, from start to end", _check(file), 1, "s", True),
            Figure(
                "memory of a running chat with an empty database", _memory(file), 90, "MB", True
            ),
            Figure("queries in five idle seconds", asyncio.run(_idle(storage)), 1, "", True),
        ]
        storage.close()
    return found


def _check(file: str) -> float:
    took = []
    for _ in range(4):
        began = time.perf_counter()
        subprocess.run([*BOT, "check", "--db", file], capture_output=True, check=False)
        took.append(time.perf_counter() - began)
    return statistics.median(took[1:])


def _memory(file: str) -> float:
    """Give the megabytes a chat holds once it has carried a line out."""
    with subprocess.Popen(
        [*BOT, "chat", "--json", "--db", file],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as chat:
        assert chat.stdin is not None
        assert chat.stdout is not None
        chat.stdin.write("join amina zone=Africa/Nairobi locale=en\n")
        chat.stdin.flush()
        chat.stdout.readline()
        asked = ["ps", "-o", "rss=", "-p", str(chat.pid)]
        resident = subprocess.run(asked, capture_output=True, text=True, check=True).stdout
        chat.stdin.close()
    return int(resident) / 1024


async def _idle(storage: Storage) -> float:
    """Give how many statements the outbox carries out in five seconds with nothing to send."""
    asked: list[str] = []
    outbox = Outbox(storage, Dispatcher(storage, ()).notices, {}, now)
    sending = asyncio.create_task(outbox.run())
    await asyncio.sleep(1)
    event.listen(storage.engine, "before_cursor_execute", lambda *told: asked.append(told[2]))
    await asyncio.sleep(IDLE)
    sending.cancel()
    queries = [words for words in asked if not words.startswith("BEGIN")]
    return len(queries) * POLL / IDLE
