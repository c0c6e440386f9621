"""Does to the board of an open space what is done to it: its slots, rooms, and what is where."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bot.domain.openspaces import post
from storage import Records
from storage.deliveries import Wanted
from storage.log import Actor, LogEntry
from storage.openspace import OpenSpace, Room, Slot
from storage.topics import Topic, Whole


@dataclass(frozen=True, slots=True)
class Described:
    """A room as it is described; `capacity` 0 means no limit."""

    name: str
    capacity: int = 0
    link: str = ""


def set_slots(
    records: Records, space: OpenSpace, spans: Sequence[tuple[datetime, timedelta]]
) -> int:
    """Bring the slots in line, those kept in their order; gives how many topics lost theirs."""
    before = records.slots.of(space.id)
    for slot, (start, length) in zip(before, spans, strict=False):
        slot.starts_at, slot.ends_at = start, start + length
    for start, length in spans[len(before) :]:
        records.slots.add(Slot(openspace_id=space.id, starts_at=start, ends_at=start + length))
    gone = before[len(spans) :]
    lost = _lose(records, space, {slot.id for slot in gone})
    for slot in gone:
        records.slots.remove(slot)
    records.touched.add(space)
    return lost


def set_rooms(records: Records, space: OpenSpace, wanted: Sequence[Described]) -> int:
    """Bring the rooms in line, those kept by their names; gives how many topics lost theirs."""
    before = {room.name.casefold(): room for room in records.rooms.of(space.id)}
    gone = rooms_without(records, space, wanted)
    for one in wanted:
        room = before.get(one.name.casefold())
        room = room or records.rooms.add(Room(openspace_id=space.id, name=one.name))
        room.name, room.capacity, room.link = one.name, one.capacity, one.link
    lost = _lose(records, space, {room.id for room in gone})
    for room in gone:
        records.rooms.remove(room)
    records.touched.add(space)
    return lost


def rooms_without(
    records: Records, space: OpenSpace, wanted: Sequence[Described]
) -> Sequence[Room]:
    """List the rooms of a space that are not among those wanted."""
    names = {one.name.casefold() for one in wanted}
    return [room for room in records.rooms.of(space.id) if room.name.casefold() not in names]


def _lose(records: Records, space: OpenSpace, gone: Collection[int]) -> int:
    """Take topics out of slots or rooms that go; gives how many those were."""
    lost = [t for t in records.topics.in_space(space.id) if t.slot_id in gone or t.room_id in gone]
    for topic in lost:
        topic.put(None, None, pinned=False)
    return len(lost)


def fill(records: Records, whole: Whole, places: Mapping[int, tuple[int, int]], by: Actor) -> None:
    """Put topics where a filled board has them, and show it."""
    for topic in whole.topics:
        slot, room = places.get(topic.id, (None, None))
        topic.put(slot, room, pinned=topic.pinned and slot is not None)
    show(records, whole.space, by.now)


def show(records: Records, space: OpenSpace, now: datetime) -> None:
    """Post the board in the channels of its space."""
    records.touched.add(space)
    post(records, space, "openspace.board", Wanted("board", now), space.board)


def place_as(slot: int | None, room: int | None, *, pinned: bool) -> dict[str, Any]:
    """Give a place on the board as plain data, as the log keeps it."""
    return {"slot": slot, "room": room, "pinned": pinned}


def place_of(topic: Topic) -> dict[str, Any]:
    """Give the place of a topic in the same form."""
    return place_as(topic.slot_id, topic.room_id, pinned=topic.pinned)


def put(records: Records, topic: Topic, place: Mapping[str, Any], by: Actor) -> LogEntry:
    """Put a topic somewhere on the board, or nowhere."""
    entry = records.log.add(topic.about, "placed", by.member, by.now, place_of(topic))
    topic.put(place["slot"], place["room"], pinned=place["pinned"])
    entry.after = place_of(topic)
    records.touched.add(records.openspaces.get(topic.openspace_id))
    return entry


def exchange(records: Records, topic: Topic, other: Topic, by: Actor) -> LogEntry:
    """Let two topics change places."""
    one, two = (topic.slot_id, topic.room_id), (other.slot_id, other.room_id)
    entry = records.log.add(topic.about, "swapped", by.member, by.now, place_of(topic))
    topic.put(*two, pinned=None not in two)
    other.put(*one, pinned=None not in one)
    entry.after = {**place_of(topic), "other": other.id}
    records.touched.add(records.openspaces.get(topic.openspace_id))
    return entry


def unpin(records: Records, topic: Topic) -> None:
    """Let a topic find another place when the board is filled anew."""
    topic.pinned = False
    records.touched.add(records.openspaces.get(topic.openspace_id))
