"""Keeps who takes turns hosting: who joins, leaves, is let in, and is away."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

from bot.domain.hosting import give_back
from bot.domain.offers import open_all
from bot.domain.telling import tell
from storage import Records
from storage.deliveries import Delivery, Wanted
from storage.hosting import HOST, ROLES, Away, Stay
from storage.log import Actor
from storage.people import Member
from storage.programmes import Programme
from storage.sessions import Session

DAY = timedelta(days=1)
WANTS_IN = "host.wants_in"


class Pool(NamedTuple):
    """Those who take turns: at a programme or at all sessions, as hosts or in another role."""

    programme: Programme | None = None
    role: str = HOST


ALL_HOSTS = Pool()


def join(
    records: Records,
    member: Member,
    rest_days: int | None,
    now: datetime,
    pool: Pool = ALL_HOSTS,
) -> Stay:
    """Have a member among the hosts of a programme, or of all sessions, where they are not yet.

    How many days lie between two turns at least holds for all of their turns.
    """
    known = stay_for(records, member, pool)
    before = records.hosting.stay_of(member.id, pool.role)
    stay = known or Stay(member_id=member.id, joined_at=now, role=pool.role)
    if known is None:
        stay.programme_id = pool.programme.id if pool.programme else None
        stay.rest_days = before.rest_days if before else 0
        records.hosting.keep(stay)
    if rest_days is not None:
        for own in _own(records, member, pool.role):
            own.rest_days = rest_days
        records.db.flush()
    records.touched.add(member)
    return stay


def stay_in(records: Records, member: Member, pool: Pool) -> Stay | None:
    """Find a member's stay in the pool of a programme alone, or in that of all sessions."""
    id = pool.programme.id if pool.programme else None
    own = _own(records, member, pool.role)
    return next((stay for stay in own if stay.programme_id == id), None)


def stay_for(records: Records, member: Member, pool: Pool) -> Stay | None:
    """Find the stay by which somebody takes turns in a pool: in that, or in the one of all."""
    return stay_in(records, member, Pool(None, pool.role)) or stay_in(records, member, pool)


def _own(records: Records, member: Member, role: str) -> list[Stay]:
    return [stay for stay in records.hosting.pool(role) if stay.member_id == member.id]


def often_of(records: Records, member: Member) -> str:
    """Give how often somebody who asked to join would host; nothing for those who did not."""
    return next((str(row.args["often"]) for row in _told(records, member)), "")


def programme_of(records: Records, member: Member) -> Programme | None:
    """Give the programme for which somebody asked to join; None: for all sessions."""
    ids = (row.args.get("programme") for row in _told(records, member))
    return records.programmes.find(next(ids, None) or 0)


def _told(records: Records, member: Member) -> list[Delivery]:
    """List how the coordinators were told that somebody would like to join."""
    return [row for row in records.deliveries.about(member.about) if row.notice == WANTS_IN]


def ask_to_join(
    records: Records,
    often: str,
    coordinators: Sequence[Member],
    by: Actor,
    programme: Programme | None = None,
) -> None:
    """Tell coordinators that somebody would like to join, each of them once a day."""
    assert by.member is not None
    told = _told(records, by.member)
    wish = {"often": often} | ({"programme": programme.id} if programme else {})
    for row in told:
        row.args = wish
    records.db.flush()
    lately = {row.member_id for row in told if row.due_at > by.now - DAY}
    people = [one for one in coordinators if one.id not in lately]
    asked = Wanted(by.now.isoformat(), by.now, args=wish)
    tell(records, by.member.about, WANTS_IN, asked, people)


def put_off(records: Records, person: Member) -> None:
    """Have somebody's wish to join wait for nobody any more, until they ask again."""
    for row in _told(records, person):
        row.args = {**row.args, "put_off": True}
    records.db.flush()


def admit(records: Records, person: Member, rest_days: int, now: datetime) -> None:
    """Let somebody join the hosts, and so the core group, and tell them."""
    if person.role == "member":
        person.role = "core"
    join(records, person, rest_days, now, Pool(programme_of(records, person)))
    tell(records, person.about, "host.admitted", Wanted(now.isoformat(), now), [person])


def leave(records: Records, member: Member, now: datetime, pool: Pool = ALL_HOSTS) -> None:
    """Have a member leave a pool, that of all with those of programmes; turns are given back."""
    only = pool.programme.id if pool.programme else None
    for stay in _own(records, member, pool.role):
        if only is None or stay.programme_id == only:
            stay.left_at = now
    alone: list[Session] = []
    for turn, session in records.hosting.turns_of(member.id, member.sight, now, pool.role):
        if only is None or session.programme_id == only:
            records.hosting.hold(session.id)
            give_back(records, session, turn, Actor(member, now), alone)
    open_all(records, alone, Actor(member, now))
    records.touched.add(member)


def erase(records: Records, member: Member, now: datetime) -> None:
    """Have somebody leave for good; the sessions of which they ever had a turn are followed."""
    for role in ROLES:
        leave(records, member, now, Pool(None, role))
    for session in records.hosting.hosted_by(member.id):
        records.touched.add(session)


def be_away(records: Records, member: Member, first: date, last: date) -> tuple[date, date]:
    """Keep days on which a host is not there, one absence in the place of those it overlaps.

    Gives its first and last day.
    """
    for known in records.hosting.aways(member.id, first):
        if known.first <= last:
            first, last = min(first, known.first), max(last, known.last)
            records.hosting.drop(known)
    records.hosting.keep(Away(member_id=member.id, first=first, last=last))
    records.touched.add(member)
    return first, last


def be_there(records: Records, member: Member, away: Away) -> None:
    """Forget an absence."""
    records.hosting.drop(away)
    records.touched.add(member)
