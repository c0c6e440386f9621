"""Shows when somebody is reminded at an hour of the day, and at the start of a session."""

from dataclasses import replace
from datetime import time

import pytest

from tests.bot.rules.test_reminders import DAY, HOUR, at, dues, wish


def test_the_one_at_the_start_of_a_session_in_the_night_comes_before_it() -> None:
    assert dues("2026-12-02T03:00", wish(0)) == [(0, at("2026-12-01T21:45"))]
    assert dues("2026-12-02T03:00", wish(DAY, 0)) == [
        (DAY, at("2026-11-30T21:45")),
        (0, at("2026-12-01T21:45")),
    ]


def test_the_one_at_the_start_reaches_who_said_yes_in_that_very_night() -> None:
    late = wish(HOUR, 0, since="2026-12-01T23:30")
    assert dues("2026-12-02T03:00", late) == [(0, at("2026-12-02T03:00"))]


def test_an_hour_of_the_day_is_that_of_the_reader() -> None:
    morning = replace(wish(zone="America/Bogota"), at=time(8))
    assert dues("2026-12-02T15:00", morning) == [(None, at("2026-12-02T13:00"))]
    assert dues("2026-12-03T01:00", morning) == [(None, at("2026-12-02T13:00"))]  # still Wednesday


@pytest.mark.parametrize(
    ("start", "due"),
    [
        ("2026-12-02T07:30", "2026-12-01T08:00"),  # never after it began
        ("2026-12-02T08:00", "2026-12-02T08:00"),
        ("2026-12-02T08:01", "2026-12-02T08:00"),
    ],
)
def test_an_hour_of_the_day_after_the_start_is_that_of_the_day_before(start: str, due: str) -> None:
    assert dues(start, replace(wish(), at=time(8))) == [(None, at(due))]


def test_an_hour_of_the_day_and_an_offset_that_fall_together_are_one() -> None:
    both = replace(wish(HOUR, 0), at=time(8))
    assert [due for _, due in dues("2026-12-02T09:00", both)] == [
        at("2026-12-02T08:00"), at("2026-12-02T09:00")
    ]  # fmt: skip
    near = replace(wish(DAY), at=time(8))
    assert dues("2026-12-02T07:30", near) == [(None, at("2026-12-01T08:00"))]


def test_an_hour_of_the_day_in_quiet_hours_comes_before_them() -> None:
    early = replace(wish(), at=time(6))
    assert dues("2026-12-02T15:00", early) == [(None, at("2026-12-01T21:45"))]
