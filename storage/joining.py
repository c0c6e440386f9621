"""Makes one member of two who are the same person: every row of the one goes over to the other."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    Table,
    UniqueConstraint,
    delete,
    select,
    update,
)
from sqlalchemy.orm import Session as DbSession

from storage.deliveries import Delivery
from storage.erasure import TO
from storage.finding import forgotten
from storage.hosting import Stay
from storage.joins import JoinedMember, row_without_others
from storage.log import LogEntry
from storage.people import Member
from storage.personal import references
from storage.rows import plain
from storage.sight import ROLES
from storage.tables import Thing
from storage.timers import Timer

OWN = ("id", "community_id", "name", "joined_at", "role", "left_at", "erased_at")
"""Columns of members that are not filled in from the other."""
MOMENTS = ("answered_at", "changed_at", "written_at", "asked_at", "at")
"""Columns that say which of two rows is the newer one."""
WAITING = ("pending", "leased")


def join_members(session: DbSession, stays: int, goes: int, now: datetime) -> JoinedMember:
    """Join two members in the transaction that is open, in which all is read anew after that.

    Gives how both were before.
    """
    session.flush()
    before = join(session.connection(), stays, goes, now)
    session.expire_all()
    return before


def join(connection: Connection, stays: int, goes: int, now: datetime) -> JoinedMember:
    """Have all that refers to the one who goes refer to the one who stays; gives how it was."""
    connection.execute(forgotten(goes))
    moved: list[list[Any]] = []
    removed: list[list[Any]] = []
    for table, column, _ in references():
        if column is TO:
            named, twice = _join_deliveries(connection, stays, goes)
            moved.append([table.name, "key", named])
            removed += twice
        for others in _unique_with(table, column):
            removed += _settle(connection, (table, column), others, (stays, goes))
        ids = connection.scalars(select(table.c.id).where(column == goes)).all()
        moved.append([table.name, column.name, [str(id) for id in ids]])
        connection.execute(update(table).where(column == goes).values({column.name: stays}))
    moved.append([Stay.__tablename__, "left_at", _leave_twice(connection, stays, now)])
    moved.append([LogEntry.__tablename__, "about", _hand_over(connection, stays, goes)])
    profile, filled = _fill(connection, stays, goes)
    connection.execute(delete(Member).where(Member.id == goes))
    return JoinedMember(
        member_id=stays,
        at=now,
        absorbed=goes,
        moved=[one for one in moved if one[2]],
        removed=removed,
        profile=profile,
        filled=filled,
    )


def _unique_with(table: Table, column: Column[Any]) -> Iterator[Sequence[Column[Any]]]:
    """Give the other columns of each rule by which there is one row with a member only."""
    rules = [one.columns for one in table.constraints if isinstance(one, UniqueConstraint)]
    rules += [one.columns for one in table.indexes if one.unique]
    for columns in rules:
        if column in set(columns):
            yield [one for one in columns if one is not column]


def _settle(
    connection: Connection,
    where: tuple[Table, Column[Any]],
    others: Sequence[Column[Any]],
    members: tuple[int, int],
) -> list[list[Any]]:
    """Keep one of two rows about the same: what was agreed to, else the newer one.

    Gives the others, each with whether it was of the one who goes.
    """
    table, column = where
    removed: list[list[Any]] = []
    rows = connection.execute(select(table).where(column.in_(members))).mappings().all()
    kept: dict[tuple[Any, ...], Mapping[Any, Any]] = {}
    for row in sorted(rows, key=lambda row: members.index(row[column.name])):
        same = tuple(row[one.name] for one in others)
        before = kept.get(same)
        if before is None or None in same:
            kept[same] = row
            continue
        last = _last(table, before, row)
        lost = before if last is row else row
        kept[same] = last
        went = lost[column.name] == members[1]
        removed.append([table.name, column.name, went, row_without_others(table, lost, members)])
        connection.execute(delete(table).where(table.c.id == lost["id"]))
    return removed


def _last(table: Table, one: Mapping[Any, Any], other: Mapping[Any, Any]) -> Mapping[Any, Any]:
    if "state" in table.c:
        agreed = [row for row in (one, other) if row["state"] == "accepted"]
        if len(agreed) == 1:
            return agreed[0]
    moments = [name for name in MOMENTS if name in table.c]
    for name in moments:
        if one[name] is not None and other[name] is not None:
            return other if other[name] > one[name] else one
    return one


def _join_deliveries(
    connection: Connection, stays: int, goes: int
) -> tuple[list[str], list[list[Any]]]:
    """Have messages go to the one who stays; what both were to get is sent once.

    What was to be told of the one who goes is not. Gives which rows are named anew, and those that
    are gone.
    """
    table = Thing.metadata.tables[Delivery.__tablename__]
    removed: list[list[Any]] = []
    renamed: list[str] = []
    theirs = select(table).where(table.c.member_id == goes)
    for row in connection.execute(theirs).mappings().all():
        named = row["key"].replace(f"|member:{goes}|", f"|member:{stays}|")
        same = connection.execute(
            select(table.c.id, table.c.state).where(table.c.key == named, table.c.id != row["id"])
        ).first()
        if same is None and row["about"] != f"member:{goes}":
            renamed.append(str(row["id"]))
            connection.execute(update(table).where(table.c.id == row["id"]).values(key=named))
            continue
        if same is not None and same.state in WAITING and row["state"] not in WAITING:
            connection.execute(update(table).where(table.c.id == same.id).values(state="cancelled"))
        kept = row_without_others(table, row, (stays, goes))
        removed.append([table.name, "member_id", True, kept])
        connection.execute(delete(table).where(table.c.id == row["id"]))
    return renamed, removed


def _leave_twice(connection: Connection, stays: int, now: datetime) -> list[str]:
    """Leave a pool of hosts in which somebody is twice: the longer time goes on.

    Gives the ids of the other times.
    """
    query = select(Stay.id, Stay.programme_id, Stay.role).where(
        Stay.member_id == stays, Stay.left_at.is_(None)
    )
    seen: set[tuple[Any, ...]] = set()
    twice: list[str] = []
    for id, *pool in connection.execute(query.order_by(Stay.joined_at, Stay.id)).all():
        if tuple(pool) in seen:
            twice.append(str(id))
            connection.execute(update(Stay).where(Stay.id == id).values(left_at=now))
        seen.add(tuple(pool))
    return twice


def _hand_over(connection: Connection, stays: int, goes: int) -> list[str]:
    """Have the log be about the one who stays; gives the ids of the entries.

    What was to be told of the other is not.
    """
    named, now_named = f"member:{goes}", f"member:{stays}"
    about = LogEntry.about == named
    ids = connection.scalars(select(LogEntry.id).where(about)).all()
    connection.execute(update(LogEntry).where(about).values(about=now_named))
    connection.execute(delete(Delivery).where(Delivery.about == named))
    connection.execute(delete(Timer).where(Timer.about == named))
    return [str(id) for id in ids]


def _fill(
    connection: Connection, stays: int, goes: int
) -> tuple[dict[str, object], dict[str, Any]]:
    """Fill in what the one who stays never said; their role is the higher of both.

    Gives the one who goes, and what columns of the other were and became.
    """
    table = Thing.metadata.tables[Member.__tablename__]
    found = connection.execute(select(table).where(table.c.id.in_((stays, goes)))).mappings()
    by_id = {row["id"]: row for row in found}
    kept, other = by_id[stays], by_id[goes]
    names = [one.name for one in table.c if one.name not in OWN]
    values = {name: other[name] for name in names if kept[name] in (None, "", [], {}, False)}
    values["role"] = max(kept["role"], other["role"], key=ROLES.index)
    values["joined_at"] = min(kept["joined_at"], other["joined_at"])
    connection.execute(update(table).where(table.c.id == stays).values(values))
    filled = {
        name: [plain(kept[name], table.c[name]), plain(value, table.c[name])]
        for name, value in values.items()
        if value != kept[name]
    }
    return {name: plain(value, table.c[name]) for name, value in other.items()}, filled
