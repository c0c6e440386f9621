"""Shows that timers take effect once, at their time, and are tried again when they break."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import count

import pytest
from sqlalchemy import select

from bot.i18n import Text
from bot.notices import TimerDeclaration
from bot.scheduler.timers import TimerRunner
from storage import Records, Storage
from storage.deliveries import Delivery
from storage.timers import PAUSES
from tests.chatting import START
from tests.toys import Watch

SOON = START + timedelta(hours=1)


@pytest.fixture
def storage(database_url: str) -> Iterator[Storage]:
    opened = Storage(database_url)
    yield opened
    opened.close()


@pytest.fixture
def home(storage: Storage) -> int:
    with storage.write() as transaction:
        return transaction.community_at("local", "home", START, "en", "UTC").id


class Ringing:
    """A timer that notes when it ran; it changes something first, and may break then."""

    def __init__(self, storage: Storage) -> None:
        self.watch = Watch(START)
        self.ran: list[datetime] = []
        self.breaks = False
        self.runner = TimerRunner(storage, self.watch)
        self.runner.known = {
            "toy.ring": TimerDeclaration("toy.ring", Text("A toy that rings"), self.ring)
        }

    def ring(self, records: Records, thing_id: int, now: datetime) -> None:
        """Change something of the community."""
        records.community.name = f"rung at {now:%H:%M}"
        records.db.flush()
        if self.breaks:
            raise RuntimeError("broken")
        self.ran.append(now)


@pytest.fixture
def ringing(storage: Storage) -> Ringing:
    return Ringing(storage)


def set_at(storage: Storage, home: int, at: datetime | None, name: str = "toy.ring") -> None:
    with storage.write() as transaction:
        transaction.records(home).timers.set("toy:7", name, at)


def name_of(storage: Storage, home: int) -> str:
    with storage.read() as transaction:
        return transaction.records(home).community.name


def test_timer_takes_effect_once_when_it_is_due(
    storage: Storage, home: int, ringing: Ringing
) -> None:
    set_at(storage, home, SOON)
    assert ringing.runner.run() == 0
    ringing.watch.forward(hours=2)
    assert (ringing.runner.run(), ringing.runner.run()) == (1, 0)
    assert ringing.ran == [START + timedelta(hours=2)]


def test_timers_that_take_long_share_no_transaction(
    storage: Storage, home: int, ringing: Ringing
) -> None:
    with storage.write() as transaction:
        for thing in ("toy:7", "toy:8"):
            transaction.records(home).timers.set(thing, "toy.ring", SOON)
    ringing.watch.forward(hours=2)
    ringing.runner.clock = count().__next__
    assert [ringing.runner.run() for _ in range(3)] == [1, 1, 0]


def test_there_is_one_timer_for_a_thing_and_concern(
    storage: Storage, home: int, ringing: Ringing
) -> None:
    set_at(storage, home, SOON)
    set_at(storage, home, SOON + timedelta(hours=5))
    ringing.watch.forward(hours=2)
    assert ringing.runner.run() == 0
    set_at(storage, home, None)
    ringing.watch.forward(hours=9)
    assert ringing.runner.run() == 0


def test_timer_that_breaks_leaves_nothing_and_is_tried_again(
    storage: Storage, home: int, ringing: Ringing
) -> None:
    set_at(storage, home, SOON)
    ringing.breaks = True
    ringing.watch.forward(hours=2)
    assert ringing.runner.run() == 1
    assert name_of(storage, home) == ""
    ringing.breaks = False
    assert ringing.runner.run() == 0  # not before a minute has passed
    ringing.watch.forward(minutes=1)
    assert ringing.runner.run() == 1
    assert name_of(storage, home) == "rung at 10:01"


def test_timer_that_breaks_again_and_again_is_given_up_and_told(
    storage: Storage, home: int, ringing: Ringing
) -> None:
    with storage.write() as transaction:
        amina = transaction.records(home).members.meet("local", "home", "amina", "Amina", START)
        amina.role = "coordinator"
    set_at(storage, home, SOON)
    ringing.breaks = True
    ringing.watch.forward(hours=2)
    for pause in PAUSES:
        assert ringing.runner.run() == 1
        ringing.watch.forward(minutes=pause.total_seconds() / 60)
    assert ringing.runner.run() == 1
    ringing.watch.forward(hours=100)
    assert ringing.runner.run() == 0
    with storage.read() as transaction:
        [told] = transaction.db.scalars(select(Delivery))
        assert told.args["at"] == SOON.isoformat()


def test_timer_of_another_version_is_left_to_it(
    storage: Storage, home: int, ringing: Ringing
) -> None:
    set_at(storage, home, SOON, "toy.of_tomorrow")
    ringing.watch.forward(hours=2)
    assert ringing.runner.run() == 0
    with storage.read() as transaction:
        assert ringing.runner.next(transaction) is None
