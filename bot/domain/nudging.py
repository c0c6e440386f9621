"""Nudges people about a date of a programme who answered earlier ones and not this one."""

from collections.abc import Sequence
from datetime import datetime

from bot.domain.reminders import NUDGE, NUDGED, Concerned
from bot.domain.telling import tell
from storage import Records
from storage.deliveries import Wanted
from storage.people import Member
from storage.sessions import Session

TIMER = "session.nudges"
EARLIER = 3
"""How many dates before it count: whoever answered none of them has lost interest."""


def want(records: Records, session: Session, concerned: Concerned, now: datetime) -> None:
    """Have people nudged three days before a date of a programme, once, if it is out by then."""
    if session.programme_id is None or concerned is not None:
        return
    at = session.starts_at - NUDGED
    out = session.announce_at is None or session.announce_at < at
    due = session.state == "announced" and out and at > now
    records.timers.set(session.about, TIMER, at if due else None)


def nudge(records: Records, session: Session, now: datetime) -> None:
    """Ask those who answered one of the dates before whether they come to this one, too."""
    closed = session.closes_at is not None and session.closes_at <= now
    if session.state != "announced" or closed:
        return
    one = Wanted("nudge", now, session.starts_at)
    tell(records, session.about, NUDGE, one, whom(records, session))


def whom(records: Records, session: Session) -> Sequence[Member]:
    """List who answered one of the last dates and not this one, and wants to be reminded."""
    people = records.rsvps.silent(session.id, records.programmes.before(session, EARLIER))
    return [member for member in people if member.reminders != []]
