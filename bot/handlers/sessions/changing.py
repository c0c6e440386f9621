"""Moves, changes and cancels sessions, and tells those concerned."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any

from bot import moments
from bot.calls import Change, Reply, Say
from bot.chat import Message, Paragraph, button, said
from bot.commands import Caller
from bot.errors import FieldError, UserError
from bot.handlers.sessions.group import (
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
    preview,
    refreshed,
    session,
    still_open,
    tell,
    waits,
)
from bot.handlers.sessions.planning import discard
from bot.i18n import joined, t
from bot.kinds import LongText
from bot.options import SessionOption
from bot.wording import sessions as words
from storage import Records
from storage.sessions import Session


@session.command
def move(
    caller: Caller, records: Records, session: SessionOption, when: When, duration: Length = 0
) -> Reply:
    """Move a session to another time; everybody who answered is told."""
    may_change(caller, session)
    still_open(session, caller.now)
    in_future(caller, when.at)
    if session.state == "announced" and waits(session, when.at):
        raise FieldError("when", t("It is announced only after that. Announce it first."))
    before = session.starts_at
    session.minutes = duration or session.minutes
    if when.at == before:
        return _written_anew(caller, records, session, when)
    _set_time(session, when, caller.now)
    records.hosting.agrees(session, caller.member.id)
    if session.state == "draft":
        return Say(preview(caller, records, session))
    announce_anew(records, session, caller.now)
    whom = tell(caller, records, session, "session.moved", {"before": before.isoformat()})
    undo = button(
        t("Undo"), "session.move", session=session.id, when=moments.wall(before, caller.zone)
    )
    told = words.moved(session, before)
    blocks = (*told.blocks, *words.clocks(session), Paragraph(whom))
    return Say(Message(told.title, blocks, (undo, *words.meant(session))))


def _written_anew(
    caller: Caller, records: Records, planned: Session, when: moments.WallTime
) -> Reply:
    """Take another writing of the same moment for what is meant, in the zone it was set in."""
    if when.zone == planned.zone:
        planned.wall = when.wall
    told = preview if planned.state == "draft" else refreshed
    return Say(told(caller, records, planned))


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


@session.command(fill=_as_it_is)
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
    may_change(caller, session)
    still_open(session, caller.now)
    given = locals()
    for option, column in CHANGEABLE.items():
        if given[option] is not None:
            setattr(session, column, given[option])
    if session.state == "draft":
        return Say(preview(caller, records, session))
    return Say(refreshed(caller, records, session))


@session.command
def cancel(
    caller: Caller,
    records: Records,
    session: SessionOption,
    reason: Annotated[str, LongText(t("Reason"), limit=500)] = "",
) -> Reply:
    """Cancel a session; everybody who answered is told."""
    may_change(caller, session)
    still_open(session, caller.now)
    if session.state == "draft":
        return discard(caller, records, session)
    session.state, session.reason = "cancelled", reason
    session.revision += 1
    records.deliveries.cancel(session.about)
    whom = tell(caller, records, session, "session.cancelled", {})
    undo = button(t("Undo"), "session.reopen", session=session.id)
    done = t("I have cancelled “{title}”.", title=session.title)
    return Say(said(joined((done, whom)), undo))


@session.command(listed=False)
def reopen(caller: Caller, records: Records, session: SessionOption) -> Reply:
    """Let a cancelled session take place after all."""
    may_change(caller, session)
    if session.state != "cancelled" or session.starts_at <= caller.now:
        raise UserError(t("There is nothing to undo any more."))
    session.state, session.reason, session.told_at = "announced", "", caller.now
    session.revision += 1
    records.deliveries.cancel(session.about, "session.cancelled")
    announce_anew(records, session, caller.now, ("cancelled",))
    whom = tell(caller, records, session, "session.back", {})
    done = t("“{title}” takes place after all.", title=session.title)
    return Change(said(joined((done, whom))))
