"""Shows that reminders come in time, wake nobody, and stay where they are when asked again."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.rules.reminders import Due, Wish, quiet_shift, wanted

LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
DAY, HOUR = 24 * 60, 60
HALF_HOUR = timedelta(minutes=30)
ZONES = (
    "UTC", "Europe/Paris", "America/New_York", "Australia/Lord_Howe", "Africa/Casablanca",
    "Asia/Kathmandu", "Pacific/Apia", "America/Scoresbysund", "Asia/Gaza", "Antarctica/Troll",
)  # fmt: skip


def at(written: str) -> datetime:
    return datetime.fromisoformat(written).replace(tzinfo=UTC)


def wish(*offsets: int, quiet: str = "22:00-07:00", zone: str = "UTC", since: str = "") -> Wish:
    first, last = (time.fromisoformat(one) for one in quiet.split("-"))
    return Wish(offsets, first, last, zone, at(since) if since else LONG_AGO)


def dues(starts: str, reader: Wish, now: datetime = LONG_AGO) -> list[tuple[int | None, datetime]]:
    begin = at(starts)
    found = wanted(begin, begin + timedelta(hours=1), None, {1: reader}, now)
    return [(due.offset, due.due_at) for due in found]


def is_quiet(moment: datetime, reader: Wish) -> bool:
    wall = moment.astimezone(ZoneInfo(reader.zone)).time()
    if reader.quiet_from <= reader.quiet_to:
        return reader.quiet_from <= wall < reader.quiet_to
    return wall >= reader.quiet_from or wall < reader.quiet_to


# Around the changes of the clocks too; Samoa left a whole day out at the end of 2011.
moments = st.one_of(
    st.integers(0, 365 * DAY).map(lambda one: at("2026-01-01") + timedelta(minutes=one)),
    st.integers(0, 7 * DAY).map(lambda one: at("2011-12-27") + timedelta(minutes=one)),
)
walls = st.times().map(lambda one: one.replace(second=0, microsecond=0))
offsets = st.one_of(st.integers(-10, 3 * DAY), st.sampled_from([0, 10, HOUR, DAY, 10**9]))
wishes = st.builds(
    Wish,
    offsets=st.lists(offsets, max_size=5).map(tuple),
    quiet_from=walls,
    quiet_to=walls,
    zone=st.sampled_from(ZONES),
    since=st.just(LONG_AGO) | moments,
    at=st.none() | walls,
)
readers = st.dictionaries(st.integers(1, 9), wishes, max_size=3)
minutes = st.integers(0, 3 * DAY).map(lambda one: timedelta(minutes=one))


@given(moments, wishes, readers, minutes)
def test_no_reminder_is_due_in_quiet_hours_of_its_reader(
    start: datetime, channel: Wish, people: Mapping[int, Wish], before: timedelta
) -> None:
    for due in wanted(start, start + HALF_HOUR, channel, people, start - before):
        reader = channel if due.who is None else people[due.who]
        up = due.offset == 0 and due.due_at == start and quiet_shift(start, reader, start) is None
        assert up or not is_quiet(due.due_at, reader)


@given(moments, wishes, readers, minutes)
def test_every_reminder_lies_between_now_and_the_start_and_expires_after_it_is_due(
    start: datetime, channel: Wish, people: Mapping[int, Wish], before: timedelta
) -> None:
    now = start - before
    for due in wanted(start, start + HALF_HOUR, channel, people, now):
        assert now <= due.due_at <= start
        assert due.due_at < due.expires_at < start + HALF_HOUR


@given(moments, wishes, readers, minutes, minutes)
def test_asking_again_later_moves_nothing(
    start: datetime, channel: Wish, people: Mapping[int, Wish], one: timedelta, other: timedelta
) -> None:
    earlier, later = sorted((start - one, start - other))
    first = wanted(start, start + HALF_HOUR, channel, people, earlier)
    again = wanted(start, start + HALF_HOUR, channel, people, later)
    assert again == tuple(due for due in first if due.due_at >= later)


@given(moments, wishes, readers)
def test_there_is_at_most_one_reminder_for_each_reader_and_wished_offset(
    start: datetime, channel: Wish, people: Mapping[int, Wish]
) -> None:
    found = wanted(start, start + HALF_HOUR, channel, people, LONG_AGO)
    keys = [(due.who, due.offset) for due in found]
    assert len(keys) == len(set(keys))
    assert all(
        offset is None or offset in (channel if who is None else people[who]).offsets
        for who, offset in keys
    )


@given(moments, wishes)
def test_a_reminder_that_was_moved_keeps_two_hours_from_the_others(
    start: datetime, reader: Wish
) -> None:
    found = wanted(start, start + HALF_HOUR, None, {1: reader}, LONG_AGO)
    for one, other in pairwise(found):
        moved = [due for due in (one, other) if due.due_at != unmoved(start, reader, due)]
        assert other.due_at - one.due_at >= timedelta(hours=2 if moved else 0)
        assert one.due_at != other.due_at


def unmoved(start: datetime, reader: Wish, due: Due) -> datetime:
    if due.offset is not None:
        return start - timedelta(minutes=due.offset)
    day = start.astimezone(ZoneInfo(reader.zone)).date()
    return datetime.combine(day, reader.at or time(), ZoneInfo(reader.zone)).astimezone(UTC)


@given(moments, wishes)
def test_without_quiet_hours_every_wish_is_met_to_the_minute(start: datetime, reader: Wish) -> None:
    awake = replace(reader, quiet_to=reader.quiet_from, at=None)
    found = wanted(start, start + HALF_HOUR, None, {1: awake}, LONG_AGO)
    assert {due.offset for due in found} == {one for one in reader.offsets if 0 <= one <= 366 * DAY}
    assert all(due.due_at == unmoved(start, awake, due) for due in found)


@given(moments, wishes)
def test_whoever_wishes_a_reminder_and_was_concerned_in_time_has_one(
    start: datetime, reader: Wish
) -> None:
    assume(any(0 <= one <= 366 * DAY for one in reader.offsets))
    assert wanted(start, start, None, {1: replace(reader, since=LONG_AGO)}, LONG_AGO)


def test_a_day_and_an_hour_before_are_as_wished() -> None:
    assert dues("2026-12-02T15:00", wish(HOUR, DAY)) == [
        (DAY, at("2026-12-01T15:00")),
        (HOUR, at("2026-12-02T14:00")),
    ]


def test_a_reminder_in_the_night_comes_before_it() -> None:
    assert dues("2026-12-02T07:00", wish(HOUR)) == [(HOUR, at("2026-12-01T21:45"))]


def test_two_brought_together_by_the_night_are_one() -> None:
    assert dues("2026-12-02T07:00", wish(10 * HOUR, HOUR)) == [(HOUR, at("2026-12-01T21:45"))]
    assert dues("2026-12-02T07:00", wish(2 * HOUR, HOUR, 0)) == [
        (HOUR, at("2026-12-01T21:45")),
        (0, at("2026-12-02T07:00")),
    ]


def test_reminders_chosen_near_each_other_all_come() -> None:
    assert [offset for offset, _ in dues("2026-12-02T15:00", wish(HOUR, 10))] == [HOUR, 10]


def test_one_who_answers_in_the_night_is_reminded_when_it_ends() -> None:
    late = wish(HOUR, since="2026-12-01T23:30")
    assert dues("2026-12-02T07:30", late) == [(HOUR, at("2026-12-02T07:00"))]


def test_one_who_answers_in_the_night_is_not_reminded_too_near_the_start() -> None:
    late = wish(HOUR, since="2026-12-01T23:30")
    assert dues("2026-12-02T07:15", late) == [(HOUR, at("2026-12-02T07:00"))]
    assert dues("2026-12-02T07:14", late) == []


def test_one_who_answers_half_an_hour_before_gets_none() -> None:
    now = at("2026-12-02T14:30")
    assert dues("2026-12-02T15:00", wish(HOUR, DAY, since="2026-12-02T14:30"), now) == []


def test_a_reminder_due_this_very_moment_is_still_wanted() -> None:
    assert dues("2026-12-02T15:00", wish(HOUR), at("2026-12-02T14:00"))
    assert not dues("2026-12-02T15:00", wish(HOUR), at("2026-12-02T14:00:01"))


def test_the_last_moment_before_quiet_hours_and_the_first_after_are_free() -> None:
    assert dues("2026-12-02T08:00", wish(HOUR)) == [(HOUR, at("2026-12-02T07:00"))]
    assert dues("2026-12-02T22:59", wish(HOUR)) == [(HOUR, at("2026-12-02T21:59"))]
    assert dues("2026-12-02T23:00", wish(HOUR)) == [(HOUR, at("2026-12-02T21:45"))]


def test_quiet_hours_by_day_are_kept_too() -> None:
    siesta = wish(HOUR, quiet="13:00-16:00")
    assert dues("2026-12-02T16:30", siesta) == [(HOUR, at("2026-12-02T12:45"))]


def test_quiet_hours_are_those_of_the_reader() -> None:
    start, end = at("2026-12-02T15:00"), at("2026-12-02T16:00")
    people = {1: wish(HOUR, zone="Africa/Nairobi"), 2: wish(HOUR, zone="Asia/Tokyo")}
    assert wanted(start, end, wish(HOUR), people, LONG_AGO) == (
        Due(2, HOUR, at("2026-12-02T12:45"), start),
        Due(None, HOUR, at("2026-12-02T14:00"), start),
        Due(1, HOUR, at("2026-12-02T14:00"), start),
    )


def test_a_reminder_stands_until_the_next_one_and_the_last_until_the_start() -> None:
    start = at("2026-12-02T15:00")
    found = wanted(start, at("2026-12-02T16:00"), None, {1: wish(0, HOUR, DAY)}, LONG_AGO)
    assert [due.expires_at for due in found] == [
        at("2026-12-02T14:00"), start, at("2026-12-02T15:10")
    ]  # fmt: skip


def test_that_it_starts_is_not_said_after_the_end() -> None:
    start = at("2026-12-02T15:00")
    (due,) = wanted(start, at("2026-12-02T15:05"), None, {1: wish(0)}, LONG_AGO)
    assert due.expires_at == at("2026-12-02T15:05")


def test_no_wish_is_no_reminder() -> None:
    start = at("2026-12-02T15:00")
    assert wanted(start, start + HALF_HOUR, wish(), {1: wish()}, LONG_AGO) == ()
    assert wanted(start, start + HALF_HOUR, None, {}, LONG_AGO) == ()


def test_offsets_that_make_no_sense_are_passed_over() -> None:
    assert dues("2026-12-02T15:00", wish(-5, 10**12, HOUR, HOUR)) == [
        (HOUR, at("2026-12-02T14:00"))
    ]


@pytest.mark.parametrize(
    ("start", "due"),
    [
        ("2026-03-29T05:30", "2026-03-28T20:45"),  # the night in which an hour is left out
        ("2026-10-25T06:30", "2026-10-24T19:45"),  # the night in which an hour comes twice
    ],
)
def test_the_evening_before_is_the_same_wall_time_when_the_clocks_change(
    start: str, due: str
) -> None:
    reader = wish(2 * HOUR, zone="Europe/Paris")
    assert dues(start, replace(reader, quiet_to=time(9))) == [(2 * HOUR, at(due))]


def test_quiet_until_an_hour_that_comes_twice_ends_with_the_second() -> None:
    reader = wish(quiet="22:00-02:30", zone="Europe/Paris", since="2026-10-24T23:00")
    shifted = quiet_shift(at("2026-10-25T00:45"), reader, at("2026-10-25T09:00"))
    assert shifted == at("2026-10-25T01:30")


def test_quiet_until_an_hour_that_is_left_out_ends_as_much_later() -> None:
    reader = wish(quiet="22:00-02:30", zone="Europe/Paris", since="2026-03-28T23:00")
    shifted = quiet_shift(at("2026-03-29T00:45"), reader, at("2026-03-29T09:00"))
    assert shifted == at("2026-03-29T01:30")


def test_quiet_from_an_hour_that_is_left_out_begins_as_much_earlier() -> None:
    reader = wish(quiet="02:30-07:00", zone="Europe/Paris")
    shifted = quiet_shift(at("2026-03-29T01:10"), reader, at("2026-03-29T09:00"))
    assert shifted == at("2026-03-29T00:15")


def test_an_hour_awake_that_the_change_of_the_clocks_takes_is_passed_over() -> None:
    reader = wish(quiet="02:40-02:20", zone="Europe/Paris")
    shifted = quiet_shift(at("2026-10-25T12:00"), reader, at("2026-10-27T12:00"))
    assert shifted == at("2026-10-24T00:25")


def test_with_a_minute_left_of_the_day_that_minute_is_taken() -> None:
    reader = wish(quiet="08:01-08:00")
    assert quiet_shift(at("2026-12-02T15:00"), reader, at("2026-12-03T15:00")) == (
        at("2026-12-02T08:00")
    )


def test_a_zone_nobody_knows_is_refused() -> None:
    with pytest.raises(ZoneInfoNotFoundError):
        dues("2026-12-02T15:00", wish(HOUR, zone="Europe/Atlantis"))
