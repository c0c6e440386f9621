"""Undoes what was done to sessions last, and shows who did it to those who may undo it."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime

from bot.chat import Button, Message, Paragraph
from bot.commands import Caller
from bot.domain import sessions as domain
from bot.domain.sessions import waits, when_of
from bot.domain.texts import COLUMNS
from bot.errors import UserError
from bot.handlers.sessions.changing import back_again, put
from bot.handlers.sessions.feedback import may_ask
from bot.handlers.sessions.group import may_change, session
from bot.handlers.sessions.telling import taken_back
from bot.i18n import t
from bot.moments import WallTime
from bot.options.things import NOTHING_TO_UNDO, EntryOption
from bot.protocol import Change, Reply
from bot.undoing import is_last, thing_of, to_undo, undone
from bot.wording import log as words
from storage import Records
from storage.log import LogEntry
from storage.sessions import Session


@session.command(title=t("Undo a change"), submit=t("Undo"), listed=False)
def undo(caller: Caller, records: Records, entry: EntryOption) -> Reply:
    """Undo the last change to a session."""
    planned = thing_of(entry, "session", records.sessions)
    own_texts = bool(entry.after) and {*entry.after} <= {*COLUMNS}
    (may_ask if own_texts else may_change)(caller, records, planned)
    to_undo(records, entry)
    if not _possible(planned, entry, caller.now):
        raise UserError(NOTHING_TO_UNDO)
    told = WAYS_BACK[entry.what](caller, records, planned, entry)
    undone(records, entry, caller.now)
    return Change(told)


def _possible(planned: Session, entry: LogEntry, now: datetime) -> bool:
    """Say whether a session still is as an act left it, and there is time to undo that."""
    if entry.what == "moved":
        before = datetime.fromisoformat(entry.before["at"])
        ahead = before > now < planned.ends_at and not waits(planned, before)
        return planned.state == "announced" and when_of(planned) == entry.after and ahead
    if entry.what == "cancelled":
        return planned.state == "cancelled" and planned.starts_at > now
    if entry.what == "changed":
        same = all(getattr(planned, name) == value for name, value in entry.after.items())
        known = bool(entry.after)  # empty once whoever wrote it, or what was before, is erased
        return planned.state == "announced" and known and same and planned.ends_at > now
    return False


def _move_back(caller: Caller, records: Records, planned: Session, entry: LogEntry) -> Message:
    """Take a session back to when it was before it was moved."""
    before = entry.before
    when = WallTime(datetime.fromisoformat(before["at"]), before["wall"], before["zone"])
    by = when.at - planned.starts_at
    return put(caller, records, planned, when, before["minutes"], entry.at - by)


def _reopen(caller: Caller, records: Records, planned: Session, entry: LogEntry) -> Message:
    return back_again(caller, records, planned)


def _set_back(caller: Caller, records: Records, planned: Session, entry: LogEntry) -> Message:
    done = domain.change(records, planned, entry.before, caller.actor)
    return taken_back(caller, records, planned, entry, done)


WAYS_BACK: Mapping[str, Callable[[Caller, Records, Session, LogEntry], Message]] = {
    "moved": _move_back,
    "cancelled": _reopen,
    "changed": _set_back,
}


def last_acts(
    caller: Caller, records: Records, planned: Session
) -> tuple[tuple[Paragraph, ...], tuple[Button, ...]]:
    """Give who moved, cancelled or changed a session last, and the undo of what still can be."""
    times = records.log.last([planned.about], "moved", "cancelled", "reopened")
    found = (times, records.log.last([planned.about], "changed"))
    entries = [entry for entry in found if entry and entry.undone_by_id is None]
    undoable = [entry for entry in entries if _possible(planned, entry, caller.now)]
    series = [
        entry for entry in _of_programme(records, planned) if not times or entry.id > times.id
    ]
    return words.acts(records, [*entries, *series], [*undoable, *series])


def _of_programme(records: Records, planned: Session) -> Iterator[LogEntry]:
    """Give the last change of its programme, where that moved a date or called it off."""
    entry = records.log.last([f"programme:{planned.programme_id}"], "rescheduled", "ended")
    if planned.programme_id is None or entry is None or not is_last(records, entry):
        return
    for kept in entry.before.get("dates", ()):
        stands = kept["state"] == planned.state and kept["at"] == when_of(planned)["at"]
        if kept["id"] == planned.id and not stands:
            yield entry
