"""Seats of sessions: gives them by rank, and tells people when theirs has changed."""

from datetime import datetime

from bot.domain import reminders
from bot.domain.reminders import Concerned
from bot.domain.telling import tell
from storage import Records
from storage.deliveries import Wanted
from storage.rsvps import WAITING, Rsvp
from storage.seats import told
from storage.sessions import Session

SEAT = "session.seat"


def rank(records: Records, session: Session, own: Rsvp) -> int:
    """Say as which one of those who wait somebody waits for a seat; 0 for who has one."""
    if not session.capacity or own.answer != "yes":
        return 0
    return max(0, records.seats.rank_of(own) - session.capacity)


def note_told(records: Records, session: Session, own: Rsvp) -> int:
    """Keep that somebody hears now whether they have a seat; gives their place on the list."""
    waits = rank(records, session, own)
    own.told_seat = told(not waits) if session.capacity and own.answer == "yes" else ""
    return waits


def tell_changed(records: Records, session: Session, concerned: Concerned, now: datetime) -> None:
    """Tell people who have a seat now and had none, or the other way round; remind accordingly.

    Whoever has not heard the last yet hears nothing, if it is again as they know it.
    """
    if session.state != "announced" or session.ends_at <= now:
        return
    if not session.capacity and concerned is not None:
        return
    number = None if concerned is None else len(concerned)
    changed = records.seats.untold(session.id, session.capacity, number)
    if not changed:
        return
    rows = records.rsvps.many([seat.rsvp_id for seat in changed])
    waiting = records.deliveries.waiting_for(session.about, SEAT)
    for own, seat in zip(rows, sorted(changed), strict=True):
        own.told_seat = told(seat.held)
        if own.member_id in waiting:
            records.deliveries.cancel_to(session.about, SEAT, own.member_id)
            continue
        news = Wanted(f"{own.told_seat} {now.isoformat()}", now, session.ends_at)
        tell(records, session.about, SEAT, news, [records.members.get(own.member_id)])
    records.db.flush()
    reminders.want(records, session, {seat.member_id for seat in changed}, now)


def waits_for_seat(own: Rsvp) -> bool:
    """Say whether somebody knows that they have no seat."""
    return own.answer == "yes" and own.told_seat == WAITING
