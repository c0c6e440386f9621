"""Moments, days and durations: what is read, what is refused, and clocks that change."""

from datetime import UTC, date, datetime, timedelta
from itertools import product
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.i18n import format_moment
from bot.moments import (
    Unclear,
    instant,
    read_day,
    read_duration,
    read_moment,
    second,
    unusual,
    wall,
)
from bot.moments.words import WORDS
from bot.moments.zones import ABBREVIATIONS
from tests.tables import in_turn

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
AMSTERDAM, BOGOTA, KOLKATA = "Europe/Amsterdam", "America/Bogota", "Asia/Kolkata"
ZONES = st.sampled_from([AMSTERDAM, "Africa/Nairobi", BOGOTA, KOLKATA, "Australia/Lord_Howe"])
LOCALES = st.sampled_from(["en", "es", "fr", "pt-BR", "de", "ar", "tlh", ""])
PIECES = st.sampled_from(
    [*WORDS, *ABBREVIATIONS, "2", "31", "15:00", "2026", "/", "-", ",", "time"]
)
TEXTS = st.one_of(st.text(), st.lists(PIECES).map(" ".join), st.text("0123456789:-/.hTZ+ "))


def read(phrase: str, zone: str = AMSTERDAM, locale: str = "en", now: datetime = NOW) -> str:
    return wall(read_moment(phrase, locale=locale, zone=zone, now=now), zone)


def reason(phrase: str, locale: str = "en") -> str:
    with pytest.raises(Unclear) as refused:
        read_moment(phrase, locale=locale, zone=AMSTERDAM, now=NOW)
    return refused.value.reason


@in_turn(
    "phrase", ["", " ", "\0", "2026-12-02 15:00\0", "x" * 10_000, "\u200b", "2026-12-02 15:00" * 9]
)
def test_moment_refuses_what_is_no_text(phrase: str) -> None:
    assert reason(phrase) == "unreadable"


def test_moment_is_aware_and_to_the_minute() -> None:
    moment = read_moment("in 5 min", locale="en", zone=KOLKATA, now=NOW + timedelta(seconds=59))
    assert moment == NOW + timedelta(minutes=5)
    assert moment.tzinfo is UTC


def test_today_is_the_day_of_the_persons_zone() -> None:
    late = datetime(2026, 11, 24, 22, 0, tzinfo=UTC)
    assert read("today 10:00", KOLKATA, now=late) == "2026-11-25 10:00"
    assert read("today 10:00", BOGOTA, now=late) == "2026-11-24 10:00"
    assert read("wednesday 10:00", KOLKATA, now=late) == "2026-12-02 10:00"


def test_hour_alone_is_the_next_such_hour() -> None:
    assert read("10:00") == "2026-11-24 10:00"
    assert read("9:59") == "2026-11-25 09:59"
    assert read("midnight") == "2026-11-25 00:00"


def test_mar_before_a_number_is_tuesday_but_to_english_readers() -> None:
    assert read("mar 1 10:00", locale="fr") == "2026-12-01 10:00"
    assert read("mar 1 10:00", locale="es") == "2026-12-01 10:00"
    assert read("mar 1 10:00", locale="en") == "2027-03-01 10:00"


def test_american_dates_are_read_only_where_they_can_be_meant() -> None:
    assert read("12/25/2026 10:00", locale="en-US") == "2026-12-25 10:00"
    assert reason("12/25/2026 10:00", locale="es") == "impossible"


def test_month_later_without_that_day_is_impossible() -> None:
    day = datetime(2027, 1, 31, 9, 0, tzinfo=UTC)
    with pytest.raises(Unclear, match="impossible"):
        read("in 1 month at 10:00", now=day)


def test_abbreviation_of_the_persons_own_zone_means_that_zone() -> None:
    moment = read_moment("2 Dec 15:00 IST", locale="en", zone="Asia/Jerusalem", now=NOW)
    assert moment == datetime(2026, 12, 2, 13, 0, tzinfo=UTC)
    assert read("2 Dec 15:00 CST", "Asia/Shanghai") == "2026-12-02 15:00"


