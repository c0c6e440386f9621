"""Words what is said of an open space: its question, its phases, what comes next."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from bot.authored import question_of, title_of
from bot.chat import (
    Block,
    Button,
    Context,
    Fields,
    Items,
    Message,
    Moment,
    Option,
    Paragraph,
    Place,
    button,
)
from bot.commands import person
from bot.i18n import Authored, Text, joined, plain, t, tn
from bot.rules.openspace import PHASES, may, reached
from bot.wording.phases import NAMES
from storage.openspace import OpenSpace
from storage.people import Member
from storage.sessions import Session
from storage.topics import Topic, Whole

SAID: Mapping[str, Text] = {
    "gathering": t("What do you want to talk about? Propose a topic; a title is enough."),
    "marketplace": t(
        "Look at the topics and say where you'd like to be. It's a hint for "
        "the board, not a vote. New topics are still welcome."
    ),
    "running": t(
        "Go where you can learn or contribute, and move on whenever you like: "
        "that's the law of two feet. Whoever comes is the right person."
    ),
    "harvest": t(
        "The conversations are over. Please write down what came of your topic, so that others "
        "can learn from it and carry it on."
    ),
    "closed": t("Thank you, everyone. You'll find what came of the topics in the proceedings."),
}


def shown_topic(topic: Topic) -> Authored:
    """Give a topic's title, short enough for a label."""
    return title_of(topic).shortened(40)


def convened(whole: Whole, topic: Topic) -> Text:
    """Word a topic with who convenes it, when that is known."""
    names = joined([plain(person(member)) for member in whole.convened(topic)], ", ")
    if not whole.convened(topic):
        return plain(title_of(topic))
    return t("{title} ({names})", title=title_of(topic), names=names)


def line(whole: Whole, topic: Topic) -> Text:
    """Word a topic on one line, with how many would like to be there."""
    count = len(whole.interest(topic))
    wanted = tn("{count} interested", "{count} interested", count)
    parts = (convened(whole, topic), wanted) if count else (convened(whole, topic),)
    return joined(parts, " · ")


def options(topics: Sequence[Topic]) -> tuple[Option, ...]:
    """Offer topics in a menu."""
    return tuple(Option(str(topic.id), plain(title_of(topic))) for topic in topics)


def steps(space: OpenSpace, phase: str) -> tuple[Button, ...]:
    """Give the buttons that help in a phase."""
    propose = button(t("Propose a topic"), "topic.propose", "primary", space=space.id)
    topics = button(t("See the topics"), "topic.list", space=space.id)
    board = button(t("See the board"), "openspace.board", space=space.id)
    read = button(t("Proceedings"), "openspace.proceedings", space=space.id)
    notes = button(t("Write notes"), "topic.notes", "primary")
    return {
        "gathering": (propose, topics),
        "marketplace": (topics, propose, board),
        "running": (board, topics),
        "harvest": (notes, board),
    }.get(phase, (read,))


def post(whole: Whole, phase: str, session: Session | None) -> Message:
    """Word the space for everybody: kept current where it was posted."""
    within = ((t("Session"), _when(session)),) if session else ()
    blocks: list[Block] = [Fields(((t("Phase"), NAMES[phase]), *within))]
    if session and session.state == "cancelled":
        blocks += [Paragraph(t("This session has been cancelled."))]
    blocks += [Paragraph(SAID[phase])]
    if whole.topics:
        count = tn("{count} topic:", "{count} topics:", len(whole.topics))
        lines = tuple(line(whole, topic) for topic in whole.topics)
        blocks += [Paragraph(count), Items(lines)]
    return Message(_asked(whole.space), tuple(blocks), steps(whole.space, phase))


def _asked(space: OpenSpace) -> Text:
    return t("Open space: {question}", question=question_of(space))


def announced(
    space: OpenSpace, phase: str, by: Member | None = None, *, back: bool = False
) -> Message:
    """Announce that a phase has begun, or that somebody went `back` to it."""
    title = t("{phase}: {question}", phase=NAMES[phase], question=question_of(space))
    led = (Paragraph(_led(phase, by, back=back)),) if by and by.name else ()
    return Message(title, (Paragraph(SAID[phase]), *led), steps(space, phase))


def _led(phase: str, by: Member, *, back: bool) -> Text:
    who = person(by)
    if phase == "closed":
        return t("{who} closed the open space.", who=who)
    if back:
        return t("{who} went back to this phase.", who=who)
    return t("{who} began this phase.", who=who)


def dates(space: OpenSpace, now: datetime) -> tuple[Block, ...]:
    """Word when the phases to come begin, as far as that was set."""
    pairs = tuple(
        (NAMES[phase], plain(Moment(at)))
        for phase in PHASES
        if (at := space.begins[phase]) is not None and at > now
    )
    return (Fields(pairs),) if pairs else ()


