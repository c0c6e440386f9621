"""Measures how fast PostgreSQL's outbox empties: beside procrastinate, in turn, and by several."""

import asyncio
import multiprocessing
import os
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from multiprocessing.synchronize import Barrier, Event

from procrastinate import App, PsycopgConnector
from procrastinate.types import JSONValue
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url

from bench.homes import NOW
from bench.rows import Figure
from bot.app.log import set_up_log
from bot.chat import Message, MessageRef, Place, said
from bot.groups import Group
from bot.i18n import Text, t
from bot.notices import Sending
from bot.protocol import Reader, Target
from bot.scheduler.alarm import now
from bot.scheduler.outbox import Outbox, Pace
from storage import Records, Storage
from storage.deliveries import Wanted
from storage.engine import migrate
from tests.servers import DatabaseServer, embedded

JOBS, ROUNDS, AGED, BEHIND, PROCESSES = 3_000, 3, 11, 1_000_000, 4
CORES = os.cpu_count() or 1
SPEEDUP = 2.5 if CORES > PROCESSES else 1.0
"""What several processes are to reach: without a core for each, no loss."""
toy = Group("toy", t("Toys"))
_OLD = text(
    "INSERT INTO deliveries (id, community_id, key, notice, about, due_at, sent_at, kind, revision,"
    " member_id, thread, args, state, owner, fence, attempts, message, error)"
    " SELECT n, :home, 'old|' || n, 'toy.told', 'toy:' || n, :before, :before, 'old', 0,"
    " :member, '', '{}', 'sent', 'bench', 1, 1, '1', '' FROM generate_series(1, :behind) n"
)


@toy.notice(Text("A toy"))
def told(records: Records, sending: Sending) -> Message:
    """Tell something."""
    return said(t("Told: {kind}", kind=sending.kind))


class Nothing:
    """A platform that takes everything and does nothing."""

    name = "toy"
    gap = 0.0
    edits = finds = gathers = founds = True

    async def start(self, listen: bool = True) -> None:
        """Need no connection."""

    async def stop(self) -> None:
        """Need no end."""

    async def post(self, target: Target, message: Message, reader: Reader, key: str) -> MessageRef:
        """Take a message."""
        return MessageRef(Place("toy", "home", "x"), key)

    async def edit(self, ref: MessageRef, message: Message, reader: Reader) -> None:
        """Take an edit."""

    async def find(self, target: Target, key: str, since: datetime) -> MessageRef | None:
        """Find nothing."""
        return None

    async def obstacle(self, place: Place) -> Text | None:
        """Know of nothing in the way."""
        return None

    async def time(self) -> datetime | None:
        """Have no clock."""
        return None


class BenchQueue:
    """A database in which deliveries fall due."""

    def __init__(self, url: str) -> None:
        migrate(url)
        self.url = url
        self.storage = Storage(url)
        self.filled = 0
        with self.storage.write() as transaction:
            self.home = transaction.community_at("toy", "home", NOW, "en", "UTC").id
            members = transaction.records(self.home).members
            names = (f"person{n}" for n in range(JOBS))
            self.members = [members.meet("toy", "home", name, name, NOW).id for name in names]

    def fill(self) -> None:
        """Have everybody told something, now."""
        self.filled += 1
        wanted = [Wanted(str(self.filled), now(), member_id=member) for member in self.members]
        with self.storage.write() as transaction:
            deliveries = transaction.records(self.home).deliveries
            deliveries.want(f"toy:{self.filled}", "toy.told", wanted, now())
        tidied(self.url)

    def age(self) -> None:
        """Have a million old deliveries behind those to come."""
        long_ago = NOW - timedelta(days=400)
        old = {"home": self.home, "before": long_ago, "member": self.members[0], "behind": BEHIND}
        with self.storage.write() as transaction:
            transaction.db.execute(_OLD, old)

    async def emptied(self) -> float:
        """Fill the queue and empty it; gives deliveries in a second."""
        self.fill()
        began = time.perf_counter()
        await emptying(self.storage)
        return JOBS / (time.perf_counter() - began)


def tidied(url: str) -> None:
    """Have the server look through its tables, which it does by itself where tests don't run."""
    with create_engine(url, isolation_level="AUTOCOMMIT").connect() as connection:
        connection.execute(text("VACUUM ANALYZE"))


async def emptying(storage: Storage) -> None:
    """Send until nothing waits, as a running bot does."""
    outbox = Outbox(storage, toy.notices, {"toy": Nothing()}, now, Pace(poll=0.2))
    sending = asyncio.create_task(outbox.run())
    while True:
        if await outbox.next_due() is None:
            break
        await asyncio.sleep(0.02)
    outbox.stop()
    await sending


