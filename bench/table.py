"""Lays rows out as a table, for a terminal and for the documentation."""

import os
import platform
import sqlite3
from collections.abc import Iterable

from rich.table import Table

from bench.rows import Figure

HEADINGS = ("what", "measured", "wanted", "ok", "from")


def table(found: Iterable[Figure]) -> Table:
    """Make a table for a terminal; what does not hold stands out."""
    made = Table(*HEADINGS, title=machine())
    for row in found:
        made.add_row(*row.cells(), style="" if row.ok else "bold red")
    return made


def page(about: str, found: Iterable[Figure]) -> str:
    """Make a page of Markdown; `about` stands above and may name the `{machine}`."""
    lines = [HEADINGS, tuple("---" for _ in HEADINGS), *(row.cells() for row in found)]
    rows = "\n".join(f"| {' | '.join(cells)} |" for cells in lines)
    return f"{about.format(machine=machine())}\n{rows}\n"


def machine() -> str:
    """Say on what this runs."""
    return (
        f"{os.cpu_count()} cores, {platform.system()} on {platform.machine()}, "
        f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}"
    )
