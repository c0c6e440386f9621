"""Reads a table of sessions, as spreadsheets save it: one row for each, columns in any order."""

import csv
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import lru_cache
from io import StringIO
from itertools import islice
from typing import Any
from zoneinfo import ZoneInfo

from bot.documents.entries import (
    MOST,
    Entries,
    LeftOut,
    key_of,
    minutes_between,
    placed,
    said_of,
    shortened,
)
from bot.documents.table_columns import columns_of, is_header, unread
from bot.documents.table_days import DayCells, order_of
from bot.folding import folded
from bot.moments import Unclear, instant, read_duration, read_zone
from bot.signs import cleaned

SEPARATORS = (",", ";", "\t")
FEW = 5
"""Above the line that names the columns others may stand, so many."""
Row = tuple[int, Mapping[str, str]]


def read_table(given: Mapping[str, Any]) -> Entries:
    """Read the rows of a table. `given` are its `content`, and who reads it when.

    A row that cannot be a session is named, and the rest kept.
    """
    read = Entries()
    csv.field_size_limit(2**20)
    try:
        rows = [*islice(_rows(given["content"], read), MOST + 1)]
    except csv.Error:
        read.error = "columns"
        return read
    if read.error or not rows:
        read.error = read.error or "nothing"
        return read
    if len(rows) > MOST:
        read.error = "many"
        return read
    order, plain = order_of((row.get("date") or row.get("start", "") for _, row in rows),
                            given["locale"])  # fmt: skip
    if not plain:
        read.notes["order"] = order
    table = Table(given, DayCells(order, given["locale"], datetime.fromisoformat(given["now"])))
    for number, row in rows:
        try:
            read.rows.append({"n": number, **table.session(row)})
        except LeftOut as reason:
            read.unfit(number, reason)
        except (ValueError, OverflowError):  # beyond any calendar
            read.unfit(number, LeftOut("date", row.get("date") or row.get("start", "")))
    return read


def _rows(content: str, read: Entries) -> Iterator[Row]:
    """Go through the rows that say anything, each with its number and its cells by their columns.

    Rows are numbered as a spreadsheet shows them.
    """
    lines = [*StringIO(content, newline="")]
    said = lines[0].strip().casefold() if lines else ""
    skipped = said.startswith("sep=")
    separator = said[4:5] or "\t" if skipped else _separator(lines)
    table = enumerate(csv.reader(lines[skipped:], delimiter=separator), 1)
    columns: Mapping[str, int] = {}
    for _, cells in islice(table, FEW):
        if is_header(cells):
            columns = columns_of(cells)
            read.notes["unread"] = [shortened(cleaned(name), 40) for name in unread(cells)[:FEW]]
            break
    if not columns:
        read.error = "columns"
        return
    for number, cells in table:
        row = {name: _cell(cells[at]) for name, at in columns.items() if at < len(cells)}
        if any(row.values()):
            yield number, row


def _separator(lines: Sequence[str]) -> str:
    """Find what parts the cells of a table: what stands most often in the line of its columns."""
    for line in lines[:FEW]:
        for separator in SEPARATORS:
            if is_header(next(csv.reader([line], delimiter=separator), [])):
                return separator
    return ","


def _cell(words: str) -> str:
    """Give the words of a cell; a sign by which spreadsheets mark text is none of them."""
    return words.strip().removeprefix("'").strip()


class Table:
    """Makes sessions of rows."""

    def __init__(self, given: Mapping[str, Any], days: DayCells) -> None:
        self.given = given
        self.days = days
        self.now = days.now
        self.zone = lru_cache(1000)(self._zone)

    def session(self, row: Mapping[str, str]) -> dict[str, Any]:
        """Make a session of a row. Raises LeftOut."""
        said = said_of({**row, "title": row.get("title", "")})
        zone = self.zone(row["zone"]) if row.get("zone") else self.given["zone"]
        day, clock = self._begin(row)
        begin, minutes = self.days.hour(clock)
        at = f"{day} {begin:%H:%M}"
        length = self._length(row, day, at, zone) or minutes
        when = placed(at, zone, length, self.now)
        spoken = [self.given["languages"].get(folded(one.strip()))
                  for one in row.get("language", "").replace("/", ",").split(",")]  # fmt: skip
        key = key_of("row", folded(said["title"]), when["at"])
        return {"key": key, **said, **when, "languages": [code for code in spoken if code]}

    def _begin(self, row: Mapping[str, str]) -> tuple[date, str]:
        """Give the day and the words of the hour at which a row begins. Raises LeftOut."""
        words, clock = row.get("date", ""), row.get("time", "")
        start = row.get("start", "")
        if not words and not start:
            raise LeftOut("no_date")
        if not words:
            words = start
        elif not clock:
            clock = start
        day, behind = self.days.day(words)
        clock = clock or behind
        if not clock:
            raise LeftOut("no_hour", words)
        return day, clock

    def _length(self, row: Mapping[str, str], day: date, begin: str, zone: str) -> int:
        """Count the minutes a row takes, 0 where it does not say. Raises LeftOut."""
        if words := row.get("duration"):
            return self._duration(words)
        words, clock = row.get("end_date", ""), row.get("end_time", "")
        if end := row.get("end"):
            words, clock = (words, end) if _is_clock(end) else (end, clock)
        if not words and not clock:
            return 0
        last, behind = self.days.day(words) if words else (day, "")
        clock = clock or behind
        if not clock:
            return 0
        ends = f"{last} {self.days.hour(clock)[0]:%H:%M}"
        if not words and ends < begin:
            ends = f"{last + timedelta(days=1)} {ends[11:]}"
        there = ZoneInfo(zone)
        minutes = minutes_between(instant(begin, there), instant(ends, there))
        if minutes < 0:
            raise LeftOut("end", f"{words} {clock}")
        return minutes

    def _duration(self, words: str) -> int:
        hours, _, minutes = words.partition(":")
        if hours.isdecimal() and minutes[:2].isdecimal():
            return int(hours) * 60 + int(minutes[:2])
        try:
            return read_duration(words, locale=self.days.locale)
        except Unclear:
            raise LeftOut("length", words) from None

    def _zone(self, words: str) -> str:
        try:
            return read_zone(words, zone=self.given["zone"], now=self.now)
        except Unclear:
            raise LeftOut("zone", words) from None


def _is_clock(words: str) -> bool:
    return len(words) <= len("10:00:00 a.m.") and words.count("-") + words.count("/") == 0
