"""Tells those who come to a session that what is said of it has changed, once for each change."""

from collections.abc import Collection
from dataclasses import replace

from bot.domain.sessions import concerned
from bot.domain.telling import addressed
from storage import Records
from storage.deliveries import Wanted
from storage.log import Actor, LogEntry
from storage.sessions import Session

CHANGED = "session.changed"


def tell(
    records: Records, session: Session, entry: LogEntry, by: Actor, unaware: Collection[int] = ()
) -> int:
    """Tell those who come, and who has a part, of a change; gives how many.

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


def unheard(records: Records, session: Session, entry: LogEntry) -> Collection[int]:
    """Stop telling of a change that was taken back; gives whom it had not reached yet."""
    waiting = [
        row
        for row in records.deliveries.about(session.about)
        if (row.notice, row.kind, row.state) == (CHANGED, str(entry.id), "pending")
    ]
    for row in waiting:
        row.state = "cancelled"
    records.touched.add(session)
    return frozenset(row.member_id for row in waiting if row.member_id)
