"""Shows that a board holds what it can, and tears nobody in two who could be spared it."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from itertools import combinations
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from bot.rules.board import (
    Board,
    BoardRoom,
    BoardSlot,
    BoardTopic,
    Cell,
    Clash,
    Unplaced,
    clashes,
    fill,
)

BEGIN = datetime(2026, 12, 2, 15, tzinfo=UTC)
HOUR = timedelta(hours=1)
Space = tuple[list[BoardTopic], list[BoardSlot], list[BoardRoom], dict[int, tuple[int, int]]]


def topic(number: int, conveners: Sequence[int] = (), wanted_by: Sequence[int] = ()) -> BoardTopic:
    return BoardTopic(number, frozenset(conveners), frozenset(wanted_by))


def slot(number: int, starts: float | None = None, hours: float = 1) -> BoardSlot:
    starts_at = BEGIN + (number if starts is None else starts) * HOUR
    return BoardSlot(number, starts_at, starts_at + hours * HOUR)


def where(board: Board) -> dict[int, tuple[int, int]]:
    return {cell.topic: (cell.slot, cell.room) for cell in board.cells}


def overlap(one: BoardSlot, other: BoardSlot) -> bool:
    return one.starts_at < other.ends_at and other.starts_at < one.ends_at


people = st.frozensets(st.integers(1, 8), max_size=4)
ids = st.integers(1, 8)
halves = st.integers(0, 6).map(lambda one: one / 2)


def numbered(kind: st.SearchStrategy[int]) -> st.SearchStrategy[list[int]]:
    return st.lists(kind, unique=True, max_size=6)


@st.composite
def spaces(draw: st.DrawFn) -> Space:
    """Draw topics, slots that may overlap, rooms, and pins that may make no sense."""
    topics = [BoardTopic(one, draw(people), draw(people)) for one in draw(numbered(ids))]
    slots = [slot(one, draw(halves), draw(halves) + 0.5) for one in draw(numbered(ids))]
    rooms = [BoardRoom(one, draw(st.integers(0, 4))) for one in draw(numbered(ids))]
    pinned = draw(st.dictionaries(ids, st.tuples(ids, ids), max_size=3))
    return topics, slots, rooms, pinned


@given(spaces())
def test_each_topic_is_placed_once_or_said_to_be_unplaced(space: Space) -> None:
    board = fill(*space)
    found = [cell.topic for cell in board.cells] + [one.topic for one in board.unplaced]
    assert sorted(found) == sorted(one.id for one in space[0])


@given(spaces())
def test_no_room_has_two_topics_at_a_time(space: Space) -> None:
    slots = {one.id: one for one in space[1]}
    for one, other in combinations(fill(*space).cells, 2):
        assert one.room != other.room or not overlap(slots[one.slot], slots[other.slot])


@given(spaces())
def test_no_convener_is_in_two_places_unless_pinned_there(space: Space) -> None:
    topics, slots = {one.id: one for one in space[0]}, {one.id: one for one in space[1]}
    pinned = space[3]
    for one, other in combinations(fill(*space).cells, 2):
        at_once = overlap(slots[one.slot], slots[other.slot])
        free = not {one.topic, other.topic} <= pinned.keys()
        if at_once and free:
            assert topics[one.topic].conveners.isdisjoint(topics[other.topic].conveners)


@given(spaces())
def test_what_is_pinned_stays_unless_its_cell_is_gone_or_taken(space: Space) -> None:
    topics, slots, rooms, pinned = space
    board = where(fill(*space))
    known = {one.id for one in topics}, {one.id for one in slots}, {one.id for one in rooms}
    times = {one.id: one for one in slots}
    kept: list[tuple[int, int]] = []
    for number, (at, room) in sorted(pinned.items()):
        there = number in known[0] and at in known[1] and room in known[2]
        if there and not any(room == r and overlap(times[at], times[s]) for s, r in kept):
            kept.append((at, room))
            assert board[number] == (at, room)


@given(spaces(), st.randoms())
def test_the_order_of_what_is_asked_changes_nothing(space: Space, random: Random) -> None:
    topics, slots, rooms, pinned = space
    mixed = fill(
        random.sample(topics, len(topics)),
        random.sample(slots, len(slots)),
        random.sample(rooms, len(rooms)),
        dict(reversed(pinned.items())),
    )
    assert mixed == fill(*space)


@given(st.integers(0, 4), st.integers(0, 4), st.lists(people, max_size=16))
def test_all_are_placed_when_there_are_cells_enough_and_nobody_convenes_twice(
    hours: int, number: int, wanted: list[frozenset[int]]
) -> None:
    topics = [BoardTopic(at, frozenset({100 + at}), some) for at, some in enumerate(wanted)]
    slots, rooms = [slot(at) for at in range(hours)], [BoardRoom(at) for at in range(number)]
    board = fill(topics, slots, rooms, {})
    assert len(board.cells) == min(len(topics), hours * number)
    assert {one.reason for one in board.unplaced} <= {"full"}


@given(spaces())
def test_the_clashes_name_everybody_who_is_torn(space: Space) -> None:
    topics, slots = {one.id: one for one in space[0]}, {one.id: one for one in space[1]}
    board = fill(*space)
    torn = {
        (person, pair)
        for clash in clashes(board, space[0], space[1])
        for person, pair in ((clash.person, pair) for pair in combinations(clash.topics, 2))
    }
    for one, other in combinations(board.cells, 2):
        if overlap(slots[one.slot], slots[other.slot]):
            for person in topics[one.topic].people & topics[other.topic].people:
                low, high = sorted((one.topic, other.topic))
                assert (person, (low, high)) in torn


@given(spaces())
def test_within_a_slot_the_more_wanted_have_the_larger_rooms(space: Space) -> None:
    topics, sizes = {one.id: one for one in space[0]}, {one.id: one.capacity for one in space[2]}
    apart = [slot(one.id) for one in space[1]]
    for one, other in combinations(fill(space[0], apart, space[2], {}).cells, 2):
        if one.slot == other.slot and size(sizes[one.room]) < size(sizes[other.room]):
            assert len(topics[one.topic].people) <= len(topics[other.topic].people)


def size(capacity: int) -> float:
    return capacity or float("inf")


def test_a_topic_keeps_away_from_one_the_same_people_want() -> None:
    topics = [topic(1, [], [5, 6, 8]), topic(2, [], [7, 9, 4]), topic(3, [], [5, 6])]
    board = fill(topics, [slot(1), slot(2)], [BoardRoom(1), BoardRoom(2)], {})
    assert where(board) == {1: (1, 1), 2: (2, 1), 3: (2, 2)}


def test_a_topic_keeps_away_from_a_room_too_small_for_it() -> None:
    topics = [topic(1, [], [5, 6, 7]), topic(2), topic(3), topic(4)]
    pinned = {2: (1, 1), 3: (2, 2), 4: (2, 3)}
    board = fill(
        topics, [slot(1), slot(2)], [BoardRoom(1, 9), BoardRoom(2, 1), BoardRoom(3, 1)], pinned
    )
    assert where(board)[1] == (2, 1)


def test_the_most_wanted_topic_has_the_largest_room() -> None:
    topics = [topic(1, [1], [7]), topic(2, [2], [5, 6, 8])]
    board = fill(topics, [slot(1)], [BoardRoom(1, 5), BoardRoom(2, 20), BoardRoom(3, 10)], {})
    assert where(board) == {2: (1, 2), 1: (1, 3)}


def test_a_room_without_limit_is_the_largest() -> None:
    board = fill([topic(1)], [slot(1)], [BoardRoom(1, 500), BoardRoom(2, 0)], {})
    assert where(board) == {1: (1, 2)}


def test_few_topics_are_spread_over_the_slots() -> None:
    board = fill([topic(1), topic(2)], [slot(1), slot(2)], [BoardRoom(1), BoardRoom(2)], {})
    assert where(board) == {1: (1, 1), 2: (2, 1)}


def test_the_most_wanted_are_placed_when_cells_are_scarce() -> None:
    board = fill([topic(1), topic(2, [], [5])], [slot(1)], [BoardRoom(1)], {})
    assert (where(board), board.unplaced) == ({2: (1, 1)}, (Unplaced(1, "full"),))


def test_a_convener_of_two_topics_in_one_slot_leaves_one_unplaced() -> None:
    board = fill([topic(1, [9]), topic(2, [9])], [slot(1)], [BoardRoom(1), BoardRoom(2)], {})
    assert board.unplaced == (Unplaced(2, "convener"),)


def test_a_slot_that_overlaps_another_counts_as_the_same_time() -> None:
    half = slot(2, starts=1.5)
    board = fill([topic(1, [9]), topic(2, [9])], [slot(1), half], [BoardRoom(1), BoardRoom(2)], {})
    assert board.unplaced == (Unplaced(2, "convener"),)


def test_slots_one_after_the_other_are_not_at_the_same_time() -> None:
    board = fill([topic(1, [9]), topic(2, [9])], [slot(1), slot(2)], [BoardRoom(1)], {})
    assert where(board) == {1: (1, 1), 2: (2, 1)}


def test_a_topic_gives_way_to_one_that_is_pinned_in_its_cell() -> None:
    topics = [topic(1, [], [5, 6]), topic(2)]
    board = fill(topics, [slot(1), slot(2)], [BoardRoom(1)], {2: (1, 1)})
    assert where(board) == {2: (1, 1), 1: (2, 1)}


def test_a_pin_to_a_room_that_is_gone_leaves_the_topic_free() -> None:
    pinned: Mapping[int, tuple[int, int]] = {1: (1, 77), 2: (77, 1), 77: (1, 1)}
    board = fill([topic(1), topic(2)], [slot(1)], [BoardRoom(1), BoardRoom(2)], pinned)
    assert where(board) == {1: (1, 1), 2: (1, 2)}


def test_two_pins_on_one_cell_leave_it_to_the_topic_with_the_lower_id() -> None:
    board = fill([topic(1), topic(2)], [slot(1), slot(2)], [BoardRoom(1)], {2: (1, 1), 1: (1, 1)})
    assert where(board) == {1: (1, 1), 2: (2, 1)}


def test_a_space_without_slots_or_rooms_places_nothing() -> None:
    for slots, rooms in (([], [BoardRoom(1)]), ([slot(1)], [])):
        assert fill([topic(1)], slots, rooms, {}) == Board((), (Unplaced(1, "full"),))


def test_clashes_name_conveners_first_and_then_those_who_want() -> None:
    topics = [topic(1, [9], [3, 4]), topic(2, [9], [3]), topic(3, [3])]
    pinned = {1: (1, 1), 2: (1, 2), 3: (2, 1)}
    slots = [slot(1), slot(2)]
    board = fill(topics, slots, [BoardRoom(1), BoardRoom(2)], pinned)
    assert clashes(board, topics, slots) == (Clash(9, (1, 2), True), Clash(3, (1, 2), False))


def test_convening_one_and_wanting_another_is_no_clash_of_conveners() -> None:
    topics = [topic(1, [9]), topic(2, [8], [9])]
    board = Board((Cell(1, 1, 1), Cell(2, 1, 2)))
    assert clashes(board, topics, [slot(1)]) == (Clash(9, (1, 2), False),)


def test_clashes_pass_over_topics_and_slots_that_are_gone() -> None:
    board = Board((Cell(1, 1, 1), Cell(2, 1, 2), Cell(3, 9, 1)))
    assert clashes(board, [topic(1, [5])], [slot(1)]) == ()
    assert clashes(board, [], []) == ()
