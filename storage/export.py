"""Takes a whole community out of a database, as values that JSON can hold, and into another."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Column, Connection, Engine, Table, select
from sqlalchemy.exc import SQLAlchemyError

from storage.community import Community
from storage.deliveries import Delivery
from storage.engine import revisions
from storage.erasure import erase_again, scrub
from storage.foreign import check
from storage.integrity import counted
from storage.rows import Unfit, look_up_first, plain, put, reason, tables
from storage.tables import Owned, Thing, leaves
from storage.tombstones import Tombstone

Rows = Sequence[Mapping[str, Any]]
Areas = Mapping[str, Mapping[str, Rows]]
SECRETS = ("token", "secret")
"""No column with one of these in its name leaves the database, nor a row that has one."""


def communities(connection: Connection) -> Sequence[tuple[int, str]]:
    """List the ids and names of all communities."""
    query = select(Community.id, Community.name).order_by(Community.id)
    return [(id, name) for id, name in connection.execute(query)]


def rooms() -> Mapping[str, str]:
    """Give the area of each table of a community; the areas are those of the modules here."""
    areas = {
        mapper.class_.__tablename__: mapper.class_.__module__.rpartition(".")[2]
        for mapper in Thing.registry.mappers
        if issubclass(mapper.class_, Owned | Community | Tombstone)
    }
    return {name: areas[name] for name in Thing.metadata.tables if name in areas}


def whole(connection: Connection, community_id: int) -> Areas:
    """Give the rows of a community by area and table."""
    areas: dict[str, dict[str, Rows]] = {}
    for name, area in rooms().items():
        rows = _rows(connection, Thing.metadata.tables[name], community_id)
        areas.setdefault(area, {})[name] = rows
    return areas


def _rows(connection: Connection, table: Table, community_id: int) -> Rows:
    owner = table.c.get("community_id", table.c.id)
    shown = [column for column in table.c if _is_shown(column)]
    kept = [column.is_(None) for column in table.c if _is_secret(column)]
    query = select(*shown).where(owner == community_id, *kept, *leaves(table)).order_by(table.c.id)
    return [
        {column.name: plain(row[at], column) for at, column in enumerate(shown)}
        for row in connection.execute(query)
    ]


def _is_shown(column: Column[Any]) -> bool:
    return column.name != "community_id" and not _is_secret(column)


def _is_secret(column: Column[Any]) -> bool:
    return any(word in column.name for word in SECRETS)


def bring_in(
    engine: Engine, homes: Sequence[Areas], schema: str, made_at: datetime, now: datetime
) -> int:
    """Bring communities in with all their ids, all or none; gives the number of rows.

    `schema` and `made_at` say of which schema they were when they were taken out, and when. As
    migrations only add, what an older one lacks is filled in as the database has it. What
    was waiting to be sent then is looked up on its platform before it is sent. Raises Unfit.
    """
    if schema not in revisions():
        raise Unfit("This export was made by a newer version. Please install that version.")
    with engine.execution_options(writing=True).begin() as connection:
        before = counted(connection)
        try:
            number = sum(_bring(connection, home) for home in homes)
            ids = [int(home["community"]["communities"][0]["id"]) for home in homes]
        except SQLAlchemyError as error:
            raise Unfit(
                "This community, or a workspace or account of it, is in this database already. "
                f"Import into a database that does not know it. It said: {reason(error)}"
            ) from error
        look_up_first(connection, Delivery.community_id.in_(ids), made_at, now)
        erase_again(connection)
        wrong = [what for what, rows in counted(connection).items() if rows > before[what]]
        if wrong:
            raise Unfit(f"This export contradicts itself. There are {', '.join(wrong)} in it.")
    scrub(engine)
    return number


def _bring(connection: Connection, areas: Areas) -> int:
    found = {name: rows for area in areas.values() for name, rows in area.items()}
    owner = {"community_id": found["communities"][0]["id"]}
    known = tables(connection)
    owned = {table.name: owner if "community_id" in table.c else {} for table in known}
    found = {name: [{**owned.get(name, {}), **row} for row in found[name]] for name in found}
    check(known, found)
    number = 0
    for table in known:
        number += put(connection, table, found.pop(table.name, ()))
    if any(found.values()):
        raise Unfit(f"Nobody here knows what these are: {', '.join(found)}.")
    return number
