"""Describes pages with tables, as plain data that a template writes out."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.chat import Button
from bot.i18n import Text

NOTHING = Text("")


@dataclass(frozen=True, slots=True)
class TableCell:
    """What stands in a cell, and what can be done there."""

    text: Text = NOTHING
    buttons: Sequence[Button] = ()


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row: its header, which may link to a path, and how its buttons name it."""

    head: Text
    name: Text
    cells: Sequence[TableCell]
    path: str = ""


@dataclass(frozen=True, slots=True)
class PageTable:
    """A table with its headers, that of the first column included."""

    caption: Text
    heads: Sequence[Text]
    rows: Sequence[TableRow]

    @property
    def acts(self) -> bool:
        """Whether anything can be done in it."""
        return any(cell.buttons for row in self.rows for cell in row.cells)


@dataclass(frozen=True, slots=True)
class TableSearch:
    """A field by which the rows are found, and what was looked for."""

    label: Text
    called: str


@dataclass(frozen=True, slots=True)
class Overview:
    """A page with tables; `links` lead to other pages, by path."""

    title: Text
    tables: Sequence[PageTable] = ()
    notes: Sequence[Text] = ()
    links: Sequence[tuple[str, Text]] = ()
    search: TableSearch | None = None
    buttons: Sequence[Button] = field(default_factory=tuple)
