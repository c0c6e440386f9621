"""Sees to it that what may only read changes nothing."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.orm import Session

from storage.touched import Touched


class Written(Exception):
    """Something was changed by what may only read."""


@contextmanager
def only_reading(session: Session, touched: Touched) -> Iterator[None]:
    """Let nothing be changed inside, nor touched. Raises Written at the end."""
    before = _changes(session)
    with session.no_autoflush:
        yield
    if touched or _changes(session) != before:
        raise Written("changed what is kept, where it may only read")


def _changes(session: Session) -> tuple[int, ...]:
    """Count what is to be added, changed and deleted."""
    return len(session.new), len(session.dirty), len(session.deleted)
