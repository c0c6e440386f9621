"""Moves, changes and cancels sessions, and tells those concerned."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Annotated, Any

from bot import moments
from bot.arranging import arrange_within, shift
from bot.calls import Change, Reply, Say
from bot.chat import Message, Paragraph, button, said
from bot.commands import Caller
from bot.errors import FieldError, UserError
from bot.handlers.sessions.group import (
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
)
from bot.handlers.sessions.planning import discard
from bot.i18n import Text, joined, t
from bot.kinds import Line, LongText
from bot.options import SessionOption
from bot.reminding import remind
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
    if when.at == session.starts_at:
        session.minutes = duration or session.minutes
        return _written_anew(caller, records, session, when)
    along = shift(records, session, when.at, caller.now)
    told = _moved(caller, records, session, when, duration or session.minutes)
    return Say(_with_space(told, along=along))


def _moved(
    caller: Caller, records: Records, planned: Session, when: moments.WallTime, minutes: int
) -> Message:
    """Move a session, tell those concerned, and word it with a way back."""
    known = _last_heard(records, planned)
    at, length, zone = planned.starts_at, planned.minutes, planned.zone
    planned.minutes = minutes
    _set_time(planned, when, caller.now)
    records.hosting.agrees(planned, caller.member.id)
    if planned.state == "draft":
        return previewed(caller, records, planned)
    announce_anew(records, planned, caller.now)
    whom = _tell_of_move(caller, records, planned, known)
    was = _Before(at, length, zone, planned.revision, minutes).written()
    undo = button(t("Undo"), "session.undo", session=planned.id, was=was)
    told = words.moved(planned, at)
    blocks = (*told.blocks, *words.clocks(planned), Paragraph(whom))
    return Message(told.title, blocks, (undo, *words.meant(planned)))


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


def _tell_of_move(caller: Caller, records: Records, planned: Session, known: datetime) -> Text:
    """Tell of a move those who knew a session for another time, and say who that is."""
    if planned.starts_at != known:
        return tell(caller, records, planned, MOVED, {"before": known.isoformat()})
    records.deliveries.cancel(planned.about, MOVED)
    remind(records, planned, caller.now)
    records.deliveries.refresh(planned.about, caller.now)
    return t("Nobody was told that it had been moved.")


@dataclass(frozen=True, slots=True)
class _Before:
    """When a session was before a move, and the revision and length that the move left it with."""

    at: datetime
    minutes: int
    zone: str
    revision: int
    after: int

    def written(self) -> str:
        """Write it for a button: shortly, as zones have up to 32 characters."""
        numbers = (int(self.at.timestamp()) // 60, self.minutes, self.revision, self.after)
        return ".".join((*(f"{number:x}" for number in numbers), self.zone.replace("/", ".")))


def _before(written: str) -> _Before | None:
    """Read what `_Before` wrote; None for anything else."""
    numbers, zone = written.split(".")[:4], "/".join(written.split(".")[4:])
    try:
        at, minutes, revision, after = (int(number, 16) for number in numbers)
        began = datetime.fromtimestamp(at * 60, UTC)
    except (ValueError, OverflowError, OSError):
        return None
    known = zone in moments.known_zones()
    return _Before(began, minutes, zone, revision, after) if known else None


@session.command(listed=False)
def undo(
    caller: Caller, records: Records, session: SessionOption, was: Annotated[str, Line(t("Before"))]
) -> Reply:
    """Take a session back to when it was before it was moved."""
    may_change(caller, session)
    before = _before(was)
    if before is None or not _is_as_left(session, before, caller.now):
        raise UserError(t("There is nothing to undo any more."))
    when = moments.WallTime(before.at, moments.wall(before.at, before.zone), before.zone)
    moved_at, by = min(session.told_at or caller.now, caller.now), when.at - session.starts_at
    along = shift(records, session, when.at, caller.now, moved_at - by)
    return Say(_with_space(_moved(caller, records, session, when, before.minutes), along=along))


def _with_space(told: Message, *, along: bool) -> Message:
    """Say of a move that the open space inside the session went along, where it did."""
    more = (Paragraph(t("Its open space moves along.")),) if along else ()
    return replace(told, blocks=(*told.blocks, *more))


def _written_anew(
    caller: Caller, records: Records, planned: Session, when: moments.WallTime
) -> Reply:
    """Take another writing of the same moment for what is meant, in the zone it was set in."""
    if when.zone == planned.zone:
        planned.wall = when.wall
    told = previewed if planned.state == "draft" else refreshed
    return Say(told(caller, records, planned))


def _set_time(planned: Session, when: moments.WallTime, now: datetime) -> None:
    planned.starts_at, planned.wall, planned.zone = when.at, when.wall, when.zone
    planned.revision, planned.told_at = planned.revision + 1, now


def _is_as_left(planned: Session, before: _Before, now: datetime) -> bool:
    """Say whether a session still is as a move left it, and can be moved back."""
    as_left = (before.revision, before.after) == (planned.revision, planned.minutes)
    ahead = before.at > now and not waits(planned, before.at)
    return as_left and ahead and planned.state == "announced"


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


@session.command(fill=_as_it_is, shared=True)
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
    if title is not None:
        arrange_within(records, session, caller.now)
    if session.state == "draft":
        return Say(previewed(caller, records, session))
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
    arrange_within(records, session, caller.now)
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
    unaware = records.deliveries.waiting_for(session.about, "session.cancelled")
    records.deliveries.cancel(session.about, "session.cancelled")
    announce_anew(records, session, caller.now, ("cancelled",))
    arrange_within(records, session, caller.now)
    whom = tell(caller, records, session, "session.back", {}, unaware)
    done = t("“{title}” takes place after all.", title=session.title)
    return Change(said(joined((done, whom))))
