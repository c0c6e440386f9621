"""Words what is said of the topics of an open space."""

from collections.abc import Sequence

from bot.authored import description_of, question_of, title_of
from bot.chat import (
    Actions,
    Block,
    Button,
    Choice,
    Fields,
    Items,
    Link,
    Message,
    Moment,
    Paragraph,
    Quote,
    button,
    choice,
    said,
)
from bot.commands import person
from bot.handlers.openspace.words import spaces as words
from bot.i18n import Text, joined, plain, series, t, tn
from bot.rules.openspace import may
from bot.wording.pages import paged
from storage.openspace import OpenSpace
from storage.people import Member
from storage.topics import Topic, Whole

FEW = 8


def listed(
    whole: Whole, member_id: int, phase: str, number: int = 1, gone: Sequence[Topic] = ()
) -> Message:
    """Word a page of the topics for one reader, with buttons to say where they would like to be.

    Those `gone` who may bring them back find in a menu, whose pages are those of the topics.
    """
    title = plain(question_of(whole.space))
    propose = button(t("Propose a topic"), "topic.propose", space=whole.space.id)
    buttons = (propose,) if may("propose", phase) else ()
    page, away = paged(whole.topics, number), paged(gone, number)
    longer = max(page, away, key=lambda some: some.count)
    turns = longer.turns("topic.list", space=whole.space.id)
    if not whole.topics:
        none = Paragraph(t("There are no topics yet. Yours could be the first."))
        return Message(title, (none, *longer.foot), (*turns, *buttons), _withdrawn(away.things))
    asking = may("want", phase)
    few = asking and len(whole.topics) <= FEW
    blocks = _each(whole, member_id) if few else _together(whole, page.things, member_id)
    menus = (*_menus(page.things, ask=asking and not few), *_withdrawn(away.things))
    return Message(title, (*blocks, *longer.foot), (*turns, *buttons), menus)


def _each(whole: Whole, member_id: int) -> tuple[Block, ...]:
    blocks: list[Block] = []
    for topic in whole.topics:
        mine = member_id in whole.interest(topic)
        name = words.shown_topic(topic)
        label = (
            t("No longer interested: {title}", title=name)
            if mine
            else t("Interested: {title}", title=name)
        )
        toggle = button(label, "topic.tick", topic=topic.id)
        own = member_id in _conveners(whole, topic)
        line = Paragraph(_line(whole, topic, member_id))
        blocks += [line] if own else [line, Actions((toggle,))]
    return tuple(blocks)


def _conveners(whole: Whole, topic: Topic) -> list[int]:
    return [member.id for member in whole.convened(topic)]


def _together(whole: Whole, topics: Sequence[Topic], member_id: int) -> tuple[Block, ...]:
    return (Items(tuple(_line(whole, topic, member_id) for topic in topics)),)


def _line(whole: Whole, topic: Topic, member_id: int) -> Text:
    told = words.line(whole, topic)
    if member_id in _conveners(whole, topic):
        return joined((told, t("you're convening it")), " · ")
    mine = member_id in whole.interest(topic)
    return joined((told, t("including you")), " · ") if mine else told


def _menus(topics: Sequence[Topic], *, ask: bool) -> tuple[Choice, ...]:
    offered = words.options(topics)
    show = choice(t("Show a topic"), "topic.show", "topic", offered)
    tick = choice(t("Interested in (or no longer)"), "topic.tick", "topic", offered)
    return (tick, show) if ask else (show,)


def _withdrawn(topics: Sequence[Topic]) -> tuple[Choice, ...]:
    menu = choice(t("Withdrawn topics"), "topic.show", "topic", words.options(topics))
    return (menu,) if topics else ()


def would_withdraw(topic: Topic, others: Sequence[Member]) -> Text:
    """Say before a topic is withdrawn that it leaves the list, and who would be told."""
    who = series(plain(person(member)) for member in others)
    return t("“{title}” will no longer be listed. I'll tell {who}.", title=title_of(topic), who=who)


def shown(whole: Whole, topic: Topic, phase: str, member_id: int, *, leads: bool) -> Message:
    """Word a topic with everything about it, and what the reader can do."""
    count, mine = len(whole.interest(topic)), member_id in whole.interest(topic)
    pairs = ((t("Interested"), plain(count) if count else t("Nobody yet")), *_place(whole, topic))
    about = (Quote(plain(description_of(topic))),) if description_of(topic) else ()
    asked = Paragraph(t("Guiding question: {question}", question=question_of(whole.space)))
    own = member_id in _conveners(whole, topic)
    buttons = (*_for_all(topic, phase, wants=mine), *_for_own(topic, phase, own=own, leads=leads))
    return Message(words.convened(whole, topic), (Fields(pairs), asked, *about), buttons)


def _place(whole: Whole, topic: Topic) -> tuple[tuple[Text, Text], ...]:
    slot = next((one for one in whole.slots if one.id == topic.slot_id), None)
    room = next((one for one in whole.rooms if one.id == topic.room_id), None)
    there = whole.heads.get(topic.id, 0)
    pairs = []
    if slot and room:
        where = t("{when}, {room}", when=Moment(slot.starts_at), room=room.name)
        pairs.append((t("When and where"), where))
    if there:
        pairs.append((t("Present now"), plain(there)))
    return tuple(pairs)


def _for_all(topic: Topic, phase: str, *, wants: bool) -> tuple[Button, ...]:
    label = t("No longer interested") if wants else t("I'm interested")
    want = button(label, "topic.want", topic=topic.id)
    join = button(t("Go there"), "topic.join", "primary", topic=topic.id)
    notes = button(t("Write notes"), "topic.notes", topic=topic.id)
    return (
        *((join,) if phase == "running" else ()),
        *((want,) if may("want", phase) else ()),
        *((notes,) if may("note", phase) else ()),
    )


