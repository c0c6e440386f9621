"""Runs all measurements, prints them as one table and keeps it in the documentation."""

import os
import platform
import sqlite3
import sys
from collections.abc import Iterable
from contextlib import redirect_stderr
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bench.rows import Row
from bot.app.log import set_up_log
from bot.app.memory import set_up_memory

AREAS = ("calls", "deliveries", "running", "slack", "discord")
PAGE = Path(__file__).parents[1] / "docs" / "bench.md"
HEADINGS = ("what", "measured", "wanted", "ok", "from")


def main() -> int:
    """Measure what was asked for on the command line, or everything, and keep that."""
    console = Console()
    areas = sys.argv[1:] or [area for area in AREAS if find_spec(f"bench.{area}")]
    found: list[Row] = []
    for area in areas:
        with console.status(area):
            found += _measured(area)
    console.print(_table(found))
    if not sys.argv[1:]:
        PAGE.parent.mkdir(exist_ok=True)
        PAGE.write_text(_page(found), encoding="utf-8")
    return int(not all(row.ok for row in found))


def _measured(area: str) -> list[Row]:
    """Measure one area, set up as `run` does, with the log going nowhere."""
    with open(os.devnull, "w") as nowhere, redirect_stderr(nowhere):
        set_up_log()
        module = import_module(f"bench.{area}")
        set_up_memory()
        rows: list[Row] = module.rows()
    return rows


def _table(found: Iterable[Row]) -> Table:
    table = Table(*HEADINGS, title=_machine())
    for row in found:
        table.add_row(*row.cells(), style="" if row.ok else "bold red")
    return table


def _page(found: Iterable[Row]) -> str:
    lines = [HEADINGS, tuple("---" for _ in HEADINGS), *(row.cells() for row in found)]
    rows = "\n".join(f"| {' | '.join(cells)} |" for cells in lines)
    return (
        "# Speed and memory\n\n"
        f"Measured by `make bench` on {_machine()}. Compare the ratios, which are taken side by "
        f"side in one run; the rates depend on the machine.\n\n{rows}\n"
    )


def _machine() -> str:
    return (
        f"{os.cpu_count()} cores, {platform.system()} on {platform.machine()}, "
        f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}"
    )


if __name__ == "__main__":
    sys.exit(main())
