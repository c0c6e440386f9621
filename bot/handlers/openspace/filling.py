"""Has boards filled by a job, and shows whoever asked what came of it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from bot.chat import Message
from bot.handlers.openspace.group import openspace, phase_of
from bot.handlers.openspace.words import board as words
from bot.i18n import t
from bot.notices import Sending, Work
from bot.rules import board as rules
from bot.rules.filling import filled
from bot.rules.openspace import may
from storage import Records
from storage.jobs import Job
from storage.openspace import OpenSpace
from storage.topics import Topic, Whole

Places = Mapping[int, tuple[int, int]]


@openspace.notice(t("Filled board of an open space"))
def proposal(records: Records, sending: Sending) -> Message | None:
    """Show a board before it is put up, or say why there is none."""
    id, _, state = sending.kind.partition(":")
    job, space = records.jobs.find(int(id)), records.openspaces.find(sending.about)
    if job is None or job.state != state or space is None:
        return None
    if state == "failed":
        return words.not_filled(space, job.error)
    whole = records.topics.whole(space)
    places = _places(whole, job, sending.now)
    return words.filled(whole, places, clashes(whole, places), job.result["unplaced"])


@openspace.job(t("Filling the board of an open space"), told=proposal)
def filling(records: Records, job: Job, now: datetime) -> Work | None:
    """Describe a board to be filled: what has begun stays as it is.

    It holds while topics, slots and rooms are the same, though people go on choosing topics.
    """
    space = records.openspaces.find(job.thing_id)
    if space is None or not may("place", phase_of(space, now)):
        return None
    whole = records.topics.whole(space)
    begun = _begun(whole, now)
    topics = [one for one in topics_of(whole) if one.id not in begun]
    pinned = [[one.id, *whole.places[one.id]] for one in whole.topics if _stays(whole, one)]
    frame = {
        "slots": [
            [slot.id, slot.starts_at.isoformat(), slot.ends_at.isoformat()]
            for slot in whole.slots
            if slot.starts_at > now
        ],
        "rooms": [[room.id, room.capacity] for room in whole.rooms],
        "pinned": [one for one in pinned if one[0] not in begun],
    }
    convened = [[one.id, sorted(one.conveners)] for one in topics]
    wanted = [[one.id, sorted(one.conveners), sorted(one.wanted_by)] for one in topics]
    return Work(filled, frame | {"topics": wanted}, frame | {"topics": convened})


def ask(records: Records, space: OpenSpace, by_id: int, now: datetime) -> None:
    """Have the board of a space filled; whoever asks is told when that is done."""
    records.jobs.ask(space.about, filling.name, by_id, now)


def proposed(records: Records, whole: Whole, now: datetime) -> Places | None:
    """Give the board that was filled last, while topics, slots and rooms are as they were."""
    job = records.jobs.done(whole.space.about, filling.name)
    work = filling.describe(records, job, now) if job else None
    if job is None or work is None or work.digest != job.digest:
        return None
    return _places(whole, job, now)


def _places(whole: Whole, job: Job, now: datetime) -> Places:
    """Give the places of a board that was filled, with those of what has begun."""
    there = {one.id for one in whole.topics}
    places: list[Any] = job.result["places"]
    return _begun(whole, now) | {
        topic: (slot, room) for topic, slot, room in places if topic in there
    }


def _begun(whole: Whole, now: datetime) -> dict[int, tuple[int, int]]:
    """Give the places of the topics whose slot has begun."""
    begun = {slot.id for slot in whole.slots if slot.starts_at <= now}
    return {topic: place for topic, place in whole.places.items() if place[0] in begun}


def _stays(whole: Whole, topic: Topic) -> bool:
    return topic.pinned and topic.id in whole.places


def topics_of(whole: Whole) -> list[rules.BoardTopic]:
    """Give the topics of a space as the rule of the board takes them."""
    return [
        rules.BoardTopic(
            one.id, frozenset(member.id for member in whole.convened(one)), whole.interest(one)
        )
        for one in whole.topics
    ]


def clashes(whole: Whole, places: Places) -> Sequence[rules.Clash]:
    """List who could not be where they want on a board."""
    cells = tuple(rules.Cell(topic, slot, room) for topic, (slot, room) in places.items())
    slots = [rules.BoardSlot(slot.id, slot.starts_at, slot.ends_at) for slot in whole.slots]
    return rules.clashes(rules.Board(cells), topics_of(whole), slots)
