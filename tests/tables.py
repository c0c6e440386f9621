"""Holds a whole table to a rule in one test, which names every row that does not keep it."""

import inspect
from collections.abc import Callable, Iterable, Mapping
from functools import wraps
from typing import Any

import pytest

Test = Callable[..., None]
Wrong = (Exception, pytest.fail.Exception)


def in_turn(names: str | tuple[str, ...], rows: Iterable[Any]) -> Callable[[Test], Test]:
    """Give a test each row in turn: as `pytest.mark.parametrize`, for what needs no fresh start.

    A test for each row takes ten times as long as most rows do.
    """
    several = (names,) if isinstance(names, str) else names
    single = isinstance(names, str)
    table = [dict(zip(several, (row,) if single else row, strict=True)) for row in rows]
    assert table

    def declared(test: Test) -> Test:
        signature = inspect.signature(test)
        left = [one for one in signature.parameters.values() if one.name not in table[0]]

        @wraps(test)
        def together(**fixtures: object) -> None:
            wrong = [error for row in table if (error := _wrong(test, row, fixtures))]
            if wrong:
                raise BaseExceptionGroup(f"{len(wrong)} of {len(table)} rows", wrong)

        together.__signature__ = signature.replace(parameters=left)  # type: ignore[attr-defined]
        return together

    return declared


def _wrong(
    test: Test, row: Mapping[str, object], fixtures: Mapping[str, object]
) -> BaseException | None:
    try:
        test(**row, **fixtures)
    except Wrong as error:
        error.add_note(f"with {row!r}")
        return error
    return None
