"""Holds what every undo asks of a log entry before anything is changed back."""

from collections.abc import Sequence
from datetime import datetime
from typing import TypeVar

from bot.errors import Gone, UserError
from bot.options.things import NOTHING_TO_UNDO
from storage import Records
from storage.log import LogEntry
from storage.tables import Kept, Owned

Found = TypeVar("Found", bound=Owned)

SORTS = (
    ("moved", "cancelled", "reopened"),
    ("changed",),
    ("advanced", "taken back"),
    ("withdrawn", "restored"),
    ("merged", "separated"),
    ("placed", "swapped"),
    ("given a role",),
    ("rescheduled", "ended", "renewed", "given hours", "put back"),
    ("opened", "closed"),
    ("asked", "unasked"),
    ("imported", "import undone"),
    ("invited",),
)
"""Acts of which only the last one on a thing can be undone; acts of other sorts do not matter."""
UNDOABLE = (
    *("moved", "cancelled", "changed", "given a role"),
    *("advanced", "withdrawn", "merged", "placed", "swapped"),
    *("rescheduled", "ended", "renewed", "given hours"),
    *("opened", "asked", "imported", "invited"),
)
"""Acts that the log offers to undo."""


def sort_of(what: str) -> Sequence[str]:
    """Give the acts that an act is undone before; none for one that cannot be undone."""
    return next((acts for acts in SORTS if what in acts), ())


def thing_of(entry: LogEntry, kind: str, kept: Kept[Found]) -> Found:
    """Give the thing of a kind that an entry is about. Raises Gone for one of another kind."""
    named, id = entry.thing
    found = kept.find(id) if named == kind else None
    if found is None:
        raise Gone
    return found


def lasting(records: Records, entries: Sequence[LogEntry]) -> Sequence[LogEntry]:
    """Keep the entries that are the last act of their sort on their thing, and not undone."""
    acts = records.log.acts(list({entry.about for entry in entries}))
    last = {(about, sort_of(what)): id for id, about, what in acts}
    return [
        entry
        for entry in entries
        if entry.what in UNDOABLE
        and entry.undone_by_id is None
        and last[entry.about, sort_of(entry.what)] == entry.id
        and (entry.what != "changed" or entry.after)
        and (entry.what != "imported" or records.imports.find(entry.thing[1]))
    ]


def to_undo(records: Records, entry: LogEntry) -> None:
    """Let only the last act on a thing pass, and nobody else undo it. Raises UserError."""
    records.log.hold(entry)
    if not is_last(records, entry):
        raise UserError(NOTHING_TO_UNDO)


def is_last(records: Records, entry: LogEntry) -> bool:
    """Say whether an act is the last of its sort on its thing, and not undone."""
    last = records.log.last([entry.about], *sort_of(entry.what))
    return entry.undone_by_id is None and last is not None and last.id == entry.id


def undone(records: Records, entry: LogEntry, now: datetime) -> None:
    """Keep that the last act on the thing of an entry undid it."""
    by = records.log.last([entry.about], *sort_of(entry.what))
    entry.undone_by_id = by.id if by and by.id != entry.id else None
    if entry.told_at is not None and entry.told_at > now:
        entry.told_at = None  # nobody has been told, and now nobody is
