"""Plays some generated inputs of each area, which find nothing, and shows that faults are found."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import structlog

from fuzz.area import Area, Take, Wrong
from fuzz.areas import AREAS
from fuzz.dice import Dice
from fuzz.running import play
from fuzz.sharing import SHARES, shares

SEED = 1
FEW = {
    "words": 300,
    "shown": 40,
    "chat": 40,
    "slack": 25,
    "discord": 25,
    "http": 40,
    "files": 20,
    "calendars": 40,
    "pages": 25,
    "windows": 25,
}


@pytest.mark.slow
@pytest.mark.parametrize("name", AREAS)
def test_few_inputs_of_each_area_find_nothing(name: str) -> None:
    tally = play(AREAS[name], SEED, range(FEW[name]))
    assert [fault.what for fault in tally.faults] == []
    assert tally.inputs == FEW[name]


def area(take: Take, promised: str = "") -> Area:
    """Make an area of two inputs a lot."""

    @contextmanager
    def world(dice: Dice) -> Iterator[Take]:
        yield take

    return Area("toy", "", 0, 2, world, promised)


def test_what_is_raised_is_a_fault_with_what_repeats_it() -> None:
    def take(dice: Dice) -> None:
        raise Wrong("lost")

    first, second = play(area(take), 7, range(2)).faults
    assert "lost" in first.what
    assert second.again == "python -m fuzz toy --seed 7 --only 1"


@pytest.mark.nightly
def test_what_is_logged_as_an_error_is_a_fault_unless_it_is_promised() -> None:
    def take(dice: Dice) -> None:
        structlog.get_logger().error("skipped", action="x")

    assert len(play(area(take), 1, range(1)).faults) == 1
    assert play(area(take, "skipped"), 1, range(1)).faults == []


@pytest.mark.nightly
def test_one_input_is_played_with_those_of_its_lot_before_it() -> None:
    seen: list[float] = []
    play(area(lambda dice: seen.append(dice.random())), 1, range(5))
    again: list[float] = []
    play(area(lambda dice: again.append(dice.random())), 1, range(3, 4))
    assert again == seen[2:4]


def test_shares_hold_all_inputs_once_in_whole_lots() -> None:
    found = list(shares(area(lambda dice: None), 15))
    assert [number for share in found for number in share] == list(range(15))
    assert len(found) == SHARES
    assert all(share.start % 2 == 0 for share in found)


def test_areas_get_two_hundred_thousand_inputs() -> None:
    assert sum(one.inputs for one in AREAS.values()) == 200_000
