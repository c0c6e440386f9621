"""Holds how several dates with a time are read, one behind the other."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.errors import Unreadable
from bot.i18n import t
from bot.options.several_times import SeveralTimes
from tests.bot.options.test_basic import NOWHERE

KIND = SeveralTimes(t("Dates"))
READING = replace(NOWHERE, now=datetime(2026, 11, 2, 8, tzinfo=UTC), zone="America/Bogota")


def read(raw: str, locale: str = "en") -> list[str]:
    return [time.wall[8:] for time in KIND.read(raw, replace(READING, locale=locale))]


@pytest.mark.parametrize(
    ("raw", "locale"),
    [
        ("Tue 15:00, Wed 10:00", "en"),
        ("Wed 10am; Tue 3pm; Tue 15:00", "en"),
        ("- Tuesday, 3 November, 15:00\n- Wednesday, 4 November, 10:00", "en"),
        ("Tuesday, 3 November, 15:00, Wednesday, 4 November, 10:00", "en"),
        ("mar 15:00 y mié 10:00", "es"),
        ("mardi 15h, mercredi 10h", "fr"),
    ],
)
def test_times_are_read_as_people_put_them_behind_each_other(raw: str, locale: str) -> None:
    assert read(raw, locale) == ["03 15:00", "04 10:00"]


def test_hour_alone_is_on_the_day_before_it() -> None:
    assert read("Tue 15:00, 17:00 or 6pm; Wed 9am") == [
        "03 15:00",
        "03 17:00",
        "03 18:00",
        "04 09:00",
    ]


def test_what_is_filled_in_reads_as_the_same() -> None:
    times = KIND.read("Tue 15:00, Wed 10:00", READING)
    assert [time.at for time in KIND.read(KIND.raw(times, READING), READING)] == [
        time.at for time in times
    ]


def test_far_too_many_are_refused_quickly() -> None:
    for raw in ("Tue 15:00, " * 5000, "1," * 450):
        with pytest.raises(Unreadable):
            KIND.read(raw, READING)
