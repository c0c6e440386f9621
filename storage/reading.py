"""Makes sure that what only reads changes nothing."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import inspect
from sqlalchemy.orm import Session

from storage.touched import Touched


class ChangedWhileReading(Exception):
    """Something was changed by what only reads; the message names it."""


@contextmanager
def only_reading(session: Session, touched: Touched) -> Iterator[None]:
    """Let nothing be changed inside, nor touched. Raises ChangedWhileReading at the end."""
    before = _changes(session)
    with session.no_autoflush:
        yield
    if touched or _changes(session) != before:
        raise ChangedWhileReading("something was changed where others write")


def _changes(session: Session) -> tuple[int, ...]:
    """Count what is to be added, changed and deleted."""
    return len(session.new), len(session.dirty), len(session.deleted)


class OnlyReading(Session):
    """A session in which nothing can be changed: where others write, it looks for changes."""

    def flush(self, objects: Sequence[Any] | None = None) -> None:
        """Write nothing. Raises ChangedWhileReading for what was added, changed or removed."""
        changed = [one for one in self.dirty if self.is_modified(one)]
        if found := [*self.new, *self.deleted, *changed]:
            raise ChangedWhileReading(", ".join(map(_named, found)))


def _named(thing: object) -> str:
    """Name a thing, and what of it was changed."""
    state = inspect(thing, raiseerr=True)
    changed = [one.key for one in state.attrs if one.history.has_changes()]
    id = state.identity[0] if state.identity else "new"
    return f"{type(thing).__name__} {id} ({', '.join(changed)})"
