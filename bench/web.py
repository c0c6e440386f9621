"""Measures the pages of coordinators, and what pages add to the memory of a process."""

import asyncio
import statistics
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager

from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bench import discord, mail
from bench.homes import MEMBERS, NOW, Home, home
from bench.rows import Figure, measured_apart, resident
from bot.app.parts import all_groups
from bot.dispatcher import Dispatcher
from bot.domain.signing_in import new_link, open_link
from bot.web.site import Site
from bot.web.visitors import COOKIE
from storage import Transaction
from storage.hosting import Stay

SESSIONS, ROUNDS, MAILS = 1_000, 15, 200
SEASON_MS, MEMBERS_MS, SHARE = 200.0, 100.0, 1.3
HOST = "127.0.0.1:8080"
PATHS = {"/season": SEASON_MS, "/members": MEMBERS_MS, "/attendance": MEMBERS_MS}


def rows() -> Iterator[Figure]:
    """Give the figures of pages."""
    with home(1, SESSIONS) as made:
        found = asyncio.run(_looked_at(made))
    about = f"with {SESSIONS:,} sessions and {MEMBERS} hosts"
    for path, wanted in PATHS.items():
        yield Figure(f"web: {path} {about}", found[path], wanted, "ms", at_most=True)
    alone = measured_apart("from bench.discord import memory; print(memory())")
    both = measured_apart("from bench.web import memory; print(memory())")
    seen = f"{both:,.0f} MB beside {alone:,.0f} MB"
    what = "web: memory of a process with Discord, pages and mail beside Discord alone"
    yield Figure(what, both / alone, SHARE, at_most=True, seen=seen)


def memory() -> float:
    """Give the megabytes of a process with many Discord servers that has shown pages and mailed."""
    discord.memory()
    with home(1, SESSIONS) as made:
        asyncio.run(_looked_at(made))
        mail.send(MAILS)
        return resident()


async def _looked_at(made: Home) -> dict[str, float]:
    """Have a coordinator look at each page; gives the median milliseconds."""
    async with _signed_in(made) as client:
        return {path: await _milliseconds(client, path) for path in PATHS}


async def _milliseconds(client: "TestClient[web.Request, web.Application]", path: str) -> float:
    took = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        answer = await client.get(path, headers={"Host": HOST})
        await answer.read()
        assert answer.status == 200, answer.status
        took.append(1000 * (time.perf_counter() - began))
    return statistics.median(took[1:])


@asynccontextmanager
async def _signed_in(
    made: Home,
) -> AsyncIterator["TestClient[web.Request, web.Application]"]:
    """Open a browser in which a coordinator of a community of hosts is signed in."""

    def prepare(opened: Transaction) -> str | None:
        records = opened.records(made.community)
        for member in records.members.matching("", records.members.get(ids[0]).sight, MEMBERS):
            records.hosting.keep(Stay(member_id=member.id, joined_at=NOW))
        coordinator = records.members.get(ids[0])
        coordinator.role = "coordinator"
        return open_link(opened, new_link(records, coordinator.accounts[0], NOW), NOW)

    ids = list(made.members.values())
    with made.storage.write() as opened:
        browser = prepare(opened)
    dispatcher = Dispatcher(made.storage, all_groups())
    site = Site(f"http://{HOST}", made.storage, dispatcher.answer, dispatcher.commands, lambda: NOW)
    app = web.Application()
    app.add_routes(site.routes())
    async with TestClient(TestServer(app), cookies={COOKIE: browser or ""}) as client:
        yield client
