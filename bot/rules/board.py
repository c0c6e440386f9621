"""Decides which topic meets when and where, so that most people can be where they want to be."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal


@dataclass(frozen=True, slots=True)
class BoardTopic:
    """A topic, those who convene it and those who would like to be there, by member id."""

    id: int
    conveners: frozenset[int]
    wanted_by: frozenset[int] = frozenset()

    @property
    def people(self) -> frozenset[int]:
        """Everybody who is expected."""
        return self.conveners | self.wanted_by


@dataclass(frozen=True, slots=True)
class BoardSlot:
    """A stretch of time; slots may overlap, and then nobody can be in both."""

    id: int
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class BoardRoom:
    """A place for one topic at a time; `capacity` 0 means no limit."""

    id: int
    capacity: int = 0


@dataclass(frozen=True, slots=True)
class Cell:
    """A topic in its slot and room."""

    topic: int
    slot: int
    room: int


@dataclass(frozen=True, slots=True)
class Unplaced:
    """A topic without a cell: all cells are `full`, or a `convener` of it is elsewhere in each."""

    topic: int
    reason: Literal["full", "convener"]


@dataclass(frozen=True, slots=True)
class Board:
    """The cells in use, by time and room, and the topics that found none, by id."""

    cells: tuple[Cell, ...]
    unplaced: tuple[Unplaced, ...] = ()


@dataclass(frozen=True, slots=True)
class Clash:
    """Somebody who would be in several topics at a time; `convenes` at least two of them."""

    person: int
    topics: tuple[int, ...]
    convenes: bool


def fill(
    topics: Iterable[BoardTopic],
    slots: Iterable[BoardSlot],
    rooms: Iterable[BoardRoom],
    pinned: Mapping[int, tuple[int, int]],
) -> Board:
    """Give each topic a slot and a room; `pinned` is topic to (slot, room), and stays.

    The most wanted first, each in the cell where the fewest people would have to choose or stand,
    then in the emptiest slot, then the earliest, in its largest room. Never is a convener in two
    places, unless the pins say so: `clashes` tells. A pin to a cell that is gone, or that a topic
    with a lower id has, is as none.
    """
    filling = _Filling(topics, slots, rooms)
    for topic, (slot, room) in sorted(pinned.items()):
        filling.pin(topic, slot, room)
    left = [topic for topic in filling.topics.values() if topic.id not in filling.placed]
    ordered = sorted(left, key=lambda topic: (-len(topic.people), topic.id))
    unplaced = [missed for topic in ordered if (missed := filling.place(topic))]
    return Board(filling.cells(), tuple(sorted(unplaced, key=lambda missed: missed.topic)))


def clashes(
    board: Board, topics: Iterable[BoardTopic], slots: Iterable[BoardSlot]
) -> tuple[Clash, ...]:
    """List who cannot be where they want, conveners first, then by person and topics."""
    filling = _Filling(topics, slots, ())
    filling.placed = {cell.topic: cell for cell in board.cells if cell.topic in filling.topics}
    found = {
        clash
        for slot in filling.slots
        for clash in _clashes([filling.topics[one] for one in filling.meeting(slot)])
    }
    return tuple(sorted(found, key=lambda clash: (not clash.convenes, clash.person, clash.topics)))


def _clashes(meeting: list[BoardTopic]) -> Iterable[Clash]:
    wishes: dict[int, list[BoardTopic]] = defaultdict(list)
    for topic in meeting:
        for person in topic.people:
            wishes[person].append(topic)
    for person, those in wishes.items():
        if len(those) > 1:
            convened = sum(person in topic.conveners for topic in those)
            yield Clash(person, tuple(sorted(topic.id for topic in those)), convened > 1)


class _Filling:
    """A board while it is being filled."""

    def __init__(
        self, topics: Iterable[BoardTopic], slots: Iterable[BoardSlot], rooms: Iterable[BoardRoom]
    ) -> None:
        self.topics = {topic.id: topic for topic in sorted(topics, key=lambda one: one.id)}
        ordered = sorted(slots, key=lambda slot: (slot.starts_at, slot.id))
        self.slots = {slot.id: slot for slot in ordered}
        self.rooms = {room.id: room for room in sorted(rooms, key=_smallness)}
        self.beside = {
            slot.id: {other.id for other in ordered if _overlap(slot, other)} for slot in ordered
        }
        self.placed: dict[int, Cell] = {}

    def cells(self) -> tuple[Cell, ...]:
        order = {slot: at for at, slot in enumerate(self.slots)}
        cells = self.placed.values()
        return tuple(sorted(cells, key=lambda cell: (order[cell.slot], cell.room)))

    def meeting(self, slot: int) -> list[int]:
        """Give the topics that meet in a slot or in one that overlaps it."""
        return [one.topic for one in self.placed.values() if one.slot in self.beside[slot]]

    def free(self, slot: int) -> list[BoardRoom]:
        """Give the rooms that are free all through a slot, the largest first."""
        near = self.beside[slot]
        used = {one.room for one in self.placed.values() if one.slot in near}
        return [room for room in self.rooms.values() if room.id not in used]

    def pin(self, topic: int, slot: int, room: int) -> None:
        known = topic in self.topics and slot in self.slots
        if known and any(one.id == room for one in self.free(slot)):
            self.placed[topic] = Cell(topic, slot, room)

    def place(self, topic: BoardTopic) -> Unplaced | None:
        """Place a topic in the best cell; give the reason when there is none."""
        rooms = {slot: free[0] for slot in self.slots if (free := self.free(slot))}
        apart = [slot for slot in rooms if not self._convened(topic, slot)]
        if not apart:
            return Unplaced(topic.id, "convener" if rooms else "full")
        # min takes the first of equals, and slots are in the order of time.
        best = min(apart, key=lambda slot: self._cost(topic, slot, rooms[slot]))
        self.placed[topic.id] = Cell(topic.id, best, rooms[best].id)
        return None

    def _convened(self, topic: BoardTopic, slot: int) -> bool:
        return any(topic.conveners & self.topics[other].conveners for other in self.meeting(slot))

    def _cost(self, topic: BoardTopic, slot: int, room: BoardRoom) -> tuple[int, int]:
        meeting = self.meeting(slot)
        torn = sum(len(topic.people & self.topics[other].people) for other in meeting)
        standing = max(0, len(topic.people) - room.capacity) if room.capacity else 0
        return torn + standing, len(meeting)


def _smallness(room: BoardRoom) -> tuple[bool, int, int]:
    return room.capacity > 0, -room.capacity, room.id


def _overlap(one: BoardSlot, other: BoardSlot) -> bool:
    same = one.id == other.id
    return same or (one.starts_at < other.ends_at and other.starts_at < one.ends_at)
