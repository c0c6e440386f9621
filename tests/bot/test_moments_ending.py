"""Finds the moment at the end of a line, as people write one behind a title."""

from datetime import UTC, datetime

import pytest

from bot.moments import moment_at_end

NOW = datetime(2026, 11, 30, 9, tzinfo=UTC)
ZONES = {"en": "Africa/Nairobi", "es": "America/Bogota", "fr": "Europe/Paris"}


def divided(line: str, locale: str = "en") -> tuple[str, str]:
    words = line.split()
    nowhere = (len(words), len(words))
    before, begin = moment_at_end(words, locale=locale, zone=ZONES[locale], now=NOW) or nowhere
    return " ".join(words[:before]), " ".join(words[begin:])


@pytest.mark.parametrize(
    ("locale", "before", "moment"),
    [
        ("en", "Team call", "tomorrow 3pm"),
        ("en", "Team call", "tomorrow 3pm for 90 min"),
        ("en", "Team call", "in 2 hours"),
        ("en", "Route 66", "at 3pm"),
        ("en", "Top 10", "Monday 10:00"),
        ("en", "Review 2026", "3 Dec 15:00"),
        ("en", "Lunch", "noon tomorrow"),
        ("es", "Llamada del equipo", "mañana a las 15h"),
        ("fr", "Réunion d’équipe", "le 3 décembre à 15h"),
    ],
)
def test_longest_moment_is_meant(locale: str, before: str, moment: str) -> None:
    assert divided(f"{before} {moment}", locale) == (before, moment)


@pytest.mark.parametrize(
    ("locale", "between"), [("en", "–"), ("en", "for"), ("es", "para"), ("fr", "pour")]
)
def test_what_links_both_belongs_to_neither(locale: str, between: str) -> None:
    assert divided(f"Team call {between} 3/12/2026 15:00", locale)[0] == "Team call"


@pytest.mark.parametrize(
    ("locale", "line", "before", "moment"),
    [
        ("en", "Movie night tomorrow at 8", "Movie night", "night tomorrow at 8"),
        ("es", "Cena por la noche a las 8", "Cena por la noche", "por la noche a las 8"),
        ("fr", "Café du matin demain à 9h", "Café du matin", "du matin demain à 9h"),
    ],
)
def test_part_of_the_day_in_between_belongs_to_both(
    locale: str, line: str, before: str, moment: str
) -> None:
    assert divided(line, locale) == (before, moment)


@pytest.mark.parametrize(
    "moment",
    ["2/12 15:00", "Friday 3 December 15:00", "31 February 15:00", "3pm-4pm", "tomorrow"],
)
def test_moment_that_has_to_be_asked_about_is_one(moment: str) -> None:
    assert divided(f"Team call {moment}") == ("Team call", moment)


@pytest.mark.parametrize("line", ["Team call", "Retreat 2026", "What we learned in 2025", ""])
def test_line_without_a_moment_has_none(line: str) -> None:
    assert divided(line) == (line, "")


def test_line_may_be_a_moment_alone() -> None:
    assert divided("tomorrow 3pm") == ("", "tomorrow 3pm")