@in_turn(
    ("phrase", "locale", "expected"),
    [
        ("2 de dezembro de 2026 às 15:00", "pt-BR", "2026-12-02 15:00"),
        ("2. Dezember 2026 15:30", "de", "2026-12-02 15:30"),
        ("2 december 2026 om 15.30 uur", "nl", "2026-12-02 15:30"),
        ("غدا 15:00", "ar", "2026-11-25 15:00"),
        ("2 dezember 2026 15:00 UTC+3", "de_DE", "2026-12-02 13:00"),
    ],
)
def test_moment_in_the_persons_other_language(phrase: str, locale: str, expected: str) -> None:
    assert read(phrase, locale=locale) == expected


@in_turn(
    ("phrase", "locale", "expected"),
    [
        ("amanhã às 15h", "pt", "unreadable"),
        ("Februar 2026 15:00", "de", "unreadable"),
        ("2. Dezember 2026", "de", "no_time"),
        ("2. Dezember 2050 15:00", "de", "too_far"),
        ("qaStaH wa'maH 15:00", "tlh", "unreadable"),
    ],
)
def test_moment_in_another_language_is_not_guessed(phrase: str, locale: str, expected: str) -> None:
    assert reason(phrase, locale) == expected


@in_turn(
    ("locale", "zone", "month"),
    product(
        ["en", "es", "fr"],
        [AMSTERDAM, "America/New_York", "America/Port-au-Prince", "UTC"],
        range(1, 13),
    ),
)
def test_moment_is_read_as_the_bot_itself_writes_it(locale: str, zone: str, month: int) -> None:
    moment = datetime(2027, month, 7, 19, 30, tzinfo=UTC)
    shown = format_moment(moment, locale, zone)
    assert read_moment(shown, locale=locale, zone=KOLKATA, now=NOW) == moment


@in_turn(
    ("phrase", "expected"),
    [
        ("tomorrow", date(2026, 11, 25)),
        ("mercredi prochain", date(2026, 11, 25)),
        ("2 de diciembre", date(2026, 12, 2)),
        ("2026-12-02", date(2026, 12, 2)),
        ("13/12/2026", date(2026, 12, 13)),
        ("el 4", date(2026, 12, 4)),
        ("in 2 weeks", date(2026, 12, 8)),
    ],
)
def test_day_is_read_in_three_languages(phrase: str, expected: date) -> None:
    assert read_day(phrase, locale="en", zone=AMSTERDAM, now=NOW) == expected


def test_day_is_read_in_the_persons_other_language() -> None:
    day = read_day("2 de dezembro de 2026", locale="pt", zone=AMSTERDAM, now=NOW)
    assert day == date(2026, 12, 2)


@in_turn(
    ("phrase", "locale", "expected"),
    [
        ("31/02/2026", "en", "impossible"),
        ("2037-01-01", "en", "too_far"),
        ("2 Dec 15:00", "en", "unreadable"),
        ("15:00", "en", "unreadable"),
        ("in 2 hours", "en", "unreadable"),
        ("", "en", "unreadable"),
        ("2. Dezember 2026 15:30", "de", "unreadable"),
    ],
)
def test_day_is_refused_with_its_reason(phrase: str, locale: str, expected: str) -> None:
    with pytest.raises(Unclear, match=expected):
        read_day(phrase, locale=locale, zone=AMSTERDAM, now=NOW)


LENGTHS = """
90: 90m, 90, 1h30, 1 h 30 min, 1:30, 1:30 h, an hour and a half, 1.5h, 1½ h, ９０ min, 1h30m, 90'
90: hora y media, una hora y media, une heure et demie, one and a half hours, ninety minutes
60: una hora, an hour, une heure, 1h, 60 minutos, sixty mins, HOUR
120: 2 heures, dos horas, two hours, 2 hrs
45: trois quarts d'heure, three quarters of an hour, tres cuartos de hora, 45 min., 0:45
30: half an hour, media hora, une demi-heure, ½ hour, 0.5 h
15: un quart d’heure, un cuarto de hora, quarter of an hour
75: 1 hora y cuarto, 1 heure et quart, 1 hour and 15 minutes, 1 h 15
1440: 24h, 1440
1: 1, 1 minute
"""


def lengths() -> list[tuple[str, int]]:
    lines = [line.split(": ", 1) for line in LENGTHS.strip().splitlines()]
    return [(raw, int(minutes)) for minutes, raws in lines for raw in raws.split(", ")]


