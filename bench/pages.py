"""Measures how fast the page for everybody is served, with a long history behind it."""

import asyncio
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bench.rows import Figure
from bot.domain.follow import follow
from bot.web import lately
from bot.web.public import PublicPages
from bot.web.views import Views
from storage import Storage
from storage.engine import migrate
from storage.sessions import Session
from tests.chatting import START

SESSIONS, ASKED, ANEW, AT_A_TIME = 1_000, 1_500, 50, 10
RATE = 150.0
"""Pages a second on one process."""


def rows() -> Iterator[Figure]:
    """Give the figures of pages."""
    with TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'pages.db'}"
        migrate(url)
        storage = Storage(url)
        try:
            path = _published(storage)
            rate = asyncio.run(_served(storage, path, ASKED))
            lately.SECONDS = 0.0
            anew = asyncio.run(_served(storage, path, ANEW))
        finally:
            storage.close()
    what = f"page for everybody, {SESSIONS:,} sessions behind it"
    yield Figure(what, rate, RATE, "/s")
    yield Figure(f"{what}, made anew each time", anew, None, "/s")


def _published(storage: Storage) -> str:
    """Make a community with as many sessions to come as past, and give the path of its page."""
    with storage.write() as transaction:
        home = transaction.community_at("local", "home", START, "en", "Europe/Berlin")
        home.name, home.public_calendar = "CoLab", True
        records = transaction.records(home.id)
        for number in range(SESSIONS):
            at = START + timedelta(hours=8 * (number - SESSIONS // 2))
            session = Session(
                title=f"CoLab {number}", starts_at=at, wall=f"{at:%Y-%m-%d %H:%M}", zone="UTC",
                minutes=90, created_at=START, state="announced", told_at=START,
                description="What failed, and what worked, in six districts of the city. " * 6,
            )  # fmt: skip
            records.sessions.add(session)
            records.touched.add(session)
        follow(records, START)
        return f"/c/{home.id}"


async def _served(storage: Storage, path: str, asked: int) -> float:
    """Give how many pages a second are read by several at a time, the first one included."""
    app = web.Application()
    pages = PublicPages("https://bot.example.org", Views("", {}), storage, lambda: START)
    app.add_routes(pages.routes())
    async with TestClient(TestServer(app)) as client:

        async def read() -> None:
            for _ in range(asked // AT_A_TIME):
                async with client.get(path) as answer:
                    assert "CoLab 500" in await answer.text()

        began = time.perf_counter()
        await asyncio.gather(*(read() for _ in range(AT_A_TIME)))
        return asked / (time.perf_counter() - began)
