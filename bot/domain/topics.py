"""Does to topics what is done to them: proposes, changes and withdraws them, and takes notes."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.domain.telling import tell
from storage import Records
from storage.deliveries import Wanted
from storage.log import Actor, LogEntry
from storage.notes import Notes
from storage.openspace import OpenSpace
from storage.people import Member
from storage.topics import Presence, Topic


# An act touches the space, whose posts follow; with a member where it concerns nobody else.
def propose(records: Records, space: OpenSpace, topic: Topic) -> None:
    """Keep a new topic."""
    records.topics.add(topic)
    records.touched.add(space)


def change(records: Records, topic: Topic, title: str, description: str, by: Actor) -> LogEntry:
    """Change what is said of a topic, and tell who convenes it."""
    entry = records.log.add(topic.about, "changed", by.member, by.now, said_of(topic))
    topic.title, topic.description = title, description
    entry.after = said_of(topic)
    _tell(records, topic, entry, by)
    records.touched.add(_space(records, topic))
    return entry


def set_back(records: Records, topic: Topic, changed: LogEntry, by: Actor) -> None:
    """Say of a topic what was said before it was changed."""
    entry = records.log.add(topic.about, "changed", by.member, by.now)
    topic.title, topic.description = changed.before["title"], changed.before["description"]
    _tell_back(records, topic, changed, entry, by)
    records.touched.add(_space(records, topic))


def said_of(topic: Topic) -> dict[str, Any]:
    """Give what is said of a topic as plain data, as the log keeps it."""
    return {"title": topic.title, "description": topic.description}


def withdraw(records: Records, topic: Topic, reason: str, by: Actor) -> LogEntry:
    """Withdraw a topic, with the place it had and the mergers wished for."""
    topic.withdrawn = True
    topic.put(None, None, pinned=False)
    records.topics.forget_mergers(topic)
    records.touched.add(_space(records, topic))
    entry = records.log.add(topic.about, "withdrawn", by.member, by.now)
    entry.reason = reason
    _tell(records, topic, entry, by)
    return entry


def restore(records: Records, topic: Topic, by: Actor) -> None:
    """Bring a topic back that was withdrawn."""
    topic.withdrawn = False
    records.touched.add(_space(records, topic))
    withdrawn = records.log.last([topic.about], "withdrawn")
    entry = records.log.add(topic.about, "restored", by.member, by.now)
    _tell_back(records, topic, withdrawn, entry, by)


def _tell_back(
    records: Records, topic: Topic, undone: LogEntry | None, entry: LogEntry, by: Actor
) -> None:
    """Tell that an act is undone to those who were told of the act itself."""
    if undone and undone.told_at and undone.told_at <= by.now:
        _tell(records, topic, entry, by)


def others_convening(records: Records, topic: Topic, by: Actor) -> Sequence[Member]:
    """List who convenes a topic beside whoever does something to it."""
    conveners = {one.convener_id for one in records.topics.together(topic)} - {by.id}
    return records.members.many([id for id in conveners if id])


def _tell(records: Records, topic: Topic, entry: LogEntry, by: Actor) -> None:
    """Tell those who convene a topic what somebody else did to it."""
    records.db.flush()  # the entry has its id
    one = Wanted(f"act:{entry.id}", by.now, by_id=by.id or None, args={"entry": entry.id})
    rows = tell(records, topic.about, "topic.done", one, others_convening(records, topic, by))
    entry.told_at = max((row.due_at for row in rows), default=None)


def want(records: Records, topic: Topic, member_id: int) -> bool:
    """Note that a member would like to be at a topic, or no longer; gives which."""
    wants = records.topics.toggle(topic, member_id)
    records.touched.add(_space(records, topic), member_id)
    return wants


def join(records: Records, topic: Topic, member_id: int) -> Topic | None:
    """Move a member to a topic; gives where they were before."""
    before = records.topics.go(topic, member_id)
    records.touched.add(_space(records, topic), member_id)
    return before


def leave(records: Records, space: OpenSpace, where: Presence) -> None:
    """Have a member leave the topic where they are."""
    records.topics.go_nowhere(where)
    records.touched.add(space, where.member_id)


def note(records: Records, topic: Topic, written: Mapping[str, Any], by: Actor) -> None:
    """Keep what came of a topic as one member writes it, in the place of what they wrote before."""
    notes = records.notes.by(topic.about, by.id)
    if notes is None:
        empty = Notes(about=topic.about, member_id=by.id, written_at=by.now, discussed="")
        notes = records.notes.add(empty)
    for part, words in written.items():
        setattr(notes, part, words)
    records.touched.add(_space(records, topic))


def erase(records: Records, member: Member) -> None:
    """Have topics of somebody go on without a convener, wherever they are shown."""
    for topic, space in records.topics.convened_by(member.id):
        topic.convener_id = None
        records.log.forget_texts(topic.about)
        records.touched.add(space)


def _space(records: Records, topic: Topic) -> OpenSpace:
    return records.openspaces.get(topic.openspace_id)
