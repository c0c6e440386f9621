"""Holds arguments that name moments, zones and languages to their meaning."""

from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from bot.errors import Unreadable
from bot.i18n import t
from bot.options.alone import suggested
from bot.options.basic import Reading
from bot.options.languages import Language, Languages, Speech
from bot.options.times import DayKind, Duration, Hour, MomentKind, WallTimeKind, Zone
from tests.bot.conftest import NOW
from tests.bot.options.test_basic import NOWHERE, refused
from tests.tables import in_turn
from tests.toys import wording

LABEL = t("Title")
ZONE, LANGUAGE = Zone(LABEL), Language(LABEL)
NAIROBI = replace(NOWHERE, zone="Africa/Nairobi")


# Times


@in_turn(
    ("raw", "words"),
    [
        ("soonish", "I don't understand “soonish” in a date."),
        ("2026-12-02", "The time of day is missing."),
        ("2027-02-30 15:00", "doesn't exist"),
        ("2090-01-01 10:00", "too far away"),
        ("x" * 10_000, "I didn't understand this date."),
        ("\u202e", "I didn't understand this date."),
    ],
)
def test_moment_that_cannot_be_read_says_what_is_wrong(raw: str, words: str) -> None:
    assert words in refused(MomentKind(LABEL), raw)


@given(
    st.integers(60, 4_000_000),
    st.sampled_from(
        [
            "Europe/Paris",
            "Asia/Kathmandu",
            "America/Lima",
            "Pacific/Kiritimati",
            "Australia/Lord_Howe",
        ]
    ),
)
def test_moment_written_raw_is_read_back_in_every_zone(minutes: int, zone: str) -> None:
    reading = replace(NOWHERE, zone=zone)
    moment = NOW + timedelta(minutes=minutes)
    kind = MomentKind(LABEL)
    assert kind.read(kind.raw(moment, reading), reading) == moment


def test_wall_time_is_written_as_it_is_read() -> None:
    kind = WallTimeKind(LABEL)
    read = kind.read("2026-12-02 15:00", NAIROBI)
    assert (read.wall, read.zone) == ("2026-12-02 15:00", NAIROBI.zone)
    assert kind.raw(read, NAIROBI) == read.wall


def test_moment_is_of_the_readers_zone() -> None:
    assert MomentKind(LABEL).read("2026-12-02 15:00", NAIROBI) == datetime(
        2026, 12, 2, 12, tzinfo=UTC
    )


def test_day_is_read_and_written() -> None:
    kind = DayKind(LABEL)
    assert kind.read(kind.raw(date(2026, 12, 2), NOWHERE), NOWHERE) == date(2026, 12, 2)
    assert "“whenever” in a date" in refused(kind, "whenever")


@in_turn(("minutes", "raw"), [(30, "30m"), (60, "1h"), (90, "1h30"), (65, "1h05")])
def test_duration_is_written_shortly_and_read_back(minutes: int, raw: str) -> None:
    kind = Duration(LABEL)
    assert kind.raw(minutes, NOWHERE) == raw
    assert kind.read(raw, NOWHERE) == minutes


@in_turn("raw", ["0", "-5m", "25h", "long", "１" * 5000])
def test_duration_that_is_none_is_refused(raw: str) -> None:
    assert "90m or 1h30" in refused(Duration(LABEL), raw)


@in_turn(
    ("raw", "hour"),
    [
        ("22:00", time(22)),
        ("7", time(7)),
        ("7h", time(7)),
        ("15h30", time(15, 30)),
        ("０９：３０", time(9, 30)),
    ],
)
def test_hour_is_read_as_people_write_it(raw: str, hour: time) -> None:
    assert Hour(LABEL).read(raw, NOWHERE) == hour


@in_turn("raw", ["2200000000", "24:00", "12:60", "noon", "", "-1", "1:2:3", "9" * 10_000])
def test_hour_that_is_none_is_refused(raw: str) -> None:
    assert "22:00" in refused(Hour(LABEL), raw)


@given(st.times())
def test_hour_written_raw_is_read_back(at: time) -> None:
    whole = at.replace(second=0, microsecond=0)
    assert Hour(LABEL).read(Hour(LABEL).raw(whole, NOWHERE), NOWHERE) == whole


