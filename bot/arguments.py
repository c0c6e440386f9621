"""The options of a command, read from the signature of its function."""

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any, get_args, get_origin, get_type_hints

from bot.options.basic import Kind
from bot.options.references import Reference


@dataclass(frozen=True, slots=True)
class Argument:
    """An option of a command, as its signature declares it.

    A parameter that would be a keyword of Python, as `from` is, has a `_` behind its name.
    """

    name: str
    kind: Kind
    default: Any = inspect.Parameter.empty
    parameter: str = ""

    @property
    def required(self) -> bool:
        """Say whether it has to be given."""
        return self.default is inspect.Parameter.empty


def arguments(run: Callable[..., object], *, but: str = "") -> tuple[Argument, ...]:
    """Read the options of a signature behind the caller and the records, in its order."""
    hints = get_type_hints(run, include_extras=True)
    parameters = [*inspect.signature(run).parameters.values()][2:]
    return tuple(
        Argument(p.name.rstrip("_"), _kind(hints[p.name]), p.default, p.name)
        for p in parameters
        if p.name != but
    )


def _kind(hint: object) -> Kind:
    found = [part for part in _marks(hint) if isinstance(part, Kind)]
    if len(found) != 1:
        raise TypeError(f"{hint} does not say which kind of option it is")
    return found[0]


def _marks(hint: object) -> list[Any]:
    """Collect what is annotated, also inside `X | None`."""
    if get_origin(hint) is Annotated:
        return list(get_args(hint)[1:])
    return [mark for inner in get_args(hint) for mark in _marks(inner)]


def is_reference(argument: Argument) -> bool:
    """Say whether an option names a thing that is settled once it is understood."""
    return isinstance(argument.kind, Reference)
