"""A table of rules of series as people say them, what they mean, and what is asked about."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.moments import Series, Unclear, moment_at_end, read_series, read_wall_time, series_at_end
from tests.tables import in_turn

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
AMSTERDAM = "Europe/Amsterdam"


def rows() -> Iterator[tuple[str, str, str]]:
    locale = ""
    for line in Path(__file__).with_name("series.txt").read_text("utf-8").splitlines():
        if line.startswith("# "):
            locale = line.removeprefix("# ")
        else:
            words, _, meant = line.partition(" | ")
            yield locale, words, meant


def shown(series: Series) -> str:
    said = [
        f"from {series.begin}" if series.begin else "",
        f"for {series.minutes}" if series.minutes else "",
        f"in {series.zone}" if series.zone != AMSTERDAM else "",
    ]
    return " ".join(part for part in (series.hour, series.rrule, *said) if part)


def read(words: str, locale: str = "en") -> str:
    try:
        return shown(read_series(words, locale=locale, zone=AMSTERDAM, now=NOW))
    except Unclear as unclear:
        if unclear.reason == "several":
            return "? " + " / ".join(map(shown, unclear.readings))
        return f"- {unclear.reason}"


@in_turn(("locale", "words", "meant"), rows())
def test_series_is_read_as_it_is_said(locale: str, words: str, meant: str) -> None:
    assert read(words, locale) == meant


def test_word_that_is_not_known_is_named() -> None:
    with pytest.raises(Unclear) as refused:
        read_series("every Tuesday at 10 perhaps", locale="en", zone=AMSTERDAM, now=NOW)
    assert refused.value.word == "perhaps"


@in_turn("words", ["", " ", "\0", "every Tuesday at 10 " * 100, "2", "every", "until", "a las"])
def test_what_is_no_rule_is_refused(words: str) -> None:
    assert read(words).startswith("- ")


def test_today_is_the_day_of_the_persons_zone() -> None:
    late = datetime(2026, 11, 24, 22, 0, tzinfo=UTC)
    series = read_series("daily at 9 from today", locale="en", zone="Asia/Kolkata", now=late)
    assert str(series.begin) == "2026-11-25"


@in_turn(
    "words",
    ["every Tuesday 3pm", "chaque mardi à 15h", "los martes a las 15", "every second Tuesday 3pm",
     "weekly on Monday at 10", "every Tuesday"],
)  # fmt: skip
def test_series_is_no_moment(words: str) -> None:
    with pytest.raises(Unclear, match="series"):
        read_wall_time(words, locale="en", zone=AMSTERDAM, now=NOW)


@in_turn(
    ("line", "title"),
    [
        ("Team call every Tuesday 3pm", "Team call"),
        ("Réunion tous les mardis à 15h", "Réunion"),
        ("Weekly tomorrow 3pm", "Weekly"),
        ("Time for all and each Tuesday 3pm", "Time for all and"),
    ],
)
def test_series_behind_a_title_is_taken_whole(line: str, title: str) -> None:
    words = line.split()
    ending = moment_at_end(words, locale="en", zone=AMSTERDAM, now=NOW)
    assert ending
    assert " ".join(words[: ending[0]]) == title


@in_turn(
    ("line", "title"),
    [
        ("Team call last Friday of the month at 10", "Team call"),
        ("Movie night last Friday of the month at 8", "Movie night"),
        ("Weekly meeting every Tuesday at 10", "Weekly meeting"),
        ("Session 2 every Tuesday at 10", "Session 2"),
        ("Learning lab six sessions, three weeks apart, from 12 January 10:00", "Learning lab"),
        ("Círculo de mujeres cada último miércoles a las 15", "Círculo de mujeres"),
        ("Échanges le premier jeudi du mois à 14h, sauf en août", "Échanges"),
        ("Top 10 monthly on the 31st at 9", "Top 10"),
        ("Team call tomorrow 3pm", None),
        ("Meeting", None),
    ],
)
def test_series_is_found_at_the_end_of_a_line(line: str, title: str | None) -> None:
    words = line.split()
    ending = series_at_end(words, locale="en", zone=AMSTERDAM, now=NOW)
    assert (" ".join(words[: ending[0]]) if ending else None) == title
