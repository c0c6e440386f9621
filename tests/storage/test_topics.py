"""Shows that topics are kept once, for their own community, on both databases."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest

from storage import Records, Storage
from storage.openspace import OpenSpace, Room, Slot
from storage.sight import PUBLIC
from storage.topics import Topic

NOW = datetime(2026, 11, 2, 8, tzinfo=UTC)


@pytest.fixture
def storage(database_url: str) -> Iterator[Storage]:
    opened = Storage(database_url)
    yield opened
    opened.close()


def begin(storage: Storage) -> tuple[int, int]:
    """Open a space; gives the ids of its community and its own."""
    with storage.write() as transaction:
        home = transaction.community_at("toy", "home", NOW, "en", "UTC")
        records = transaction.records(home.id)
        space = records.openspaces.add(OpenSpace(guiding_question="Why?", opened_at=NOW))
        return home.id, space.id


def propose(records: Records, openspace_id: int, title: str) -> Topic:
    return records.topics.add(Topic(openspace_id=openspace_id, title=title, proposed_at=NOW))


def test_only_one_at_a_time_holds_a_space(storage: Storage) -> None:
    community, openspace_id = begin(storage)

    def propose_once(_: int) -> None:
        with storage.write() as transaction:
            records = transaction.records(community)
            records.openspaces.hold(records.openspaces.get(openspace_id))
            if not records.topics.in_space(openspace_id):
                propose(records, openspace_id, "The same")

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(propose_once, range(8)))
    with storage.read() as transaction:
        assert len(transaction.records(community).topics.in_space(openspace_id)) == 1


def test_topics_merged_on_and_on_count_for_the_last(storage: Storage) -> None:
    community, openspace_id = begin(storage)
    with storage.write() as transaction:
        records = transaction.records(community)
        one, two, three = (propose(records, openspace_id, title) for title in "abc")
        one.merged_into_id, two.merged_into_id = two.id, three.id
        whole = records.topics.whole(records.openspaces.get(openspace_id))
        assert whole.topics == [three]
        assert records.topics.lead(one) is three
        assert [topic.title for topic in records.topics.together(three)] == ["c", "a", "b"]


def test_a_topic_of_another_community_is_not_found(storage: Storage) -> None:
    community, openspace_id = begin(storage)
    with storage.write() as transaction:
        topic = propose(transaction.records(community), openspace_id, "Ours")
        other = transaction.community_at("toy", "elsewhere", NOW, "en", "UTC")
        theirs = transaction.records(other.id)
        assert theirs.topics.find(topic.id) is None
        assert theirs.topics.in_space(openspace_id) == []
        assert theirs.topics.named("Ours", PUBLIC, NOW) == []


def test_a_room_that_goes_leaves_its_topic_without_a_place(storage: Storage) -> None:
    community, openspace_id = begin(storage)
    with storage.write() as transaction:
        records = transaction.records(community)
        room = records.rooms.add(Room(openspace_id=openspace_id, name="Garden"))
        slot = records.slots.add(Slot(openspace_id=openspace_id, starts_at=NOW, ends_at=NOW))
        propose(records, openspace_id, "Placed").put(slot.id, room.id, pinned=True)
        records.db.flush()
        records.rooms.remove(room)
        records.db.expire_all()
        assert records.topics.whole(records.openspaces.get(openspace_id)).places == {}
