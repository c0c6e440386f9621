"""Keeps for a day how two members were before they were joined, and parts them again."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Column, Connection, Table, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.orm import Session as DbSession

from storage.deliveries import Delivery
from storage.people import Member
from storage.personal import references
from storage.rows import plain, rich
from storage.tables import (
    Instant,
    Kept,
    Owned,
    Privacy,
    Thing,
    days,
    new_id,
    to_community,
    to_member,
)


class JoinedMember(Owned):
    """That a member took over all that another had, whose id was `absorbed`.

    `moved` names the rows that went over, by table and column; `removed` are rows of which both
    had one, with whose they were, without other people in them. `profile` is the one who went;
    `filled` says of columns of the one who stayed what they were and became.
    """

    __tablename__ = "joined_members"
    privacy = Privacy(
        "Joined accounts",
        "What each of your accounts had before you joined them, so that it can be undone",
        "Nobody",
        days(1, "at", "they were joined"),
    )

    community_id: Mapped[int] = mapped_column(to_community(), init=False, default=0, index=True)
    member_id: Mapped[int] = mapped_column(to_member(on_erase="delete"), index=True)
    at: Mapped[datetime]
    absorbed: Mapped[int]
    moved: Mapped[list[list[Any]]]
    removed: Mapped[list[list[Any]]]
    profile: Mapped[dict[str, Any]]
    filled: Mapped[dict[str, Any]]


class JoinedMembers(Kept[JoinedMember]):
    """Who was joined lately in one community."""

    kind = JoinedMember

    def last(self, member_id: int) -> JoinedMember | None:
        """Give how somebody was before their accounts were joined last."""
        own = self.mine().where(JoinedMember.member_id == member_id)
        return self.db.scalar(own.order_by(JoinedMember.at.desc(), JoinedMember.id.desc()).limit(1))


def row_without_people(table: Table, row: Mapping[Any, Any]) -> dict[str, object]:
    """Give a row as JSON can hold it, but who it refers to."""
    people = _people(table)
    return {one.name: plain(row[one.name], one) for one in table.c if one.name not in people}


def _people(table: Table) -> set[str]:
    return {column.name for owner, column, _ in references() if owner is table}


def part_members(session: DbSession, join: JoinedMember) -> int:
    """Give both of two members what was theirs, as far as it is still there; gives who is back."""
    session.flush()
    connection, stays, goes = session.connection(), join.member_id, join.absorbed
    _restore(connection, Thing.metadata.tables[Member.__tablename__], join.profile, {})
    for name, column, ids in join.moved:
        table = Thing.metadata.tables[name]
        theirs = table.c.id.in_([int(id) for id in ids]), table.c[column] == stays
        connection.execute(update(table).where(*theirs).values({column: goes}))
    for name, column, went, row in join.removed:
        owner = {column: goes if went else stays}
        _restore(connection, Thing.metadata.tables[name], row, owner)
    _empty_again(connection, stays, join.filled)
    _told_both(connection, stays, goes)
    session.delete(join)
    session.flush()
    session.expire_all()
    return goes


def _told_both(connection: Connection, stays: int, goes: int) -> None:
    """Have the one who is back count as told of what went out to the one they were joined with."""
    table = Thing.metadata.tables[Delivery.__tablename__]
    sent = select(table).where(table.c.member_id == stays, table.c.state == "sent")
    for row in connection.execute(sent).mappings().all():
        key = row["key"].replace(f"|member:{stays}|", f"|member:{goes}|")
        same = select(table.c.id).where(table.c.key == key)
        if connection.scalar(same) is None:
            copy = {**row, "id": new_id(), "key": key, "member_id": goes, "post_id": None}
            connection.execute(insert(table).values(copy))


def _restore(
    connection: Connection, table: Table, row: Mapping[str, Any], owner: Mapping[str, int]
) -> None:
    """Put a row back, unless something stands in its place by now or what it is of has gone."""
    values = {name: _rich(value, table.c[name]) for name, value in row.items() if name in table.c}
    try:
        with connection.begin_nested():
            connection.execute(insert(table).values({**values, **owner}))
    except IntegrityError:
        return


def _empty_again(connection: Connection, stays: int, filled: Mapping[str, Sequence[Any]]) -> None:
    """Take out of a profile what came from the other and was not changed since."""
    table = Thing.metadata.tables[Member.__tablename__]
    now = connection.execute(select(table).where(table.c.id == stays)).mappings().one()
    values = {
        name: _rich(was, table.c[name])
        for name, (was, became) in filled.items()
        if plain(now[name], table.c[name]) == became
    }
    if values:
        connection.execute(update(table).where(table.c.id == stays).values(values))


def _rich(value: str | float | None, column: Column[Any]) -> object:
    """Read back a value as our own types take it."""
    is_instant = isinstance(column.type, Instant) and value is not None
    return datetime.fromisoformat(str(value)) if is_instant else rich(value, column)
