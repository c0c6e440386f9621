"""Phrases that are refused: what is not understood to its last word, and what does not exist."""

from datetime import UTC, datetime

import pytest

from bot.moments import Unclear, read_moment
from tests.tables import in_turn

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)

REFUSED = """
unreadable | friday 10 meeting
unreadable | soon
unreadable | #9 monday of march 3pm
unreadable | 10
unreadable | next week at 10
unreadable | tomorrow 10
unreadable | 15:00 16:00
span | 1 to 3 Dec 10:00
span | friday 15:00-16:00
span | friday 10:00 -12:00
span | 2026-12-02 10:00-12:00
span | friday 3pm-4pm
span | vendredi 15h-16
span | vendredi 15h-16h
span | viernes de 10 a 11
span | 3-4pm
span | 15:00–16:00 UTC
span | friday from 3 to 4pm
span | friday between 3 and 4 pm
span | jeudi de 15h30 à 16h45
span | jeudi 15h jusqu'à 16h
span | de 15:00 a 16:00
span | jueves de 3 a 4 de la tarde
span | entre las 3 y las 4 el viernes
unreadable | friday 4 10-11
span | 2-4 Dec 10:00
unreadable | 2 Dec-4 Dec 10:00
unreadable | monday-friday 10:00
unreadable | 2 Dec 15:00 UTC+15
unreadable | 3 or 4 pm friday
unreadable | viernes a las 3 o 4
unreadable | before 3pm friday
series | every friday 15:00
series | los miércoles 10:00
unreadable | wednesday or thursday 10:00
unreadable | first monday 10:00
unreadable | el 3 martes de noviembre 10:00
unreadable | un lundi de décembre 10h
unreadable | half 4 tomorrow
unreadable | demain 15h30 et quart
unreadable | quarter to 0:00 tomorrow
unreadable | tonight 8 am
unreadable | tonight at 2
unreadable | mañana a las 12 de la mañana
unreadable | midnight at 8 tomorrow
unreadable | 11 del mediodía mañana
unreadable | in 2 days 3 hours
unreadable | in 2 days and 3 hours
unreadable | in 2 hours tomorrow
unreadable | in 2 hours pm
unreadable | 2² Dec 15:00
unreadable | 2 Dec 3pm Atlantis time
several | 2 Dec 3pm CST
unreadable | 2 Dec 3pm Georgia time
unreadable | 2 Dec 15:00 hora de España
unreadable | 2 Dec 15:00 London Paris
unreadable | 2 décembre 15h réunion
unreadable | 15:00 with Chad and Jordan
span | jeudi 15h-16h à Paris
unreadable | 2 Dec 15:00 wed/thu
unreadable | UTC
impossible | 31 February 10:00
impossible | 31 février 10h
impossible | 31 de febrero a las 10
impossible | 29 February 2027 10:00
impossible | 0 December 10:00
impossible | 32 December 10:00
impossible | the 32nd at 10:00
impossible | 2026-02-30 15:00
impossible | 2026-13-01 15:00
impossible | 2026-12-02 25:00
impossible | 2026-12-02 24:00
impossible | 2026-12-02T15:60Z
impossible | 2026-2-30 3pm
impossible | 31/02/2026 15:00
impossible | 13/13/2026 15:00
impossible | 25:00
impossible | tomorrow 25:00
impossible | demain 15h75
impossible | tomorrow 15:00 am
impossible | tomorrow 0 pm
weekday | Tuesday 2 December 2026 15:00
weekday | martes 2 de diciembre a las 15
weekday | tomorrow friday 15:00
impossible | tomorrow 2 December 15:00
weekday | friday the 13th 15:00
no_day | march 3pm
no_day | mars 15h
no_day | december at 3:00 pm
no_time | 2 Dec 2026
no_time | 2026-12-02
no_time | next Wednesday
no_time | mercredi prochain
no_time | mañana
no_time | mañana por la mañana
no_time | in 3 days
no_time | friday 4
too_far | 2 Dec 2037 15:00
too_far | 2037-12-02 15:00
too_far | 9999-12-31T23:59-05:00
too_far | in 9999 weeks at 10:00
"""

ROWS = [line.split(" | ", 1) for line in REFUSED.strip().splitlines()]


@in_turn(("reason", "phrase"), ROWS)
def test_phrase_is_refused_with_its_reason_and_never_shifted(reason: str, phrase: str) -> None:
    for locale in ("en", "es-419", "fr-CA"):
        with pytest.raises(Unclear) as refused:
            read_moment(phrase, locale=locale, zone="Europe/Amsterdam", now=NOW)
        assert refused.value.reason == reason
