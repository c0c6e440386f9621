"""Moves, changes and cancels sessions, and tells those concerned."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from bot import moments
from bot.authored import title_of
from bot.chat import Message, Paragraph, said
from bot.commands import Caller
from bot.domain import sessions as domain
from bot.domain.sessions import waits
from bot.errors import FieldError, UserError
from bot.handlers.sessions import words
from bot.handlers.sessions.group import (
    NewTime,
    Until,
    When,
    closing,
    content,
    in_future,
    may_change,
    preview,
    session,
    span,
    still_open,
)
from bot.handlers.sessions.planning import discarded, would_discard
from bot.handlers.sessions.telling import worded
from bot.i18n import Text, joined, t
from bot.options.basic import LongText
from bot.options.meetings import (
    Agenda,
    Closes,
    Contact,
    Description,
    Format,
    Length,
    Partners,
    Question,
    Recorded,
    Seats,
    Spoken,
    Title,
    Url,
    Where,
    given_in,
)
from bot.options.things import SessionOption
from bot.protocol import Reply, Say
from bot.undoing import undone
from bot.wording.log import undo_of
from storage import Records
from storage.sessions import Session


@session.command(title=t("Move a session"), submit=t("Move"), may=may_change)
def move(
    caller: Caller, records: Records, session: SessionOption, when: NewTime, duration: Length = 0
) -> Reply:
    """Move a session to another time; I'll tell everyone who said yes or maybe."""
    when = when if isinstance(when, moments.WallTime) else _same_hour(session, when)
    if session.state != "announced" or not _reads_other_clocks(caller, session, when):
        return _moved(caller, records, session, when, duration)
    _possible(caller, session, when)
    zones = words.MoveZones(session.zone, caller.zone)
    people, channels = domain.concerned(records, session, caller.actor)
    told = words.telling(len(people), len(channels))
    return Say(words.before_moving(session, when, duration or when.minutes, zones, told))


@session.command(title=t("Move to a time shown"), submit=t("Move"), may=may_change, listed=False)
def move_to(
    caller: Caller, records: Records, session: SessionOption, when: When, duration: Length = 0
) -> Reply:
    """Move a session to a time that you were shown by its own clocks."""
    when = moments.WallTime(when.at, moments.wall(when.at, session.zone), session.zone)
    return _moved(caller, records, session, when, duration)


def _possible(caller: Caller, planned: Session, when: moments.WallTime) -> None:
    """Let a session that is not over go to a time ahead. Raises UserError."""
    still_open(planned, caller.now)
    in_future(caller, when.at)
    if planned.state == "announced" and waits(planned, when.at):
        raise FieldError("when", t("That's before its announcement. Announce it first."))


def _moved(
    caller: Caller, records: Records, planned: Session, when: moments.WallTime, duration: int
) -> Reply:
    _possible(caller, planned, when)
    minutes = duration or when.minutes or planned.minutes
    if when.at == planned.starts_at:
        if when.zone == planned.zone:
            planned.wall = when.wall  # another writing of the same moment
        return Say(set_to(caller, records, planned, {"minutes": minutes}))
    return Say(put(caller, records, planned, when, minutes))


def _reads_other_clocks(caller: Caller, planned: Session, when: moments.WallTime) -> bool:
    """Say whether the clocks of the caller show another hour than those a session is set by."""
    own, theirs = (when.at.astimezone(ZoneInfo(zone)) for zone in (caller.zone, planned.zone))
    return own.utcoffset() != theirs.utcoffset()


def _same_hour(planned: Session, day: date) -> moments.WallTime:
    """Give a session's hour on another day, in the zone it is set in."""
    wall = f"{day} {planned.wall[11:16]}"
    return moments.WallTime(moments.instant(wall, ZoneInfo(planned.zone)), wall, planned.zone)


def put(
    caller: Caller,
    records: Records,
    planned: Session,
    when: moments.WallTime,
    minutes: int,
    begun: datetime | None = None,
) -> Message:
    """Put a session to another time, and word it with a way back."""
    at = planned.starts_at
    done = domain.move(records, planned, domain.SessionTime(when, minutes), caller.actor, begun)
    if done.entry is None:
        return _with_open_space(preview(caller, records, planned, when), done)
    message = words.moved(planned, at)
    whom = words.telling(*done.told, held=True) if done.told else NOBODY_KNEW
    blocks = (*message.blocks, *words.clocks(planned), Paragraph(whom))
    buttons = (undo_of(done.entry), *words.meant(planned, when))
    return _with_open_space(Message(message.title, blocks, buttons), done)