class Theirs:
    """Procrastinate, with as many jobs that do nothing, 50 at a time."""

    def __init__(self, url: str) -> None:
        self.url = url
        login = make_url(url).set(drivername="postgresql")
        conninfo = login.render_as_string(hide_password=False)
        self.app = App(connector=PsycopgConnector(conninfo=conninfo))

        @self.app.task
        async def nothing(member: int) -> None:
            """Do nothing."""

        self.nothing = nothing

    async def emptied(self) -> float:
        """Defer jobs and work them off; gives jobs in a second."""
        jobs: list[dict[str, JSONValue]] = [{"member": n} for n in range(JOBS)]
        await self.nothing.batch_defer_async(*jobs)
        tidied(self.url)
        began = time.perf_counter()
        await self.app.run_worker_async(
            wait=False, concurrency=50, install_signal_handlers=False, listen_notify=False
        )
        return JOBS / (time.perf_counter() - began)


def rows() -> list[Figure]:
    """Empty the same queue in several ways, on one server."""
    with embedded() as address:
        server = DatabaseServer(address)
        with server.database() as name, server.database() as other, server.database() as third:
            queue, old = BenchQueue(server.url(name)), BenchQueue(server.url(third))
            found = [
                asyncio.run(_beside(queue, server.url(other))),
                _several(queue),
                _aged(queue, old),
            ]
            queue.storage.close()
            old.storage.close()
    return found


async def _beside(queue: BenchQueue, url: str) -> Figure:
    theirs = Theirs(url)
    async with theirs.app.open_async():
        await theirs.app.schema_manager.apply_schema_async()
        pairs = [(await queue.emptied(), await theirs.emptied()) for _ in range(ROUNDS + 1)][1:]
    what = "deliveries on PostgreSQL beside jobs of procrastinate that do nothing"
    ratio = statistics.median(ours / jobs for ours, jobs in pairs)
    ours, jobs = (statistics.median(one) for one in zip(*pairs, strict=True))
    return Figure(what, ratio, 2, seen=f"{ours:,.0f}/s beside {jobs:,.0f}/s")


def _several(queue: BenchQueue) -> Figure:
    rates: dict[int, list[float]] = {1: [], PROCESSES: []}
    for _ in range(ROUNDS):
        for number, found in rates.items():
            found.append(_by(queue, number))
    one, many = (statistics.median(found) for found in rates.values())
    ratio = statistics.median(b / a for a, b in zip(*rates.values(), strict=True))
    what = f"{PROCESSES} processes on PostgreSQL beside one"
    return Figure(what, ratio, SPEEDUP, seen=f"{many:,.0f}/s beside {one:,.0f}/s, {CORES} cores")


def _by(queue: BenchQueue, number: int) -> float:
    """Empty the queue by so many processes at once; gives deliveries in a second."""
    with _waiting(queue.url, number) as (ready, go, done):
        ready()
        queue.fill()
        began = time.perf_counter()
        go()
        done()
        return JOBS / (time.perf_counter() - began)


Calls = tuple[Callable[[], object], Callable[[], object], Callable[[], object]]


@contextmanager
def _waiting(url: str, number: int) -> Iterator[Calls]:
    """Start processes that wait until they are told to begin."""
    spawn = multiprocessing.get_context("spawn")
    ready, go, done = spawn.Barrier(number + 1), spawn.Event(), spawn.Barrier(number + 1)
    workers = [spawn.Process(target=_work, args=(url, ready, go, done)) for _ in range(number)]
    for worker in workers:
        worker.start()
    yield ready.wait, go.set, done.wait
    for worker in workers:
        worker.join()


def _work(url: str, ready: Barrier, go: Event, done: Barrier) -> None:
    set_up_log("ERROR")
    storage = Storage(url)
    asyncio.run(emptying(storage))  # what is loaded at first need is there
    ready.wait()
    go.wait()
    asyncio.run(emptying(storage))
    done.wait()
    storage.close()


def _aged(young: BenchQueue, old: BenchQueue) -> Figure:
    old.age()
    pairs = [(asyncio.run(old.emptied()), asyncio.run(young.emptied())) for _ in range(AGED + 1)][
        1:
    ]
    ratio = statistics.median(after / before for after, before in pairs)
    after, before = (statistics.median(one) for one in zip(*pairs, strict=True))
    seen = f"{after:,.0f}/s beside {before:,.0f}/s"
    return Figure(f"deliveries with {BEHIND:,} sent ones behind", ratio, 0.9, seen=seen)
