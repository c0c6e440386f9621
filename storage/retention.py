"""Forgets what was kept long enough, as each table declares, some rows at a time."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlalchemy import (
    ColumnElement,
    Connection,
    CursorResult,
    String,
    Table,
    cast,
    delete,
    func,
    or_,
    select,
    true,
    update,
)
from sqlalchemy.orm import aliased

from storage.deliveries import FAILED, OPEN, Delivery
from storage.rsvps import NOTES, Rsvp
from storage.sessions import Session
from storage.tables import Keep, Thing

AT_A_TIME = 500
"""Rows in one transaction, so that nobody waits long for it."""


def limited() -> Iterator[tuple[Table, Keep]]:
    """List the tables whose rows are kept for a while only, and for how long."""
    for mapper in Thing.registry.mappers:
        keep = mapper.class_.privacy.keep
        if keep.days:
            yield Thing.metadata.tables[mapper.class_.__tablename__], keep


def prune(connection: Connection, now: datetime) -> int:
    """Forget some of what was kept long enough; gives how many rows, 0 when there are no more."""
    gone = sum(_pruned(connection, table, keep, now) for table, keep in limited())
    return gone + _emptied_notes(connection, now)


def _pruned(connection: Connection, table: Table, keep: Keep, now: datetime) -> int:
    instants = [table.c[name] for name in keep.after]
    since = func.coalesce(*instants) if len(instants) > 1 else instants[0]
    closed = table.c.state.not_in(keep.open) if keep.open else true()
    old = select(table.c.id).where(since < now - keep.long, closed)
    if table.name == Delivery.__tablename__:
        old = old.where(~_still_going_on(table))
    some = delete(table).where(table.c.id.in_(old.limit(AT_A_TIME)))
    return _number(connection.execute(some))


def _still_going_on(table: Table) -> ColumnElement[bool]:
    """Say whether something about the same is to come: it is compared with what was sent."""
    other = aliased(Delivery)
    about = (other.community_id == table.c.community_id, other.about == table.c.about)
    return select(other.id).where(*about, other.state.in_((*OPEN, *FAILED))).exists()


def _emptied_notes(connection: Connection, now: datetime) -> int:
    """Empty what people wrote to the hosts of a session that is over for long."""
    over = select(Session.id).where(Session.starts_at < now - timedelta(days=NOTES))
    needs = cast(Rsvp.access, String) != "[]"
    says = or_(Rsvp.note != "", Rsvp.language != "", needs)
    old = select(Rsvp.id).where(says, Rsvp.session_id.in_(over)).limit(AT_A_TIME)
    change = update(Rsvp).where(Rsvp.id.in_(old)).values(note="", language="", access=[])
    return _number(connection.execute(change))


def _number(done: CursorResult[tuple[object, ...]]) -> int:
    return done.rowcount
