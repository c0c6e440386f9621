"""Shows that whoever watches sees what the bot does, and whether it can."""

import asyncio
import re
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import datetime
from time import monotonic
from typing import Any

import aiohttp
import pytest
from pydantic import SecretStr

from bot.app import CannotStart
from bot.app.roles import ProcessState, Roles
from bot.app.running import Running
from bot.app.web import Monitor
from bot.config import Settings
from bot.config import WebSection as Section
from bot.errors import Busy
from bot.scheduler.alarm import now
from storage import Storage
from storage.deliveries import Wanted
from tests.toys import ToyPlatform, call

HERE = Section(host="127.0.0.1", port=0)


class CutOffPlatform(ToyPlatform):
    """A platform that can be cut off."""

    is_connected = True

    def __init__(self) -> None:
        super().__init__()
        self.there = asyncio.Event()

    async def start(self, listen: bool = True) -> None:
        """Tell that it was started."""
        self.there.set()

    async def connected(self) -> bool:
        return self.is_connected


@pytest.fixture
def storage(sqlite_url: str) -> Iterator[Storage]:
    opened = Storage(sqlite_url)
    yield opened
    opened.close()


@pytest.fixture
def anywhere(database_url: str) -> Iterator[Storage]:
    """Open both databases, where their statements are what is tried."""
    opened = Storage(database_url)
    yield opened
    opened.close()


@asynccontextmanager
async def watched(
    storage: Storage, platform: CutOffPlatform, section: Section = HERE
) -> AsyncIterator[Running]:
    """Run the bot until the end of a test."""
    bot, stopped = (
        Running(Settings(web=section), storage, lambda core: {"toy": platform}),
        asyncio.Event(),
    )
    at_work = asyncio.create_task(bot.until(stopped))
    await platform.there.wait()
    yield bot
    stopped.set()
    await at_work


async def page(web: Any, path: str, **headers: str) -> tuple[int, str]:
    async with (
        aiohttp.ClientSession(headers={n.replace("_", "-"): v for n, v in headers.items()}) as asks,
        asks.get(f"http://127.0.0.1:{web.port}{path}") as answer,
    ):
        return answer.status, await answer.text()


def value(text: str, name: str) -> float:
    found = re.search(rf"(?m)^{re.escape(name)} (\S+)$", text)
    assert found, text
    return float(found[1])


async def test_calls_and_queue_are_counted(anywhere: Storage) -> None:
    async with watched(anywhere, CutOffPlatform()) as bot:
        for _ in range(3):
            await bot.answer(call("community.show"))
        await bot.answer(call("drop.tables"))
        status, text = await page(bot.web, "/metrics")
    assert status == 200
    assert value(text, 'convener_call_seconds_count{command="community.show"}') == 3
    assert "drop.tables" not in text
    assert value(text, 'convener_queue{state="due"}') == 0
    assert value(text, 'convener_connected{platform="toy"}') == 1
    assert value(text, "convener_database") == 1


async def test_figures_are_for_this_machine_or_who_has_the_token(storage: Storage) -> None:
    web = Monitor(HERE, storage, {}, ProcessState(), now)
    await web.start()
    assert (await page(web, "/metrics"))[0] == 200
    for proxy in ("X_Forwarded_For", "Forwarded", "X_Real_IP", "Via"):
        assert (await page(web, "/metrics", **{proxy: "127.0.0.1"}))[0] == 404
    await web.stop()
    section = HERE.model_copy(update={"token": SecretStr("s3cret")})
    web = Monitor(section, storage, {}, ProcessState(), now)
    await web.start()
    asked = [page(web, "/metrics", Authorization=said) for said in ("", "Bearer x", "Bearer é")]
    assert [(await one)[0] for one in asked] == [404] * 3
    there = await page(web, "/metrics", Authorization="Bearer s3cret", Via="1.1 proxy")
    assert there[0] == 200
    assert (await page(web, "/health", Via="1.1 proxy"))[0] == 200
    await web.stop()


async def test_sent_delivery_is_counted_with_its_lateness(storage: Storage) -> None:
    async with watched(storage, CutOffPlatform()) as bot:
        await bot.answer(
            call("session.plan", 'title="A" when="2027-01-05 10:00"', role="coordinator")
        )
        with storage.write() as transaction:
            known = transaction.known("toy", "home", "amina")
            assert known
            told = Wanted("x", now(), member_id=known.id, args={"notice": "x", "error": "y"})
            records = transaction.records(known.community_id)
            records.deliveries.send("session:1", "community.trouble", told)
        text = ""
        async with asyncio.timeout(30):
            while 'outcome="sent"' not in text:  # the bot sends it by itself, at its own pace
                _, text = await page(bot.web, "/metrics")
    assert value(text, 'convener_deliveries_total{outcome="sent"}') == 1
    assert value(text, 'convener_lateness_seconds_bucket{le="60.0"}') == 1
    assert value(text, "convener_doubtful_deliveries_total") == 0


