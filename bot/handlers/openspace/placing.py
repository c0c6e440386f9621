"""Moves topics on the board by hand, where they stay when it is filled anew."""

from collections.abc import Mapping
from typing import Annotated, Any

from bot.authored import title_of
from bot.chat import Message, button, said
from bot.commands import Caller
from bot.domain import boards
from bot.domain.boards import place_as
from bot.errors import Gone, UserError
from bot.handlers.openspace.group import in_time, live, may_place, openspace, space_of
from bot.handlers.openspace.options import TopicOption
from bot.handlers.openspace.words import board as words
from bot.i18n import t
from bot.options.references import Reference
from bot.protocol import Reply, Say
from bot.wording.log import undo_of
from storage import Records
from storage.openspace import OpenSpace, Room, Slot
from storage.topics import Topic

SlotOption = Annotated[Slot, Reference(t("Slot"), area="slots")]
RoomOption = Annotated[Room, Reference(t("Room"), area="rooms")]


def movable(caller: Caller, records: Records, one: Topic) -> tuple[Topic, OpenSpace]:
    """Give a topic that can be moved now, with its space held."""
    space = space_of(records, one)
    in_time("move", space, caller.now)
    return live(records, one), space


@openspace.command(title=t("Move a topic"), submit=t("Continue"), may=may_place)
def move(caller: Caller, records: Records, topic: TopicOption) -> Reply:
    """Move a topic on the board; it stays there when the board is filled again."""
    topic, space = movable(caller, records, topic)
    whole = records.topics.whole(space)
    ahead = [slot for slot in whole.slots if slot.ends_at > caller.now]
    if not ahead or not whole.rooms:
        slots = button(t("Slots"), "openspace.slots", space=space.id)
        rooms = button(t("Rooms"), "openspace.rooms", space=space.id)
        told = t("The board needs rooms, and slots that aren't over yet.")
        return Say(said(told, slots, rooms))
    return Say(words.whither(whole, topic, ahead))


@openspace.command(title=t("Place a topic"), submit=t("Place"), may=may_place, listed=False)
def place(
    caller: Caller,
    records: Records,
    topic: TopicOption,
    slot: SlotOption,
    room: RoomOption | None = None,
) -> Reply:
    """Give a topic its slot and room."""
    topic, space = movable(caller, records, topic)
    if slot.openspace_id != space.id or (room and room.openspace_id != space.id):
        raise Gone
    if slot.ends_at <= caller.now:
        raise UserError(t("This slot is over. Choose a later one."))
    whole = records.topics.whole(space)
    if room is None:
        return Say(words.where(whole, topic, slot))
    there = [one for one in whole.topics if whole.places.get(one.id) == (slot.id, room.id)]
    if there and there[0].id != topic.id:
        return Say(words.taken(topic, there[0]))
    return Say(put(caller, records, topic, place_as(slot.id, room.id, pinned=True)))


def put(caller: Caller, records: Records, topic: Topic, place: Mapping[str, Any]) -> Message:
    """Put a topic somewhere on the board, or nowhere, and word it with the way back."""
    entry = boards.put(records, topic, place, caller.actor)
    space = records.openspaces.get(topic.openspace_id)
    return words.moved(records.topics.whole(space), topic, undo_of(entry))


@openspace.command(title=t("Swap two topics"), submit=t("Swap"), may=may_place, listed=False)
def swap(caller: Caller, records: Records, topic: TopicOption, other: TopicOption) -> Reply:
    """Swap two topics on the board."""
    topic, space = movable(caller, records, topic)
    other = live(records, other)
    if other.openspace_id != space.id or other.id == topic.id:
        raise Gone
    return Say(exchange(caller, records, topic, other))


def exchange(caller: Caller, records: Records, topic: Topic, other: Topic) -> Message:
    """Let two topics change places, and word it with the way back."""
    entry = boards.exchange(records, topic, other, caller.actor)
    told = t(
        "I've swapped “{topic}” and “{other}”.",
        topic=title_of(topic),
        other=title_of(other),
    )
    return said(told, undo_of(entry))


@openspace.command(
    title=t("Remove from the board"), submit=t("Remove"), may=may_place, listed=False
)
def take_off(caller: Caller, records: Records, topic: TopicOption) -> Reply:
    """Take a topic off the board."""
    topic, space = movable(caller, records, topic)
    if topic.id not in records.topics.whole(space).places:
        raise UserError(t("“{title}” isn't on the board.", title=title_of(topic)))
    return Say(put(caller, records, topic, place_as(None, None, pinned=False)))


@openspace.command(title=t("Unpin a topic"), submit=t("Unpin"), may=may_place, listed=False)
def unpin(caller: Caller, records: Records, topic: TopicOption) -> Reply:
    """Unpin a topic, so it can change places when the board is filled again."""
    topic, _ = movable(caller, records, topic)
    boards.unpin(records, topic)
    told = t("“{title}” can change places when the board is filled again.", title=title_of(topic))
    return Say(said(told, button(t("Fill the board"), "openspace.fill", space=topic.openspace_id)))
