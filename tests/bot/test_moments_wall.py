"""The time on the wall as it was written: kept beside its moment, and found again from it."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.moments import WallTime, instant, read_moment, read_wall_time, second, wall

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
AMSTERDAM, BOGOTA = "Europe/Amsterdam", "America/Bogota"


def test_second_of_two_equal_hours_is_written_and_read_with_its_offset() -> None:
    there = ZoneInfo("Australia/Lord_Howe")
    later = second("2027-04-04 01:45", there)
    assert later == instant("2027-04-04 01:45", there) + timedelta(minutes=30)
    written = wall(later, "Australia/Lord_Howe")
    assert instant(written, there) == later
    assert second(written, there) is None


def test_offset_that_no_clock_shows_any_more_is_passed_over() -> None:
    assert instant("2026-10-25T02:30+01:00", ZoneInfo(BOGOTA)) == instant(
        "2026-10-25 02:30", ZoneInfo(BOGOTA)
    )


@pytest.mark.parametrize(
    ("phrase", "written", "zone"),
    [
        ("2027-03-28 02:30", "2027-03-28 02:30", AMSTERDAM),
        ("28 March 2027, 2:30 am", "2027-03-28 02:30", AMSTERDAM),
        ("2 December 15:00 New York time", "2026-12-02 15:00", "America/New_York"),
        ("2026-12-02T15:00+05:30", "2026-12-02 10:30", AMSTERDAM),
        ("2 December 15:00 UTC", "2026-12-02 16:00", AMSTERDAM),
        ("in 2 hours", "2026-11-24 12:00", AMSTERDAM),
        ("5pm", "2026-11-24 17:00", AMSTERDAM),
        ("9am", "2026-11-25 09:00", AMSTERDAM),
    ],
)
def test_wall_time_is_kept_as_written(phrase: str, written: str, zone: str) -> None:
    read = read_wall_time(phrase, locale="en", zone=AMSTERDAM, now=NOW)
    moment = read_moment(phrase, locale="en", zone=AMSTERDAM, now=NOW)
    assert read == WallTime(moment, written, zone)
    assert instant(written, ZoneInfo(zone)) == moment
