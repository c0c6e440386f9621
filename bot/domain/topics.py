"""Does to topics what is done to them: proposes, changes and withdraws them, and takes notes."""

from collections.abc import Mapping
from typing import Any

from storage import Records
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


def change(records: Records, topic: Topic, title: str, description: str) -> None:
    """Change what is said of a topic."""
    topic.title, topic.description = title, description
    records.touched.add(_space(records, topic))


def withdraw(records: Records, topic: Topic, by: Actor) -> LogEntry:
    """Withdraw a topic, with the place it had and the mergers wished for."""
    topic.withdrawn = True
    topic.put(None, None, pinned=False)
    records.topics.forget_mergers(topic)
    records.touched.add(_space(records, topic))
    return records.log.add(topic.about, "withdrawn", by.member, by.now)


def restore(records: Records, topic: Topic, by: Actor) -> None:
    """Bring a topic back that was withdrawn."""
    topic.withdrawn = False
    records.touched.add(_space(records, topic))
    records.log.add(topic.about, "restored", by.member, by.now)


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
        records.touched.add(space)


def _space(records: Records, topic: Topic) -> OpenSpace:
    return records.openspaces.get(topic.openspace_id)
