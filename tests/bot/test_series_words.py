"""Rules of series said in words, in three languages, and read from these words again."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from itertools import permutations, product

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.i18n import render
from bot.moments import Series, read_series
from bot.rules.recurrence import ClockChange
from bot.rules_in_words import rule_in_words
from bot.wording.recurrence import changes_in_words
from tests.tables import in_turn

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
AMSTERDAM = "Europe/Amsterdam"
LOCALES = st.sampled_from(["en", "en-US", "en-GB", "es", "es-419", "fr", "fr-CA"])
ZONES = st.sampled_from(
    [AMSTERDAM, "Africa/Nairobi", "America/Port-au-Prince", "Etc/GMT+3", "UTC", "Asia/Kathmandu",
     "America/Argentina/Buenos_Aires"]
)  # fmt: skip
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
ORDINALS = (1, 2, 3, 4, 5, -2, -1)
MONTHS = st.one_of(st.just(()), st.sets(st.integers(1, 12), min_size=2, max_size=11).map(sorted))
INTERVALS = st.sampled_from(["", "", "INTERVAL=2", "INTERVAL=3", "INTERVAL=12"])
ENDS = st.one_of(
    st.just(""),
    st.integers(1, 3660).map("COUNT={}".format),
    st.dates(date(2028, 1, 1), date(2036, 12, 31)).map("UNTIL={:%Y%m%d}".format),
)


def some_of(values: Sequence[object], most: int) -> st.SearchStrategy[list[str]]:
    """Give some of the values, in their order."""
    places = st.sets(st.integers(0, len(values) - 1), min_size=1, max_size=most)
    return places.map(lambda chosen: [str(values[place]) for place in sorted(chosen)])


def by(name: str, values: Sequence[object]) -> str:
    return f"{name}={','.join(map(str, values))}" if values else ""


def counted(days: list[str], numbers: list[str]) -> str:
    return by("BYDAY", [f"{number}{day}" for day in days for number in numbers])


def rule(*parts: str) -> str:
    return ";".join(part for part in parts if part)


WORKING = some_of(ORDINALS, 2).map(lambda n: f"BYDAY=MO,TU,WE,TH,FR;{by('BYSETPOS', n)}")
NTH = st.builds(counted, some_of(DAYS, 2), some_of(ORDINALS, 3)) | WORKING
WEEKDAYS = some_of(DAYS, 7).map(lambda days: by("BYDAY", days))
NUMBERED = some_of(range(1, 32), 4).map(lambda days: by("BYMONTHDAY", days)) | st.sampled_from(
    ["BYMONTHDAY=-1", "BYMONTHDAY=1,-1", "BYMONTHDAY=28,29,30;BYSETPOS=-1",
     "BYMONTHDAY=28,29;BYSETPOS=-1"]
)  # fmt: skip
OF_YEAR = NTH | st.sampled_from(["BYMONTHDAY=-1", "BYMONTHDAY=5", "BYMONTHDAY=1,28"])
IN_MONTHS = MONTHS.map(lambda months: by("BYMONTH", months))
ONE_MONTH = st.integers(1, 12).map("BYMONTH={}".format)
DAILY = st.sampled_from(["", "INTERVAL=3", "INTERVAL=8", "INTERVAL=15"])
RULES = st.one_of(
    st.builds(rule, st.just("FREQ=DAILY"), DAILY, IN_MONTHS, ENDS),
    st.builds(rule, st.just("FREQ=WEEKLY"), INTERVALS, IN_MONTHS, WEEKDAYS, ENDS),
    st.builds(rule, st.just("FREQ=MONTHLY"), INTERVALS, IN_MONTHS, NTH, ENDS),
    st.builds(rule, st.just("FREQ=MONTHLY"), INTERVALS, NUMBERED, ENDS),
    st.builds(rule, st.just("FREQ=YEARLY"), INTERVALS, ONE_MONTH, OF_YEAR, ENDS),
)
SERIES = st.builds(
    Series,
    RULES,
    st.times().map("{:%H:%M}".format),
    ZONES,
    st.none() | st.dates(date(2026, 11, 25), date(2027, 12, 31)),
    st.just(0) | st.integers(1, 1440),
)


@given(SERIES, LOCALES)
@settings(max_examples=200)
def test_words_of_a_rule_are_read_as_the_same_rule(series: Series, locale: str) -> None:
    words = render(rule_in_words(series, zone=AMSTERDAM, exact=True), locale, str)
    assert read_series(words, locale=locale, zone=AMSTERDAM, now=NOW) == series, words


@in_turn(
    ("rrule", "hour", "words"),
    [
        ("FREQ=MONTHLY;BYDAY=-1WE", "15:00",
         ("On the last Wednesday of each month at 15:00",
          "Cada mes, el último miércoles a las 15:00",
          "Chaque mois, le dernier mercredi à 15:00")),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH;UNTIL=20270630", "18:00",
         ("Every 2 weeks on Tuesday and Thursday at 18:00, until 30 June 2027",
          "Cada 2 semanas, los martes y los jueves a las 18:00, hasta el 30 de junio de 2027",
          "Toutes les 2 semaines, le mardi et le jeudi à 18:00, jusqu’au 30 juin 2027")),
        ("FREQ=MONTHLY;BYMONTHDAY=1,15", "09:00",
         ("On the 1st and the 15th of each month at 09:00",
          "Cada mes, el 1 y el 15 a las 9:00",
          "Chaque mois, le 1er et le 15 à 09:00")),
        ("FREQ=MONTHLY;BYMONTH=1,2,3,4,5,6,7,9,10,11,12;BYDAY=1TH;COUNT=6", "14:00",
         ("On the first Thursday of each month at 14:00, except in August, 6 times",
          "Cada mes, el primer jueves a las 14:00, excepto en agosto, 6 veces",
          "Chaque mois, le premier jeudi à 14:00, sauf en août, 6 fois")),
        ("FREQ=WEEKLY;BYMONTH=3,4;BYDAY=WE", "01:00",
         ("Every Wednesday at 01:00, in March and April",
          "Cada miércoles a la 1:00, en marzo y abril",
          "Chaque mercredi à 01:00, en mars et avril")),
        ("FREQ=YEARLY;BYMONTH=4;BYDAY=1MO", "10:00",
         ("Every year on the first Monday of April at 10:00",
          "Cada año, el primer lunes de abril a las 10:00",
          "Chaque année, en avril, le premier lundi à 10:00")),
    ],
)  # fmt: skip
def test_rule_is_said_in_each_language(rrule: str, hour: str, words: tuple[str, ...]) -> None:
    rule = rule_in_words(Series(rrule, hour, AMSTERDAM))
    assert tuple(render(rule, locale, str) for locale in ("en", "es", "fr")) == words


def test_clock_changes_are_named() -> None:
    change = ClockChange(datetime(2027, 3, 29, 13, tzinfo=UTC), "Africa/Nairobi", -60)
    (words,) = changes_in_words([change])
    assert render(words, "en", str) == "From 29 March 2027 on, that's 1 h earlier in Nairobi."


PARTS = {
    "en": ("every 2 weeks on Tuesday and Thursday", "at 3pm", "until June", "from 12 January",
           "except in August"),
    "es": ("cada 2 semanas los martes y jueves", "a las 15", "hasta junio",
           "desde el martes 12 de enero", "salvo agosto"),
    "fr": ("toutes les 2 semaines, le mardi et le jeudi", "à 15h", "jusqu'en juin",
           "à partir du mardi 12 janvier", "sauf en août"),
}  # fmt: skip


@in_turn("locale", PARTS)
def test_parts_of_a_rule_are_said_in_any_order(locale: str) -> None:
    months = "1,2,3,4,5,6,7,9,10,11,12"
    rule = f"FREQ=WEEKLY;INTERVAL=2;BYMONTH={months};BYDAY=TU,TH;UNTIL=20270630"
    for parts, between in product(permutations(PARTS[locale]), (" ", ", ")):
        words = between.join(parts)
        series = read_series(words, locale=locale, zone=AMSTERDAM, now=NOW)
        assert series == Series(rule, "15:00", AMSTERDAM, date(2027, 1, 12)), words


def test_rules_of_other_calendars_are_shown_whatever_they_say() -> None:
    said = {
        "FREQ=WEEKLY": "Every week at 15:00",
        "FREQ=WEEKLY;INTERVAL=2": "Every 2 weeks at 15:00",
        "FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13": "By the rule FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13",
        "FREQ=MONTHLY;UNTIL=20270101T000000Z": "By the rule FREQ=MONTHLY;UNTIL=20270101T000000Z",
    }
    for rrule, words in said.items():
        shown = render(rule_in_words(Series(rrule, "15:00", AMSTERDAM)), "en-GB", str)
        assert shown.startswith(words)
