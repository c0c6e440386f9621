"""Holds the groups of open spaces and topics with what their commands share."""

from datetime import datetime
from typing import Annotated

from bot.authored import question_of, title_of
from bot.chat import CommandRef
from bot.commands import CORE, Caller
from bot.errors import FieldError, Gone, NotAllowed, UserError
from bot.groups import Group
from bot.i18n import Text, t
from bot.options.basic import Line, LongText
from bot.rules.openspace import Act, may, reached
from bot.wording.phases import NAMES
from storage import Records
from storage.openspace import OpenSpace
from storage.sessions import Session
from storage.sight import Sight
from storage.topics import Topic, Whole

TOPICS = ("propose", "list", "want", "show", "join")
LEADING = ("show", "board", "open", "next", "dates", "slots", "rooms", "fill", "move", "close")
topic = Group("topic", t("Propose topics for an open space, choose and meet"), 3, TOPICS)
openspace = Group("openspace", t("Lead an open space around a guiding question"), 4, LEADING)

Question = Annotated[
    str,
    Line(
        t("Guiding question"),
        t("What brings people together, as a question"),
        limit=300,
        empty=None,
    ),
]
Title = Annotated[str, Line(t("Title"), empty=None)]
Description = Annotated[str, LongText(t("What it's about"), t("Optional"))]


def under_way(caller: Caller, records: Records, named: OpenSpace | None) -> OpenSpace:
    """Give the space that is meant: the one named, the only one, or the one of this channel.

    Raises FieldError when it could be several, UserError when there is none, Gone for a draft.
    """
    if named is not None:
        if named.opened_at is None:
            raise Gone
        return named
    spaces = records.openspaces.open(caller.sight, caller.now)
    if len(spaces) > 1:
        place = caller.place
        here = records.channels.known(place.platform, place.workspace, place.channel)
        spaces = [one for one in spaces if here and here.id in records.placements.of(one.about)]
        if len(spaces) != 1:
            raise FieldError(
                "space", t("There are several open spaces at the moment. Which one do you mean?")
            )
    if not spaces:
        how = CommandRef("openspace", "open")
        raise UserError(
            t("There's no open space at the moment. The core group can open one: {how}", how=how)
        )
    return spaces[0]


def session_of(records: Records, space: OpenSpace, sight: Sight, now: datetime) -> Session | None:
    """Give the session a space is held in, if there is one that somebody may see."""
    within = space.session_id
    return records.sessions.look_up(within, sight, now) if within else None


def leads(caller: Caller, space: OpenSpace) -> bool:
    """Say whether the caller leads a space: its facilitator and the core group do."""
    return space.facilitator_id == caller.member.id or caller.is_at_least(CORE)


def may_lead(caller: Caller, records: Records, space: OpenSpace | None = None) -> None:
    """Let only those pass who lead the space that is meant. Raises NotAllowed."""
    if not leads(caller, meant(caller, records, space)):
        raise NotAllowed(t("Only whoever leads the open space and the core group can do that."))


def may_place(caller: Caller, records: Records, topic: Topic) -> None:
    """Let only those pass who lead the space of a topic. Raises NotAllowed."""
    may_lead(caller, records, records.openspaces.get(topic.openspace_id))


def phase_of(space: OpenSpace, now: datetime) -> str:
    """Give the phase a space is in."""
    return reached(space.begins, now)


def in_time(act: Act, space: OpenSpace, now: datetime) -> None:
    """Let an act pass in its phases only. Raises UserError."""
    phase = phase_of(space, now)
    if not may(act, phase):
        raise UserError(not_now(WHY[act], phase))


def not_now(why: Text, phase: str) -> Text:
    """Say in which phases something can be done, and which one it is."""
    return t("{why} The open space is in this phase: {phase}.", why=why, phase=NAMES[phase])


WHY: dict[Act, Text] = {
    "propose": t("You can propose and change topics until the harvest begins."),
    "want": t("Until the harvest begins, you can say where you'd like to be."),
    "merge": t("You can merge topics while they're being gathered and during the marketplace."),
    "place": t(
        "You can fill the board during the marketplace and while the open space is running."
    ),
    "move": t("You can move topics during the marketplace and while the open space is running."),
    "note": t("You can write notes while the open space is running and during the harvest."),
}


def not_closed(space: OpenSpace) -> None:
    """Let only spaces pass that are not closed. Raises UserError."""
    if space.closed_at is not None:
        raise UserError(t("“{question}” is closed.", question=question_of(space)))


def meant(caller: Caller, records: Records, named: OpenSpace | None) -> OpenSpace:
    """Give the space that is meant, as `under_way` does, but drafts included."""
    return named or under_way(caller, records, None)


def held(caller: Caller, records: Records, named: OpenSpace | None) -> OpenSpace:
    """Give the space that is meant, which nobody else changes until this call is over."""
    space = meant(caller, records, named)
    records.openspaces.hold(space)
    not_closed(space)
    return space


def space_of(records: Records, one: Topic) -> OpenSpace:
    """Give the space of a topic, which nobody else changes until this call is over."""
    space = records.openspaces.get(one.openspace_id)
    records.openspaces.hold(space)
    return space


def live(records: Records, one: Topic) -> Topic:
    """Give the topic that stands for this one: itself, or the one it is part of.

    Raises UserError when it was withdrawn.
    """
    found = records.topics.lead(one)
    if found.withdrawn:
        raise UserError(t("“{title}” has been withdrawn.", title=title_of(found)))
    return found


def convenes(caller: Caller, whole: Whole, one: Topic) -> bool:
    """Say whether the caller is among those who convene a topic."""
    return caller.member.id in [member.id for member in whole.convened(one)]


def may_change(caller: Caller, records: Records, topic: Topic) -> None:
    """Let only its conveners and those who lead the space pass. Raises NotAllowed."""
    conveners = [part.convener_id for part in records.topics.together(topic)]
    if caller.member.id not in conveners:
        _may_lead_it(caller, records, topic)


def _may_lead_it(caller: Caller, records: Records, topic: Topic) -> None:
    if not leads(caller, records.openspaces.get(topic.openspace_id)):
        raise NotAllowed(CONVENERS_AND_LEADERS)


CONVENERS_AND_LEADERS = t(
    "Only those who convene the topic or lead the open space, and the core group, can do that."
)
"""Who may change a topic."""
