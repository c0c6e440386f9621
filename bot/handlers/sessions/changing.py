"""Moves, changes and cancels sessions, and tells those concerned."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Annotated, Any

from bot import moments
from bot.arranging import arrange_within, shift
from bot.calls import Reply, Say
from bot.chat import Message, Paragraph, said
from bot.commands import Caller
from bot.errors import FieldError, UserError
from bot.handlers.sessions.group import (
    HELD,
    MOVED,
    Agenda,
    Description,
    Format,
    Length,
    Question,
    Spoken,
    Title,
    Url,
    When,
    announce_anew,
    in_future,
    may_change,
    previewed,
    refreshed,
    session,
    still_open,
    tell,
    waits,
    when_of,
)
from bot.handlers.sessions.planning import discard
from bot.i18n import Text, joined, t
from bot.kinds import LongText
from bot.options import NOTHING_TO_UNDO, SessionOption
from bot.reminding import remind
from bot.undoing import undone
from bot.wording import sessions as words
from bot.wording.log import undo_of
from storage import Records
from storage.log import LogEntry
from storage.sessions import Session


@session.command(may=may_change)
def move(
    caller: Caller, records: Records, session: SessionOption, when: When, duration: Length = 0
) -> Reply:
    """Move a session to another time; everybody who answered is told."""
    still_open(session, caller.now)
    in_future(caller, when.at)
    if session.state == "announced" and waits(session, when.at):
        raise FieldError("when", t("It is announced only after that. Announce it first."))
    if when.at == session.starts_at:
        if when.zone == session.zone:
            session.wall = when.wall  # another writing of the same moment
        return Say(set_to(caller, records, session, {"minutes": duration or session.minutes}))
    along = shift(records, session, when.at, caller.now)
    told = put(caller, records, session, when, duration or session.minutes)
    return Say(with_space(told, along=along))


def put(
    caller: Caller, records: Records, planned: Session, when: moments.WallTime, minutes: int
) -> Message:
    """Put a session to another time, tell those concerned, and word it with a way back."""
    known, before, at = _last_heard(records, planned), when_of(planned), planned.starts_at
    planned.minutes = minutes
    _set_time(planned, when, caller.now)
    records.hosting.agrees(planned, caller.member.id)
    if planned.state == "draft":
        return previewed(caller, records, planned)
    announce_anew(records, planned, caller.now)
    entry = records.log.add(planned.about, "moved", caller.member, caller.now, before)
    entry.after = when_of(planned)
    whom = _tell_of_move(caller, records, planned, known, entry)
    told = words.moved(planned, at)
    blocks = (*told.blocks, *words.clocks(planned), Paragraph(whom))
    return Message(told.title, blocks, (undo_of(entry), *words.meant(planned)))


def _last_heard(records: Records, planned: Session) -> datetime:
    """Say for when people know a session: before a move that nobody was told of yet."""
    rows = [
        row
        for row in records.deliveries.about(planned.about)
        if row.notice == MOVED and row.kind == str(planned.revision)
    ]
    if rows and all(row.state == "pending" for row in rows):
        return datetime.fromisoformat(rows[0].args["before"])
    return planned.starts_at


def _tell_of_move(
    caller: Caller, records: Records, planned: Session, known: datetime, entry: LogEntry
) -> Text:
    """Tell of a move those who knew a session for another time, and say who that is."""
    if planned.starts_at != known:
        entry.told_at = caller.now + HELD
        args = {"before": known.isoformat(), "entry": entry.id}
        return tell(caller, records, planned, MOVED, args)
    records.deliveries.cancel(planned.about, MOVED)
    remind(records, planned, caller.now)
    records.deliveries.refresh(planned.about, caller.now)
    return t("Nobody was told that it had been moved.")


def with_space(told: Message, *, along: bool) -> Message:
    """Say of a move that the open space inside the session went along, where it did."""
    more = (Paragraph(t("Its open space moves along.")),) if along else ()
    return replace(told, blocks=(*told.blocks, *more))


def _set_time(planned: Session, when: moments.WallTime, now: datetime) -> None:
    planned.starts_at, planned.wall, planned.zone = when.at, when.wall, when.zone
    planned.revision, planned.told_at = planned.revision + 1, now


CHANGEABLE = {
    "title": "title",
    "duration": "minutes",
    "description": "description",
    "guiding_question": "guiding_question",
    "format": "format",
    "link": "link",
    "languages": "languages",
    "agenda": "agenda",
}
"""What `change` changes: its options and the columns they are kept in."""


def _as_it_is(caller: Caller, records: Records, session: Session) -> Mapping[str, Any]:
    return {option: getattr(session, column) for option, column in CHANGEABLE.items()}


@session.command(may=may_change, fill=_as_it_is, shared=True)
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
) -> Reply:
    """Change what is said of a session; its time has a command of its own."""
    still_open(session, caller.now)
    given = locals()
    values = {column: given[option] for option, column in CHANGEABLE.items()}
    given_ones = {column: value for column, value in values.items() if value is not None}
    return Say(set_to(caller, records, session, given_ones))


def set_to(
    caller: Caller, records: Records, planned: Session, values: Mapping[str, Any]
) -> Message:
    """Change what is said of a session, and word it with a way back."""
    before = {
        column: getattr(planned, column)
        for column, value in values.items()
        if value != getattr(planned, column)
    }
    for column in before:
        setattr(planned, column, values[column])
    if "title" in before:
        arrange_within(records, planned, caller.now)
    if planned.state == "draft":
        return previewed(caller, records, planned)
    told = refreshed(caller, records, planned)
    if not before:
        return told
    entry = records.log.add(planned.about, "changed", caller.member, caller.now, before)
    entry.after = {column: values[column] for column in before}
    return replace(told, buttons=(undo_of(entry),))


@session.command(may=may_change)
def cancel(
    caller: Caller,
    records: Records,
    session: SessionOption,
    reason: Annotated[str, LongText(t("Reason"), limit=500)] = "",
) -> Reply:
    """Cancel a session; everybody who answered is told."""
    still_open(session, caller.now)
    if session.state == "draft":
        return discard(caller, records, session)
    session.state, session.reason = "cancelled", reason
    session.told_at = None if waits(session, caller.now) else session.told_at
    session.revision += 1
    records.deliveries.cancel(session.about)
    arrange_within(records, session, caller.now)
    entry = records.log.add(session.about, "cancelled", caller.member, caller.now)
    entry.reason, entry.told_at = reason, caller.now
    whom = tell(caller, records, session, "session.cancelled", {"entry": entry.id})
    done = t("I have cancelled “{title}”.", title=session.title)
    return Say(said(joined((done, whom)), undo_of(entry)))


@session.command(may=may_change)
def reopen(caller: Caller, records: Records, session: SessionOption) -> Reply:
    """Let a cancelled session take place after all; everybody who answered is told."""
    return Say(back_again(caller, records, session))


def back_again(caller: Caller, records: Records, planned: Session) -> Message:
    """Let a cancelled session take place, and tell those who know that it was cancelled."""
    if planned.state != "cancelled" or planned.starts_at <= caller.now:
        raise UserError(NOTHING_TO_UNDO)
    planned.state, planned.reason, planned.told_at = "announced", "", caller.now
    planned.revision += 1
    unaware = records.deliveries.waiting_for(planned.about, "session.cancelled")
    records.deliveries.cancel(planned.about, "session.cancelled")
    announce_anew(records, planned, caller.now, ("cancelled",))
    arrange_within(records, planned, caller.now)
    entry = records.log.add(planned.about, "reopened", caller.member, caller.now)
    entry.told_at = caller.now
    cancelled = records.log.last([planned.about], "cancelled")
    if cancelled is not None:
        undone(records, cancelled, caller.now)
    whom = tell(caller, records, planned, "session.back", {"entry": entry.id}, unaware)
    return said(joined((t("“{title}” takes place after all.", title=planned.title), whom)))
