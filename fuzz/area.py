"""Says what a way in is to the fuzzer: how its world is made, and what takes one input."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass

from fuzz.dice import Dice

Take = Callable[[Dice], None]
"""Makes one input and gives it to the bot. Raises whatever should not have been, or Wrong."""


class Wrong(Exception):
    """Something came of an input that must not; the message says what."""


@dataclass(frozen=True, slots=True)
class Area:
    """One way in.

    Of a whole run it gets `inputs`; its `world` is made anew after so many as a `lot`, so that any
    of them can be repeated with those before it. What is raised at its end is a fault as well;
    what begins as it is `promised` to be logged where something cannot be read, is none.
    """

    name: str
    about: str
    inputs: int
    lot: int
    world: Callable[[Dice], AbstractContextManager[Take]]
    promised: str = ""


def ensure(holds: object, what: str) -> None:
    """Raise Wrong unless something holds."""
    if not holds:
        raise Wrong(what)
