"""Lets communities share turns for five years by the rule, with all that happens to people."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from bot.domain.season import BACK
from bot.rules.rotation import Duty, Host, rota

BEGIN = datetime(2026, 1, 7, 15, tzinfo=UTC)
WEEK = timedelta(weeks=1)
YEARS = 5
DATES = YEARS * 52
AHEAD = timedelta(weeks=3)
"""How long before a date somebody is asked."""
ZONES = ("Africa/Nairobi", "America/Sao_Paulo", "Europe/Paris", "Asia/Kolkata")
RESTS = (0, 0, 0, 14, 28, 56)
"""Days that lie between two turns of somebody at least, where there are enough others."""
STEADY = 3
"""So many are in the pool from the first day to the last; the others may come later and leave."""
SAYS_NO, CHANGES, RETURNS = 0.15, 0.3, 0.5
"""How likely it is that somebody declines, comes later or leaves, and returns who left."""
ABSENCES = 2 * YEARS


@dataclass(slots=True)
class Story:
    """What became of the dates of a community, and who could have been asked for each."""

    hosts: Sequence[Host]
    dates: list[Duty] = field(default_factory=list)
    free: list[frozenset[int]] = field(default_factory=list)

    @property
    def taken(self) -> list[Duty]:
        """List the dates that somebody took."""
        return [turn for turn in self.dates if turn.taken_by]


def story(people: int, seed: int) -> Story:
    """Let people share a turn a week for five years; the same seed tells the same story."""
    chance = Random(seed)
    history = Story([_somebody(id, people, chance) for id in range(1, people + 1)])
    for number in range(DATES):
        turn = _asked(history, Duty(number, BEGIN + number * WEEK), chance)
        history.free.append(
            frozenset(host.id for host in history.hosts if _could(history, host, turn))
        )
        history.dates.append(turn)
    return history


def _somebody(id: int, people: int, chance: Random) -> Host:
    stays = ((BEGIN - WEEK, None),) if id <= STEADY else tuple(_stays(chance))
    away = tuple(_absence(chance) for _ in range(ABSENCES))
    rest = chance.choice(RESTS) if people > 2 * STEADY else 0
    return Host(id, stays, away, chance.choice(ZONES), rest_days=rest)


def _stays(chance: Random) -> Iterator[tuple[datetime, datetime | None]]:
    """Have somebody join, now or later, perhaps leave, and perhaps return after half a year."""
    first = chance.randrange(DATES // 2) if chance.random() < CHANGES else 0
    last = chance.randrange(first + 26, DATES) if chance.random() < CHANGES else None
    yield BEGIN + (first - 1) * WEEK, None if last is None else BEGIN + last * WEEK
    if last is not None and chance.random() < RETURNS:
        yield BEGIN + (last + 26) * WEEK, None


def _absence(chance: Random) -> tuple[date, date]:
    first = BEGIN.date() + timedelta(days=chance.randrange(DATES * 7))
    return first, first + timedelta(days=chance.randrange(3, 40))


def _asked(history: Story, turn: Duty, chance: Random) -> Duty:
    """Ask one after the other until somebody says yes, or nobody is left."""
    now = turn.starts_at - AHEAD
    known = [past for past in history.taken if past.starts_at > now - BACK]
    while True:
        (proposal,) = rota([*known, turn], history.hosts, now)
        if proposal.host is None:
            return turn
        if chance.random() >= SAYS_NO:
            return replace(turn, taken_by=frozenset({proposal.host}))
        turn = replace(turn, declined=turn.declined | {proposal.host})


def _could(history: Story, host: Host, turn: Duty) -> bool:
    """Say whether somebody could be asked, found out without the rule that is measured."""
    at, day = turn.starts_at, local_day(host, turn)
    there = any(begin <= at and (end is None or at < end) for begin, end in host.stays)
    absent = any(first <= day <= last for first, last in host.away)
    own = [past for past in history.taken if host.id in past.taken_by]
    rested = all((day - local_day(host, past)).days >= host.rest_days for past in own[-1:])
    return there and rested and not absent and host.id not in turn.declined


def local_day(host: Host, turn: Duty) -> date:
    """Give the day of a turn on somebody's own clock."""
    return turn.starts_at.astimezone(ZoneInfo(host.zone)).date()