def _for_own(topic: Topic, phase: str, *, own: bool, leads: bool) -> tuple[Button, ...]:
    change = button(t("Change"), "topic.change", topic=topic.id)
    merge = button(t("Merge with another"), "topic.merge", topic=topic.id)
    withdraw = button(t("Withdraw"), "topic.withdraw", "danger", topic=topic.id)
    move = button(t("Move on the board"), "openspace.move", topic=topic.id)
    mine = own or leads
    return (
        *((merge,) if mine and may("merge", phase) else ()),
        *((change, withdraw) if mine and may("propose", phase) else ()),
        *((move,) if leads and may("move", phase) else ()),
    )


def proposed(topic: Topic) -> Message:
    """Tell a convener that their topic is there, and how to take it back."""
    told = t(
        "You've proposed “{title}”, and you're convening it. Thank you!", title=title_of(topic)
    )
    more = button(t("Add details"), "topic.change", topic=topic.id)
    undo = button(t("Withdraw"), "topic.withdraw", topic=topic.id)
    return said(told, more, undo)


def twice(whole: Whole, topic: Topic, wrote: str) -> Message:
    """Offer a topic that is there already to somebody who proposes it again, and wrote about it."""
    told = t(
        "There's already a topic like this: {topic}. Are you interested?",
        topic=words.convened(whole, topic),
    )
    want = button(t("I'm interested"), "topic.want", "primary", topic=topic.id)
    other = button(t("Propose something else"), "topic.propose", space=topic.openspace_id)
    buttons = (want, button(t("Show"), "topic.show", topic=topic.id), other)
    back = (Paragraph(t("You wrote:")), Quote(plain(wrote))) if wrote else ()
    return Message(blocks=(Paragraph(told), *back), buttons=buttons)


def toggled(topic: Topic, *, wants: bool) -> Message:
    """Confirm an interest, or its end."""
    if wants:
        told = t("You're interested in “{title}”.", title=title_of(topic))
        return said(told, button(t("Undo"), "topic.want", topic=topic.id))
    told = t("You're no longer interested in “{title}”.", title=title_of(topic))
    return said(told, button(t("Undo"), "topic.want", topic=topic.id))


def joined_in(whole: Whole, topic: Topic, before: Topic | None) -> Message:
    """Tell somebody where they are now."""
    there = whole.heads.get(topic.id, 1)
    told = tn(
        "You're at “{title}”, on your own so far.",
        "You're at “{title}”, {count} people in all.",
        there,
        title=title_of(topic),
    )
    room = next((one for one in whole.rooms if one.id == topic.room_id), None)
    where = (Paragraph(_room(room.name, room.link)),) if room else ()
    leave = button(t("Leave"), "topic.leave", space=topic.openspace_id)
    notes = button(t("Write notes"), "topic.notes", topic=topic.id)
    back = (
        (
            button(
                t("Back to “{title}”", title=words.shown_topic(before)),
                "topic.join",
                topic=before.id,
            ),
        )
        if before and before.id != topic.id
        else ()
    )
    return Message(blocks=(Paragraph(told), *where), buttons=(notes, leave, *back))


def _room(name: str, link: str) -> Text:
    return (
        t("Room: {room} {link}", room=name, link=Link(link))
        if link
        else t("Room: {room}", room=name)
    )


def own(rows: Sequence[tuple[Topic, OpenSpace]]) -> tuple[Block, ...]:
    """Word somebody's own topics for their week."""
    if not rows:
        return ()
    lines = tuple(
        t("{title}: {question}", title=title_of(topic), question=question_of(space))
        for topic, space in rows
    )
    count = tn("You're convening {count} topic:", "You're convening {count} topics:", len(rows))
    show = choice(t("Show a topic"), "topic.show", "topic", words.options([t_ for t_, _ in rows]))
    return (Paragraph(count), Items(lines), Actions(choices=(show,)))


def one_now(topic: Topic, other: Topic, *undo: Button, by: Member | None = None) -> Message:
    """Tell that two topics are one, and by whom, with the way back."""
    told = t(
        "“{title}” and “{other}” are now one topic, under the first title.",
        title=title_of(topic),
        other=title_of(other),
    )
    if by and by.name:
        names = {"title": title_of(other), "other": title_of(topic)}
        told = t("{who} merged “{title}” into “{other}”.", who=person(by), **names)
    return said(told, button(t("Show"), "topic.show", topic=topic.id), *undo)


def nudge(topic: Topic) -> Message:
    """Ask a convener to write down what came of a topic."""
    words = t(
        "What came of “{title}”? A few lines are enough: what you talked about, what "
        "you learned, who does what next. Others can add theirs too.",
        title=title_of(topic),
    )
    return said(words, button(t("Write notes"), "topic.notes", "primary", topic=topic.id))


def wishes(topic: Topic, other: Topic, asking: Member | None) -> Message:
    """Ask a convener whether two topics may become one."""
    words = (
        t(
            "{who} would like to merge “{title}” and “{other}” into one topic. It would keep "
            "the first title and all conveners.",
            who=person(asking),
            title=title_of(topic),
            other=title_of(other),
        )
        if asking
        else t(
            "Should “{title}” and “{other}” become one topic?",
            title=title_of(topic),
            other=title_of(other),
        )
    )
    one, two = topic.id, other.id
    agree = button(t("I agree"), "topic.agree", "primary", topic=one, other=two)
    decline = button(t("Keep them apart"), "topic.decline", topic=one, other=two)
    show = button(t("Show the other topic"), "topic.show", topic=other.id)
    return said(words, agree, decline, show)
