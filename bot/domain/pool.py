"""Keeps who takes turns hosting: who joins, leaves, is let in, and is away."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from bot.domain.hosting import give_back
from bot.domain.offers import open_all
from bot.domain.telling import tell
from storage import Records
from storage.deliveries import Delivery, Wanted
from storage.hosting import Away, Stay
from storage.log import Actor
from storage.people import Member
from storage.sessions import Session

DAY = timedelta(days=1)
WANTS_IN = "host.wants_in"


def join(records: Records, member: Member, rest_days: int | None, now: datetime) -> Stay:
    """Have a member among the hosts, with so many days between two turns, where that is said."""
    stay = records.hosting.stay_of(member.id)
    if stay is None:
        stay = Stay(member_id=member.id, joined_at=now)
        records.hosting.keep(stay)
    if rest_days is not None:
        stay.rest_days = rest_days
        records.db.flush()
    records.touched.add(member)
    return stay


def often_of(records: Records, member: Member) -> str:
    """Give how often somebody who asked to join would host; nothing for those who did not."""
    return next((str(row.args["often"]) for row in _told(records, member)), "")


def _told(records: Records, member: Member) -> list[Delivery]:
    """List how the coordinators were told that somebody would like to join."""
    return [row for row in records.deliveries.about(member.about) if row.notice == WANTS_IN]


def ask_to_join(records: Records, often: str, coordinators: Sequence[Member], by: Actor) -> None:
    """Tell coordinators that somebody would like to join, each of them once a day."""
    assert by.member is not None
    told = _told(records, by.member)
    for row in told:
        row.args = {"often": often}
    records.db.flush()
    lately = {row.member_id for row in told if row.due_at > by.now - DAY}
    people = [one for one in coordinators if one.id not in lately]
    asked = Wanted(by.now.isoformat(), by.now, args={"often": often})
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
    join(records, person, rest_days, now)
    tell(records, person.about, "host.admitted", Wanted(now.isoformat(), now), [person])


def leave(records: Records, member: Member, now: datetime) -> None:
    """Have a member leave the hosts, and hand back their turns to come."""
    stay = records.hosting.stay_of(member.id)
    if stay is not None:
        stay.left_at = now
    alone: list[Session] = []
    for turn, session in records.hosting.turns_of(member.id, member.sight, now):
        records.hosting.hold(session.id)
        give_back(records, session, turn, Actor(member, now), alone)
    open_all(records, alone, Actor(member, now))
    records.touched.add(member)


def erase(records: Records, member: Member, now: datetime) -> None:
    """Have somebody leave for good; the sessions of which they ever had a turn are followed."""
    leave(records, member, now)
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
