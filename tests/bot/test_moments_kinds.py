"""Moments by the kinds in which people write them, in three languages, and by the public cases."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.moments import Unclear, read_day, read_wall_time, wall
from tests.tables import in_turn

NOW = datetime(2026, 11, 29, 10, 0, tzinfo=UTC)  # a Sunday, 11:00 in Amsterdam
AMSTERDAM, CHICAGO = "Europe/Amsterdam", "America/Chicago"
CASES = Path(__file__).parents[3] / "shared" / "cases" / "dates.tsv"
OWN = Path(__file__).with_name("moments.txt")


def read(words: str, locale: str, zone: str = AMSTERDAM) -> str:
    """Read a moment: when it is, "ask" where it may be several, "refuse" where it is not read."""
    try:
        return wall(read_wall_time(words, locale=locale, zone=zone, now=NOW).at, zone)
    except Unclear as unclear:
        return "ask" if unclear.reason == "several" else "refuse"


def of_day(words: str, locale: str) -> str:
    try:
        return str(read_day(words, locale=locale, zone=AMSTERDAM, now=NOW))
    except Unclear:
        return "refuse"


def own() -> Iterator[tuple[str, str, str]]:
    locale = ""
    for line in OWN.read_text("utf-8").splitlines():
        if line.startswith("#"):
            locale = line[2:4]
        else:
            words, expected = line.rsplit(" | ", 1)
            yield locale, words, expected.replace("-", "refuse") if expected == "-" else expected


def cases() -> list[list[str]]:
    lines = CASES.read_text("utf-8").splitlines() if CASES.exists() else []
    return [line.split("\t") for line in lines if not line.startswith("#")]


@in_turn(("locale", "words", "expected"), list(own()))
def test_moment_is_read_in_every_kind_people_write(locale: str, words: str, expected: str) -> None:
    assert read(words, locale) == expected


@pytest.mark.skipif(not cases(), reason="there is no folder of public cases")
@in_turn(("locale", "kind", "words", "expected"), cases() or [["", "", "", ""]])
def test_public_case_is_read_right(locale: str, kind: str, words: str, expected: str) -> None:
    zone = CHICAGO if locale == "en-US" else AMSTERDAM
    found = of_day(words, locale) if kind.startswith("day") else read(words, locale, zone)
    assert found == expected


@in_turn(
    ("words", "locale", "expected"),
    [
        ("tomorrow at 3 o'clock", "en", "2026-11-30 15:00"),
        ("friday at half past three", "en", "2026-12-04 15:30"),
        ("tomorrow at 9:15", "en", "2026-11-30 09:15"),
        ("tomorrow 3:30", "en", "2026-11-30 15:30"),
        ("mañana a las 3:30", "es", "2026-11-30 15:30"),
        ("mié, 2 dic 2026, 3:30", "es", "2026-12-02 03:30"),
        ("demain à 3h", "en", "2026-11-30 03:00"),
        ("tomorrow 03:00", "en", "2026-11-30 03:00"),
        ("2026-12-02 3:00", "fr", "2026-12-02 03:00"),
    ],
)
def test_bare_hour_is_that_of_a_meeting(words: str, locale: str, expected: str) -> None:
    assert read(words, locale) == expected


@in_turn(
    ("words", "other"),
    [
        ("tomorrow at 3", "2026-11-30 03:00"),
        ("tomorrow at 9", "2026-11-30 21:00"),
        ("tomorrow at 3pm", None),
        ("tomorrow at 15:00", None),
        ("tomorrow at 3 in Nairobi", None),
    ],
)
def test_other_reading_of_an_hour_is_kept(words: str, other: str | None) -> None:
    found = read_wall_time(words, locale="en", zone=AMSTERDAM, now=NOW).other
    assert (found and wall(found, AMSTERDAM)) == other


@in_turn(
    ("words", "minutes"),
    [("tomorrow 3pm, 90 min", 90), ("demain 15h (2 heures)", 120), ("tomorrow 3pm", 0)],
)
def test_length_behind_the_hour_is_kept(words: str, minutes: int) -> None:
    assert read_wall_time(words, locale="en", zone=AMSTERDAM, now=NOW).minutes == minutes


@in_turn(
    ("locale", "zone", "expected"),
    [
        ("en", AMSTERDAM, "ask"),
        ("en", CHICAGO, "ask"),
        ("en-US", AMSTERDAM, "2027-01-03 15:00"),
        ("en-US", CHICAGO, "2027-01-03 15:00"),
        ("en-GB", AMSTERDAM, "2027-03-01 15:00"),
        ("es", CHICAGO, "2027-03-01 15:00"),
    ],
)
def test_month_first_is_for_american_english(locale: str, zone: str, expected: str) -> None:
    assert read("1/3/2027 15:00", locale, zone) == expected


def test_both_readings_of_a_date_are_given() -> None:
    with pytest.raises(Unclear) as unclear:
        read_wall_time("12/2 3pm", locale="en", zone=AMSTERDAM, now=NOW)
    walls = [reading.wall for reading in unclear.value.readings]
    assert walls == ["2027-02-12 15:00", "2026-12-02 15:00"]


def test_unknown_word_is_named() -> None:
    with pytest.raises(Unclear) as unclear:
        read_wall_time("Dec 7 3pm Atlantis", locale="en", zone=AMSTERDAM, now=NOW)
    assert unclear.value.word == "atlantis"


def test_winter_time_of_a_doubled_hour_is_the_second() -> None:
    later = datetime(2027, 10, 31, 1, 30, tzinfo=UTC)
    found = read_wall_time("2027-10-31 02:30 CET", locale="en", zone=AMSTERDAM, now=NOW)
    assert found.at == later
    first = read_wall_time("2027-10-31 02:30 CEST", locale="en", zone=AMSTERDAM, now=NOW)
    assert first.at != later
