"""Rules of series said in words, in three languages, and read from these words again."""

from collections.abc import Sequence
from datetime import UTC, date, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.i18n import render
from bot.moments import Series, read_series
from bot.rules_in_words import rule_in_words

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
    st.integers(1, 400).map("COUNT={}".format),
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
