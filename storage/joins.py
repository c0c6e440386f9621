"""Keeps for a day how two members were before they were joined, and parts them again."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Column, Connection, Table, func, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.orm import Session as DbSession

from storage.deliveries import Delivery
from storage.people import KnownAccount, Member
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

    `moved` names the rows that were changed, by table and column; `removed` are rows of which both
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


def row_without_others(
    table: Table, row: Mapping[Any, Any], members: Sequence[int]
) -> dict[str, object]:
    """Give a row as JSON can hold it, but whom it refers to beside those who are joined."""
    others = {name for name in _people(table) if row[name] not in members}
    return {one.name: plain(row[one.name], one) for one in table.c if one.name not in others}


def _people(table: Table) -> set[str]:
    return {column.name for owner, column, _ in references() if owner is table}


def part_members(session: DbSession, join: JoinedMember) -> tuple[int, int]:
    """Give both of two members what was theirs, as far as it is still there.

    Gives who is back, and how many rows could not be put back.
    """
    session.flush()
    connection, stays, goes = session.connection(), join.member_id, join.absorbed
    members = Thing.metadata.tables[Member.__tablename__]
    lost = 0 if _restored(connection, members, join.profile) else 1
    _move_back(connection, join)
    for name, column, went, row in join.removed:
        owner = {column: goes if went else stays}
        lost += not _restored(connection, Thing.metadata.tables[name], {**row, **owner})
    _move_back(connection, join)  # what such a row says of them in another column, too
    _along_with_accounts(connection, stays, goes)
    _empty_again(connection, stays, join.filled)
    _told_both(connection, join)
    session.delete(join)
    session.flush()
    session.expire_all()
    return goes, lost


def _move_back(connection: Connection, join: JoinedMember) -> None:
    """Change rows back that are as joining left them."""
    stays, goes = f"member:{join.member_id}", f"member:{join.absorbed}"
    changes = {"about": (stays, goes), "left_at": (join.at, None)}
    for name, column, ids in join.moved:
        table = Thing.metadata.tables[name]
        these = update(table).where(table.c.id.in_([int(id) for id in ids]))
        if column == "key":
            key = func.replace(table.c.key, f"|{stays}|", f"|{goes}|")
            connection.execute(these.values(key=key))
            continue
        now, then = changes.get(column, (join.member_id, join.absorbed))
        connection.execute(these.where(table.c[column] == now).values({column: then}))


def _along_with_accounts(connection: Connection, stays: int, goes: int) -> None:
    """Have links that were given since then be whose account they were given to."""
    accounts = select(KnownAccount.id).where(KnownAccount.member_id == goes)
    for table, column, _ in references():
        if "account_id" in table.c:
            theirs = update(table).where(column == stays, table.c.account_id.in_(accounts))
            connection.execute(theirs.values({column.name: goes}))


def _told_both(connection: Connection, join: JoinedMember) -> None:
    """Have the one who is back count as told of what went out while the two were one."""
    table, stays, goes = (
        Thing.metadata.tables[Delivery.__tablename__],
        join.member_id,
        join.absorbed,
    )
    since = table.c.sent_at >= join.at
    sent = select(table).where(table.c.member_id == stays, table.c.state == "sent", since)
    for row in connection.execute(sent).mappings().all():
        key = row["key"].replace(f"|member:{stays}|", f"|member:{goes}|")
        same = select(table.c.id).where(table.c.key == key)
        if connection.scalar(same) is None:
            copy = {**row, "id": new_id(), "key": key, "member_id": goes, "post_id": None}
            connection.execute(insert(table).values(copy))


def _restored(connection: Connection, table: Table, row: Mapping[str, Any]) -> bool:
    """Put a row back, unless something stands in its place by now or what it is of has gone."""
    values = {name: _rich(value, table.c[name]) for name, value in row.items() if name in table.c}
    try:
        with connection.begin_nested():
            connection.execute(insert(table).values(values))
    except IntegrityError:
        return False
    return True


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
