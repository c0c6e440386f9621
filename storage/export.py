"""Reads a whole community out of the database, as plain values that JSON can hold."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time
from typing import Any

from sqlalchemy import Column, Table, select
from sqlalchemy.orm import Session

from storage.community import Community
from storage.tables import Base, Owned

Rows = Sequence[Mapping[str, Any]]
SECRETS = ("token", "secret", "key")
"""No column with one of these in its name leaves the database."""


def communities(session: Session) -> Sequence[tuple[int, str]]:
    """List the ids and names of all communities."""
    query = select(Community.id, Community.name).order_by(Community.id)
    return [(id, name) for id, name in session.execute(query)]


def whole(session: Session, community_id: int) -> Mapping[str, Mapping[str, Rows]]:
    """Give the rows of a community by area and table; the areas are those of the modules here.

    Ids are strings, instants ISO 8601 in UTC.
    """
    areas: dict[str, dict[str, Rows]] = {}
    for mapper in sorted(Base.registry.mappers, key=lambda one: one.class_.__module__):
        kind = mapper.class_
        if issubclass(kind, Owned | Community):
            area = areas.setdefault(kind.__module__.rpartition(".")[2], {})
            area[kind.__tablename__] = _rows(
                session, Base.metadata.tables[kind.__tablename__], community_id
            )
    return areas


def _rows(session: Session, table: Table, community_id: int) -> Rows:
    owner = table.c.get("community_id", table.c.id)
    shown = [column for column in table.c if _is_shown(column)]
    query = select(*shown).where(owner == community_id).order_by(table.c.id)
    return [
        {column.name: _plain(row[at], column) for at, column in enumerate(shown)}
        for row in session.execute(query)
    ]


def _is_shown(column: Column[Any]) -> bool:
    return column.name != "community_id" and not any(word in column.name for word in SECRETS)


def _plain(value: object, column: Column[Any]) -> object:
    if isinstance(value, datetime):
        return f"{value.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
    if isinstance(value, date | time):
        return value.isoformat()
    is_id = column.primary_key or column.foreign_keys
    return str(value) if is_id and value is not None else value
