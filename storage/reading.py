"""Makes sure that a transaction that only reads changes nothing, which would be lost."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import inspect
from sqlalchemy.orm import Session


class ChangedWhileReading(Exception):
    """Something was changed in a transaction that only reads; the message names it."""


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
