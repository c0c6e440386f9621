"""Shows whom the rotation asks, one rule at a time, and what it says of its reasons."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.rules.rotation import Duty, Reason, partner_for, rota, why
from tests.bot.rules.seasons import (
    BEGIN,
    DAY,
    WEEK,
    always,
    asked,
    hosts,
    settled,
    standing,
    turns,
    weeks,
)


def test_leaving_for_a_day_changes_no_proposal() -> None:
    first, *others = hosts(3)
    stays = ((weeks(-1), weeks(4) + DAY), (weeks(4) + 2 * DAY, None))
    stayed = replace(first, stays=((weeks(-1), None),))
    returned = replace(first, stays=stays)
    season = turns(12)
    assert asked(rota(season, [returned, *others], weeks(-1))) == asked(
        rota(season, [stayed, *others], weeks(-1))
    )


def test_a_newcomer_has_nothing_to_catch_up_on() -> None:
    past = settled(turns(24), [1, 2] * 12)
    pool = [*hosts(2), always(3, since=23)]
    assert asked(rota([*past, *turns(6, first=24)], pool, weeks(23) + DAY)) == [1, 2, 3, 1, 2, 3]


def test_back_from_months_away_there_is_nothing_to_catch_up_on() -> None:
    leave = (date(2026, 1, 1), weeks(23).date())
    past = settled(turns(24), [1, 2] * 12)
    pool = [*hosts(2), replace(always(3), away=(leave,))]
    future = asked(rota([*past, *turns(6, first=24)], pool, weeks(23) + DAY))
    assert Counter(future) == {1: 2, 2: 2, 3: 2}


def test_saying_no_for_months_earns_no_row_of_turns() -> None:
    past = [replace(t, declined=frozenset({3})) for t in settled(turns(24), [1, 2] * 12)]
    future = asked(rota([*past, *turns(6, first=24)], hosts(3), weeks(23) + DAY))
    assert Counter(future) == {1: 2, 2: 2, 3: 2}


def test_one_who_took_many_turns_is_not_asked_until_the_others_have_had_theirs() -> None:
    past = settled(turns(3), [1, 1, 1])
    future = asked(rota([*past, *turns(5, first=3)], hosts(3), weeks(2) + DAY))
    assert future == [2, 3, 2, 3, 2]


def test_a_turn_still_to_come_counts_already() -> None:
    later = replace(Duty(9, weeks(9)), taken_by=frozenset({1}))
    assert asked(rota([Duty(0, weeks(0)), later], hosts(2), weeks(-1))) == [2]


def test_equal_turns_leave_it_to_the_longest_wait() -> None:
    past = settled(turns(3), [2, 3, 1])
    assert asked(rota([*past, *turns(3, first=3)], hosts(3), weeks(2) + DAY)) == [2, 3, 1]


def test_two_who_host_together_have_a_turn_each() -> None:
    past = [Duty(0, BEGIN, frozenset({1, 2}))]
    alone = standing(3, Duty(9, weeks(9)), past, hosts(4))
    assert (alone.turns, alone.share) == (0, 0.5)
    future = asked(rota([*past, *turns(4, first=1)], hosts(4), BEGIN))
    assert future == [3, 4, 1, 2]


def test_a_turn_in_the_rest_after_a_proposal_is_shared_by_the_others() -> None:
    pool = [replace(always(1), rest_days=10), *hosts(4)[1:3]]
    season = settled(turns(3), [None, 2, None])
    assert asked(rota(season, pool, weeks(-1))) == [1, 3]
    rank = why(2, season, pool, weeks(-1))
    assert {one.host: one.share for one in rank} == pytest.approx({1: 1 / 3, 2: 5 / 6, 3: 5 / 6})


def test_a_host_alone_is_asked_again_and_again() -> None:
    assert asked(rota(turns(3), hosts(1), weeks(-1))) == [1, 1, 1]


def test_one_who_hosts_the_next_turn_gives_way_even_with_fewer_turns() -> None:
    season = settled(turns(4), [2, 2, None, 1])
    assert asked(rota(season, hosts(2), weeks(1) + DAY)) == [1]
    season = settled(turns(6), [2, 3, 2, 3, None, 1])
    assert asked(rota(season, hosts(3), weeks(3) + DAY)) == [2]


def test_a_week_of_rest_is_over_after_a_week_in_which_the_clocks_change() -> None:
    autumn = datetime(2026, 3, 26, 9, tzinfo=UTC)
    spring = autumn + WEEK - timedelta(hours=1)
    host = replace(always(1), zone="Europe/Paris", rest_days=7)
    season = [Duty(1, autumn, frozenset({1})), Duty(2, spring)]
    assert asked(rota(season, [host], BEGIN)) == [1]


@pytest.mark.parametrize(("hour", "host"), [(20, 1), (22, None)])
def test_away_is_counted_in_the_days_of_the_host(hour: int, host: int | None) -> None:
    there = replace(always(1), zone="Africa/Nairobi", away=((date(2026, 3, 2), date(2026, 3, 2)),))
    turn = Duty(1, datetime(2026, 3, 1, hour, tzinfo=UTC))
    assert asked(rota([turn], [there], BEGIN)) == [host]


def test_two_sessions_at_the_same_time_have_two_hosts() -> None:
    both = [Duty(1, BEGIN), Duty(2, BEGIN), Duty(3, BEGIN)]
    assert asked(rota(both, hosts(2), weeks(-1))) == [1, 2, None]


def test_what_has_begun_is_not_proposed() -> None:
    assert asked(rota(turns(2), hosts(2), BEGIN)) == [1]


def test_regions_alternate_where_that_is_wanted() -> None:
    pool = [
        always(1, region="A"),
        always(2, region="A"),
        always(3, region="B"),
        always(4, region="B"),
    ]
    assert asked(rota(turns(8), pool, weeks(-1), alternate_regions=True)) == [1, 3, 2, 4] * 2
    assert asked(rota(turns(4), pool, weeks(-1))) == [1, 2, 3, 4]


def test_a_region_of_one_carries_no_more_than_one_person() -> None:
    pool = [always(host, region="A") for host in range(1, 6)] + [always(9, region="B")]
    counts = Counter(asked(rota(turns(24), pool, weeks(-1), alternate_regions=True)))
    assert set(counts.values()) == {4}


def test_an_unknown_region_never_stands_back() -> None:
    pool = [always(1), always(2), always(3, region="A")]
    assert asked(rota(turns(3), pool, weeks(-1), alternate_regions=True)) == [1, 2, 3]


def test_a_first_time_host_is_paired_with_one_who_has_done_it() -> None:
    past = settled(turns(3), [1, 2, 1])
    proposals = rota([*past, *turns(3, first=3)], hosts(4), weeks(2) + DAY)
    assert [(one.host, one.partner) for one in proposals] == [(3, 2), (4, 1), (2, None)]


def test_a_partner_is_free_and_has_hosted_before() -> None:
    past = settled(turns(3), [1, 2, None])
    pool = [replace(always(1), away=((date(2026, 1, 1), date(2026, 2, 1)),)), *hosts(4)[1:]]
    assert partner_for(3, 2, past, pool) == 2
    assert partner_for(2, 2, past, pool) is None
    assert partner_for(3, 0, past, pool) is None
    assert partner_for(3, 2, settled(turns(3), [1, 1, None]), pool) is None


def test_a_partner_is_found_for_a_first_timer_from_outside_the_pool() -> None:
    assert partner_for(77, 2, settled(turns(3), [1, 2, None]), hosts(2)) in (1, 2)


def test_a_proposal_says_why() -> None:
    pool = [*hosts(2), replace(always(3), away=((date(2026, 1, 1), date(2026, 12, 31)),))]
    season = [*settled(turns(2), [2, 1]), *turns(1, first=2)]
    (proposal,) = rota(season, pool, weeks(1) + DAY)
    assert proposal.reasons == (
        Reason("turns", count=1, share=1.0, at=weeks(-1) + DAY),
        Reason("last", at=weeks(0)),
        Reason("neighbour", people=(1,)),
        Reason("away", people=(3,)),
    )


def test_nobody_free_is_said_with_what_keeps_each() -> None:
    (proposal,) = rota([Duty(1, BEGIN, declined=frozenset({1, 2}))], hosts(2), weeks(-1))
    assert proposal.host is None
    assert proposal.reasons == (Reason("nobody"), Reason("declined", people=(1, 2)))
    assert rota(turns(1), [], weeks(-1))[0].reasons == (Reason("nobody"),)


def test_the_ranking_says_why_each_other_one_was_passed_over() -> None:
    resting = replace(always(5), rest_days=60)
    pool = [*hosts(3), resting, always(7, since=30)]
    season = settled(turns(6), [2, 5, 1, 2, 3, None])
    rank = why(5, season, pool, weeks(4) + DAY)
    assert [(one.host, one.passed) for one in rank] == [
        (1, None),
        (2, "more"),
        (3, "neighbour"),
        (5, "resting"),
    ]


def test_a_turn_that_is_taken_can_be_asked_about() -> None:
    season = settled(turns(3), [1, 2, 1])
    assert [(one.host, one.passed) for one in why(2, season, hosts(2), weeks(3))] == [
        (1, None),
        (2, "neighbour"),
    ]


def test_a_turn_nobody_knows_cannot_be_asked_about() -> None:
    with pytest.raises(KeyError):
        why(5, turns(2), hosts(2), BEGIN)
