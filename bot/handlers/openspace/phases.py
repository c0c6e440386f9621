"""Leads a space through its phases, to its end and, if need be, back."""

from datetime import datetime
from typing import Annotated

from bot.authored import question_of
from bot.chat import File, Message, Option, said
from bot.commands import EVERYONE, Caller
from bot.domain import phases
from bot.errors import UserError
from bot.handlers.openspace.group import held, may_lead, meant, openspace, phase_of, under_way
from bot.handlers.openspace.opening import place_of
from bot.handlers.openspace.options import SpaceOption
from bot.handlers.openspace.words import proceedings as document
from bot.handlers.openspace.words import spaces as words
from bot.i18n import joined, series, t
from bot.options.basic import OneOf
from bot.options.things import NOTHING_TO_UNDO, EntryOption
from bot.protocol import Change, Reply, Say
from bot.rules.openspace import PHASES, follows
from bot.undoing import thing_of, to_undo, undone
from bot.wording.log import undo_of
from bot.wording.phases import NAMES
from storage import Records
from storage.notes import Notes
from storage.openspace import OpenSpace

Phase = Annotated[str, OneOf(t("Phase"), options=tuple(Option(one, NAMES[one]) for one in PHASES))]


@openspace.command(title=t("Go to the next phase"), submit=t("Preview"), may=may_lead, reads=True)
def next_(caller: Caller, records: Records, space: SpaceOption | None = None) -> Reply:
    """Go on to the next phase; you see a preview first."""
    space = meant(caller, records, space)
    phase = phase_of(space, caller.now)
    to = _after(space, phase)
    whole = records.topics.whole(space)
    if to == "closed":
        return Say(words.before_close(whole))
    return Say(words.before_next(whole, phase, to, place_of(records, space), caller.now))


def _after(space: OpenSpace, phase: str) -> str:
    if phase == "draft":
        raise UserError(t("This open space hasn't been opened yet. Open it first."))
    to = follows(phase)
    if to is None:
        raise UserError(t("“{question}” is closed.", question=question_of(space)))
    return to


@openspace.command(title=t("Begin the next phase"), submit=t("Begin"), may=may_lead, listed=False)
def advance(caller: Caller, records: Records, space: SpaceOption, since: Phase) -> Reply:
    """Begin the next phase."""
    space = held(caller, records, space)
    phase = phase_of(space, caller.now)
    if phase != since:
        raise UserError(
            t("The open space is already in another phase: {phase}.", phase=NAMES[phase])
        )
    to = _after(space, phase)
    if to == "closed":
        return Say(words.before_close(records.topics.whole(space)))
    entry = phases.advance(records, space, to, caller.actor)
    done = t("This phase has begun: {phase}.", phase=NAMES[to])
    return Change(said(done, undo_of(entry), *words.leading(space, to)))


@openspace.command(title=t("Go back to a phase"), submit=t("Go back"), may=may_lead, listed=False)
def back(caller: Caller, records: Records, space: SpaceOption, to: Phase) -> Reply:
    """Go back to an earlier phase."""
    return Change(_gone_back(caller, records, space, to, None))


@openspace.command(title=t("Undo a phase change"), submit=t("Undo"), listed=False)
def undo(caller: Caller, records: Records, entry: EntryOption) -> Reply:
    """Undo the beginning of a phase or the closing of an open space."""
    space = thing_of(entry, "openspace", records.openspaces)
    may_lead(caller, records, space)
    records.openspaces.hold(space)
    to_undo(records, entry)
    if entry.what != "advanced":
        raise UserError(NOTHING_TO_UNDO)
    planned = entry.before["planned"]
    at = datetime.fromisoformat(planned) if planned else None
    told = _gone_back(caller, records, space, entry.before["phase"], at)
    undone(records, entry, caller.now)
    return Change(told)


def _gone_back(
    caller: Caller, records: Records, space: OpenSpace, to: str, planned: datetime | None
) -> Message:
    """Take a space back to a phase, and say so; `planned` is when the next was to begin."""
    records.openspaces.hold(space)
    phase = phase_of(space, caller.now)
    if phase == "draft" or PHASES.index(phase) <= PHASES.index(to):
        raise UserError(NOTHING_TO_UNDO)
    dateless = phases.go_back(records, space, to, planned, caller.actor)
    done = t("The open space is back in this phase: {phase}.", phase=NAMES[to])
    names = series(NAMES[phase] for phase in dateless if phase != "closed")
    gone = (t("No date is set for: {phases}.", phases=names),) if names else ()
    return said(joined((done, *gone)), *words.leading(space, to))


@openspace.command(
    title=t("Close an open space"), submit=t("Check first"), may=may_lead, reads=True
)
def close(caller: Caller, records: Records, space: SpaceOption | None = None) -> Reply:
    """Close an open space; first you see which topics have no notes yet."""
    space = meant(caller, records, space)
    if phase_of(space, caller.now) == "closed":
        raise UserError(t("“{question}” is closed.", question=question_of(space)))
    return Say(words.before_close(records.topics.whole(space)))


@openspace.command(
    title=t("Finish an open space"), submit=t("Close now"), may=may_lead, listed=False
)
def finish(caller: Caller, records: Records, space: SpaceOption) -> Reply:
    """Close an open space and post its proceedings."""
    space = held(caller, records, space)
    if space.opened_at is None:
        raise UserError(t("This open space hasn't been opened yet. Open it first."))
    phases.close(records, space, caller.actor)
    done = said(t("“{question}” is closed. Thank you!", question=question_of(space)))
    document = written_down(records, space, caller.locale, caller.zone)
    return Change(
        Message(blocks=done.blocks, buttons=words.leading(space, "closed"), files=(document,))
    )


@openspace.command(title=t("Read the proceedings"), submit=t("Read"), who=EVERYONE, reads=True)
def proceedings(caller: Caller, records: Records, space: SpaceOption | None = None) -> Reply:
    """Read the proceedings of an open space: the current one, or else the latest."""
    if space is None and not records.openspaces.open(caller.sight, caller.now):
        space = next(iter(records.openspaces.known(caller.sight, caller.now, 1)), None)
    space = under_way(caller, records, space)
    written = written_down(records, space, caller.locale, caller.zone)
    told = t("Proceedings: {question}", question=question_of(space))
    return Say(Message(told, files=(written,)))


def written_down(records: Records, space: OpenSpace, locale: str, zone: str) -> File:
    """Write the proceedings of a space, in a language and a zone."""
    whole = records.topics.whole(space)
    by_topic: dict[int, list[Notes]] = {}
    leads = {f"topic:{id}": lead for id, lead in whole.leads.items()}
    for notes in records.notes.of(leads):
        by_topic.setdefault(leads[notes.about], []).append(notes)
    ids = {notes.member_id for many in by_topic.values() for notes in many if notes.member_id}
    authors = {member.id: member for member in records.members.many(sorted(ids))}
    return document.proceedings(whole, document.Written(by_topic, authors), locale, zone)
