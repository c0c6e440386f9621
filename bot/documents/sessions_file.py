"""Reads a file of sessions, a calendar or a table: the whole of a job, plain data to plain data."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from bot.documents.calendar_read import read_calendar
from bot.documents.entries import Entries, LeftOut
from bot.documents.table_read import read_table

LOT = 20
"""Rows that are kept together until they are taken in."""
FIRST, NAMED = 5, 1000
"""Rows of a preview, and problems that are kept."""
CALENDAR = "BEGIN:VCALENDAR"
SOON = timedelta(days=14)
"""How long before it a session is announced."""


def is_calendar(content: str) -> bool:
    """Say whether a text is a calendar; anything else is read as a table."""
    return CALENDAR in content[:2000].upper().replace(" ", "")


def read_file(given: Mapping[str, Any]) -> dict[str, Any]:
    """Read a file: its `rows`, its `problems` (where, why, what), and `notes` for the preview.

    `given` are its `content`, the `zone` of what names none, the `locale` of whoever reads it, the
    codes of `languages` by their names, and `now`.
    """
    calendar = is_calendar(given["content"])
    read = read_calendar(given) if calendar else read_table(given)
    _once(read)
    read.rows.sort(key=lambda row: str(row.get("next", row["at"])))
    problems = sorted(read.problems, key=lambda problem: int(problem[0]))
    notes = {
        "zone": given["zone"],
        **read.notes,
        "calendar": calendar,
        "error": read.error,
        "skipped": len(problems),
    }
    return {"rows": read.rows, "problems": problems[:NAMED], "notes": notes}


def summed(rows: Sequence[Mapping[str, Any]], now: datetime) -> dict[str, Any]:
    """Say how much there is to import, and what comes first."""
    ahead = [row for row in rows if _next(row) > now]
    past = [row for row in rows if _next(row) <= now]
    singles = [row for row in ahead if "rrule" not in row]
    return {
        "rows": len(rows),
        "sessions": len(singles),
        "series": sum("rrule" in row for row in rows),
        "past": len(past),
        "at_once": sum(_next(row) <= now + SOON for row in singles),
        "exceptions": sum(len({*row["off"], *row["moved"], *row["titles"]})
                          for row in ahead if "rrule" in row),
        "first": [_shown(row) for row in (*ahead, *past)[:FIRST]],
    }  # fmt: skip


def lots_of(rows: Sequence[dict[str, Any]]) -> Sequence[list[dict[str, Any]]]:
    """Divide rows into lots."""
    return [[*rows[n : n + LOT]] for n in range(0, len(rows), LOT)]


def _next(row: Mapping[str, Any]) -> datetime:
    return datetime.fromisoformat(row.get("next", row["at"]))


def _shown(row: Mapping[str, Any]) -> list[Any]:
    return [row["title"], row.get("next", row["at"]), "rrule" in row]


def _once(read: Entries) -> None:
    """Leave out what stands in a file twice."""
    rows: dict[str, dict[str, Any]] = {}
    for row in read.rows:
        if row["key"] in rows:
            read.unfit(row["n"], LeftOut("twice", row["title"]))
        rows.setdefault(row["key"], row)
    read.rows = [*rows.values()]
