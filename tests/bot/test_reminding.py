"""Shows how people write when they want to be reminded, in three languages."""

from dataclasses import replace
from datetime import time

from hypothesis import given
from hypothesis import strategies as st

from bot.i18n import t
from bot.moments import Reminding, read_reminding
from bot.options.alone import fault
from bot.options.reminders import RemindingKind, exactly
from tests.bot.options.test_basic import NOWHERE
from tests.tables import in_turn

KIND = RemindingKind(t("Remind me"))
DAY, HOUR = 24 * 60, 60
EIGHT = time(8)


@in_turn(
    ("locale", "raw", "offsets", "at"),
    [
        ("en", "2 days, 3 hours, 10 minutes", (2 * DAY, 3 * HOUR, 10), None),
        ("en", "a day and an hour before", (DAY, HOUR), None),
        ("en", "2 hours and 30 minutes", (150,), None),
        ("en", "2 days, 3 hours and 10 minutes", (2 * DAY, 3 * HOUR, 10), None),
        ("en", "8 in the morning of the day", (), EIGHT),
        ("en", "1 week, 8am, at the start", (7 * DAY, 0), EIGHT),
        ("en", "0", (0,), None),
        ("en", "10 minutes, 10 min before", (10,), None),
        ("es", "2 días, 3 horas y 10 minutos antes", (2 * DAY, 3 * HOUR, 10), None),
        ("es", "un día antes, a las 8 de la mañana del día, al inicio", (DAY, 0), EIGHT),
        ("fr", "la veille, à 8h le jour même", (DAY,), EIGHT),
        ("fr", "2 jours et 3 heures avant, au début", (2 * DAY, 3 * HOUR, 0), None),
        ("fr", "jamais", (), None),
        ("es", "nunca", (), None),
    ],
)
def test_wish_is_read_as_people_write_it(
    locale: str, raw: str, offsets: tuple[int, ...], at: time | None
) -> None:
    assert read_reminding(raw, locale=locale) == Reminding(offsets, at)


@in_turn(
    ("raw", "words"),
    [
        ("soon", "I don't understand “soon”. Write it like 2 days"),
        ("2 days, banana", "“banana”"),
        ("10", "“10”"),
        ("-5 minutes", "“-5 minutes”"),
        ("400 days", "a year before at most"),
        (",".join(f"{n} hours" for n in range(1, 21)), "six at most"),
        ("8am, 9am", "one hour of the day"),
        (", ".join(["1 day"] * 200), "I don't understand"),
    ],
)
def test_what_is_no_such_wish_is_named(raw: str, words: str) -> None:
    assert words in fault(KIND, NOWHERE, raw)


chosen = st.builds(
    Reminding,
    st.sets(st.integers(0, 366 * DAY), max_size=6).map(lambda n: tuple(sorted(n, reverse=True))),
    st.none() | st.times().map(lambda at: at.replace(second=0, microsecond=0)),
)


@given(chosen, st.sampled_from(["en", "en-US", "es", "fr"]))
def test_wish_written_back_is_read_as_the_same(wish: Reminding, locale: str) -> None:
    reading = replace(NOWHERE, locale=locale)
    assert KIND.read(KIND.raw(wish, reading), reading) == wish
    assert KIND.read(exactly(wish), reading) == wish
