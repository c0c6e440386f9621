"""Brings what is kept of hosts and turns into the shape in which the fairness rule sees it."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from bot.rules.rotation import Duty, Host, Proposal, rota
from storage import Records
from storage import hosting as kept
from storage.people import Member
from storage.sessions import Session
from storage.sight import Sight

BACK = timedelta(days=5 * 366)
"""What was hosted longer ago is forgotten by the count."""
MOST_HOSTS = 3
"""How many can host a session together."""


def may_find_hosts(sight: Sight, session: Session, hosts: Collection[int | None]) -> bool:
    """Say whether somebody may ask for hosts of a session: organiser, host, or coordinator.

    As long as nobody hosts it, everybody of the core group may.
    """
    own = sight.member_id in (session.organiser_id, *hosts)
    return own or sight.is_at_least("coordinator" if hosts else "core")


@dataclass(frozen=True, slots=True)
class Season:
    """Sessions to come with their turns by session id, and who can be asked, by member id."""

    sessions: Sequence[Session]
    kept: Mapping[int, Sequence[kept.Turn]]
    people: Mapping[int, Member]
    turns: tuple[Duty, ...]
    hosts: tuple[Host, ...]
    alternate_regions: bool
    barred: Mapping[int, frozenset[int]] = field(default_factory=dict)
    """By session id who is not asked: it is no date of their programmes, or they help at it."""

    def members(self, session: Session, *states: str) -> list[Member]:
        """List whose turn of a session is in one of these states."""
        turns = [turn for turn in self.kept.get(session.id, ()) if turn.state in states]
        return [self.people[turn.member_id] for turn in turns if turn.member_id]

    def experienced(self, member: int | None, now: datetime) -> Member | None:
        """Give a partner who has hosted: the rule counts turns to come, and those only asked."""
        begun = (self.kept.get(turn.id, ()) for turn in self.turns if turn.starts_at <= now)
        sure = {turn.member_id for turns in begun for turn in turns if turn.hosts}
        return self.people[member] if member is not None and member in sure else None

    def is_offered(self, session: Session) -> bool:
        """Say whether a turn of a session is open to whoever takes it."""
        return any(turn.state in ("open", "offered") for turn in self.kept.get(session.id, ()))

    def joined(self) -> Mapping[int, datetime]:
        """Say since when each of them has been in the pool, at times at least."""
        return {host.id: min(begin for begin, _ in host.stays) for host in self.hosts}

    def proposals(self, now: datetime) -> tuple[Proposal, ...]:
        """Propose hosts for those of the sessions that nobody hosts or is asked to host."""
        return rota(self.turns, self.hosts, now, self.alternate_regions)


def season(
    records: Records, sessions: Sequence[Session], now: datetime, role: str = kept.HOST
) -> Season:
    """Gather what decides who is asked for these sessions; statements don't grow with rows.

    Turns are counted for each role apart; whoever has another in a session is not asked for it.
    """
    begins = {session.id: session.starts_at for session in sessions}
    kept_turns: dict[int, list[kept.Turn]] = defaultdict(list)
    others: dict[int, set[int]] = defaultdict(set)
    for turn, starts_at in records.hosting.since(now - BACK):
        if turn.role == role:
            begins.setdefault(turn.session_id, starts_at)
            kept_turns[turn.session_id].append(turn)
        elif turn.hosts or turn.state == "proposed":
            others[turn.session_id].add(turn.member_id or 0)
    guests = {member.id for member in records.members.with_role("guest")}
    stays = [stay for stay in records.hosting.stays(role) if stay.member_id not in guests]
    ids = {one.member_id for turns in kept_turns.values() for one in turns}
    ids |= {stay.member_id for stay in stays}
    people = {member.id: member for member in records.members.many([id for id in ids if id])}
    barred = {one.id: _elsewhere(one, stays) | others[one.id] for one in sessions}
    turns = [
        _not_for(_turn(id, at, kept_turns[id], now), barred.get(id, frozenset()))
        for id, at in begins.items()
    ]
    asked = {session.id for session in sessions}
    return Season(
        sessions,
        kept_turns,
        people,
        tuple(turn for turn in turns if turn.taken_by or turn.id in asked),
        _hosts(records, stays, people),
        records.community.alternate_regions,
        barred,
    )


def _elsewhere(session: Session, stays: Iterable[kept.Stay]) -> frozenset[int]:
    """Give who takes turns now, but not for a session."""
    now_in = [stay for stay in stays if stay.left_at is None]
    own = {stay.member_id for stay in now_in if stay.programme_id in (None, session.programme_id)}
    return frozenset({stay.member_id for stay in now_in} - own)


def _not_for(turn: Duty, barred: frozenset[int]) -> Duty:
    """Have a session be none for some people, as if they had said no."""
    return replace(turn, declined=turn.declined | barred) if barred else turn


def _turn(id: int, starts_at: datetime, turns: Iterable[kept.Turn], now: datetime) -> Duty:
    """Somebody who is asked and has not answered counts as if they had said yes."""
    by_state: dict[str, set[int]] = defaultdict(set)
    for turn in turns:
        by_state["hosts" if turn.hosts else turn.state].add(turn.member_id or 0)
    taken = by_state["hosts"] or (by_state["proposed"] if starts_at > now else set())
    return Duty(
        id,
        starts_at,
        frozenset(taken),
        frozenset(by_state["declined"] | by_state["given"] | by_state["lapsed"]),
    )


def _hosts(
    records: Records, stays: Sequence[kept.Stay], people: Mapping[int, Member]
) -> tuple[Host, ...]:
    times: dict[int, list[kept.Stay]] = defaultdict(list)
    aways: dict[int, list[kept.Away]] = defaultdict(list)
    for stay in stays:
        times[stay.member_id].append(stay)
    for away in records.hosting.aways():
        aways[away.member_id].append(away)
    zone = records.community.zone
    return tuple(
        Host(
            id,
            tuple((stay.joined_at, stay.left_at) for stay in times[id]),
            tuple((away.first, away.last) for away in aways[id]),
            people[id].effective_zone or zone,
            people[id].region.strip().casefold(),
            times[id][-1].rest_days,
        )
        for id in times
    )
