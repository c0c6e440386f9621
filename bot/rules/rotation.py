"""Decides who is asked to host, so that turns are shared evenly and every no is respected."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from math import lcm
from typing import Literal
from zoneinfo import ZoneInfo

Barred = Literal["away", "declined", "busy", "resting"]
Passed = Literal["neighbour", "more", "region", "later", "even"]
Fact = Literal["turns", "last", "nobody"]

# The parts of a rank, in the order in which they decide.
_PARTS: tuple[Passed, ...] = ("neighbour", "more", "region", "more", "later", "even")
_Rank = tuple[bool, bool, bool, int, datetime, int]


@dataclass(frozen=True, slots=True)
class Host:
    """Somebody who hosts: a member, or one who has left and whose turns still count.

    `stays` are the times in the pool, from and until (None: still there). `away` are days of
    theirs, both included, in `zone`. `rest_days` is how many days at least lie between two turns.
    """

    id: int
    stays: tuple[tuple[datetime, datetime | None], ...]
    away: tuple[tuple[date, date], ...] = ()
    zone: str = "UTC"
    region: str = ""
    rest_days: int = 0


@dataclass(frozen=True, slots=True)
class Duty:
    """A session to be hosted; `id` is the session's. Past ones count, open ones are proposed for.

    `taken_by` are those who host it for sure, `declined` those who said no to it or gave it away.
    """

    id: int
    starts_at: datetime
    taken_by: frozenset[int] = frozenset()
    declined: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that speaks for a proposal, or why these people were passed over.

    `turns`: had `count` turns since `at`, where `share` would have been even; `last`: hosted last
    `at`; `nobody`: none is free; the other kinds are those of `Standing.passed`, with the `people`.
    """

    kind: Fact | Barred | Passed
    count: int = 0
    share: float = 0.0
    at: datetime | None = None
    people: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Proposal:
    """Who could host a turn, None when nobody is free; `partner` has done it before."""

    turn: int
    host: int | None
    reasons: tuple[Reason, ...]
    partner: int | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a host stands for one turn; `passed` is None for the one who is proposed.

    Free, but passed over: `neighbour` hosts the turn before or after, `more` turns than the
    other, the same `region` as a turn beside it, hosted `later`, `even` in everything. Not free:
    `away`, `declined`, `busy` with a turn at that very time, `resting`.
    """

    host: int
    turns: int
    share: float
    last: datetime | None
    passed: Barred | Passed | None


def rota(
    turns: Iterable[Duty], hosts: Iterable[Host], now: datetime, alternate_regions: bool = False
) -> tuple[Proposal, ...]:
    """Propose a host for each turn after `now` that nobody has taken, the earliest first.

    Fewest turns relative to the time in the pool, then longest since the last one. The measure is
    the carpool's (Fagin and Williams, "A fair carpool scheduling algorithm", IBM Journal of
    Research and Development 27, 1983): turns taken, less an even share of each turn that was
    taken while one could have been asked. So a newcomer begins even with the whole pool and has
    nothing to catch up on; being away, resting, declining, leaving and coming back neither cost
    nor earn anything; and among those who are always there it never differs by more than one.

    Nobody is asked twice in a row while somebody else is free. With `alternate_regions` those less
    than one turn apart give way to other regions than those of the turns beside, so that a small
    region does not carry more than its people do. Each proposal counts as a turn for the next.
    """
    pool = _Pool(turns, hosts, alternate_regions)
    return tuple(pool.propose(turn) for turn in pool.open(now))


def why(
    turn: int,
    turns: Iterable[Duty],
    hosts: Iterable[Host],
    now: datetime,
    alternate_regions: bool = False,
) -> tuple[Standing, ...]:
    """Rank the pool for one turn as `rota` does, the proposed one first, those not free last.

    A turn that is taken is looked at as if it were open. KeyError when there is no such turn.
    """
    freed = [replace(one, taken_by=frozenset()) if one.id == turn else one for one in turns]
    pool = _Pool(freed, hosts, alternate_regions)
    asked = pool.turns[turn]
    for earlier in pool.open(now):
        if (earlier.starts_at, earlier.id) < (asked.starts_at, asked.id):
            pool.propose(earlier)
    return pool.standings(asked)


def partner_for(host: int, turn: int, turns: Iterable[Duty], hosts: Iterable[Host]) -> int | None:
    """Find a partner for a first-time host: somebody free who has hosted before that turn.

    None when the host has done it before or nobody fits. KeyError when there is no such turn.
    """
    pool = _Pool(turns, hosts, alternate_regions=False)
    asked = pool.turns[turn]
    return pool.partner(host, asked, pool.standings(asked))


class _Pool:
    """The hosts and turns of one question, and what follows from them."""

    def __init__(
        self, turns: Iterable[Duty], hosts: Iterable[Host], alternate_regions: bool
    ) -> None:
        self.hosts = {host.id: host for host in sorted(hosts, key=lambda host: host.id)}
        ordered = sorted(turns, key=lambda turn: (turn.starts_at, turn.id))
        self.turns = {turn.id: turn for turn in ordered}
        self.alternate = alternate_regions
        self.partnered: list[int] = []
        # Divisible by every number of people a turn can be shared by: whole numbers, exact ties.
        self.whole = lcm(*range(1, len(self.hosts) + 1))
        self.days = {
            (zone, turn.id): turn.starts_at.astimezone(ZoneInfo(zone)).toordinal()
            for zone in {host.zone for host in self.hosts.values()}
            for turn in ordered
        }
        self.had: dict[int, list[Duty]] = {
            host: [turn for turn in ordered if host in turn.taken_by] for host in self.hosts
        }
        self.askable = {turn.id: self._free(turn) for turn in ordered}
        self.shares = dict.fromkeys(self.hosts, 0)
        for turn in ordered:
            self._share(turn, 1)

    def open(self, now: datetime) -> list[Duty]:
        return [t for t in self.turns.values() if t.starts_at > now and not t.taken_by]

    def propose(self, turn: Duty) -> Proposal:
        standings = self.standings(turn)
        passed = _passed_over(standings)
        if not standings or standings[0].passed:
            return Proposal(turn.id, None, (Reason("nobody"), *passed))
        first = standings[0]
        partner = self.partner(first.host, turn, standings)
        self._settle(turn, first.host, partner)
        return Proposal(turn.id, first.host, (*self._facts(first), *passed), partner)

    def _settle(self, turn: Duty, host: int, partner: int | None) -> None:
        taken = replace(turn, taken_by=frozenset({host}))
        self.turns[turn.id] = taken
        self.had[host] = sorted([*self.had[host], taken], key=lambda one: one.starts_at)
        self.partnered += [] if partner is None else [partner]
        self._share(taken, 1)
        for other in self.turns.values():
            if host in self.askable[other.id] and self._barred(host, other, before=True):
                self._share(other, -1)
                self.askable[other.id].discard(host)
                self._share(other, 1)

    def _facts(self, first: Standing) -> tuple[Reason, ...]:
        turns = Reason("turns", first.turns, first.share, _since(self.hosts[first.host]))
        return (turns, Reason("last", at=first.last)) if first.last else (turns,)

    def partner(self, host: int, turn: Duty, standings: Sequence[Standing]) -> int | None:
        if self._last(host, turn):
            return None
        free = (None, *_PARTS)
        fits = [one.host for one in standings if one.last and one.passed in free]
        return min(fits, key=self.partnered.count, default=None)

    def standings(self, turn: Duty) -> tuple[Standing, ...]:
        here = [one.id for one in self.hosts.values() if _in_pool(one, turn)]
        barred = {host: self._barred(host, turn) for host in here}
        ranks = self._ranks([host for host in here if not barred[host]], turn)
        free = sorted(ranks, key=lambda host: ranks[host])
        passed = {host: _behind(ranks[host], ranks[free[0]]) for host in free}
        ordered = free + [host for host in here if barred[host]]
        return tuple(self._standing(one, turn, barred[one] or passed[one]) for one in ordered)

    def _standing(self, host: int, turn: Duty, passed: Barred | Passed | None) -> Standing:
        share = self.shares[host] / self.whole
        return Standing(host, len(self.had[host]), share, self._last(host, turn), passed)

    def _last(self, host: int, turn: Duty) -> datetime | None:
        before = [one.starts_at for one in self.had.get(host, ()) if one.starts_at < turn.starts_at]
        return before[-1] if before else None

    def _ranks(self, free: Sequence[int], turn: Duty) -> dict[int, _Rank]:
        beside = self._beside(turn)
        regions = {self.hosts[host].region for host in beside & self.hosts.keys()} - {""}
        ahead = {host: len(self.had[host]) * self.whole - self.shares[host] for host in free}
        lowest = min(
            (ahead[host] for host in free if host not in beside),
            default=min(ahead.values(), default=0),
        )
        return {
            host: (
                host in beside,
                ahead[host] - lowest >= self.whole,
                self.alternate and self.hosts[host].region in regions,
                ahead[host],
                self._last(host, turn) or _since(self.hosts[host]),
                host,
            )
            for host in free
        }

    def _beside(self, turn: Duty) -> set[int]:
        times = sorted(one.starts_at for one in self.turns.values())
        before = bisect_left(times, turn.starts_at) - 1
        after = bisect_right(times, turn.starts_at)
        near = {times[at] for at in (before, after) if 0 <= at < len(times)}
        return set().union(*(one.taken_by for one in self.turns.values() if one.starts_at in near))

    def _share(self, turn: Duty, sign: int) -> None:
        """Add each host's even share of a turn taken while they could have been asked, or less."""
        takers = turn.taken_by & self.hosts.keys()
        if takers:
            asked = takers | self.askable[turn.id]
            part = sign * len(takers) * self.whole // len(asked)
            for host in asked:
                self.shares[host] += part

    def _free(self, turn: Duty) -> set[int]:
        there = [host.id for host in self.hosts.values() if _in_pool(host, turn)]
        return {host for host in there if not self._barred(host, turn, before=True)}

    def _barred(self, host: int, turn: Duty, *, before: bool = False) -> Barred | None:
        if host in turn.declined:
            return "declined"
        here = self.hosts[host]
        day = self.days[here.zone, turn.id]
        spans = ((first.toordinal(), last.toordinal()) for first, last in here.away)
        if any(first <= day <= last for first, last in spans):
            return "away"
        resting: Barred | None = None
        for one in self.had[host]:
            if one.id == turn.id or (before and one.starts_at > turn.starts_at):
                continue
            if one.starts_at == turn.starts_at:
                return "busy"
            # Days, not hours: a week is a week also when the clocks change in it.
            if abs(self.days[here.zone, one.id] - day) < here.rest_days:
                resting = "resting"
        return resting


def _since(host: Host) -> datetime:
    return min(begin for begin, _ in host.stays)


def _in_pool(host: Host, turn: Duty) -> bool:
    for begin, end in host.stays:
        if begin <= turn.starts_at and (end is None or turn.starts_at < end):
            return True
    return False


def _behind(rank: _Rank, first: _Rank) -> Passed | None:
    differs = (part for part, mine, best in zip(_PARTS, rank, first, strict=True) if mine != best)
    return next(differs, None)


def _passed_over(standings: Sequence[Standing]) -> tuple[Reason, ...]:
    people: dict[Barred | Passed, tuple[int, ...]] = {}
    for one in standings:
        if one.passed:
            people[one.passed] = (*people.get(one.passed, ()), one.host)
    return tuple(Reason(kind, people=those) for kind, those in people.items())
