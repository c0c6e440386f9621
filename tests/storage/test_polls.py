"""Shows that an hour of a poll is answered once by each, on both databases."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest

from bot.domain import polls as domain
from bot.moments import WallTime
from storage import Storage
from storage.log import Actor
from storage.polls import GOOD, OPEN, Poll
from storage.sight import PUBLIC

NOW = datetime(2026, 11, 2, 8, tzinfo=UTC)
LATER = NOW + timedelta(days=9)


@pytest.fixture
def storage(database_url: str) -> Iterator[Storage]:
    opened = Storage(database_url)
    yield opened
    opened.close()


def test_hour_is_answered_once_however_many_presses_there_are_at_a_time(storage: Storage) -> None:
    with storage.write() as transaction:
        home = transaction.community_at("toy", "home", NOW, "en", "UTC").id
        records = transaction.records(home)
        mia = records.members.meet("toy", "home", "mia", "Mia", NOW).id
        poll = Poll(title="Seeds", minutes=60, created_at=NOW, closes_at=LATER, state=OPEN)
        domain.plan(records, poll, [WallTime(LATER, "2026-11-11 08:00", "UTC")], ())
        (date,), id = records.poll_dates.of(poll.id), poll.id
        hour = date.id

    def press(_: int) -> None:
        with storage.write() as transaction:
            records = transaction.records(home)
            asked = records.polls.get(id)
            records.polls.hold(asked)
            domain.answer(records, asked, {hour: GOOD}, Actor(records.members.get(mia), NOW))

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(press, range(8)))
    with storage.read() as transaction:
        records = transaction.records(home)
        assert domain.tally(records, records.polls.get(id)).counts == {hour: (1, 0, 0)}
        assert [poll.id for poll in records.polls.named("seed", PUBLIC, NOW)] == [id]
        assert [poll.id for poll in records.polls.undecided(NOW)] == [id]
        assert not records.polls.undecided(LATER)
