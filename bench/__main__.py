"""Runs all measurements, prints them as one table and keeps it in the documentation."""

import os
import sys
from contextlib import redirect_stderr
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from rich.console import Console

from bench.rows import Figure
from bench.table import page, table
from bot.app.log import set_up_log
from bot.app.memory import set_up_memory

AREAS = (
    "calls",
    "deliveries",
    "queue",
    "running",
    "slack",
    "discord",
    "hostile",
    "programmes",
    "sessions",
    "fairness",
    "hours",
    "calendars",
    "web",
    "pages",
    "mail",
)
PAGE = Path(__file__).parents[1] / "docs" / "bench.md"
ABOUT = (
    "# Speed and memory\n\n"
    "Measured by `make bench` on {machine}. Compare the ratios, which are taken side by side in "
    "one run; the rates depend on the machine.\n"
)


def main() -> int:
    """Measure what was asked for on the command line, or everything, and keep that."""
    console = Console()
    areas = sys.argv[1:] or [area for area in AREAS if find_spec(f"bench.{area}")]
    found: list[Figure] = []
    for area in areas:
        with console.status(area):
            found += _measured(area)
    console.print(table(found))
    if not sys.argv[1:]:
        PAGE.parent.mkdir(exist_ok=True)
        PAGE.write_text(page(ABOUT, found), encoding="utf-8")
    return int(not all(row.ok for row in found))


def _measured(area: str) -> list[Figure]:
    """Measure one area, set up as `run` does, with the log going nowhere."""
    with open(os.devnull, "w") as nowhere, redirect_stderr(nowhere):
        set_up_log()
        module = import_module(f"bench.{area}")
        set_up_memory()
        rows: list[Figure] = module.rows()
    return rows


if __name__ == "__main__":
    sys.exit(main())
