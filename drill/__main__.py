"""Runs all drills, prints what must hold as one table and keeps it in the documentation."""

import sys
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from rich.console import Console

from bench.rows import Figure
from bench.table import page, table

AREAS = (
    "kills",
    "mutations",
    "syncs",
    "limits",
    "clock",
    "zones",
    "database",
    "erasing",
    "borders",
)
PAGE = Path(__file__).parents[1] / "docs" / "drill.md"
ABOUT = """# What must hold

Found by `make drill` on {machine}.

Senders are killed and suspended at every edge, platforms drop connections, delay, refuse and hide,
clocks step; what platforms show in the end is counted. A short form of it is among the tests.
"""


def main() -> int:
    """Drill what was asked for on the command line, or everything, and keep that."""
    console = Console()
    areas = sys.argv[1:] or [area for area in AREAS if find_spec(f"drill.{area}")]
    found: list[Figure] = []
    for area in areas:
        module = import_module(f"drill.{area}")
        rows: list[Figure] = module.rows()
        console.print(table(rows))
        found += rows
    if not sys.argv[1:]:
        PAGE.write_text(page(ABOUT, found), encoding="utf-8")
    return int(not all(row.ok for row in found))


if __name__ == "__main__":
    sys.exit(main())
