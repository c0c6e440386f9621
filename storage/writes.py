"""Says whether something was written, by the statements that were executed."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

from sqlalchemy import Connection, event
from sqlalchemy.orm import Session


class _Cursor(Protocol):
    rowcount: int


@contextmanager
def writes(session: Session) -> Iterator[list[str]]:
    """Collect the statements that change rows; what is flushed only later is not among them."""
    session.flush()
    connection, statements = session.connection(), list[str]()

    def keep(_: Connection, cursor: _Cursor, statement: str, *more: object) -> None:
        if not statement.startswith(("SELECT", "WITH")) and cursor.rowcount > 0:
            statements.append(statement)

    event.listen(connection, "after_cursor_execute", keep)
    try:
        yield statements
    finally:
        event.remove(connection, "after_cursor_execute", keep)
