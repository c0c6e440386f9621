"""Keeps answers to all dates of a programme, in each date that nothing else was said of."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from bot.domain.seats import note_told, waits_for_seat
from storage import Records
from storage.log import Actor
from storage.programmes import Programme, ProgrammeAnswer
from storage.rsvps import OWN
from storage.sessions import Session


class Given(NamedTuple):
    """What somebody's answer to all dates means: the dates it holds for, and those it does not.

    `waiting` are those of the former that have no seat for them yet.
    """

    dates: Sequence[Session]
    own: Sequence[tuple[Session, str]]
    waiting: Sequence[Session] = ()


def answer(records: Records, programme: Programme, said: str, by: Actor) -> Given:
    """Keep whether somebody comes to all dates of a programme; what they said of one date stays."""
    kept = records.programmes.answer_of(programme, by.id)
    if kept is None:
        kept = ProgrammeAnswer(
            programme_id=programme.id, member_id=by.id, answer=said, answered_at=by.now
        )
        records.programmes.keep_answer(kept)
    elif kept.answer != said:
        kept.answer, kept.answered_at = said, by.now
    given = stands(records, programme, by)
    if said != "no":
        given = given._replace(dates=[one for one in given.dates if not _closed(one, by.now)])
    ids = [date.id for date in given.dates]
    changed = records.rsvps.answer_dates(ids, by.id, said, by.now)
    for date in given.dates:
        if date.id in changed:
            records.touched.add(date, by.id)
    records.touched.add(programme, by.id)
    limited = [date for date in given.dates if date.capacity and said == "yes"]
    return given._replace(waiting=[date for date in limited if _waits(records, date, by)])


def _closed(date: Session, now: datetime) -> bool:
    return date.closes_at is not None and date.closes_at <= now


def _waits(records: Records, date: Session, by: Actor) -> bool:
    """Line somebody up behind those who said yes before; says whether they have to wait."""
    records.sessions.hold(date)
    own = records.rsvps.answer_of(date.id, by.id)
    if own is None or own.told_seat:
        return own is not None and waits_for_seat(own)
    own.answered_at = records.seats.behind(date.id, by.now)
    records.db.flush()
    return bool(note_told(records, date, own))


def stands(records: Records, programme: Programme, by: Actor) -> Given:
    """Give the dates to come for which an answer to all of them holds, and those answered alone."""
    dates = [
        date
        for date in records.programmes.dates(programme, since=by.now)
        if date.state == "announced"
    ]
    rows = {row.session_id: row for row in records.rsvps.of_member([d.id for d in dates], by.id)}
    own = [
        (date, rows[date.id].answer)
        for date in dates
        if date.id in rows and rows[date.id].source == OWN
    ]
    alone = {date.id for date, _ in own}
    return Given([date for date in dates if date.id not in alone], own)
