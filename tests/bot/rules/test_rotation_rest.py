"""Shows that resting between turns neither costs nor earns anything."""

from collections import Counter
from dataclasses import replace

from bot.rules.rotation import rota
from tests.bot.rules.seasons import asked, hosts, turns, weeks


def test_who_rests_has_as_many_turns_as_their_time_allows() -> None:
    first, *others = hosts(8)
    counts = Counter(asked(rota(turns(160), [replace(first, rest_days=56), *others], weeks(-1))))
    assert counts[1] == 11  # an even share of the weeks in which they do not rest: (160 - 7n) / 8
    assert max(counts.values()) - min(counts[host.id] for host in others) <= 1
