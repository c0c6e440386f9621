"""Shows how people write at which hours they can come, in three languages."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from bot.i18n import t
from bot.moments import HourSpan, read_hours
from bot.options.alone import fault
from bot.options.hours import HoursKind
from tests.bot.options.test_basic import NOWHERE
from tests.tables import in_turn

POSSIBLE, EXCLUDED = HoursKind(t("Possible"), possible=True), HoursKind(t("Not possible"))
ALL, WORK, WEEKEND = "1234567", "12345", "67"


@in_turn(
    ("locale", "raw", "spans"),
    [
        ("en", "14:00-17:00", [(ALL, "14:00", "17:00")]),
        ("en", "23:00-07:00", [(ALL, "23:00", "07:00")]),
        ("en", "9-12 and 14-18", [(ALL, "09:00", "12:00"), (ALL, "14:00", "18:00")]),
        ("en", "weekdays 14:00–17:00 my time", [(WORK, "14:00", "17:00")]),
        (
            "en",
            "Mon, Wed 9:00-12:00; Fri 14-16",
            [("13", "09:00", "12:00"), ("5", "14:00", "16:00")],
        ),
        ("en", "9-12 on Mondays and Wednesdays", [("13", "09:00", "12:00")]),
        ("en", "9-12 Mon, 14-16 Wed", [("1", "09:00", "12:00"), ("3", "14:00", "16:00")]),
        ("en", "mornings, weekends", [(ALL, "08:00", "12:00"), (WEEKEND, "00:00", "00:00")]),
        ("en", "weekends and evenings", [(ALL, "18:00", "22:00"), (WEEKEND, "00:00", "00:00")]),
        ("en", "after 18:00", [(ALL, "18:00", "23:00")]),
        ("en", "Fridays before 9", [("5", "07:00", "09:00")]),
        ("en", "2pm-5pm, 9-5 pm", [(ALL, "09:00", "17:00"), (ALL, "14:00", "17:00")]),
        ("en", "8pm-midnight; noon to 1 p.m.", [(ALL, "12:00", "13:00"), (ALL, "20:00", "00:00")]),
        ("en", "midnight-6am", [(ALL, "00:00", "06:00")]),
        ("en", "Sat 0930-1200", [("6", "09:30", "12:00")]),
        ("en", "always", []),
        ("en", "weekdays except Mon, Wed 9-12", [("245", "09:00", "12:00")]),
        ("es", "lunes a viernes de 9 a 12", [(WORK, "09:00", "12:00")]),
        ("es", "mar y jue entre las 9 y las 12", [("24", "09:00", "12:00")]),
        ("es", "los sábados por la mañana", [("6", "08:00", "12:00")]),
        ("es", "de 8 de la mañana a 5 de la tarde", [(ALL, "08:00", "17:00")]),
        ("es", "ninguno", []),
        ("fr", "de 9h à 10h tous les jours sauf le lundi", [("234567", "09:00", "10:00")]),
        ("fr", "en semaine 20:00–22:30", [(WORK, "20:00", "22:30")]),
        ("fr", "du lundi au jeudi de 9h à 12h30", [("1234", "09:00", "12:30")]),
        ("fr", "le samedi matin et le soir", [("6", "08:00", "12:00"), ("6", "18:00", "22:00")]),
    ],
)
def test_hours_are_read_as_people_write_them(locale: str, raw: str, spans: list[HourSpan]) -> None:
    assert read_hours(raw, locale=locale, possible=True) == tuple(spans)


@in_turn(
    ("locale", "raw", "spans"),
    [
        ("en", "never on Sundays", [("7", "00:00", "00:00")]),
        ("es", "nunca los domingos", [("7", "00:00", "00:00")]),
        ("fr", "jamais après 18h", [(ALL, "18:00", "00:00")]),
        ("en", "before 9", [(ALL, "00:00", "09:00")]),
        ("en", "always", [(ALL, "00:00", "00:00")]),
        ("en", "nights", [(ALL, "22:00", "06:00")]),
    ],
)
def test_hours_that_cannot_be_are_meant_whole(locale: str, raw: str, spans: list[HourSpan]) -> None:
    assert read_hours(raw, locale=locale) == tuple(spans)


@in_turn(
    ("raw", "words"),
    [
        ("14:00-17:00; banana", "I don't understand “banana”. Write it like weekdays 14:00–17:00"),
        ("9-12 on Mondays and Tuesdays 14-16", "“9-12 on Mondays"),  # may be either
        ("never on Sundays", "“never on Sundays”"),
        ("25-26", "“25-26”"),
        ("at 9", "“at 9”"),
        ("weekends except Sat and Sun", "“weekends except Sat and Sun”"),
        ("9-9", "“9-9”"),
        ("; ".join(f"{n}-{n + 1}" for n in range(1, 15)), "twelve spans"),
        ("9-12; " * 90, "I don't understand"),
    ],
)
def test_what_is_no_such_hour_is_named(raw: str, words: str) -> None:
    assert words in fault(POSSIBLE, NOWHERE, raw)


clocks = st.integers(0, 24 * 60 - 1).map(lambda n: "{:02}:{:02}".format(*divmod(n, 60)))
hours = st.tuples(clocks, clocks).filter(lambda pair: pair[0] != pair[1])
weekdays = st.sets(st.sampled_from(ALL), min_size=1).map(lambda days: "".join(sorted(days)))
spans = st.dictionaries(hours | st.just(("00:00", "00:00")), weekdays, max_size=12)


@given(spans, st.sampled_from(["en", "en-US", "es", "fr"]), st.sampled_from([POSSIBLE, EXCLUDED]))
def test_hours_read_back_are_read_as_the_same(
    said: dict[tuple[str, str], str], locale: str, kind: HoursKind
) -> None:
    wish = tuple(sorted((days, *pair) for pair, days in said.items()))
    reading = replace(NOWHERE, locale=locale)
    assert kind.read(kind.raw(wish, reading), reading) == wish
