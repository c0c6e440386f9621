"""Gives a database to each lot, copied from one that is made once, and looks at it in the end."""

import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp
from typing import Any

from sqlalchemy import Engine, select

from fuzz.area import Wrong
from storage import metadata
from storage.engine import migrate
from storage.integrity import findings


@cache
def migrated() -> Path:
    """Migrate one file for this process."""
    file = Path(mkdtemp(prefix="fuzz-")) / "empty.db"
    migrate(f"sqlite:///{file}")
    return file


@contextmanager
def database(like: Path | None = None) -> Iterator[str]:
    """Give the address of a copy of a file, for a while."""
    with TemporaryDirectory(prefix="fuzz-") as folder:
        yield f"sqlite:///{shutil.copy(like or migrated(), Path(folder) / 'fuzz.db')}"


def sound(engine: Engine) -> None:
    """Ensure that what is kept is whole and fits together."""
    if wrong := [(what, number) for what, number in findings(engine) if number]:
        raise Wrong(f"not sound: {wrong}")


def rows_of(engine: Engine, community: int) -> Mapping[str, list[Any]]:
    """Give all rows of a community."""
    with engine.connect() as connection:
        return {
            table.name: [
                tuple(row)
                for row in connection.execute(
                    select(table).where(table.c.community_id == community).order_by(table.c.id)
                )
            ]
            for table in metadata.sorted_tables
            if "community_id" in table.c
        }