# Zones and languages


@in_turn(
    ("raw", "zone"),
    [
        ("Africa/Nairobi", "Africa/Nairobi"),
        (" nairobi ", "Africa/Nairobi"),
        ("new york", "America/New_York"),
        ("america/new york", "America/New_York"),
        ("São Paulo", "America/Sao_Paulo"),
        ("bogotá", "America/Bogota"),
        ("utc", "UTC"),
    ],
)
def test_zone_is_read_by_name_or_city(raw: str, zone: str) -> None:
    assert ZONE.read(raw, NOWHERE) == zone


@in_turn("raw", ["Atlantis", "", "../etc/passwd", "Africa", "x" * 10_000])
def test_zone_nobody_keeps_is_refused(raw: str) -> None:
    assert "Africa/Nairobi" in refused(ZONE, raw)


def test_zones_are_offered_by_their_city_first_with_the_hour_there() -> None:
    offered = ZONE.offered("lima", NOWHERE)
    assert offered[0].value == "America/Lima"
    assert wording(offered[0].label) == "America/Lima (19:00)"


@in_turn("typed", ["", "a", "%", "\u202e", "nowhere at all"])
def test_zones_are_offered_at_most_25_at_a_time(typed: str) -> None:
    assert len(ZONE.offered(typed, NOWHERE)) <= 25


@in_turn(
    ("raw", "code"),
    [
        ("Spanish", "es"),
        ("español", "es"),
        ("espanol", "es"),
        ("Espagnol", "es"),
        ("francais", "fr"),
        ("FRANÇAIS", "fr"),
        ("francés", "fr"),
        ("frances", "fr"),
        ("anglais", "en"),
        ("inglés", "en"),
        ("Kiswahili", "sw"),
        ("suajili", "sw"),
        ("العربية", "ar"),
        ("हिन्दी", "hi"),
        ("português", "pt"),
        ("pt", "pt"),
    ],
)
def test_language_is_read_in_four_tongues_with_accents_or_without(raw: str, code: str) -> None:
    assert LANGUAGE.read(raw, NOWHERE) == code


def test_language_nobody_speaks_is_refused_with_what_was_typed() -> None:
    assert refused(LANGUAGE, "\u202eKlingonesque") == (
        "I don't know the language “Klingonesque”. Write its name, like Spanish."
    )
    assert len(refused(LANGUAGE, "x" * 10_000)) < 100


def test_languages_are_read_once_each_and_written_as_the_reader_says() -> None:
    kind = Languages(LABEL)
    french = replace(NOWHERE, locale="fr")
    assert kind.read("anglais, es,,English ", NOWHERE) == ["en", "es"]
    assert kind.raw(["en", "es"], french) == "anglais, espagnol"
    assert kind.read(kind.raw(["en", "sw"], french), french) == ["en", "sw"]


def test_languages_of_the_community_are_offered_first(reading: Reading) -> None:
    reading.records.community.languages = ["sw", "fr"]
    assert [one.value for one in LANGUAGE.offered("", reading)][:3] == ["sw", "fr", "en"]
    assert [one.value for one in LANGUAGE.offered("SPAN", reading)] == ["es"]


@in_turn("raw", ["es", "Español", "espanol"])
def test_speech_is_one_of_the_catalogues(raw: str) -> None:
    assert Speech(LABEL).read(raw, NOWHERE) == "es"
    assert "English, español, français" in refused(Speech(LABEL), "Kiswahili")


def test_what_was_typed_of_a_closed_list_is_suggested_alone() -> None:
    assert suggested(Speech(LABEL), NOWHERE, "fr") == (("fr", "français"),)
    assert [code for code, _ in suggested(Speech(LABEL), NOWHERE, "x")] == ["en", "es", "fr"]


@given(st.text())
def test_nothing_that_is_typed_breaks_a_kind(raw: str) -> None:
    kinds: list[Any] = [
        ZONE,
        LANGUAGE,
        Languages(LABEL),
        Speech(LABEL),
        Hour(LABEL),
        Duration(LABEL),
    ]
    for kind in [*kinds, MomentKind(LABEL), DayKind(LABEL)]:
        with suppress(Unreadable):
            kind.read(raw, NOWHERE)
