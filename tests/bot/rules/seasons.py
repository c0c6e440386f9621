"""Makes the seasons that are played in tests of the rotation: a turn a week, and who is there."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from bot.rules.rotation import Duty, Host, Proposal, Standing, why

BEGIN = datetime(2026, 1, 7, 15, tzinfo=UTC)
DAY, WEEK = timedelta(days=1), timedelta(days=7)
FREE = (None, "neighbour", "more", "region", "later", "even")
Community = tuple[list[Duty], list[Host]]


def weeks(number: int) -> datetime:
    return BEGIN + number * WEEK


def turns(number: int, first: int = 0) -> list[Duty]:
    return [Duty(at, weeks(at)) for at in range(first, first + number)]


def hosts(number: int) -> list[Host]:
    return [always(host) for host in range(1, number + 1)]


def always(host: int, since: int = -1, region: str = "") -> Host:
    return Host(host, ((weeks(since) + DAY, None),), region=region)


def asked(proposals: Sequence[Proposal]) -> list[int | None]:
    return [proposal.host for proposal in proposals]


def settled(some: Sequence[Duty], takers: Sequence[int | None]) -> list[Duty]:
    pairs = zip(some, takers, strict=True)
    return [replace(t, taken_by=frozenset([] if one is None else [one])) for t, one in pairs]


def standing(host: int, turn: Duty, past: Sequence[Duty], pool: Sequence[Host]) -> Standing:
    ranked = why(turn.id, [*past, turn], pool, weeks(-1))
    return next(one for one in ranked if one.host == host)


@st.composite
def fickle(draw: st.DrawFn, host: int) -> Host:
    first = draw(st.integers(-1, 20))
    left = draw(st.none() | st.integers(first + 1, 30))
    back = draw(st.none() | st.integers(left, 30)) if left is not None else None
    stays = [(weeks(first), None if left is None else weeks(left))]
    stays += [] if back is None else [(weeks(back), None)]
    gone, days = draw(st.integers(0, 200)), draw(st.integers(0, 100))
    day = date(2026, 1, 1) + timedelta(days=gone)
    return Host(
        host,
        tuple(stays),
        away=((day, day + timedelta(days=days)),),
        zone=draw(st.sampled_from(["UTC", "Africa/Nairobi", "Pacific/Auckland", "America/Lima"])),
        region=draw(st.sampled_from(["", "Africa", "Andes"])),
        rest_days=draw(st.sampled_from([0, 7, 30])),
    )


@st.composite
def communities(draw: st.DrawFn) -> Community:
    """Draw hosts, some always there, some not, and turns that are taken, declined or open."""
    steady = draw(st.integers(0, 4))
    others = range(11, 11 + draw(st.integers(0, 4)))
    pool = [*hosts(steady), *(draw(fickle(host)) for host in others)]
    ids = st.frozensets(st.sampled_from([host.id for host in pool] or [99]), max_size=1)
    season = [
        replace(turn, taken_by=draw(ids), declined=draw(ids) - frozenset(range(11)))
        for turn in turns(draw(st.integers(0, 16)))
    ]
    return season, pool


def is_there(host: Host, turn: Duty) -> bool:
    return any(a <= turn.starts_at and (b is None or turn.starts_at < b) for a, b in host.stays)


def local_day(host: Host, turn: Duty) -> date:
    return turn.starts_at.astimezone(ZoneInfo(host.zone)).date()


def is_away(host: Host, turn: Duty) -> bool:
    return any(first <= local_day(host, turn) <= last for first, last in host.away)