NOBODY_KNEW = t("I hadn't told anyone about the move yet.")


def _with_open_space(told: Message, done: domain.Done) -> Message:
    """Say of a move that the open space inside the session went along, where it did."""
    more = (Paragraph(t("Its open space moves with it.")),) if done.along else ()
    return replace(told, blocks=(*told.blocks, *more))


def _as_it_is(caller: Caller, records: Records, session: Session) -> Mapping[str, Any]:
    if not session.is_span:
        return content(session)
    end = moments.wall(session.ends_at, session.zone)
    return content(session) | {"until": moments.WallTime(session.ends_at, end, session.zone)}


@session.command(
    title=t("Change a session"), submit=t("Save"), may=may_change, fill=_as_it_is, shared=True
)
def change(
    caller: Caller,
    records: Records,
    session: SessionOption,
    title: Title | None = None,
    duration: Length | None = None,
    description: Description | None = None,
    guiding_question: Question | None = None,
    format: Format | None = None,
    link: Url | None = None,
    languages: Spoken | None = None,
    agenda: Agenda | None = None,
    partners: Partners | None = None,
    place: Where | None = None,
    capacity: Seats | None = None,
    closes: Closes | None = None,
    recorded: Recorded | None = None,
    contact: Contact | None = None,
    until: Until | None = None,
) -> Reply:
    """Change a session's title, description, link or agenda; to change its time, move it."""
    still_open(session, caller.now)
    if until is not None:
        duration = span(session.starts_at, until)
    closes = closing(session.starts_at, closes)
    return Say(set_to(caller, records, session, given_in(locals())))


def set_to(
    caller: Caller, records: Records, planned: Session, values: Mapping[str, Any]
) -> Message:
    """Change what is said of a session, and word it with a way back."""
    done = domain.change(records, planned, values, caller.actor)
    if planned.state == "draft":
        return preview(caller, records, planned)
    told = worded(caller, records, planned, done)
    if "contact_id" not in values or done.entry is None:
        return told
    asked = words.contact_of(records, planned) or (Paragraph(words.NO_CONTACT),)
    return replace(told, blocks=(*told.blocks, *asked))


def _would_cancel(caller: Caller, records: Records, session: Session) -> Text:
    still_open(session, caller.now)
    if session.state == "draft":
        return would_discard(caller, records, session)
    people, channels = domain.concerned(records, session, caller.actor)
    return words.would_cancel(session, len(people), records.channels.many(channels))


@session.command(
    title=t("Cancel a session"),
    submit=t("Cancel session"),
    may=may_change,
    foretells=_would_cancel,
)
def cancel(
    caller: Caller,
    records: Records,
    session: SessionOption,
    reason: Annotated[str, LongText(t("Reason"), limit=500)] = "",
) -> Reply:
    """Cancel a session; you first see who'll be told."""
    still_open(session, caller.now)
    if session.state == "draft":
        return Say(discarded(caller, records, session, reason))
    done = domain.cancel(records, session, reason, caller.actor)
    told = _telling(t("I've cancelled “{title}”.", title=title_of(session)), done)
    return Say(said(told, *(undo_of(one) for one in (done.entry,) if one)))


def _telling(what: Text, done: domain.Done) -> Text:
    """Say what was done, and who is told of it."""
    return joined((what, words.telling(*done.told, held=False))) if done.told else what


@session.command(title=t("Reopen a session"), submit=t("Reopen"), may=may_change)
def reopen(caller: Caller, records: Records, session: SessionOption) -> Reply:
    """Reopen a cancelled session; I'll tell everyone who said yes or maybe."""
    return Say(back_again(caller, records, session))


def back_again(caller: Caller, records: Records, planned: Session) -> Message:
    """Let a cancelled session take place, and tell those who know that it was cancelled."""
    if planned.state != "cancelled":
        raise UserError(t("“{title}” isn't cancelled.", title=title_of(planned)))
    if planned.starts_at <= caller.now:
        raise UserError(t("“{title}” would have started by now.", title=title_of(planned)))
    done = domain.reopen(records, planned, caller.actor)
    cancelled = records.log.last([planned.about], "cancelled")
    if cancelled is not None:
        undone(records, cancelled, caller.now)
    return said(_telling(t("“{title}” is going ahead after all.", title=title_of(planned)), done))
