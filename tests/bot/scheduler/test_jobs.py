"""Shows that jobs take effect once, when their thing is as it was, and that whoever asked knows."""

import asyncio
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from bot.chat import Message, said
from bot.i18n import Text, t
from bot.notices import JobDeclaration, Notice, Sending, Work
from bot.scheduler.computing import NotComputed
from bot.scheduler.jobs import LEASE, JobRunner
from storage import Records, Storage
from storage.deliveries import Delivery
from storage.jobs import MOST, PAUSES
from storage.jobs import Job as Row
from tests.chatting import START
from tests.toys import Watch


def doubled(given: Mapping[str, Any]) -> dict[str, Any]:
    """Compute something that takes no time."""
    return {"twice": 2 * given["number"]}


def told(records: Records, sending: Sending) -> Message | None:
    """Tell whoever asked."""
    return said(t("Done"))


class Doubling:
    """A job that doubles a number, and what befalls it meanwhile."""

    def __init__(self, storage: Storage) -> None:
        self.storage, self.watch, self.number = storage, Watch(START), 4
        self.trouble: Exception | None = None
        self.hangs = False
        self.needed, self.then_breaks, self.computed = True, False, 0
        self.meanwhile: Callable[[], object] = lambda: None
        with storage.write() as transaction:
            self.home = transaction.community_at("local", "home", START, "en", "UTC").id
            records = transaction.records(self.home)
            self.amina = records.members.meet("local", "home", "amina", "Amina", START).id
        self.runner = self.another()

    def another(self) -> JobRunner:
        """Have another process run the same jobs."""
        runner = JobRunner(self.storage, self.watch)
        notice = Notice("toy.told", Text("A toy"), told)
        job = JobDeclaration("toy.double", Text("A toy"), self.describe, notice, self.then)
        runner.known = {job.name: job}
        runner.compute = self.compute
        return runner

    def describe(self, records: Records, job: Row, now: datetime) -> Work | None:
        """Describe what is to be doubled now."""
        return Work(doubled, {"number": self.number}) if self.needed else None

    def then(self, records: Records, job: Row, now: datetime) -> None:
        """Keep it as the name of the community."""
        records.community.name += f"{job.result['twice']} "
        records.db.flush()
        if self.then_breaks:
            raise RuntimeError("broken")

    async def compute(self, work: Work) -> dict[str, Any]:
        """Compute it, or not."""
        self.computed += 1
        self.meanwhile()
        if self.hangs:
            await asyncio.Event().wait()
        if self.trouble:
            raise self.trouble
        return work.compute(work.given)

    def ask(self) -> None:
        """Ask for the job."""
        with self.storage.write() as transaction:
            records = transaction.records(self.home)
            records.jobs.ask("toy:7", "toy.double", self.amina, self.watch())

    def turn(self, **later: float) -> bool:
        """Run what is due a while later."""
        self.watch.forward(**later)
        return asyncio.run(self.runner.turn())

    def stands(self) -> tuple[str, list[str], list[str]]:
        """Give what it did, the states of jobs, and what Amina is told."""
        with self.storage.read() as transaction:
            name = transaction.records(self.home).community.name
            jobs = transaction.db.scalars(select(Row).order_by(Row.id))
            states = [row.state for row in jobs]
            rows = transaction.db.scalars(select(Delivery).where(Delivery.notice == "toy.told"))
            return name, states, [row.kind.partition(":")[2] for row in rows]


@pytest.fixture
def doubling(database_url: str) -> Iterator[Doubling]:
    storage = Storage(database_url)
    made = Doubling(storage)
    made.ask()
    yield made
    storage.close()


def test_job_takes_effect_once_and_whoever_asked_is_told(doubling: Doubling) -> None:
    doubling.ask()  # twice, before it has begun
    assert (doubling.turn(), doubling.turn()) == (True, False)
    assert doubling.stands() == ("8 ", ["done"], ["done"])


def test_job_is_described_again_when_its_thing_was_changed(doubling: Doubling) -> None:
    doubling.meanwhile = lambda: setattr(doubling, "number", 5)
    assert (doubling.turn(), doubling.turn(), doubling.turn()) == (True, True, False)
    assert doubling.stands() == ("10 ", ["done"], ["done"])


def test_job_whose_thing_changes_all_the_time_is_given_up(doubling: Doubling) -> None:
    doubling.meanwhile = lambda: setattr(doubling, "number", doubling.number + 1)
    assert [doubling.turn() for _ in range(MOST + 1)] == [True] * MOST + [False]
    assert doubling.stands() == ("", ["failed"], ["failed"])


@pytest.mark.parametrize("breaks", ["compute", "then"])
def test_job_that_breaks_is_tried_again_and_then_told(doubling: Doubling, breaks: str) -> None:
    doubling.trouble = NotComputed("time") if breaks == "compute" else None
    doubling.then_breaks = breaks == "then"
    assert (doubling.turn(), doubling.turn()) == (True, False)
    assert doubling.stands() == ("", ["waiting"], [])
    for pause in PAUSES:
        assert doubling.turn(seconds=pause.total_seconds())
    assert not doubling.turn(hours=9)
    assert doubling.stands() == ("", ["failed"], ["failed"])


def test_job_that_is_needed_no_more_is_forgotten(doubling: Doubling) -> None:
    doubling.meanwhile = lambda: setattr(doubling, "needed", False)
    assert doubling.turn()
    assert doubling.stands() == ("", [], [])


def test_job_of_a_process_that_died_begins_again_when_its_lease_ends(doubling: Doubling) -> None:
    with doubling.storage.write() as transaction:
        assert transaction.jobs.claim(["toy.double"], START, LEASE)
    assert not doubling.turn(minutes=1)
    assert doubling.turn(seconds=LEASE.total_seconds())
    assert doubling.stands() == ("8 ", ["done"], ["done"])


def test_job_that_another_process_took_over_takes_effect_once(doubling: Doubling) -> None:
    def overtake() -> None:
        doubling.meanwhile = lambda: None
        doubling.watch.forward(seconds=LEASE.total_seconds())
        work = doubling.another()._begin()
        assert work

    doubling.meanwhile = overtake
    assert doubling.turn()
    assert doubling.stands() == ("", ["running"], [])
    assert doubling.turn(seconds=LEASE.total_seconds())
    assert doubling.stands() == ("8 ", ["done"], ["done"])


def test_job_that_stops_each_process_is_given_up(doubling: Doubling) -> None:
    for _ in range(MOST):
        with doubling.storage.write() as transaction:
            assert transaction.jobs.claim(["toy.double"], doubling.watch(), LEASE)
        doubling.watch.forward(seconds=LEASE.total_seconds())
    assert doubling.turn()
    assert (doubling.computed, doubling.stands()) == (0, ("", ["failed"], ["failed"]))


def test_job_is_handed_back_when_the_bot_stops(doubling: Doubling) -> None:
    async def stopped() -> None:
        begun = asyncio.Event()
        doubling.meanwhile = begun.set
        turn = asyncio.ensure_future(doubling.runner.turn())
        await begun.wait()
        turn.cancel()
        await asyncio.wait([turn])

    doubling.hangs = True
    asyncio.run(stopped())
    assert doubling.stands() == ("", ["waiting"], [])
    doubling.hangs = False
    assert doubling.turn()


def test_whoever_asked_long_ago_is_told_in_the_morning(doubling: Doubling) -> None:
    doubling.turn(hours=16)  # midnight
    with doubling.storage.read() as transaction:
        [row] = transaction.db.scalars(select(Delivery))
        assert row.due_at > doubling.watch() + timedelta(hours=1)
