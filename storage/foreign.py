"""Looks whether rows that come from outside are such as one community here could have."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import available_timezones

from sqlalchemy import Column, Integer, Table

from storage.rows import Row, Unfit


def check(tables: Iterable[Table], found: Mapping[str, Sequence[Row]]) -> None:
    """Look over all rows of one community, by table. Raises Unfit with table, row and field.

    Whatever a row refers to has to be among them, so that none leads to another community.
    """
    ids = {name: {str(row.get("id")) for row in rows} for name, rows in found.items()}
    if len(ids.get("communities", ())) != 1:
        raise Unfit("An export holds one community; in communities there is another number.")
    for table in tables:
        for row in found.get(table.name, ()):
            for column in table.c:
                value = row.get(column.name)
                if value not in (None, "") and (wrong := _wrong(column, value, ids)):
                    where = f"{table.name}, row {row.get('id')}, field {column.name}"
                    raise Unfit(f"{where}: {str(value)[:60]!r} {wrong}.")


def _wrong(column: Column[Any], value: object, ids: Mapping[str, set[str]]) -> str:
    """Say what is wrong with a value; nothing where it is fine."""
    for key in column.foreign_keys:
        if str(value) not in ids.get(key.column.table.name, ()):
            return "is of another community, or of nothing in this export"
    if isinstance(column.type, Integer) and column.name not in ("id", "days"):
        return "" if float(str(value)) >= 0 else "is less than nothing"
    fits, wrong = FITS.get(column.name, (_anything, ""))
    return "" if fits(str(value)) else wrong


def _anything(value: str) -> bool:
    return True


def _is_wall(value: str) -> bool:
    try:
        return bool(datetime.fromisoformat(value))
    except ValueError:
        return False


def _is_web(value: str) -> bool:
    return value.lower().startswith(("https://", "http://")) and not set(value) & set(" \n<>|\"'")


def _is_zone(value: str) -> bool:
    return value in available_timezones()


FITS: Mapping[str, tuple[Callable[[str], bool], str]] = {
    "zone": (_is_zone, "is no time zone that is known here"),
    "wall": (_is_wall, "is no time that a clock shows"),
    "link": (_is_web, "is no link to a page, with http:// or https://"),
}
"""What the fields of these names hold, and what is said of anything else."""
