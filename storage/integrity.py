"""Looks whether what is kept is whole and fits together."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import lru_cache

from sqlalchemy import (
    ColumnElement,
    Connection,
    Engine,
    Select,
    String,
    Table,
    bindparam,
    cast,
    func,
    literal,
    select,
    text,
)
from sqlalchemy.exc import DatabaseError

from storage.community import Post
from storage.deliveries import OPEN, Delivery
from storage.engine import damaged
from storage.openspace import OpenSpace
from storage.people import Member
from storage.polls import Poll
from storage.rows import snapshot
from storage.sessions import Session
from storage.tables import Thing

Count = Select[int]
THINGS: Mapping[str, type[Thing]] = {
    "session": Session,
    "host": Session,
    "after": Session,
    "openspace": OpenSpace,
    "poll": Poll,
    "board": OpenSpace,
    "member": Member,
}
"""What the first word of `about` names."""
STUCK = timedelta(hours=1)
DAMAGED = "damaged pages in the file"


def findings(engine: Engine) -> Iterator[tuple[str, int]]:
    """Say for each thing that would be wrong in how many rows it is; 0 is as it should be.

    It ends at the first page that cannot be read.
    """
    try:
        with snapshot(engine) as connection:
            if engine.dialect.name == "sqlite":
                yield from _of_the_file(connection)
            yield from counted(connection).items()
    except DatabaseError as error:
        if not damaged(error):
            raise
        yield DAMAGED, 1


def counted(connection: Connection) -> Mapping[str, int]:
    """Count the rows for each thing that would be wrong in them, as the transaction sees them."""
    names, counts = _all_counts()
    row = connection.execute(counts, {"stuck_since": datetime.now(UTC) - STUCK}).one()
    return dict(zip(names, row, strict=True))


@lru_cache(maxsize=1)
def _all_counts() -> tuple[Sequence[str], Select[*tuple[int, ...]]]:
    """Give the names of all counts, and one statement for all of them."""
    named = dict((*_orphans(), *_strangers(), *_deliveries()))
    return tuple(named), select(*(query.scalar_subquery() for query in named.values()))


def _of_the_file(connection: Connection) -> Iterator[tuple[str, int]]:
    said = connection.execute(text("PRAGMA integrity_check")).scalars().all()
    yield DAMAGED, 0 if said == ["ok"] else len(said)
    lost = connection.execute(text("PRAGMA foreign_key_check")).all()
    yield "rows that refer to nothing", len(lost)


def _orphans() -> Iterator[tuple[str, Count]]:
    for table, column, other in _references():
        there = select(other.c.id).where(other.c.id == table.c[column])
        words = f"{table.name} whose {column} is nowhere"
        yield words, _count(table, table.c[column].is_not(None) & ~there.exists())


def _strangers() -> Iterator[tuple[str, Count]]:
    """Look for rows that refer to something of another community."""
    for table, column, other in _references():
        if "community_id" in table.c and "community_id" in other.c:
            fits = other.c.community_id == table.c.community_id
            there = select(other.c.id).where(other.c.id == table.c[column], ~fits)
            words = f"{table.name} whose {column} is of another community"
            yield words, _count(table, there.exists())


def _references() -> Iterator[tuple[Table, str, Table]]:
    for table in Thing.metadata.sorted_tables:
        for key in sorted(table.foreign_keys, key=lambda one: one.parent.name):
            other = key.column.table
            yield table, key.parent.name, other.alias() if other is table else other  # type: ignore[misc]


def _deliveries() -> Iterator[tuple[str, Count]]:
    row = Delivery
    waits = row.state.in_(OPEN)
    nobody = row.channel_id.is_(None) & row.member_id.is_(None) & row.post_id.is_(None)
    yield "deliveries about nothing", _of(Delivery, (row.about == "") | (row.notice == ""))
    meant = row.key.contains("|channel:None|")  # some only have something looked at
    yield "deliveries to nobody", _of(Delivery, waits & nobody & ~meant)
    yield (
        "failed deliveries without a reason",
        _of(Delivery, row.state.in_(("dead", "unknown")) & (row.error == "")),
    )
    yield (
        "sent deliveries without their instant",
        _of(Delivery, (row.state == "sent") & row.sent_at.is_(None)),
    )
    # What was restored or imported has no sender yet, and is looked up once the bot runs.
    held = row.state.in_(("leased", "sending")) & (row.owner != "")
    stuck = held & (row.lease_until < bindparam("stuck_since"))
    yield "deliveries stuck for over an hour", _of(Delivery, stuck)
    for noun, thing in THINGS.items():
        gone = row.about.startswith(f"{noun}:") & ~_named(noun, thing).exists()
        yield f"waiting deliveries about a {noun} that is gone", _of(Delivery, waits & gone)
    cancelled = _named("session", Session).where(Session.state == "cancelled").exists()
    reminders = row.notice.in_(("session.reminder", "session.host_reminder"))
    yield (
        "waiting reminders of cancelled sessions",
        _of(Delivery, (row.state == "pending") & reminders & cancelled),
    )
    nowhere = Post.channel_id.is_(None) & Post.member_id.is_(None)
    yield "posts without a channel", _of(Post, nowhere | (Post.channel == ""))


def _named(noun: str, thing: type[Thing]) -> Select[int]:
    name = literal(f"{noun}:").op("||")(cast(thing.id, String))
    return select(thing.id).where(Delivery.about == name).correlate(Delivery)


def _of(kind: type[Thing], where: ColumnElement[bool]) -> Count:
    return select(func.count()).select_from(kind).where(where)


def _count(table: Table, where: ColumnElement[bool]) -> Count:
    return select(func.count()).select_from(table).where(where)
