"""Compares what was read of a file with what was imported before."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.folding import folded
from storage import Records

KEYS, MOST = 500, 5000
"""Entries that are looked up together, and sessions that are looked through."""
MOVED = "elsewhen"


@dataclass(frozen=True, slots=True)
class ComparedRow:
    """Rows that are new, problems of those that are here at another time, and how many are here.

    `others` are sessions of the title of a new row that the file does not have.
    """

    fresh: Sequence[dict[str, Any]]
    moved: list[list[Any]]
    here: int
    others: int


def compare(records: Records, rows: Sequence[dict[str, Any]], now: datetime) -> ComparedRow:
    """Compare rows with what was imported: whoever brings a file again may have moved a session."""
    times: dict[str, datetime | None] = {}
    for begin in range(0, len(rows), KEYS):
        times |= records.imports.times([row["key"] for row in rows[begin : begin + KEYS]])
    fresh = [row for row in rows if row["key"] not in times]
    moved = [
        [row["n"], MOVED, row["title"]]
        for row in rows
        if _is_moved(row, times.get(row["key"]), now)
    ]
    return ComparedRow(fresh, moved, len(times) - len(moved), _others(records, rows, fresh, now))


def _is_moved(row: Mapping[str, Any], here: datetime | None, now: datetime) -> bool:
    at = datetime.fromisoformat(row["at"])
    return here is not None and "rrule" not in row and here != at and max(here, at) > now


def _others(
    records: Records,
    rows: Sequence[Mapping[str, Any]],
    fresh: Sequence[Mapping[str, Any]],
    now: datetime,
) -> int:
    """Count sessions to come that the file does not have, but a new one of their title."""
    titles = {folded(row["title"]) for row in fresh if "rrule" not in row}
    keys = {row["key"] for row in rows}
    ahead = records.imports.ahead(now, MOST) if titles else {}
    return sum(key not in keys and folded(title) in titles for key, title in ahead.items())