@in_turn(("raw", "minutes"), lengths())
def test_duration_is_read_in_three_languages(raw: str, minutes: int) -> None:
    assert {read_duration(raw, locale=locale) for locale in ("en", "es", "fr")} == {minutes}


def test_duration_takes_a_decimal_comma() -> None:
    assert read_duration("1,5 h", locale="fr") == 90


@in_turn(
    "raw", ["", "0", "-5", "1h75", "1.5", "1:5", "24h01", "1441", "99999", "1.5h 30", "m", "soon"]
)
def test_duration_is_refused(raw: str) -> None:
    with pytest.raises(Unclear):
        read_duration(raw, locale="en")


@in_turn(
    ("naive", "zone", "expected", "kind"),
    [
        ("2027-03-28 02:30", AMSTERDAM, "2027-03-28 01:30", "gap"),
        ("2026-10-25 02:30", AMSTERDAM, "2026-10-25 00:30", "twice"),
        ("2026-10-25 03:00", AMSTERDAM, "2026-10-25 02:00", None),
        ("2027-03-14 02:30", "America/New_York", "2027-03-14 07:30", "gap"),
        ("2026-11-01 01:30", "America/New_York", "2026-11-01 05:30", "twice"),
        ("2026-10-04 02:15", "Australia/Lord_Howe", "2026-10-03 15:45", "gap"),
        ("2027-03-28 02:30", BOGOTA, "2027-03-28 07:30", None),
    ],
)
def test_clock_that_changes(naive: str, zone: str, expected: str, kind: str | None) -> None:
    there = ZoneInfo(zone)
    assert wall(instant(naive, there), "UTC") == expected
    assert unusual(datetime.fromisoformat(naive), there) == kind
    assert (second(naive, there) is not None) == (kind == "twice")


def test_skipped_hour_moves_forward_by_what_is_skipped() -> None:
    assert read("2027-03-28 02:30") == "2027-03-28 03:30"
    assert read("28 March 2027 at 02:30") == "2027-03-28 03:30"


def test_wall_tells_the_second_of_two_equal_hours() -> None:
    second = datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    assert wall(second, AMSTERDAM) == "2026-10-25T02:30+01:00"
    assert wall(second - timedelta(hours=1), AMSTERDAM) == "2026-10-25 02:30"


@given(st.integers(-10_000_000, 5_000_000), ZONES)  # some 19 years back, 9 ahead
@example(-(30 * 24 * 60 + 7 * 60 + 30), AMSTERDAM)
@settings(deadline=None)
def test_wall_is_read_back_as_the_same_moment(minutes: int, zone: str) -> None:
    moment = NOW + timedelta(minutes=minutes)
    assert read_moment(wall(moment, zone), locale="en", zone=zone, now=NOW) == moment


@given(TEXTS, LOCALES, ZONES)
@example("0001-01-01T00:00+14:00", "en", AMSTERDAM)
@example("9999-12-31 midnight", "en", BOGOTA)
@example("0001-01-01T00:00Z", "en", BOGOTA)
@example("9" * 100, "de", BOGOTA)
@settings(deadline=None, max_examples=400)
def test_moment_of_any_text_is_a_minute_in_utc_or_unclear(raw: str, locale: str, zone: str) -> None:
    try:
        moment = read_moment(raw, locale=locale, zone=zone, now=NOW)
    except Unclear:
        return
    assert moment.tzinfo is UTC
    assert moment == moment.astimezone(ZoneInfo(zone))


@given(TEXTS, LOCALES, ZONES)
@settings(deadline=None)
def test_day_of_any_text_is_a_day_or_unclear(raw: str, locale: str, zone: str) -> None:
    try:
        day = read_day(raw, locale=locale, zone=zone, now=NOW)
    except Unclear:
        return
    assert type(day) is date
    assert day.year <= 2036


@given(TEXTS, LOCALES)
@settings(deadline=None)
def test_duration_of_any_text_is_within_a_day_or_unclear(raw: str, locale: str) -> None:
    try:
        minutes = read_duration(raw, locale=locale)
    except Unclear:
        return
    assert 1 <= minutes <= 1440
