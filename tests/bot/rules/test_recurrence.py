"""Tries recurring times: what they bring, and what is refused."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.rules.recurrence import HORIZON, Recurrence, Unworkable, instants
from tests.tables import in_turn

FIRST = datetime.fromisoformat("2026-01-28 10:00")
BEGIN, END = datetime(2026, 1, 1, tzinfo=UTC), datetime(2028, 1, 1, tzinfo=UTC)
ZONES = ("Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Africa/Casablanca", "UTC")
RULES = (
    "FREQ=DAILY",
    "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,SU",
    "FREQ=MONTHLY;BYDAY=-1WE",
    "FREQ=MONTHLY;BYMONTHDAY=1,15",
    "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=1",
    "FREQ=YEARLY;BYMONTH=3,10;BYDAY=-1SU",
)
recurrences = st.builds(
    Recurrence,
    st.integers(0, 366 * 24 * 4).map(lambda quarters: FIRST + quarters * timedelta(minutes=15)),
    st.sampled_from(ZONES),
    st.sampled_from(RULES),
)
moments = st.integers(0, 3 * 366 * 24 * 60).map(lambda minutes: BEGIN + timedelta(minutes=minutes))


def of(rule: str, first: datetime = FIRST, zone: str = "Europe/Amsterdam") -> list[datetime]:
    return list(instants(Recurrence(first, zone, rule), BEGIN, END))


def utc(words: str) -> datetime:
    return datetime.fromisoformat(words).replace(tzinfo=UTC)


def test_last_wednesday_at_ten_is_at_ten_in_winter_and_in_summer() -> None:
    found = of("FREQ=MONTHLY;BYDAY=-1WE")
    assert found[:4] == [
        utc("2026-01-28 09:00"),
        utc("2026-02-25 09:00"),
        utc("2026-03-25 09:00"),
        utc("2026-04-29 08:00"),
    ]


@in_turn(
    ("first", "zone", "instant"),
    [
        ("2026-03-29 02:30", "Europe/Berlin", "2026-03-29 01:30"),
        ("2026-03-08 02:00", "America/New_York", "2026-03-08 07:00"),
        ("2026-10-04 02:15", "Australia/Lord_Howe", "2026-10-03 15:45"),
        ("2011-12-30 10:00", "Pacific/Apia", "2011-12-30 20:00"),
        ("1993-08-21 10:00", "Pacific/Kwajalein", "1993-08-21 22:00"),
    ],
)
def test_skipped_time_moves_forward_by_what_is_skipped(first: str, zone: str, instant: str) -> None:
    once = Recurrence(datetime.fromisoformat(first), zone, "FREQ=DAILY;COUNT=1")
    at = utc(instant)
    assert list(instants(once, at - timedelta(days=2), at + timedelta(days=2))) == [at]


@in_turn(
    ("first", "zone", "instant"),
    [
        ("2026-10-25 02:30", "Europe/Berlin", "2026-10-25 00:30"),
        ("2026-11-01 01:30", "America/New_York", "2026-11-01 05:30"),
        ("2026-04-05 01:45", "Australia/Lord_Howe", "2026-04-04 14:45"),
    ],
)
def test_time_that_comes_twice_means_the_first(first: str, zone: str, instant: str) -> None:
    assert of("FREQ=DAILY;COUNT=1", datetime.fromisoformat(first), zone) == [utc(instant)]


def test_day_that_is_left_out_brings_nothing_twice() -> None:
    daily = Recurrence(
        datetime.fromisoformat("2011-12-29 10:00"), "Pacific/Apia", "FREQ=DAILY;COUNT=3"
    )
    found = list(
        instants(daily, datetime(2011, 12, 1, tzinfo=UTC), datetime(2012, 1, 9, tzinfo=UTC))
    )
    assert found == [utc("2011-12-29 20:00"), utc("2011-12-30 20:00")]


@in_turn(
    ("until", "days"),
    [
        ("20260130", 3),
        ("20260130T100000", 3),
        ("20260130T095959", 2),
        ("20260130T090000Z", 3),
        ("20260130T085959Z", 2),
    ],
)
def test_until_includes_what_falls_on_it(until: str, days: int) -> None:
    assert len(of(f"FREQ=DAILY;UNTIL={until}")) == days


def test_until_in_the_second_of_two_hours_includes_the_first() -> None:
    found = of("FREQ=DAILY;UNTIL=20261025T010500Z", datetime.fromisoformat("2026-10-24 02:30"))
    assert found == [utc("2026-10-24 00:30"), utc("2026-10-25 00:30")]


def test_leap_day_comes_every_fourth_year() -> None:
    leap = Recurrence(FIRST, "UTC", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29")
    found = [at.year for at in instants(leap, BEGIN, BEGIN + HORIZON)]
    assert found == [2028, 2032]


@in_turn(
    ("rule", "reason"),
    [
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "never"),
        ("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", "never"),
        ("FREQ=YEARLY;INTERVAL=4;BYMONTH=2;BYMONTHDAY=29", "never"),
        ("FREQ=MONTHLY;BYDAY=6MO", "never"),
        ("FREQ=DAILY;UNTIL=20250101", "never"),
        ("FREQ=HOURLY", "too_often"),
        ("FREQ=DAILY;BYHOUR=9,10", "too_often"),
        ("FREQ=DAILY;COUNT=9999", "too_many"),
        ("FREQ=DAILY;COUNT=0", "too_many"),
        ("FREQ=DAILY;INTERVAL=3661", "too_many"),
        ("FREQ=DAILY;COUNT=2;UNTIL=20270101", "unreadable"),
        ("FREQ=DAILY;FREQ=WEEKLY", "unreadable"),
        ("FREQ=WEEKLY;BYDAY=2MO", "unreadable"),
        ("FREQ=MONTHLY;BYDAY=0MO", "unreadable"),
        ("FREQ=MONTHLY;BYMONTHDAY=0", "unreadable"),
        ("FREQ=MONTHLY;BYMONTHDAY=32", "unreadable"),
        ("FREQ=YEARLY;BYMONTH=13", "unreadable"),
        ("FREQ=YEARLY;BYYEARDAY=367", "unreadable"),
        ("FREQ=DAILY,WEEKLY", "unreadable"),
        ("FREQ=DAILY;UNTIL=20270101,20280101", "unreadable"),
        ("FREQ=DAILY;WKST=MO,TU", "unreadable"),
        ("FREQ=DAILY;UNTIL=20260230", "unreadable"),
        ("FREQ=DAILY;BYEASTER=0", "unreadable"),
        ("BYDAY=MO", "unreadable"),
        ("every Monday", "unreadable"),
        ("", "unreadable"),
        ("FREQ=DAILY;BYMONTH=١", "unreadable"),
    ],
)
def test_rule_nobody_could_keep_to_is_refused(rule: str, reason: str) -> None:
    with pytest.raises(Unworkable) as refused:
        Recurrence(FIRST, "Europe/Berlin", rule)
    assert refused.value.reason == reason
    assert str(refused.value).endswith(".")


@in_turn("zone", ["Mars/Base", "", "Europe", "../UTC", "/etc/passwd", "a\0b"])
def test_zone_that_is_none_is_refused(zone: str) -> None:
    with pytest.raises(Unworkable) as refused:
        Recurrence(FIRST, zone, "FREQ=DAILY")
    assert refused.value.reason == "no_zone"


@in_turn("year", [1, 1969, 2500, 9999])
def test_first_time_out_of_this_world_is_refused(year: int) -> None:
    with pytest.raises(Unworkable) as refused:
        Recurrence(FIRST.replace(year=year), "UTC", "FREQ=DAILY")
    assert refused.value.reason == "too_far"


def test_first_time_with_a_zone_of_its_own_is_refused() -> None:
    with pytest.raises(ValueError, match="zone"):
        Recurrence(BEGIN, "Europe/Berlin", "FREQ=DAILY")


def test_more_than_ten_years_at_once_is_refused() -> None:
    daily = Recurrence(FIRST, "UTC", "FREQ=DAILY")
    with pytest.raises(ValueError, match="ten years"):
        next(instants(daily, BEGIN, BEGIN + HORIZON + timedelta(seconds=1)))


@given(recurrences, moments, moments)
@settings(max_examples=60)
def test_instants_rise_within_the_window(
    recurrence: Recurrence, one: datetime, other: datetime
) -> None:
    begin, end = sorted((one, other))
    found = list(instants(recurrence, begin, end))
    assert all(begin <= at < end for at in found)
    assert all(before < after for before, after in pairwise(found))


@given(recurrences, moments, moments, moments)
@settings(max_examples=60)
def test_instants_of_two_parts_are_those_of_the_whole(
    recurrence: Recurrence, one: datetime, two: datetime, three: datetime
) -> None:
    begin, middle, end = sorted((one, two, three))
    parts = [*instants(recurrence, begin, middle), *instants(recurrence, middle, end)]
    assert parts == list(instants(recurrence, begin, end))


@given(recurrences, st.integers(1, 20))
@settings(max_examples=60)
def test_count_keeps_the_first_of_all(recurrence: Recurrence, count: int) -> None:
    counted = Recurrence(recurrence.first, recurrence.zone, f"{recurrence.rule};COUNT={count}")
    end = BEGIN + HORIZON
    whole = list(instants(recurrence, BEGIN, end))
    assert list(instants(counted, BEGIN, end)) == whole[:count]


@given(recurrences, moments)
@settings(max_examples=60)
def test_until_keeps_all_that_is_not_later(recurrence: Recurrence, until: datetime) -> None:
    whole = list(instants(recurrence, BEGIN, BEGIN + HORIZON))
    wanted = [at for at in whole if at <= until]
    rule = f"{recurrence.rule};UNTIL={until:%Y%m%dT%H%M%SZ}"
    try:
        ended = Recurrence(recurrence.first, recurrence.zone, rule)
    except Unworkable:
        assert not wanted
    else:
        assert list(instants(ended, BEGIN, BEGIN + HORIZON)) == wanted


FREQUENCIES = "FREQ=DAILY FREQ=WEEKLY FREQ=MONTHLY FREQ=YEARLY INTERVAL=4 COUNT=7"
DAYS = "BYDAY=MO,-1FR BYDAY=WE BYMONTH=2 BYMONTHDAY=-1,30 BYYEARDAY=366 BYWEEKNO=53 BYSETPOS=-1"
PIECES = st.sampled_from(f"{FREQUENCIES} {DAYS} UNTIL=20261231T100000Z WKST=SU = X=Y".split())


@given(st.one_of(st.text(), st.lists(PIECES, min_size=1, max_size=5).map(";".join)))
@settings(max_examples=150, deadline=None)
def test_any_rule_is_followed_or_refused(rule: str) -> None:
    try:
        recurrence = Recurrence(FIRST, "Europe/Berlin", rule)
    except Unworkable:
        return
    found = list(instants(recurrence, BEGIN, BEGIN + HORIZON))
    assert found
    assert all(before < after for before, after in pairwise(found))


@given(recurrences)
@settings(max_examples=60)
def test_every_instant_shows_the_hour_of_the_first_unless_it_is_skipped(
    recurrence: Recurrence,
) -> None:
    zone = recurrence.zone
    for at in instants(recurrence, BEGIN, END):
        later = at.astimezone(ZoneInfo(zone)).replace(tzinfo=None, fold=0)
        shift = later - datetime.combine(later, recurrence.first.time())
        assert shift in (
            timedelta(),
            timedelta(minutes=30),
            timedelta(hours=1),
            timedelta(hours=-23),
        )
