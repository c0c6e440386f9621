"""Measures how fast calendars are served, and whether others read the same clocks in them."""

import asyncio
import itertools
import statistics
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo, available_timezones

from aiohttp import ClientResponse, web
from aiohttp.test_utils import TestClient, TestServer
from dateutil.tz import tzical

from bench.rows import Figure
from bot.app.zone_data import newest
from bot.documents.vtimezone import described
from bot.domain.calendars import new_address
from bot.domain.follow import follow
from bot.web import lately
from bot.web.feeds import Feeds
from storage import Records, Storage, Transaction
from storage.engine import migrate
from storage.sessions import Session
from tests.chatting import START

ENTRIES, TIMES = 200, 15
SAME_MS, CHANGED_MS = 20.0, 150.0
FIRST, LAST = 2026, 2036
ZONES = ("Europe/Rome", "America/Bogota", "Asia/Kolkata", "America/New_York")
NO_ZONES = ("Factory", "localtime")


@dataclass(frozen=True, slots=True)
class _Stage:
    """A server with one feed, the storage behind it, and the sessions that are in the feed."""

    client: "TestClient[web.Request, web.Application]"
    path: str
    storage: Storage
    ids: tuple[int, ...]


def rows() -> Iterator[Figure]:
    """Give the figures of calendars."""
    newest()
    same, changed = asyncio.run(_served())
    what = f"feed of {ENTRIES} entries"
    yield Figure(f"{what}, unchanged (304)", same, SAME_MS, "ms", at_most=True)
    yield Figure(f"{what}, changed", changed, CHANGED_MS, "ms", at_most=True)
    zones, instants, wrong = _clocks()
    seen = f"{zones} zones, {instants:,} instants of {FIRST} to {LAST}, read by dateutil"
    yield Figure("instants that a reader finds elsewhere", wrong, 0, "", at_most=True, seen=seen)


async def _served() -> tuple[float, float]:
    lately.SECONDS = 0.0  # each request is looked at anew
    with TemporaryDirectory() as folder:
        storage = Storage(_filled(folder))
        try:
            async with _serving(storage) as stage:
                return await _unchanged(stage), await _changed(stage)
        finally:
            storage.close()


def _filled(folder: str) -> str:
    url = f"sqlite:///{Path(folder) / 'calendars.db'}"
    migrate(url)
    return url


@asynccontextmanager
async def _serving(storage: Storage) -> AsyncIterator[_Stage]:
    with storage.write() as transaction:
        home = transaction.community_at("local", "home", START, "en", "UTC")
        records = transaction.records(home.id)
        member = records.members.meet("local", "home", "amina", "Amina", START)
        token = new_address(records, member, START)
        ids = tuple(_session(records, member.id, number) for number in range(ENTRIES))
    app = web.Application()
    app.add_routes(Feeds(storage, lambda: START).routes())
    async with TestClient(TestServer(app)) as client:
        yield _Stage(client, f"/calendar/{token}.ics", storage, ids)


def _session(records: Records, member_id: int, number: int) -> int:
    at = START + timedelta(days=number)
    session = Session(
        title=f"CoLab {number}", starts_at=at, wall=f"{at:%Y-%m-%d %H:%M}", zone=ZONES[number % 4],
        minutes=90, created_at=START, state="announced", told_at=START,
        description="What failed, and what worked, in six districts of the city. " * 6,
        link=f"https://video.example.org/{number}",
    )  # fmt: skip
    records.sessions.add(session)
    records.touched.add(session)
    records.rsvps.answer_date(session.id, [(member_id, "yes")], START)
    follow(records, START)
    return session.id


async def _unchanged(stage: _Stage) -> float:
    """Give how many milliseconds a request takes whose sender has the feed, in the median."""
    first = await stage.client.get(stage.path)
    known = {"If-None-Match": first.headers["ETag"]}
    return await _median([304] * TIMES, lambda: stage.client.get(stage.path, headers=known))


async def _changed(stage: _Stage) -> float:
    """Give how many it takes after a session was moved."""
    ids = itertools.cycle(stage.ids)

    async def ask() -> ClientResponse:
        return await stage.client.get(stage.path)

    async def move() -> None:
        await stage.storage.change(lambda opened: _moved(opened, next(ids)))

    return await _median([200] * TIMES, ask, move)


def _moved(opened: Transaction, id: int) -> None:
    session = opened.db.get_one(Session, id)
    records = opened.records(session.community_id)
    session.starts_at += timedelta(minutes=5)
    records.touched.add(session)
    follow(records, START)


async def _median(
    wanted: Sequence[int],
    ask: Callable[[], Awaitable[ClientResponse]],
    before: Callable[[], Awaitable[None]] | None = None,
) -> float:
    taken = []
    for status in wanted:
        if before is not None:
            await before()
        began = time.perf_counter()
        answer = await ask()
        await answer.read()
        taken.append(time.perf_counter() - began)
        assert answer.status == status
    return statistics.median(taken) * 1000


def _clocks() -> tuple[int, int, int]:
    """Count the zones, the instants looked at, and those at which a reader has another clock."""
    zones = [name for name in sorted(available_timezones()) if name not in NO_ZONES]
    counts = [_clock(name) for name in zones]
    return len(zones), sum(seen for seen, _ in counts), sum(wrong for _, wrong in counts)


def _clock(name: str) -> tuple[int, int]:
    lines = ("BEGIN:VCALENDAR", *described(name, FIRST, LAST), "END:VCALENDAR")
    theirs, ours = tzical(StringIO("\r\n".join(lines))).get(name), ZoneInfo(name)
    begin = datetime(FIRST, 1, 1, tzinfo=UTC)
    hours = (begin + timedelta(hours=number) for number in range(0, (LAST - FIRST) * 8760, 29))
    walls = [at.astimezone(ours) for at in hours]
    once = [w for w in walls if w.replace(fold=0).utcoffset() == w.replace(fold=1).utcoffset()]
    wrong = sum(w.replace(tzinfo=theirs).utcoffset() != w.utcoffset() for w in once)
    return len(once), wrong
