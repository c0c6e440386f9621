"""Remembers what a transaction has changed, so that what follows from it can be followed."""

from collections.abc import Sequence
from typing import Any, TypeVar

from sqlalchemy import inspect

Kind = TypeVar("Kind")


class Touched:
    """The things a transaction has changed, each with the members concerned, or None: everybody."""

    def __init__(self) -> None:
        self._things: dict[int, tuple[Any, set[int] | None]] = {}

    def add(self, thing: object, member_id: int | None = None) -> None:
        """Touch a thing; with a member where the change concerns nobody else."""
        id: int = thing.id  # type: ignore[attr-defined]
        _, before = self._things.get(id, (thing, set()))
        concerned = None if before is None or member_id is None else {*before, member_id}
        self._things[id] = (thing, concerned)

    def all(self) -> Sequence[tuple[Any, set[int] | None]]:
        """Give what was touched, with the members concerned; things removed are left out."""
        return [touch for touch in self._things.values() if not _gone(touch[0])]

    def clear(self) -> None:
        """Forget what was touched."""
        self._things.clear()

    def take(self, kind: type[Kind]) -> Sequence[tuple[Kind, set[int] | None]]:
        """Give the things of a kind, which are touched no more; those removed are left out."""
        taken = {id: one for id, one in self._things.items() if isinstance(one[0], kind)}
        for id in taken:
            del self._things[id]
        return [one for one in taken.values() if not _gone(one[0])]

    def __bool__(self) -> bool:
        return bool(self._things)

    def __repr__(self) -> str:
        return ", ".join(type(thing).__name__ for thing, _ in self._things.values())


def _gone(thing: object) -> bool:
    state = inspect(thing)
    return bool(state.deleted or state.detached or state.transient)
