"""Shows what holds for the rotation whoever comes, goes, rests, declines or is away."""

from collections import Counter
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.rules.rotation import Duty, rota, why
from tests.bot.rules.seasons import (
    BEGIN,
    DAY,
    FREE,
    Community,
    always,
    asked,
    communities,
    hosts,
    is_away,
    is_there,
    local_day,
    settled,
    standing,
    turns,
    weeks,
)


@given(joined=st.lists(st.integers(-1, 20), min_size=1, max_size=6))
def test_turns_against_the_even_share_never_differ_by_more_than_one(joined: list[int]) -> None:
    pool = [always(host, since) for host, since in enumerate(joined)]
    ahead = dict.fromkeys(range(len(pool)), Fraction(0))
    season = turns(30)
    for turn, proposal in zip(season, rota(season, pool, weeks(-1)), strict=True):
        there = [host.id for host in pool if is_there(host, turn)]
        for host in there:
            ahead[host] += (host == proposal.host) - Fraction(1, len(there))
        assert (
            max(ahead[one] for one in there or [0]) - min(ahead[one] for one in there or [0]) <= 1
        )


def those_always_there_have_as_many_turns_within_one(
    community: Community, alternate: bool, random: Random
) -> None:
    season, pool = community
    opened = [replace(turn, taken_by=frozenset()) for turn in season]
    counts = Counter(asked(rota(opened, pool, weeks(-1))))
    steady = [counts[host.id] for host in pool if host.id < 11] or [0]
    assert max(steady) - min(steady) <= 1


def nobody_is_proposed_who_is_absent_away_or_has_declined(
    community: Community, alternate: bool, random: Random
) -> None:
    season, pool = community
    by_id, by_turn = {host.id: host for host in pool}, {turn.id: turn for turn in season}
    for proposal in rota(season, pool, weeks(-1), alternate):
        if proposal.host is not None:
            host, turn = by_id[proposal.host], by_turn[proposal.turn]
            assert is_there(host, turn)
            assert not is_away(host, turn)
            assert host.id not in turn.declined


def nobody_is_proposed_within_their_days_of_rest(
    community: Community, alternate: bool, random: Random
) -> None:
    season, pool = community
    proposed = {one.turn: one.host for one in rota(season, pool, weeks(-1), alternate)}
    for host in pool:
        mine = [t for t in season if host.id in t.taken_by or proposed.get(t.id) == host.id]
        for one, other in pairwise(mine):
            if host.id in (proposed.get(one.id), proposed.get(other.id)):
                assert (local_day(host, other) - local_day(host, one)).days >= host.rest_days


def every_open_turn_has_a_host_if_anyone_is_free(
    community: Community, alternate: bool, random: Random
) -> None:
    season, pool = community
    steady = any(host.id < 11 for host in pool)
    proposals = rota(season, pool, weeks(-1), alternate)
    assert [one.turn for one in proposals] == [turn.id for turn in season if not turn.taken_by]
    for proposal in proposals:
        rank = why(proposal.turn, season, pool, weeks(-1), alternate)
        assert (proposal.host is None) == (not any(one.passed in FREE for one in rank))
        assert proposal.host is not None or not steady


def the_order_of_turns_and_hosts_changes_nothing(
    community: Community, alternate: bool, random: Random
) -> None:
    season, pool = community
    mixed, others = random.sample(season, len(season)), random.sample(pool, len(pool))
    assert rota(mixed, others, BEGIN, alternate) == rota(season, pool, BEGIN, alternate)


def the_ranking_of_a_turn_agrees_with_the_rota(
    community: Community, alternate: bool, random: Random
) -> None:
    season, pool = community
    for proposal in rota(season, pool, BEGIN, alternate):
        rank = why(proposal.turn, season, pool, BEGIN, alternate)
        assert proposal.host == next((one.host for one in rank if one.passed is None), None)


def a_proposal_that_is_accepted_leaves_the_others_as_they_were(
    community: Community, alternate: bool, random: Random
) -> None:
    season, pool = community
    before = rota(season, pool, weeks(-1), alternate)
    if not before or before[0].host is None:
        return
    takers = [before[0].host if turn.id == before[0].turn else None for turn in season]
    after = [
        taken if taken.taken_by else turn
        for turn, taken in zip(season, settled(season, takers), strict=True)
    ]
    assert asked(rota(after, pool, weeks(-1), alternate)) == asked(before[1:])


def nobody_is_asked_twice_in_a_row_while_another_is_free(
    community: Community, alternate: bool, random: Random
) -> None:
    season, pool = community
    proposals = rota(season, pool, weeks(-1), alternate)
    takers: dict[int, set[int | None]] = {turn.id: {*turn.taken_by} for turn in season}
    for one in proposals:
        beside = takers.get(one.turn - 1, set()) | takers.get(one.turn + 1, set())
        rank = why(one.turn, season, pool, weeks(-1), alternate)
        free = {standing.host for standing in rank if standing.passed in FREE}
        assert one.host not in beside or free <= beside
        takers[one.turn] = {one.host} - {None}


RULES = (
    those_always_there_have_as_many_turns_within_one,
    nobody_is_proposed_who_is_absent_away_or_has_declined,
    nobody_is_proposed_within_their_days_of_rest,
    every_open_turn_has_a_host_if_anyone_is_free,
    the_order_of_turns_and_hosts_changes_nothing,
    the_ranking_of_a_turn_agrees_with_the_rota,
    a_proposal_that_is_accepted_leaves_the_others_as_they_were,
    nobody_is_asked_twice_in_a_row_while_another_is_free,
)


@settings(max_examples=150)
@given(communities(), st.booleans(), st.randoms())
@pytest.mark.slow
def test_every_season_keeps_to_every_rule(
    community: Community, alternate: bool, random: Random
) -> None:
    for rule in RULES:
        rule(community, alternate, random)


@given(gone=st.integers(0, 12), length=st.integers(0, 12), others=st.integers(1, 4))
@pytest.mark.slow
def test_leaving_and_coming_back_gains_nothing(gone: int, length: int, others: int) -> None:
    left, back = weeks(gone) + DAY, weeks(gone + length) + 2 * DAY
    pool = [*hosts(others), replace(always(9), stays=((weeks(-1), left), (back, None)))]
    season = settled(turns(26), asked(rota(turns(26), pool, weeks(-1))))
    before = standing(9, Duty(100, left - DAY / 2), season[: gone + 1], pool)
    after = standing(9, Duty(100, back + DAY / 2), season[: gone + length + 1], pool)
    assert (after.turns, after.share) == (before.turns, before.share)
