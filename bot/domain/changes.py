"""Tells attendees, once for each change, what has changed about a session or programme."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import timedelta

from bot.domain import new_dates
from bot.domain.sessions import concerned
from bot.domain.telling import addressed
from storage import Records
from storage.deliveries import Wanted
from storage.log import Actor, LogEntry
from storage.programmes import Programme
from storage.sessions import Session

CHANGED, OF_PROGRAMME = "session.changed", "programme.changed"


def tell(
    records: Records, session: Session, entry: LogEntry, by: Actor, unaware: Collection[int] = ()
) -> int:
    """Tell attendees, and whoever has a part, about a change; gives how many.

    Who is `unaware` of what a change takes back hears nothing.
    """
    entry.told_at = by.now
    ids, channels = concerned(records, session, by)
    people = records.members.many([id for id in ids if id not in unaware])
    args = {"entry": entry.id}
    one = Wanted(str(entry.id), by.now, session.ends_at, by_id=by.id or None, args=args)
    one = replace(one, fallback_id=min(channels, default=None))
    for row in addressed(records, session.about, CHANGED, one, people):
        records.deliveries.send(session.about, CHANGED, row)
    records.touched.add(session)
    return len(people)


def coming_to(records: Records, programme: Programme, by: Actor) -> Sequence[int]:
    """List the ids of attendees of the dates ahead, and of whoever has a part in one."""
    dates = records.programmes.dates(programme, since=by.now)
    return new_dates.concerned(records, programme, dates, by)


def tell_of_programme(
    records: Records,
    programme: Programme,
    entry: LogEntry,
    by: Actor,
    unaware: Collection[int] = (),
) -> int:
    """Tell the attendees of its dates about a change to a programme; gives how many."""
    entry.told_at = by.now
    people = [id for id in coming_to(records, programme, by) if id not in unaware]
    args, ends = {"entry": entry.id}, by.now + timedelta(days=7)
    one = Wanted(str(entry.id), by.now, ends, by_id=by.id or None, args=args)
    for row in addressed(records, programme.about, OF_PROGRAMME, one, records.members.many(people)):
        records.deliveries.send(programme.about, OF_PROGRAMME, row)
    records.touched.add(programme)
    return len(people)


def unheard(records: Records, thing: Session | Programme, entry: LogEntry) -> Collection[int]:
    """Stop telling of a change that was taken back; gives whom it had not reached yet."""
    waiting = [
        row
        for row in records.deliveries.about(thing.about)
        if (row.kind, row.state) == (str(entry.id), "pending")
        and row.notice in (CHANGED, OF_PROGRAMME)
    ]
    for row in waiting:
        row.state = "cancelled"
    records.touched.add(thing)
    return frozenset(row.member_id for row in waiting if row.member_id)
