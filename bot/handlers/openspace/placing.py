"""Moves topics on the board by hand, where they stay when it is filled anew."""

from typing import Annotated

from bot.arranging import arrange
from bot.calls import Reply, Say
from bot.chat import button, said
from bot.commands import Caller
from bot.errors import Gone, UserError
from bot.handlers.openspace.group import in_time, live, may_lead, openspace, space_of
from bot.i18n import t
from bot.options import TopicOption
from bot.references import Reference
from bot.wording import board as words
from storage import Records
from storage.openspace import OpenSpace, Room, Slot
from storage.topics import Topic

SlotOption = Annotated[Slot, Reference(t("Slot"), area="slots")]
RoomOption = Annotated[Room, Reference(t("Room"), area="rooms")]
Place = tuple[int, int] | None


def _movable(caller: Caller, records: Records, one: Topic) -> tuple[Topic, OpenSpace]:
    """Give a topic that the caller may move now, with its space held."""
    space = space_of(records, one)
    may_lead(caller, space)
    in_time("move", space, caller.now)
    return live(records, one), space


@openspace.command
def move(caller: Caller, records: Records, topic: TopicOption) -> Reply:
    """Move a topic on the board; it stays there when the board is filled anew."""
    topic, space = _movable(caller, records, topic)
    whole = records.topics.whole(space)
    ahead = [slot for slot in whole.slots if slot.ends_at > caller.now]
    if not ahead or not whole.rooms:
        slots = button(t("Slots"), "openspace.slots", space=space.id)
        rooms = button(t("Rooms"), "openspace.rooms", space=space.id)
        told = t("The board needs rooms, and slots that are still to come.")
        return Say(said(told, slots, rooms))
    return Say(words.whither(whole, topic, ahead))


@openspace.command(listed=False)
def place(
    caller: Caller,
    records: Records,
    topic: TopicOption,
    slot: SlotOption,
    room: RoomOption | None = None,
) -> Reply:
    """Give a topic its slot and room."""
    topic, space = _movable(caller, records, topic)
    if slot.space_id != space.id or (room and room.space_id != space.id):
        raise Gone
    whole = records.topics.whole(space)
    if room is None:
        return Say(words.where(whole, topic, slot))
    there = [one for one in whole.topics if whole.places.get(one.id) == (slot.id, room.id)]
    if there and there[0].id != topic.id:
        return Say(words.taken(topic, there[0]))
    before = whole.places.get(topic.id)
    topic.put(slot.id, room.id, pinned=True)
    return _moved(caller, records, space, topic, before)


def _moved(
    caller: Caller, records: Records, space: OpenSpace, topic: Topic, before: Place
) -> Reply:
    arrange(records, space, caller.now)
    return Say(words.moved(records.topics.whole(space), topic, before))


@openspace.command(listed=False)
def swap(caller: Caller, records: Records, topic: TopicOption, other: TopicOption) -> Reply:
    """Let two topics change places."""
    topic, space = _movable(caller, records, topic)
    other = live(records, other)
    if other.space_id != space.id:
        raise Gone
    one, two = (topic.slot_id, topic.room_id), (other.slot_id, other.room_id)
    topic.put(*two, pinned=None not in two)
    other.put(*one, pinned=None not in one)
    arrange(records, space, caller.now)
    undo = button(t("Undo"), "openspace.swap", topic=topic.id, other=other.id)
    told = t("“{topic}” and “{other}” have changed places.", topic=topic.title, other=other.title)
    return Say(said(told, undo))


@openspace.command(listed=False)
def take_off(caller: Caller, records: Records, topic: TopicOption) -> Reply:
    """Take a topic off the board."""
    topic, space = _movable(caller, records, topic)
    before = records.topics.whole(space).places.get(topic.id)
    if before is None:
        raise UserError(t("“{title}” has no place on the board.", title=topic.title))
    topic.put(None, None, pinned=False)
    return _moved(caller, records, space, topic, before)


@openspace.command(listed=False)
def unpin(caller: Caller, records: Records, topic: TopicOption) -> Reply:
    """Let a topic find another place when the board is filled anew."""
    topic, _ = _movable(caller, records, topic)
    topic.pinned = False
    told = t("“{title}” may move when the board is filled anew.", title=topic.title)
    return Say(said(told, button(t("Fill the board"), "openspace.fill", space=topic.space_id)))
