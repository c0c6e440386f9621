"""Shows how rows are brought in line with what is wanted."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from storage import Records, Storage
from storage.deliveries import Wanted
from storage.people import Member
from tests.toys import NOW

HOUR = timedelta(hours=1)


@pytest.fixture
def records(database_url: str) -> Iterator[Records]:
    storage = Storage(database_url)
    with storage.write() as transaction:
        home = transaction.community_at("toy", "home", NOW, "en", "UTC")
        yield transaction.records(home.id)
    storage.close()


@pytest.fixture
def amina(records: Records) -> Member:
    return records.members.meet("toy", "home", "amina", "Amina", NOW)


def states(records: Records) -> list[tuple[str, str]]:
    rows = records.deliveries.about("session:1")
    return sorted((row.kind, row.state) for row in rows)


def test_new_ones_are_added_and_stale_ones_cancelled(records: Records, amina: Member) -> None:
    day = Wanted("day", NOW + HOUR, member_id=amina.id)
    hour = Wanted("hour", NOW + 2 * HOUR, member_id=amina.id)
    records.deliveries.want("session:1", "x", [day, hour], NOW)
    records.deliveries.want("session:1", "x", [hour], NOW)
    assert states(records) == [("day", "cancelled"), ("hour", "pending")]


def test_cancelled_one_wanted_again_comes_back(records: Records, amina: Member) -> None:
    day = Wanted("day", NOW + HOUR, member_id=amina.id)
    records.deliveries.want("session:1", "x", [day], NOW)
    records.deliveries.want("session:1", "x", [], NOW)
    records.deliveries.want("session:1", "x", [day], NOW)
    assert states(records) == [("day", "pending")]


def test_changed_moment_moves_the_row(records: Records, amina: Member) -> None:
    for hours in (1, 5):
        one = Wanted("day", NOW + hours * HOUR, member_id=amina.id)
        records.deliveries.want("session:1", "x", [one], NOW)
    assert [row.due_at for row in records.deliveries.about("session:1")] == [NOW + 5 * HOUR]


def test_what_is_overdue_is_left_to_its_notice(records: Records, amina: Member) -> None:
    one = Wanted("day", NOW - HOUR, member_id=amina.id)
    records.deliveries.want("session:1", "x", [one], NOW - 2 * HOUR)
    records.deliveries.want("session:1", "x", [], NOW)
    assert states(records) == [("day", "pending")]


def test_what_was_sent_is_not_wanted_again(records: Records, amina: Member) -> None:
    one = Wanted("day", NOW + HOUR, member_id=amina.id)
    records.deliveries.want("session:1", "x", [one], NOW)
    records.deliveries.about("session:1")[0].state = "sent"
    records.deliveries.want("session:1", "x", [one], NOW)
    assert states(records) == [("day", "sent")]


def test_one_members_rows_leave_others_alone(records: Records, amina: Member) -> None:
    bruno = records.members.meet("toy", "home", "bruno", "Bruno", NOW)
    both = [Wanted("day", NOW + HOUR, member_id=one.id) for one in (amina, bruno)]
    records.deliveries.want("session:1", "x", both, NOW)
    records.deliveries.want("session:1", "x", [], NOW, amina.id)
    assert sorted(state for _, state in states(records)) == ["cancelled", "pending"]


def test_other_notices_about_the_same_thing_are_left_alone(records: Records, amina: Member) -> None:
    records.deliveries.send("session:1", "y", Wanted("once", NOW + HOUR, member_id=amina.id))
    records.deliveries.want("session:1", "x", [], NOW)
    assert states(records) == [("once", "pending")]
