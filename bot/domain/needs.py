"""Access needs: has what people need reach somebody where a session has no host."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from enum import Enum

from bot.domain.answers import NEED, need_of
from bot.domain.reminders import HOSTS, Concerned
from bot.domain.telling import DAY, hosting_of, tell
from storage import Records
from storage.deliveries import Delivery, Wanted
from storage.people import Member
from storage.sessions import Session

FIRST, LAST = (timedelta(minutes=minutes) for minutes in HOSTS)
GATHERED = "needs"
"""What the kinds of messages begin with that tell of all needs at once, and what these list."""


class SeenBy(Enum):
    """Who sees what somebody needs, beside themselves."""

    HOSTS = "hosts"
    PLANNER = "planner"
    COORDINATORS = "coordinators"
    BOTH = "planner and coordinators"
    NOBODY = "nobody"


def planner_of(records: Records, session: Session) -> Member | None:
    """Give whoever planned a session, unless they have left or were erased."""
    planner = records.members.find(session.organiser_id or 0)
    gone = planner is None or planner.left_at is not None or planner.erased_at is not None
    return None if gone else planner


def seen_by(records: Records, session: Session, member_id: int) -> SeenBy:
    """Say who sees what a member needs, as things stand."""
    if records.hosting.accepted(session.id):
        return SeenBy.HOSTS
    planner = planner_of(records, session)
    others = [who.id for who in records.members.with_role("coordinator") if who.id != member_id]
    planned = planner is not None and planner.id not in (member_id, *others)
    if planned:
        return SeenBy.BOTH if others else SeenBy.PLANNER
    return SeenBy.COORDINATORS if others else SeenBy.NOBODY


def sees(records: Records, session: Session, member: Member) -> bool:
    """Say whether a member sees what people need: hosts, coordinators, the planner without hosts.

    Whoever planned a session sees it as long as nobody hosts it.
    """
    if member.sight.is_at_least("coordinator"):
        return True
    hosts = [turn.member_id for turn in records.hosting.accepted(session.id)]
    return member.id in hosts if hosts else member.id == session.organiser_id


def want(records: Records, session: Session, concerned: Concerned, now: datetime) -> None:
    """Tell whoever planned a session without hosts, and coordinators, what people need.

    As hosts are, they are told three days before; what is said later is gathered for a day.
    """
    if session.state != "announced" or session.ends_at <= now:
        return
    if concerned is not None and not records.rsvps.needed_among(session.id, concerned):
        return
    needs = records.rsvps.needs(session.id)
    if not needs or records.hosting.accepted(session.id):
        return
    rows = [*_told(records, session)]
    names = sorted(need_of(given) for given, _ in needs)
    if {*names} - {name for row in rows for name in row.args[GATHERED]}:
        due = _due(session, rows, now)
        kind = f"{GATHERED}:{session.revision}:{due}"
        args = {GATHERED: names, "at": due.isoformat()}
        message = Wanted(kind, due, session.ends_at, revision=session.revision, args=args)
        tell(records, hosting_of(session), NEED, message, _people(records, session))


def _told(records: Records, session: Session) -> Iterator[Delivery]:
    """Give what tells of needs; what waits since before a move is cancelled, to be told anew."""
    for row in records.deliveries.about(hosting_of(session)):
        if not row.kind.startswith(GATHERED) or row.state == "cancelled":
            continue
        if row.state == "pending" and row.revision != session.revision:
            row.state = "cancelled"
        else:
            yield row


def _people(records: Records, session: Session) -> Sequence[Member]:
    planner = planner_of(records, session)
    everybody = [*([planner] if planner else []), *records.members.with_role("coordinator")]
    return [*{member.id: member for member in everybody}.values()]


def _due(session: Session, rows: Sequence[Delivery], now: datetime) -> datetime:
    """Say when a need that is new is told, with others that are."""
    if now < session.starts_at - FIRST:
        return session.starts_at - FIRST
    before = [datetime.fromisoformat(row.args["at"]) for row in rows]
    last = max(before, default=now - DAY)
    latest = session.starts_at - LAST
    return max(now, min(last if last > now else last + DAY, latest))
