"""Tries the dates of a series: the first one, each on the wall, and where clocks change."""

from datetime import UTC, date, datetime

import pytest

from bot.rules.recurrence import (
    ClockChange,
    Recurrence,
    Unworkable,
    clock_changes,
    first_from,
    occurrences,
)
from tests.tables import in_turn

AMSTERDAM, NAIROBI = "Europe/Amsterdam", "Africa/Nairobi"


def of(first: str, rule: str) -> Recurrence:
    return Recurrence(datetime.fromisoformat(first), AMSTERDAM, rule)


def walls(first: str, rule: str, limit: int) -> list[str]:
    return [f"{wall:%Y-%m-%d %H:%M}" for wall, _ in occurrences(of(first, rule), limit=limit)]


@in_turn(
    ("rule", "day", "first"),
    [
        ("FREQ=MONTHLY;BYDAY=-1WE", "2026-11-26", "2026-12-30"),
        ("FREQ=MONTHLY;INTERVAL=2;BYDAY=-1WE;COUNT=3", "2026-11-26", "2026-12-30"),
        ("FREQ=WEEKLY;INTERVAL=3;BYDAY=TU", "2026-11-24", "2026-11-24"),
        ("FREQ=MONTHLY;BYMONTHDAY=31", "2026-11-01", "2026-12-31"),
        ("FREQ=MONTHLY;BYDAY=5WE", "2026-10-01", "2026-12-30"),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", "2026-03-01", "2028-02-29"),
        ("FREQ=DAILY;COUNT=3650", "2026-03-01", "2026-03-01"),
    ],
)
def test_first_date_is_the_first_that_fits(rule: str, day: str, first: str) -> None:
    start = first_from(rule, date.fromisoformat(day), "15:00", AMSTERDAM)
    assert start == datetime.fromisoformat(f"{first} 15:00")


@in_turn(
    "rule",
    [
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=MONTHLY;BYMONTH=4,6;BYMONTHDAY=31",
        "FREQ=WEEKLY;BYDAY=TU;UNTIL=20261101",
    ],
)
def test_rule_that_never_happens_has_no_first_date(rule: str) -> None:
    with pytest.raises(Unworkable, match="No day"):
        first_from(rule, date(2026, 11, 26), "15:00", AMSTERDAM)


def test_every_second_month_counts_from_the_first_date() -> None:
    rule = "FREQ=MONTHLY;INTERVAL=2;BYDAY=-1WE"
    dates = walls("2026-12-30 15:00", rule, 3)
    assert dates == ["2026-12-30 15:00", "2027-02-24 15:00", "2027-04-28 15:00"]


def test_daily_for_ten_years_is_possible() -> None:
    assert len(walls("2027-01-01 09:00", "FREQ=DAILY;COUNT=3650", 3660)) == 3650


def test_hour_that_is_skipped_stays_on_the_wall_and_its_instant_moves() -> None:
    series = of("2027-03-27 02:30", "FREQ=DAILY")
    assert [(f"{wall:%d %H:%M}", f"{at:%H:%M}") for wall, at in occurrences(series, limit=3)] == [
        ("27 02:30", "01:30"), ("28 02:30", "01:30"), ("29 02:30", "00:30"),
    ]  # fmt: skip


def test_hour_that_comes_twice_is_the_first() -> None:
    series = of("2026-10-25 02:30", "FREQ=DAILY;COUNT=1")
    assert [at for _, at in occurrences(series)] == [datetime(2026, 10, 25, 0, 30, tzinfo=UTC)]


def test_dates_are_listed_from_an_instant_on() -> None:
    series = of("2027-01-05 10:00", "FREQ=WEEKLY")
    since = datetime(2027, 1, 12, 9, tzinfo=UTC)
    assert [at.day for _, at in occurrences(series, since, 2)] == [12, 19]


def changes(first: str, *others: str) -> list[tuple[str, str, int]]:
    series = of(first, "FREQ=WEEKLY")
    instants = [at for _, at in occurrences(series, limit=40)]
    listed: list[ClockChange] = clock_changes(instants, AMSTERDAM, others)
    return [(f"{each.day:%Y-%m-%d}", each.zone, each.minutes) for each in listed]


def test_clock_changes_are_those_of_other_zones() -> None:
    assert changes("2027-03-01 15:00", NAIROBI, AMSTERDAM, "America/New_York") == [
        ("2027-03-14", "America/New_York", 60),
        ("2027-03-28", NAIROBI, -60),
        ("2027-03-28", "America/New_York", -60),
        ("2027-10-31", NAIROBI, 60),
        ("2027-10-31", "America/New_York", 60),
        ("2027-11-07", "America/New_York", -60),
    ]


def test_clock_change_has_its_day_however_far_apart_the_dates_are() -> None:
    instants = [datetime(2027, 1, 4, 8, tzinfo=UTC), datetime(2027, 4, 5, 7, tzinfo=UTC)]
    (change,) = clock_changes(instants, AMSTERDAM, [NAIROBI])
    assert f"{change.day:%Y-%m-%d}" == "2027-03-28"


def test_series_at_an_hour_that_is_skipped_is_later_that_day_alone() -> None:
    assert changes("2027-03-14 02:30")[:2] == [
        ("2027-03-28", AMSTERDAM, 60),
        ("2027-04-04", AMSTERDAM, -60),
    ]
