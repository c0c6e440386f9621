"""Shows which hours are proposed for a series: fair to all regions, and no dearer than needed."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import product
from typing import Any

import pytest

from bot.rules.fair_hours import HoursWeighed, hours_of
from bot.rules.hours import Dwellers
from bot.rules.hours_proposals import CLOCKS, MOST, PROMISED, proposed
from bot.rules.hours_search import HoursSearch, alternated

NIGHTS = {"excluded": [["1234567", "22:00", "07:00"]]}
NEVER = {"excluded": [["1234567", "00:00", "00:00"]]}
Group = tuple[str, str, int, dict[str, Any]]
WORLD: Sequence[Group] = (
    ("Americas", "America/Bogota", 5, {}),
    ("Africa", "Africa/Nairobi", 4, {}),
    ("Asia", "Asia/Tokyo", 3, {}),
    ("Pacific", "Pacific/Auckland", 1, {}),
)


def series(people: Sequence[Group], count: int = 4, **more: Any) -> dict[str, Any]:
    """Propose hours for dates every four weeks, which are at 15:00 UTC now."""
    days = [str(date(2027, 1, 6) + timedelta(days=28 * n)) for n in range(count)]
    given = {
        "people": [list(group) for group in people],
        "dates": [[f"{day} 15:00", day, "15:00"] for day in days],
        "zone": "UTC",
        "minutes": 90,
        "held": [],
        "borne": {},
    }
    return proposed(given | more)


def clocks(found: dict[str, Any]) -> list[str]:
    """Give the hours that are proposed."""
    return list(found["plans"][0]["hours"].values())


def test_no_region_bears_much_more_than_in_the_fairest_plan() -> None:
    found = series(WORLD)
    fair, *cheaper = found["plans"]
    assert max(fair["loads"].values()) <= found["fairest"] * PROMISED + 0.001
    assert max(fair["loads"].values()) < max(found["now"]["loads"].values())
    assert len({*clocks(found)}) <= MOST
    assert [plan["mean"] for plan in found["plans"]] == sorted(
        (plan["mean"] for plan in found["plans"]), reverse=True
    )
    assert [plan["kind"] for plan in cheaper] == ["lighter", "single"][: len(cheaper)]


def test_everybody_in_one_zone_keeps_the_hour_there_is() -> None:
    found = series([("Africa", "Africa/Dakar", 7, {})])
    assert clocks(found) == ["15:00"] * 4
    assert [plan["kind"] for plan in found["plans"]] == ["fair"]
    assert found["bearable"]


def test_two_people_twelve_hours_apart_take_turns_or_meet_in_between() -> None:
    found = series([("A", "Etc/GMT-6", 1, {}), ("B", "Etc/GMT+6", 1, {})])
    one, other = found["plans"][0]["loads"].values()
    assert max(one, other) <= PROMISED * found["fairest"] + 0.001
    assert found["fairest"] < found["now"]["loads"]["A"]


def test_hour_that_somebody_excluded_is_never_proposed_while_there_is_another() -> None:
    people: list[Group] = [("A", "Asia/Tokyo", 1, NIGHTS), ("B", "America/Bogota", 9, NIGHTS)]
    found = series(people)
    assert all(plan["out"] == {} for plan in found["plans"])
    assert found["now"]["out"] == {"A": 1}


def test_everybody_excluded_everything_is_said() -> None:
    found = series([("A", "Asia/Tokyo", 2, NEVER), ("B", "Africa/Lagos", 1, NEVER)])
    assert found["plans"][0]["out"] == {"A": 2, "B": 1}
    assert not found["bearable"]


def test_twin_session_lets_each_come_at_a_bearable_hour() -> None:
    people: list[Group] = [("A", "Asia/Tokyo", 3, NIGHTS), ("B", "Etc/GMT+5", 3, NIGHTS),
              ("C", "Africa/Lagos", 2, NIGHTS)]  # fmt: skip
    found = series(people)
    assert not found["bearable"]
    assert max(found["twin"]["loads"].values()) <= 1 * 4
    first, second = (next(iter(hours.values())) for hours in found["twin"]["hours"])
    assert first != second


def test_what_was_borne_so_far_counts() -> None:
    people: list[Group] = [("A", "Asia/Tokyo", 1, {}), ("B", "America/Bogota", 1, {})]
    even = series(people)["plans"][0]["loads"]
    later = series(people, borne={"A": 30.0})["plans"][0]["loads"]
    assert later["A"] - 30 < even["A"]
    assert later["B"] > even["B"]


def test_dates_whose_hour_stays_count_as_well() -> None:
    people: list[Group] = [("A", "Asia/Tokyo", 1, {}), ("B", "America/Bogota", 1, {})]
    night = [f"2027-02-{day:02}T18:00:00+00:00" for day in (1, 8, 15)]  # 3:00 in Tokyo
    found = series(people, held=night)
    assert found["now"]["loads"]["A"] >= 30


def test_a_zone_that_gives_up_summer_time_keeps_its_hour_on_the_wall() -> None:
    days = ["2022-08-24", "2022-09-28", "2022-11-30", "2023-05-31"]  # Mexico stopped in 2022
    dates = [[f"{day} 12:00", day, "12:00"] for day in days]
    more: dict[str, Any] = {"dates": dates, "zone": "America/Mexico_City", "minutes": 60}
    found = series([("M", "America/Mexico_City", 3, {}), ("E", "Europe/Madrid", 3, {})], **more)
    last = 3  # from 20:00 on in Madrid, where it was 19:00 the summer before
    assert found["now"]["loads"] == {"M": 0, "E": 1 + 1 + 1 + last}


def test_same_people_in_another_order_get_the_same_hours() -> None:
    people = list(WORLD)
    before = clocks(series(people))
    assert clocks(series(people[::-1])) == before


def test_search_finds_what_trying_everything_finds() -> None:
    found = series(WORLD, count=2)
    hours = _hours(WORLD)
    plans = [*product(range(len(CLOCKS)), repeat=2)]
    least = min(hours.weight(plan).worst for plan in plans)
    cheapest = min(
        hours.weight(p).total for p in plans if hours.weight(p).worst <= int(least * PROMISED)
    )
    assert found["fairest"] == least / 1000
    assert hours.weight(HoursSearch(hours, MOST, int(least * PROMISED)).best()).total == cheapest


def _hours(people: Sequence[Group]) -> HoursWeighed:
    days = [datetime(2027, 1, 6, tzinfo=UTC) + timedelta(days=28 * n) for n in range(2)]
    starts = [[day + timedelta(minutes=30 * n) for n in range(48)] for day in days]
    return hours_of([Dwellers(r, z, n) for r, z, n, _ in people], starts, 90, {})


def test_hours_alternate_where_that_changes_nothing() -> None:
    hours = _hours(WORLD)
    same = replace(hours, cells=(hours.cells[0],) * 6)
    assert alternated(same, (3, 3, 3, 7, 7, 7)) == (3, 7, 3, 7, 3, 7)
    assert Counter(alternated(same, (3, 3, 3, 3, 7, 9))) == Counter((3, 3, 3, 3, 7, 9))


@pytest.mark.parametrize("people", [[], [("A", "Asia/Tokyo", 1, {})]])
def test_without_people_or_dates_nothing_is_proposed(people: Sequence[Group]) -> None:
    assert series(people, count=4 if not people else 0)["plans"] == []