def preview(
    space: OpenSpace, place: Place | None, session: Session | None, now: datetime
) -> Message:
    """Word a space for who is about to open it."""
    pairs: list[tuple[Text, Text]] = []
    if place:
        pairs.append((t("Channel"), plain(place)))
    if session:
        pairs.append((t("Session"), _when(session)))
    note = Context(t("This is a preview: nobody else has seen it yet."))
    about = (Fields(tuple(pairs)),) if pairs else ()
    blocks = (note, *about, Paragraph(SAID["gathering"]), *dates(space, now))
    buttons = (
        button(t("Open now"), "openspace.begin", "primary", space=space.id),
        button(t("Change the question"), "openspace.change", space=space.id),
        button(t("Set dates"), "openspace.dates", space=space.id),
        button(t("Discard"), "openspace.discard", "danger", space=space.id),
    )
    return Message(_asked(space), blocks, buttons)


def _when(session: Session) -> Text:
    return t("{title}: {when}", title=title_of(session), when=Moment(session.starts_at))


def shown(whole: Whole, session: Session | None, now: datetime, *, leads: bool) -> Message:
    """Word a space for one reader; with what they can do if they lead it."""
    space = whole.space
    phase = reached(space.begins, now)
    message = post(whole, phase, session)
    more = leading(space, phase) if leads else ()
    return Message(message.title, (*message.blocks, *dates(space, now)), (*message.buttons, *more))


def leading(space: OpenSpace, phase: str) -> tuple[Button, ...]:
    """Give the buttons of those who lead a space."""
    if phase == "closed":
        return (button(t("Reopen"), "openspace.back", space=space.id, to="harvest"),)
    return (
        button(t("Next phase"), "openspace.next", space=space.id),
        button(t("Slots"), "openspace.slots", space=space.id),
        button(t("Rooms"), "openspace.rooms", space=space.id),
        *filling(space, phase),
        button(t("Dates"), "openspace.dates", space=space.id),
    )


def filling(space: OpenSpace, phase: str) -> tuple[Button, ...]:
    """Give the button that fills the board, in the phases in which that can be done."""
    fill = button(t("Fill the board"), "openspace.fill", space=space.id)
    return (fill,) if may("place", phase) else ()


def before_next(whole: Whole, phase: str, to: str, channel: Place | None, now: datetime) -> Message:
    """Word what going on to the next phase would say and where, before anything is done."""
    message = announced(whole.space, to)
    where = (
        t("I'll post this in {channel}:", channel=channel)
        if channel
        else t("This open space has no channel, so I won't post this anywhere:")
    )
    blocks = (Paragraph(where), Paragraph(message.title), *message.blocks, *_hints(whole, to, now))
    go = button(t("Continue"), "openspace.advance", "primary", space=whole.space.id, since=phase)
    title = t("From “{phase}” to “{next}”", phase=NAMES[phase], next=NAMES[to])
    return Message(title, blocks, (go,))


SAME_DAY = timedelta(hours=12)  # a first slot that begins later is doubted


def _hints(whole: Whole, to: str, now: datetime) -> tuple[Block, ...]:
    """Point to what may have been forgotten."""
    hints: list[Text] = []
    if not whole.topics:
        hints.append(t("There are no topics yet."))
    placed = [topic for topic in whole.topics if topic.slot_id and topic.room_id]
    missing = len(whole.topics) - len(placed)
    if to == "running" and missing:
        hints.append(_unplaced(missing))
    ahead = [slot.starts_at for slot in whole.slots if slot.ends_at > now]
    if to == "running" and ahead and min(ahead) - now > SAME_DAY:
        hints.append(t("The first slot only begins on {when}.", when=Moment(min(ahead))))
    if to == "running" and whole.slots and not ahead:
        hints.append(t("All slots are over."))
    return (Items(tuple(hints)),) if hints else ()


def _unplaced(count: int) -> Text:
    return tn(
        "{count} topic has no place on the board.",
        "{count} topics have no place on the board.",
        count,
    )


def before_close(whole: Whole) -> Message:
    """Word what closing would do, and which topics have no notes yet."""
    bare = [topic for topic in whole.topics if topic.id not in whole.noted]
    blocks: list[Block] = [
        Paragraph(
            t("I'll post the proceedings. After that, nobody can propose topics or write notes.")
        )
    ]
    if bare:
        blocks += [
            Paragraph(t("These topics have no notes yet:")),
            Items(tuple(convened(whole, topic) for topic in bare)),
        ]
    close = button(t("Close it now"), "openspace.finish", "danger", space=whole.space.id)
    read = button(t("Read them first"), "openspace.proceedings", space=whole.space.id)
    title = t("Close “{question}”?", question=question_of(whole.space))
    return Message(title, tuple(blocks), (close, read))
