"""Words the board of an open space: what meets when and where, and what does not fit."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from bot.authored import question_of, title_of
from bot.chat import (
    Block,
    Button,
    Context,
    Day,
    Heading,
    Items,
    Link,
    Message,
    Moment,
    Option,
    Paragraph,
    button,
    choice,
    said,
)
from bot.commands import person
from bot.handlers.openspace.words import spaces as words
from bot.i18n import Authored, Text, format_minutes, joined, plain, series, t, tn
from bot.rules.board import Clash
from bot.rules.openspace import may
from bot.wording.failures import why
from storage.openspace import OpenSpace, Room, Slot
from storage.topics import Topic, Whole

Places = Mapping[int, tuple[int, int]]
"""Slot and room by topic."""


def board(
    whole: Whole, places: Places, phase: str = "", *, pins: bool = False
) -> tuple[Block, ...]:
    """Word what meets when and where, and what has no place; while it runs, with head-counts."""
    blocks: list[Block] = []
    for slot in whole.slots:
        lines = tuple(
            _cell(whole, topic, room, heads=phase == "running", pins=pins)
            for room in whole.rooms
            for topic in whole.topics
            if places.get(topic.id) == (slot.id, room.id)
        )
        blocks.append(Paragraph(_span(slot)))
        blocks.append(Items(lines) if lines else Paragraph(t("No topic.")))
    left = tuple(words.convened(whole, one) for one in whole.topics if one.id not in places)
    if left:
        blocks += [Paragraph(t("No place yet:")), Items(left)]
    return tuple(blocks)


def _span(slot: Slot) -> Text:
    lasts = format_minutes(int((slot.ends_at - slot.starts_at).total_seconds()) // 60)
    return joined((plain(Moment(slot.starts_at)), lasts), " · ")


def _end(slot: Slot) -> Moment:
    return Moment(slot.ends_at, style="hour")


def _cell(whole: Whole, topic: Topic, room: Room, *, heads: bool, pins: bool) -> Text:
    there = whole.heads.get(topic.id, 0) if heads else 0
    parts = [t("{room}: {topic}", room=room.name, topic=words.convened(whole, topic))]
    if there:
        parts.append(tn("{count} there", "{count} there", there))
    if room.link:
        parts.append(plain(Link(room.link)))
    if pins and topic.pinned:
        parts.append(t("pinned"))
    return joined(parts, " · ")


def post(whole: Whole, phase: str) -> Message:
    """Word the board for everybody: kept current where it was posted."""
    title = t("Board: {question}", question=question_of(whole.space))
    offered = words.options(whole.topics)
    go = choice(t("Go to"), "topic.join", "topic", offered)
    notes = choice(t("Write notes"), "topic.notes", "topic", offered)
    leave = button(t("Leave"), "topic.leave", space=whole.space.id)
    topics = button(t("See the topics"), "topic.list", space=whole.space.id)
    menus = {"running": (go, notes), "harvest": (notes,)}.get(phase, ()) if offered else ()
    buttons = {"running": (leave, topics), "harvest": ()}.get(phase, (topics,))
    return Message(title, board(whole, whole.places, phase), buttons, menus)


def for_leaders(whole: Whole, phase: str, clashes: Sequence[Clash], *, posted: bool) -> Message:
    """Word the board for who leads the space, with clashes and what can be done."""
    message = post(whole, phase)
    show = button(t("Show in the channel"), "openspace.post-board", space=whole.space.id)
    move = choice(t("Move a topic"), "openspace.move", "topic", words.options(whole.topics))
    blocks = (*board(whole, whole.places, phase, pins=True), *clashing(whole, clashes))
    fill = words.filling(whole.space, phase)
    buttons = (*fill, *(() if posted else (show,)), *message.buttons)
    menus = (move,) if whole.topics and may("move", phase) else ()
    return Message(message.title, blocks, buttons, (*menus, *message.choices))


def filled(
    whole: Whole, places: Places, clashes: Sequence[Clash], unplaced: Sequence[str]
) -> Message:
    """Word a board for who leads the space, before it is put up."""
    note = Context(t("This is a preview: nobody else has seen it yet."))
    hints = [UNPLACED[reason] for reason in dict.fromkeys(unplaced)]
    why = (Items(tuple(hints)),) if hints else ()
    put_up = button(t("Publish the board"), "openspace.put-up", "primary", space=whole.space.id)
    title = t("Board: {question}", question=question_of(whole.space))
    return Message(
        title, (note, *board(whole, places, pins=True), *why, *clashing(whole, clashes)), (put_up,)
    )


FILLING = said(t("I'm filling the board. You'll get it in a moment, before anyone else sees it."))
FILLING_ANEW = said(
    t("Topics, slots or rooms have changed since, so I'm filling the board again. You'll "
"get it in a moment.")
)  # fmt: skip


def not_filled(space: OpenSpace, error: str) -> Message:
    """Say why a board could not be filled."""
    told = t(
        "I couldn't fill the board of “{question}”: {why}",
        question=title_of(space),
        why=why(error),
    )
    return said(told, button(t("Fill the board"), "openspace.fill", space=space.id))


UNPLACED: Mapping[str, Text] = {
    "full": t("There are more topics than places. Add slots or rooms, or merge similar topics."),
    "convener": t("Someone convenes several topics, and no slot is left when they're free."),
}


def clashing(whole: Whole, clashes: Sequence[Clash]) -> tuple[Block, ...]:
    """Word who cannot be where they want: conveners by name, the others as numbers."""
    titles = {topic.id: title_of(topic) for topic in whole.topics}
    people = {one.id: one for many in whole.conveners.values() for one in many}
    lines = [
        t(
            "{who} convenes topics that meet at the same time: {titles}.",
            who=person(people[clash.person]),
            titles=_titles(clash.topics, titles),
        )
        for clash in clashes
        if clash.convenes
    ]
    torn = Counter(clash.topics for clash in clashes if not clash.convenes)
    for topics, count in torn.most_common(10):
        lines.append(_torn(count, _titles(topics, titles)))
    return (Heading(t("Clashes")), Items(tuple(lines))) if lines else ()


def _torn(count: int, titles: Text) -> Text:
    return tn(
        "{count} person would like to be in several places at once: {titles}.",
        "{count} people would like to be in several places at once: {titles}.",
        count,
        titles=titles,
    )


def _titles(topics: Sequence[int], titles: Mapping[int, Authored]) -> Text:
    return series(t("“{title}”", title=titles[topic]) for topic in topics)


def slots(
    space: OpenSpace, given: Sequence[Slot], lost: int, phase: str, doubt: Text | None
) -> Message:
    """Show back the slots that were set, with what is doubtful about them."""
    lines = tuple(_span(slot) for slot in given)
    told = _set(t("The slots"), lines, space, lost, phase)
    return replace(told, blocks=(*told.blocks, Paragraph(doubt))) if doubt else told


def beyond(start: datetime, end: datetime) -> Text:
    """Ask about slots that are not all within a session."""
    return t(
        "Some of these slots are outside the session, which goes from {start} to "
        "{end}. Is that what you meant?",
        start=Moment(start),
        end=Moment(end),
    )


def beyond_days(first: date, last: date) -> Text:
    """Ask about slots that are not all on the days of a space."""
    if first == last:
        return t(
            "Some of these slots aren't on the day of the open space, {day}. Is that "
            "what you meant?",
            day=Day(first),
        )
    return t(
        "Some of these slots aren't on the days of the open space, {first} to {last}. "
        "Is that what you meant?",
        first=Day(first),
        last=Day(last),
    )


def rooms(space: OpenSpace, given: Sequence[Room], lost: int, phase: str) -> Message:
    """Show back the rooms that were set."""
    return _set(t("The rooms"), tuple(_room(room) for room in given), space, lost, phase)


def _room(room: Room) -> Text:
    parts = [plain(room.name)]
    if room.capacity:
        parts.append(tn("{count} place", "{count} places", room.capacity))
    if room.link:
        parts.append(plain(Link(room.link)))
    return joined(parts, " · ")


def _set(title: Text, lines: tuple[Text, ...], space: OpenSpace, lost: int, phase: str) -> Message:
    told = tn("{count} topic lost its place.", "{count} topics lost their place.", lost)
    note = (Paragraph(told),) if lost else ()
    buttons = (
        button(t("Slots"), "openspace.slots", space=space.id),
        button(t("Rooms"), "openspace.rooms", space=space.id),
        *words.filling(space, phase),
    )
    return Message(title, (Items(lines), *note), buttons)


def whither(whole: Whole, topic: Topic, slots: Sequence[Slot]) -> Message:
    """Ask in which slot a topic shall meet."""
    offered = tuple(Option(str(slot.id), _span(slot)) for slot in slots)
    menu = choice(t("When"), "openspace.place", "slot", offered, topic=topic.id)
    off = button(t("Take off the board"), "openspace.take-off", topic=topic.id)
    free = button(t("Unpin"), "openspace.unpin", topic=topic.id)
    placed = topic.id in whole.places
    buttons = (*((off,) if placed else ()), *((free,) if topic.pinned else ()))
    asked = t("When should “{title}” meet?", title=title_of(topic))
    return Message(blocks=(Paragraph(asked),), buttons=buttons, choices=(menu,))


def where(whole: Whole, topic: Topic, slot: Slot) -> Message:
    """Ask in which room a topic shall meet, saying what is there already."""
    held = {place: one for one in whole.topics if (place := whole.places.get(one.id))}
    offered = []
    for room in whole.rooms:
        there = held.get((slot.id, room.id))
        taken = t("{room} (now: {title})", room=room.name, title=title_of(there)) if there else None
        offered.append(Option(str(room.id), taken or plain(room.name)))
    menu = choice(
        t("Where"), "openspace.place", "room", tuple(offered), topic=topic.id, slot=slot.id
    )
    asked = t("Which room for “{title}”, {span}?", title=title_of(topic), span=_span(slot))
    return Message(blocks=(Paragraph(asked),), choices=(menu,))


def taken(topic: Topic, there: Topic) -> Message:
    """Offer to swap two topics, because one is where the other was to go."""
    told = t("“{there}” is already there. Swap the two?", there=title_of(there))
    swap = button(t("Swap them"), "openspace.swap", topic=topic.id, other=there.id)
    again = button(t("Choose another place"), "openspace.move", topic=topic.id)
    return said(told, swap, again)


def moved(whole: Whole, topic: Topic, undo: Button) -> Message:
    """Confirm where a topic meets now, with the way back."""
    place = whole.places.get(topic.id)
    slot = next((one for one in whole.slots if place and one.id == place[0]), None)
    room = next((one for one in whole.rooms if place and one.id == place[1]), None)
    told = t("“{title}” is no longer on the board.", title=title_of(topic))
    if slot and room:
        there = {"title": title_of(topic), "span": _span(slot), "room": room.name}
        told = t("“{title}” meets in {room}, {span}.", **there)
        stays = t("It stays there when the board is filled again.")
        told = joined((told, stays)) if topic.pinned else told
    return said(told, undo)


def time_up(whole: Whole, slot: Slot, topics: Sequence[Topic]) -> Message:
    """Call that the time of a slot is nearly up."""
    lines = tuple(words.convened(whole, topic) for topic in topics)
    told = t("Five minutes left, until {end}", end=_end(slot))
    then = Paragraph(t("Please wrap up, agree on who does what next, and write it down."))
    notes = choice(t("Write notes"), "topic.notes", "topic", words.options(topics))
    seen = button(t("See the board"), "openspace.board", space=whole.space.id)
    return Message(told, (Items(lines), then), (seen,), (notes,))
