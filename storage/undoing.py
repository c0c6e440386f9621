"""Undoes what broke in the middle of a transaction, and nothing else of it."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.orm import Session


class Undone(Exception):
    """Something broke in the middle of a change, of which nothing is left; `error` says what."""

    def __init__(self, error: Exception) -> None:
        super().__init__(f"{type(error).__name__}: {error}")
        self.error = error


@contextmanager
def undoable(session: Session) -> Iterator[None]:
    """Have what breaks inside be undone, while the transaction goes on. Raises Undone.

    What was changed is in the database at the end, so that what a constraint refuses is refused
    here. A database that is away cannot undo anything: then it raises what that raises.
    """
    savepoint = session.begin_nested()
    try:
        yield
        session.flush()
    except Exception as error:
        savepoint.rollback()
        session.expire_all()  # plain statements may have changed what was read before
        raise Undone(error) from error
    savepoint.commit()
