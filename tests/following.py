"""Follows what a transaction has changed a second time, which must write nothing."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, event

from bot.domain.follow import follow
from storage import Records


def follow_twice(records: Records, now: datetime) -> None:
    """Follow, and once more. Raises AssertionError when that writes anything."""
    touched = records.touched.all()
    follow(records, now)
    records.db.flush()
    for thing, concerned in touched:
        for member_id in (None,) if concerned is None else concerned:
            records.touched.add(thing, member_id)
    with writes(records.db.connection()) as written:
        follow(records, now)
        records.db.flush()
    assert written == [], "following twice writes more than following once"


@contextmanager
def writes(connection: Connection) -> Iterator[list[str]]:
    """Collect the statements that change rows."""
    found: list[str] = []

    def keep(_: Any, cursor: Any, statement: str, *more: object) -> None:
        if not statement.startswith(("SELECT", "WITH")) and cursor.rowcount > 0:
            found.append(statement)

    event.listen(connection, "after_cursor_execute", keep)
    try:
        yield found
    finally:
        event.remove(connection, "after_cursor_execute", keep)
