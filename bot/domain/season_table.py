"""Lays out who hosts when: for each date, where it stands and where each host stands with it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal
from zoneinfo import ZoneInfo

from bot.domain.season import MOST_HOSTS, Season, may_find_hosts
from bot.rules.rotation import Host, Proposal
from storage.people import Member
from storage.sessions import Session
from storage.sight import Sight

State = Literal["hosted", "offered", "asked", "open"]
Stand = Literal["hosts", "asked", "no", "away", "elsewhere", "proposed", "free"]


@dataclass(frozen=True, slots=True)
class DateOfSeason:
    """A date: its state, where each host of the table stands, and whether hosts can be asked."""

    session: Session
    state: State
    stands: Sequence[Stand]
    may_ask: bool
    is_full: bool

    @property
    def wants_hosts(self) -> bool:
        """Whether somebody should be asked, and can be: one who was asked has time to answer."""
        return self.may_ask and not self.is_full and self.state in ("open", "offered")


@dataclass(frozen=True, slots=True)
class SeasonTable:
    """Dates, and the hosts in the order of their names."""

    hosts: Sequence[Member]
    dates: Sequence[DateOfSeason]


def season_table(here: Season, sight: Sight, proposals: Iterable[Proposal]) -> SeasonTable:
    """Lay a season out for somebody: who is in the pool now, hosts or was asked."""
    there = {host.id: host for host in here.hosts if any(end is None for _, end in host.stays)}
    part = {
        member.id
        for session in here.sessions
        for member in here.members(session, "accepted", "offered", "proposed")
    }
    people = [here.people[id] for id in there.keys() | part]
    hosts = sorted(people, key=lambda member: (member.name.casefold(), member.id))
    proposed = {proposal.turn: proposal.host for proposal in proposals}
    dates = [_date(here, session, sight) for session in here.sessions]
    return SeasonTable(hosts, [_with(here, date, hosts, there, proposed) for date in dates])


def _date(here: Season, session: Session, sight: Sight) -> DateOfSeason:
    hosts = [member.id for member in here.members(session, "accepted", "offered")]
    state: State = "hosted" if hosts else "open"
    if here.is_offered(session):
        state = "offered"
    elif not hosts and here.members(session, "proposed"):
        state = "asked"
    may_ask = may_find_hosts(sight, session, hosts)
    return DateOfSeason(session, state, (), may_ask, len(hosts) >= MOST_HOSTS)


def _with(
    here: Season,
    date: DateOfSeason,
    members: Sequence[Member],
    hosts: Mapping[int, Host],
    proposed: Mapping[int, int | None],
) -> DateOfSeason:
    id = date.session.id
    states = {turn.member_id: turn.state for turn in here.kept.get(id, ())}

    def stand(member: Member) -> Stand:
        known = _STANDS.get(states.get(member.id, ""))
        if known is not None:
            return known
        host = hosts.get(member.id)
        if host is not None and _is_away(host, date.session):
            return "away"
        if member.id in here.barred.get(id, ()):
            return "elsewhere"
        return "proposed" if proposed.get(id) == member.id else "free"

    stands = [stand(member) for member in members]
    return DateOfSeason(date.session, date.state, stands, date.may_ask, date.is_full)


_STANDS: Mapping[str, Stand] = {
    "accepted": "hosts",
    "offered": "hosts",
    "proposed": "asked",
    "declined": "no",
    "given": "no",
}


def _is_away(host: Host, session: Session) -> bool:
    day = session.starts_at.astimezone(ZoneInfo(host.zone)).date()
    return any(first <= day <= last for first, last in host.away)
