"""Shows that turns are counted alike on both databases, and that a turn goes to one of two."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from bot.dispatcher import Dispatcher
from bot.handlers.hosting import host
from bot.protocol import Answer
from storage import Records, Storage
from storage.people import Member
from storage.sessions import Session
from tests.toys import NOW, call, spoken

DAY = timedelta(days=1)


@pytest.fixture
def storage(database_url: str) -> Iterator[Storage]:
    opened = Storage(database_url)
    yield opened
    opened.close()


@pytest.fixture
def records(storage: Storage) -> Iterator[Records]:
    with storage.write() as transaction:
        home = transaction.community_at("toy", "home", NOW, "en", "UTC")
        yield transaction.records(home.id)


@pytest.fixture
def amina(records: Records) -> Member:
    return records.members.meet("toy", "home", "amina", "Amina", NOW)


def meeting(records: Records, days: int, state: str = "announced") -> Session:
    at = NOW + days * DAY
    kept = Session(
        title="Seeds", starts_at=at, wall="", zone="UTC", minutes=60, created_at=NOW, state=state
    )
    return records.sessions.add(kept)


def test_past_turns_are_counted_with_the_last_of_them(records: Records, amina: Member) -> None:
    for days in (-20, -10, 10):
        records.hosting.settle(meeting(records, days), amina.id, "accepted", NOW)
    assert records.hosting.counts(NOW) == [(amina.id, 2, NOW - 10 * DAY)]


def test_turns_of_cancelled_sessions_are_nobodys(records: Records, amina: Member) -> None:
    for days in (-1, 1):
        records.hosting.settle(meeting(records, days, "cancelled"), amina.id, "accepted", NOW)
    assert records.hosting.counts(NOW) == []
    assert records.hosting.turns_of(amina.id, amina.sight, NOW) == []
    assert records.hosting.since(NOW - 9 * DAY) == []


def test_a_turn_remembers_the_time_that_was_agreed_to(records: Records, amina: Member) -> None:
    session = meeting(records, 1)
    turn = records.hosting.settle(session, amina.id, "proposed", NOW)
    assert turn.agreed_to is None
    assert records.hosting.settle(session, amina.id, "accepted", NOW) is turn
    assert turn.agreed_to == session.starts_at


def test_another_communitys_turns_are_out_of_reach(records: Records, amina: Member) -> None:
    session = meeting(records, 1)
    records.hosting.settle(session, amina.id, "accepted", NOW)
    elsewhere = Records(records.db, records.community_id + 1)
    assert elsewhere.hosting.turn_of(session.id, amina.id) is None
    assert elsewhere.hosting.of_session(session.id) == []
    assert elsewhere.hosting.stays() == []


def test_two_who_take_a_turn_at_once_do_not_both_get_it(storage: Storage) -> None:
    dispatcher = Dispatcher(storage, [host])
    with storage.write() as transaction:
        home = transaction.community_at("toy", "home", NOW, "en", "UTC")
        session = meeting(transaction.records(home.id), 1).id
    for who in ("amina", "bruno"):
        dispatcher.execute(call("host.join", who=who, role="core"))

    def take(who: str) -> Answer:
        return dispatcher.execute(call("host.take", who=who, args={"session": str(session)}))

    with ThreadPoolExecutor(2) as threads:
        answers = [spoken(answer) for answer in threads.map(take, ("amina", "bruno"))]
    assert sorted("faster" in words for words in answers) == [False, True]
