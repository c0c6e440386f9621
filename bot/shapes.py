"""Compares what a platform sends with the shape it should have, before anything of it is read."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

Shape = Mapping[str, type | tuple[type, ...]]
"""A type for each path: `*` stands for all in a list or an object, `?` behind it for what may lack.

A list is not empty where its path goes on with 0.
"""


def misshapen(shape: Shape, body: object) -> str:
    """Name the first path at which something lacks, or is of another type; nothing if all fits."""
    for path, wanted in shape.items():
        may_lack = path.endswith("?")
        for found in _at(body, path.rstrip("?").split(".")):
            if not (isinstance(found, wanted) or (may_lack and found is None)):
                return path.rstrip("?")
    return ""


def _at(value: Any, steps: Sequence[str]) -> Iterator[object]:  # noqa: ANN401
    """Give all that is at a path, None for what lacks."""
    if not steps:
        yield value
        return
    for one in _inside(value, steps[0]):
        yield from _at(one, steps[1:])


def _inside(value: Any, step: str) -> Sequence[object]:  # noqa: ANN401
    if step == "*":
        many = list(value.values()) if isinstance(value, dict) else value
        return many if isinstance(many, list) else ()
    if step == "0":
        return value[:1] or (None,) if isinstance(value, list) else (None,)
    return (value.get(step) if isinstance(value, dict) else None,)
