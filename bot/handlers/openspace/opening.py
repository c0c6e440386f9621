"""Opens spaces around a guiding question, and shows them."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Annotated, Any, Literal

from bot.authored import question_of
from bot.chat import Message, Place, button, said
from bot.commands import CORE, EVERYONE, Caller
from bot.domain import openspaces as domain
from bot.domain import phases
from bot.domain.announcing import channel_of
from bot.domain.discarding import of_another
from bot.errors import FieldError, UserError
from bot.handlers.openspace.group import (
    Question,
    held,
    leads,
    may_lead,
    meant,
    openspace,
    session_of,
    under_way,
)
from bot.handlers.openspace.options import SpaceOption
from bot.handlers.openspace.words import lists
from bot.handlers.openspace.words import spaces as words
from bot.i18n import t
from bot.options.people import PlaceKind
from bot.options.things import SessionOption
from bot.options.times import MomentKind, past
from bot.protocol import Change, Reply, Say
from bot.undoing import lasting
from bot.wording import discarding
from bot.wording import log as log_words
from bot.wording.discarding import Sure
from bot.wording.lost_posts import with_missing
from bot.wording.pages import LISTED, Page
from storage import Records
from storage.openspace import OpenSpace
from storage.sessions import Session

Begin = datetime | Literal[""] | None
"""When a phase begins: an instant, never (empty), or as it is (None)."""


@openspace.command(title=t("Create an open space"), submit=t("Preview"), who=CORE, adds=True)
def open_(
    caller: Caller,
    records: Records,
    question: Question,
    session: SessionOption | None = None,
    channel: Annotated[Place, PlaceKind(t("Channel"))] | None = None,
) -> Reply:
    """Set up an open space around a guiding question; you see a preview first."""
    space = OpenSpace(
        guiding_question=question,
        facilitator_id=caller.member.id,
        session_id=session.id if session else None,
        anchored_to=session.starts_at if session else None,
    )
    domain.plan(records, space, _channels(caller, records, session, channel))
    return Say(_preview(caller, records, space))


def _channels(
    caller: Caller, records: Records, session: Session | None, chosen: Place | None
) -> Sequence[int]:
    """Find where the space is: the channel chosen, those of the session, this one, or the usual."""
    place = chosen or caller.place
    if chosen is None and session and (within := records.placements.of(session.about)):
        return within
    if there := channel_of(records, place):
        return there
    announcing = records.channels.announcing()
    if not announcing:
        raise FieldError("channel", t("Which channel should I open it in?"))
    return [announcing[0].id]


def _preview(caller: Caller, records: Records, space: OpenSpace) -> Message:
    session = session_of(records, space, caller.sight, caller.now)
    return words.preview(space, place_of(records, space), session, caller.now)


def place_of(records: Records, space: OpenSpace) -> Place | None:
    """Give the channel of a space, the first where it has several."""
    found = records.channels.many(records.placements.of(space.about)[:1])
    return next((Place(c.platform, c.workspace, c.channel, c.name) for c in found), None)


def _draft(caller: Caller, records: Records, space: OpenSpace) -> None:
    """Let only those pass who lead a space that is not opened yet."""
    held(caller, records, space)
    if space.opened_at is not None:
        raise UserError(t("This open space is already open."))


@openspace.command(title=t("Start an open space"), submit=t("Open now"), may=may_lead, listed=False)
def begin(caller: Caller, records: Records, space: SpaceOption) -> Reply:
    """Open an open space as you saw it in the preview."""
    _draft(caller, records, space)
    phases.begin(records, space, caller.now)
    done = t("It's open now: {question}", question=question_of(space))
    return Change(said(done, *words.leading(space, "gathering")))


@openspace.command(title=t("Discard a draft"), submit=t("Discard"), may=may_lead, listed=False)
def discard(
    caller: Caller, records: Records, space: SpaceOption, sure: Annotated[bool, Sure] = False
) -> Reply:
    """Discard an open space that hasn't been opened yet; I'll ask first."""
    _draft(caller, records, space)
    title, whose = question_of(space), of_another(records, space, caller.actor)
    if not sure:
        what = discarding.would_discard(title, whose)
        return Change(discarding.asked(what, "openspace", "space", space.id))
    domain.discard(records, space, caller.actor)
    return Change(discarding.discarded(title, whose))


def _as_it_is(
    caller: Caller, records: Records, space: OpenSpace | None = None
) -> Mapping[str, Any]:
    space = meant(caller, records, space)
    return {"question": space.guiding_question}


@openspace.command(title=t("Change the question"), submit=t("Save"), may=may_lead, fill=_as_it_is)
def change(
    caller: Caller,
    records: Records,
    question: Question | None = None,
    space: SpaceOption | None = None,
) -> Reply:
    """Change the guiding question of an open space."""
    space = held(caller, records, space)
    before = space.guiding_question
    domain.change(records, space, question or before)
    if space.opened_at is None:
        return Say(_preview(caller, records, space))
    told = t("The guiding question is now: {question}", question=question_of(space))
    was = t("Before: {question}", question=before)
    again = button(t("Change"), "openspace.change", space=space.id)
    return Say(Message(blocks=(*said(told).blocks, *said(was).blocks), buttons=(again,)))


def _dates_now(
    caller: Caller, records: Records, space: OpenSpace | None = None
) -> Mapping[str, Any]:
    begins = meant(caller, records, space).begins
    return {phase: at for phase, at in begins.items() if phase in DATED}


DATED = ("marketplace", "running", "harvest")
HOW = t("For example: next Friday 3pm")


@openspace.command(title=t("Set dates"), submit=t("Save"), may=may_lead, fill=_dates_now)
def dates(
    caller: Caller,
    records: Records,
    marketplace: Annotated[Begin, MomentKind(t("Marketplace begins"), HOW, empty="")] = None,
    running: Annotated[Begin, MomentKind(t("Open space begins"), HOW, empty="")] = None,
    harvest: Annotated[Begin, MomentKind(t("Harvest begins"), HOW, empty="")] = None,
    space: SpaceOption | None = None,
) -> Reply:
    """Set the dates when phases begin by themselves."""
    space = held(caller, records, space)
    given: dict[str, Begin] = {"marketplace": marketplace, "running": running, "harvest": harvest}
    changed = {phase: at or None for phase, at in given.items() if _is_other(space, phase, at)}
    for phase, begins in changed.items():
        _in_time(space, phase, begins, caller.now)
    _in_order({**space.begins, **changed})
    phases.date(records, space, changed)
    if space.opened_at is None:
        return Say(_preview(caller, records, space))
    return Say(_shown(caller, records, space))


def _is_other(space: OpenSpace, phase: str, at: Begin) -> bool:
    return at is not None and _minute(at) != _minute(space.begins[phase])


def _in_time(space: OpenSpace, phase: str, at: datetime | None, now: datetime) -> None:
    before = space.begins[phase]
    if before is not None and before <= now:
        raise FieldError(phase, t("This phase has already begun."))
    if at and at <= now:
        raise past(phase, at)


def _minute(at: Begin) -> datetime | None:
    """Forms show no seconds."""
    return at.replace(second=0, microsecond=0) if at else None


def _in_order(begins: Mapping[str, datetime | None]) -> None:
    last = begins["gathering"]
    for phase in DATED:
        at = begins[phase]
        if at is not None and last is not None and at <= last:
            raise FieldError(
                phase,
                t("This phase has to begin after the one before it. Choose a later date or time."),
            )
        last = at or last


@openspace.command(title=t("See an open space"), submit=t("View"), who=EVERYONE, reads=True)
def show(caller: Caller, records: Records, space: SpaceOption | None = None) -> Reply:
    """Show an open space: its question, phase and topics."""
    if space is not None and space.opened_at is None and leads(caller, space):
        return Say(_preview(caller, records, space))
    return Say(_shown(caller, records, under_way(caller, records, space)))


def _shown(caller: Caller, records: Records, space: OpenSpace) -> Message:
    session = session_of(records, space, caller.sight, caller.now)
    whole = records.topics.whole(space)
    told = words.shown(whole, session, caller.now, leads=leads(caller, space))
    if not leads(caller, space):
        return told
    last = records.log.last([space.about], "advanced", "taken back")
    entries = [last] if last else []
    acts, undo = log_words.acts(records, entries, lasting(records, entries))
    told = replace(told, blocks=(*told.blocks, *acts), buttons=(*told.buttons, *undo))
    return with_missing(caller, records, told, space.about, space.board)


@openspace.command(title=t("See all open spaces"), submit=t("View"), who=EVERYONE, reads=True)
def list_(caller: Caller, records: Records, page: Page = 0) -> Reply:
    """List the open spaces of this community."""
    known = records.openspaces.known(caller.sight, caller.now, LISTED)
    told = lists.listed(known, caller.now, page, core=caller.is_at_least(CORE))
    return Change(told) if page else Say(told)
