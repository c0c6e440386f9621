"""Shows what an hour costs where people live, by the clock there and by what they said."""

from datetime import UTC, datetime

import pytest

from bot.rules.hours import EXCLUDED, UNWELCOME, Costs, Dwellers, borne, own_hours

WEDNESDAY = datetime(2027, 1, 6, tzinfo=UTC)


def cost(zone: str, clock: str, minutes: int = 90, **said: list[list[str]]) -> int:
    """Give what a session that begins at an hour UTC costs somebody."""
    at = datetime.fromisoformat(f"2027-01-06 {clock}+00:00")
    (found,) = Costs(minutes).of(Dwellers("", zone, 1, own_hours(said)), [at])
    return found


@pytest.mark.parametrize(
    ("clock", "points"),
    [
        ("09:00", 0), ("15:30", 0), ("15:45", 1), ("08:00", 1), ("07:30", 3), ("06:30", 6),
        ("05:30", 10), ("18:30", 1), ("19:00", 3), ("21:30", 6), ("22:00", 10), ("03:00", 10),
    ],
)  # fmt: skip
def test_costs_what_its_worst_quarter_of_an_hour_costs(clock: str, points: int) -> None:
    assert cost("UTC", clock) == points


@pytest.mark.parametrize(
    ("zone", "clock", "points"),
    [
        ("Asia/Kathmandu", "03:15", 0),  # 9:00 there
        ("Asia/Kathmandu", "03:14", 1),
        ("Asia/Kolkata", "11:29", 1),  # 16:59, and to 18:29
        ("America/St_Johns", "12:30", 0),  # 9:00
        ("Pacific/Chatham", "19:15", 0),  # 9:00 of Thursday
    ],
)
def test_zones_of_half_and_quarter_hours_cost_by_their_own_clock(
    zone: str, clock: str, points: int
) -> None:
    assert cost(zone, clock) == points


def test_night_in_the_middle_of_a_long_session_counts() -> None:
    assert cost("UTC", "20:00", minutes=600) == 10
    assert cost("UTC", "09:00", minutes=8 * 60) == 0
    assert cost("UTC", "09:00", minutes=14 * 24 * 60) == 10


def test_what_somebody_said_takes_the_place_of_the_clock() -> None:
    night = [["1234567", "23:00", "03:00"]]
    assert cost("UTC", "23:30", possible=night) == 0
    assert cost("UTC", "10:00", unwelcome=[["3", "09:00", "12:00"]]) == UNWELCOME
    assert cost("UTC", "10:00", unwelcome=[["4", "09:00", "12:00"]]) == 0
    assert cost("UTC", "01:00", possible=night) == 0
    assert cost("UTC", "09:30", excluded=[["3", "11:00", "12:00"]]) == 0
    assert cost("UTC", "09:45", excluded=[["3", "11:00", "12:00"]]) == EXCLUDED
    assert cost("UTC", "23:00", possible=night, excluded=night) == EXCLUDED


def test_who_excluded_an_hour_bears_nothing_of_it() -> None:
    away = Dwellers(
        "Asia", "Asia/Tokyo", 3, own_hours({"excluded": [["1234567", "00:00", "00:00"]]})
    )
    people = [away, Dwellers("Asia", "Asia/Tokyo", 1), Dwellers("Europe", "Europe/Paris", 2)]
    assert borne(people, WEDNESDAY.replace(hour=12), 60) == [
        ("Asia", "Asia/Tokyo", 1, 3.0),
        ("Europe", "Europe/Paris", 2, 0.0),
    ]
