"""Takes people out who left every workspace of their community, and back in when they are there."""

from collections.abc import Sequence
from datetime import datetime

from bot.domain import interpreting
from bot.domain.hosting import decline, give_back, tell_changed
from bot.domain.hosting import stands as how_it_stands
from bot.domain.offers import open_all
from bot.domain.telling import tell
from storage import Records
from storage.deliveries import Wanted
from storage.hosting import ROLES, Stay, Turn
from storage.log import Actor
from storage.people import KnownAccount, Member
from storage.sessions import Session
from storage.sight import Sight

GONE = "host.gone"


def leave(records: Records, member: Member, account: KnownAccount, now: datetime) -> None:
    """Take note that an account has left; whoever has no other one is taken out.

    They count as coming no more, their turns are offered, and the coordinators hear it where that
    changes what they have to do.
    """
    account.left_at = account.left_at or now
    if member.left_at is not None or any(known.left_at is None for known in member.accounts):
        return
    stays = records.hosting.stays_until(member.id, None)
    turns = _hand_back(records, member, now)
    member.left_at = now
    for stay in stays:
        stay.left_at = now
    _touch_sessions(records, member, now)
    records.log.add(member.about, "left", member, now)
    if stays or turns or member.role in ("core", "coordinator"):
        news = Wanted(now.isoformat(), now, args={"turns": [session.id for session in turns]})
        tell(records, member.about, GONE, news, records.members.with_role("coordinator"))


def _hand_back(records: Records, member: Member, now: datetime) -> Sequence[Session]:
    """Hand back the turns to come; gives the sessions they would have hosted."""
    by = Actor(member, now)
    alone: list[Session] = []
    hosted: list[Session] = []
    everything = Sight(member.id, "coordinator")
    for role in ROLES:
        for turn, session in records.hosting.turns_of(member.id, everything, now, role):
            records.hosting.hold(session.id)
            hosted += [session] if turn.hosts else []
            give_back(records, session, turn, by, alone)
    for turn in records.hosting.wished_by(member.id):
        decline(records, records.sessions.get(turn.session_id), turn, by)
    open_all(records, alone, by)
    return hosted


def _touch_sessions(records: Records, member: Member, now: datetime) -> None:
    """Have what they answered and were asked followed: counts, reminders, swaps."""
    records.db.flush()
    records.touched.add(member)
    for session in records.sessions.answered_by(member.id, now):
        records.touched.add(session, member.id)
    for session in records.swaps.asked_of(member.id):
        records.touched.add(session)
    for poll in records.polls.answered_by(member.id):
        records.touched.add(poll, member.id)
    interpreting.touch_of(records, member, now)


def come_back(records: Records, member: Member, account: KnownAccount, now: datetime) -> None:
    """Take note that an account is back, and undo what their leaving did.

    Their time among the hosts goes on from now, so that the time between neither costs nor earns
    anything; turns that somebody else has taken since stay with them.
    """
    account.left_at, since = None, member.left_at
    if since is None:
        return
    member.left_at = None
    for stay in records.hosting.stays_until(member.id, since):
        again = Stay(member_id=member.id, joined_at=now, rest_days=stay.rest_days)
        again.programme_id, again.role = stay.programme_id, stay.role
        records.hosting.keep(again)
    for turn in records.hosting.settled_at(member.id, since):
        _restore(records, member, turn, since, now)
    _touch_sessions(records, member, now)
    records.log.add(member.about, "back", member, now)
    records.deliveries.refresh(member.about, now)


def _restore(records: Records, member: Member, turn: Turn, since: datetime, now: datetime) -> None:
    """Give back a turn nobody else has taken since; of one only asked for they can be asked again.

    The offer of it is withdrawn.
    """
    session = records.sessions.get(turn.session_id)
    records.hosting.hold(session.id)
    if turn.state == "declined":
        records.hosting.remove(turn)
        return
    others = records.hosting.of_session(session.id, turn.role)
    taken = any(other.hosts and other.changed_at > since for other in others)
    if taken or turn.state != "given" or session.starts_at <= now:
        return
    was = how_it_stands(records, session, turn.role)
    for other in others:
        if other.state == "open":
            records.hosting.remove(other)
    turn.state, turn.changed_at = "accepted", now
    tell_changed(records, session, was, Actor(member, now))
