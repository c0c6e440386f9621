"""Puts up the board of a space and shows it."""

from bot.chat import Message, button, said
from bot.commands import EVERYONE, Caller
from bot.domain import boards
from bot.handlers.openspace import filling
from bot.handlers.openspace.group import (
    held,
    in_time,
    leads,
    may_lead,
    meant,
    openspace,
    phase_of,
    under_way,
)
from bot.handlers.openspace.options import SpaceOption
from bot.handlers.openspace.words import board as words
from bot.i18n import t
from bot.protocol import Change, Reply, Say
from bot.wording.lost_posts import with_missing
from storage import Records
from storage.openspace import OpenSpace
from storage.topics import Whole


@openspace.command(title=t("Fill the board"), submit=t("Preview"), may=may_lead)
def fill(caller: Caller, records: Records, space: SpaceOption | None = None) -> Reply:
    """Fill the board to suit what people are interested in; you see it first."""
    space = meant(caller, records, space)
    in_time("place", space, caller.now)
    whole = records.topics.whole(space)
    if missing := _missing(whole):
        return Say(missing)
    filling.ask(records, space, caller.member.id, caller.now)
    return Say(words.FILLING)


def _missing(whole: Whole) -> Message | None:
    """Say what a board still lacks."""
    id = whole.space.id
    if not whole.topics:
        return said(t("There are no topics yet, so there's nothing to put on the board."))
    if not whole.slots:
        slots = button(t("Slots"), "openspace.slots", "primary", space=id)
        return said(t("The board has no slots yet. Say when topics meet."), slots)
    if not whole.rooms:
        rooms = button(t("Rooms"), "openspace.rooms", "primary", space=id)
        return said(t("The board has no rooms yet. Say where topics meet."), rooms)
    return None


@openspace.command(title=t("Publish the board"), submit=t("Publish"), may=may_lead, listed=False)
def put_up(caller: Caller, records: Records, space: SpaceOption) -> Reply:
    """Publish a filled board, so everyone can see it."""
    space = held(caller, records, space)
    in_time("place", space, caller.now)
    whole = records.topics.whole(space)
    if missing := _missing(whole):
        return Say(missing)
    places = filling.proposed(records, whole, caller.now)
    if places is None:
        filling.ask(records, space, caller.member.id, caller.now)
        return Say(words.FILLING_ANEW)
    boards.fill(records, whole, places, caller.actor)
    show = button(t("See the board"), "openspace.board", space=space.id)
    return Change(said(t("I've published the board."), show))


@openspace.command(title=t("Share the board"), submit=t("Share"), may=may_lead, listed=False)
def post_board(caller: Caller, records: Records, space: SpaceOption) -> Reply:
    """Show the board in the channel, where I keep it up to date."""
    space = held(caller, records, space)
    in_time("place", space, caller.now)
    boards.show(records, space, caller.now)
    return Say(said(t("The board is in the channel. I'll keep it up to date there.")))


@openspace.command(title=t("See the board"), submit=t("View"), who=EVERYONE, reads=True)
def board(caller: Caller, records: Records, space: SpaceOption | None = None) -> Reply:
    """Show when and where each topic meets."""
    space = under_way(caller, records, space)
    whole = records.topics.whole(space)
    phase = phase_of(space, caller.now)
    if not whole.slots or not whole.rooms:
        return Say(_no_board(space, leads=leads(caller, space)))
    if not leads(caller, space) or phase == "closed":
        return Say(words.post(whole, phase))
    posted = bool(records.posts.about(space.board))
    clashes = filling.clashes(whole, whole.places)
    shown = words.for_leaders(whole, phase, clashes, posted=posted)
    return Say(with_missing(caller, records, shown, space.board))


def _no_board(space: OpenSpace, *, leads: bool) -> Message:
    topics = button(t("See the topics"), "topic.list", space=space.id)
    own = (
        button(t("Slots"), "openspace.slots", space=space.id),
        button(t("Rooms"), "openspace.rooms", space=space.id),
    )
    told = t("There's no board yet. It needs slots and rooms.")
    return said(told, *(own if leads else ()), topics)
