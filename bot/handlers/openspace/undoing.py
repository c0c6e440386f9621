"""Undoes what was done to topics last: withdrawn, merged, or moved on the board."""

from collections.abc import Callable, Mapping

from bot.chat import Message
from bot.commands import Caller
from bot.domain.boards import place_of
from bot.errors import UserError
from bot.handlers.openspace.group import may_change, may_place, topic
from bot.handlers.openspace.merging import separate
from bot.handlers.openspace.placing import exchange, movable, put
from bot.handlers.openspace.topics import bring_back, change_back
from bot.i18n import t
from bot.options.things import NOTHING_TO_UNDO, EntryOption
from bot.protocol import Change, Reply
from bot.undoing import thing_of, to_undo, undone
from storage import Records
from storage.log import LogEntry
from storage.topics import Topic


@topic.command(title=t("Undo a change"), submit=t("Undo"), listed=False)
def undo(caller: Caller, records: Records, entry: EntryOption) -> Reply:
    """Undo the last change to a topic."""
    one = thing_of(entry, "topic", records.topics)
    to_undo(records, entry)
    if entry.what not in WAYS_BACK:
        raise UserError(NOTHING_TO_UNDO)
    told = WAYS_BACK[entry.what](caller, records, one, entry)
    undone(records, entry, caller.now)
    return Change(told)


def _bring_back(caller: Caller, records: Records, one: Topic, entry: LogEntry) -> Message:
    may_change(caller, records, one)
    return bring_back(caller, records, one)


def _change_back(caller: Caller, records: Records, one: Topic, entry: LogEntry) -> Message:
    may_change(caller, records, one)
    return change_back(caller, records, one, entry)


def _separate(caller: Caller, records: Records, one: Topic, entry: LogEntry) -> Message:
    return separate(caller, records, one, entry.after["into"])


def _put_back(caller: Caller, records: Records, one: Topic, entry: LogEntry) -> Message:
    """Put a topic where it was, if it still is where it was put, and nothing took its place."""
    may_place(caller, records, one)
    one, space = movable(caller, records, one)
    before = entry.before
    there = (before["slot"], before["room"])
    taken = [other for other in records.topics.whole(space).topics if _is_at(other, there)]
    slot = records.slots.find(before["slot"] or 0)
    over = before["slot"] is not None and (slot is None or slot.ends_at <= caller.now)
    gone = before["room"] is not None and records.rooms.find(before["room"]) is None
    if place_of(one) != entry.after or (taken and None not in there) or over or gone:
        raise UserError(NOTHING_TO_UNDO)
    return put(caller, records, one, before)


def _is_at(one: Topic, place: tuple[int | None, int | None]) -> bool:
    return (one.slot_id, one.room_id) == place


def _swap_back(caller: Caller, records: Records, one: Topic, entry: LogEntry) -> Message:
    """Let two topics change places again, if they still are where they changed to."""
    may_place(caller, records, one)
    one, _ = movable(caller, records, one)
    other = records.topics.find(entry.after["other"])
    before, after = entry.before, entry.after
    as_left = _is_at(one, (after["slot"], after["room"]))
    if other is None or not as_left or not _is_at(other, (before["slot"], before["room"])):
        raise UserError(NOTHING_TO_UNDO)
    return exchange(caller, records, one, other)


WAYS_BACK: Mapping[str, Callable[[Caller, Records, Topic, LogEntry], Message]] = {
    "withdrawn": _bring_back,
    "changed": _change_back,
    "merged": _separate,
    "placed": _put_back,
    "swapped": _swap_back,
}