async def test_clock_that_nobody_confirms_is_shown(sqlite_url: str) -> None:
    class Silent(CutOffPlatform):
        async def time(self) -> datetime | None:
            if self.is_connected:
                return now()
            raise Busy(1)

    storage, platform = Storage(sqlite_url), Silent()
    platform.is_connected = False
    async with watched(storage, platform) as bot, asyncio.timeout(30):
        _, text = await page(bot.web, "/metrics")
        assert value(text, "convener_clock") == 0
        platform.is_connected = True
        while value(text, "convener_clock") == 0:  # the bot asks by itself
            _, text = await page(bot.web, "/metrics")
    storage.close()


async def test_health_asks_nobody_and_readiness_asks_everybody(anywhere: Storage) -> None:
    platform = CutOffPlatform()
    async with watched(anywhere, platform) as bot:
        assert await page(bot.web, "/health") == (200, "well\n")
        assert await page(bot.web, "/ready") == (200, "database: ready\ntoy: ready\n")
        platform.is_connected = False
        assert await page(bot.web, "/ready") == (503, "database: ready\ntoy: not ready\n")
        assert (await page(bot.web, "/health"))[0] == 200


@pytest.mark.slow
async def test_health_tells_of_a_platform_that_was_not_connected_for_long(
    storage: Storage,
) -> None:
    platform = CutOffPlatform()
    async with watched(storage, platform) as bot, asyncio.timeout(30):
        while not bot.standing.heard:  # noqa: ASYNC110  # the bot looks by itself
            await asyncio.sleep(0.01)
        bot.standing.heard["toy"] = monotonic() - 301
        status, words = await page(bot.web, "/health")
    assert (status, words) == (503, "toy: not connected for 301 s\n")


async def test_readiness_waits_for_platforms_that_are_still_connecting(storage: Storage) -> None:
    web = Monitor(HERE, storage, {"toy": CutOffPlatform()}, ProcessState(), now)
    await web.start()
    assert await page(web, "/ready") == (503, "database: ready\ntoy: not ready\n")
    await web.stop()


async def test_platform_that_is_only_posted_to_need_not_listen(storage: Storage) -> None:
    platform = CutOffPlatform()
    platform.is_connected = False
    sends = ProcessState(Roles(frozenset({"scheduler"})), {"toy"})
    web = Monitor(HERE, storage, {"toy": platform}, sends, now)
    await web.start()
    assert await page(web, "/ready") == (200, "database: ready\ntoy: ready\n")
    _, text = await page(web, "/metrics")
    assert re.findall(r"convener_role\{.*", text) == ['convener_role{role="scheduler"} 1.0']
    await web.stop()


async def test_who_is_about_to_end_is_not_ready(storage: Storage) -> None:
    web = Monitor(
        HERE, storage, {"toy": CutOffPlatform()}, ProcessState(Roles(), {"toy"}, stopping=True), now
    )
    await web.start()
    assert await page(web, "/ready") == (503, "stopping\n")
    assert (await page(web, "/health"))[0] == 200
    await web.stop()


async def test_database_that_does_not_answer_is_not_ready(tmp_path: Any) -> None:
    storage = Storage(f"sqlite:///{tmp_path / 'without-tables.db'}")
    web = Monitor(HERE, storage, {}, ProcessState(), now)
    await web.start()
    assert await page(web, "/ready") == (503, "database: not ready\n")
    status, text = await page(web, "/metrics")
    assert (status, value(text, "convener_database")) == (200, 0)
    assert "convener_queue{" not in text
    await web.stop()
    storage.close()


async def test_port_that_is_taken_is_said_plainly(sqlite_url: str) -> None:
    storage = Storage(sqlite_url)
    first = Monitor(HERE, storage, {}, ProcessState(), now)
    await first.start()
    with pytest.raises(CannotStart, match="cannot listen"):
        await Monitor(Section(port=first.port), storage, {}, ProcessState(), now).start()
    await first.stop()
    storage.close()


async def test_canary_has_no_figure_until_it_has_sung(sqlite_url: str) -> None:
    storage = Storage(sqlite_url)
    figures = Monitor(HERE, storage, {}, ProcessState(), now).figures
    assert "convener_canary_seconds" not in figures.shown({}, {}).decode()
    for seconds in (0.5, -1):
        figures.canary(seconds)
        assert value(figures.shown({}, {}).decode(), "convener_canary_seconds") == seconds
    storage.close()


async def test_unknown_one_is_doubtful(sqlite_url: str) -> None:
    storage = Storage(sqlite_url)
    web = Monitor(HERE, storage, {}, ProcessState(), now)
    web.figures.delivery("unknown", 3.0)
    text = web.figures.shown({"unknown": 1}, {}).decode()
    assert value(text, "convener_doubtful_deliveries_total") == 1
    assert value(text, 'convener_queue{state="unknown"}') == 1
    storage.close()


async def test_calendars_are_served_where_there_is_a_public_address(storage: Storage) -> None:
    public = HERE.model_copy(update={"address": "https://bot.example.org"})
    for section, served in ((HERE, False), (public, True)):
        async with watched(storage, CutOffPlatform(), section) as bot:
            status, words = await page(bot.web, "/calendar/1/sessions.ics")
        assert status == 404
        assert ("There is no calendar at this address." in words) is served
