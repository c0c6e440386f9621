"""Asks who interprets, captions or signs in a session, and keeps what they answer."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.needs import planner_of
from bot.domain.sessions import change
from bot.domain.telling import interpreting_in, tell
from storage import Records
from storage.deliveries import Wanted
from storage.interpreters import ASKED, CONFIRMED, DECLINED, INTERPRETATION, Interpreter
from storage.log import Actor, LogEntry
from storage.people import Member
from storage.sessions import Session

ASKING, ANSWERED = "session.interpreting", "session.interpreter_answered"
NAMED, REMOVED = "interpreter named", "interpreter removed"
WAS_ASKED, AGREED, REFUSED = "interpreter asked", "interpreter confirmed", "interpreter declined"


@dataclass(frozen=True, slots=True)
class Task:
    """What is done to make a session understood: its kind, in which language, heard where.

    A member does it, or somebody from outside with a `name`.
    """

    kind: str
    language: str
    member: Member | None = None
    name: str = ""
    listen: str = ""

    def is_of(self, row: Interpreter) -> bool:
        """Say whether a row keeps this task."""
        who = self.member.id if self.member else None
        same = (row.kind, row.language, row.member_id)
        return same == (self.kind, self.language, who) and row.name == self.name


def ask(records: Records, session: Session, task: Task, by: Actor) -> tuple[Interpreter, bool]:
    """Ask a member to do a task; says whether they are asked now, or had been before.

    Whoever is from outside has confirmed on the word of who names them, and so have those who name
    themselves.
    """
    rows = records.interpreters.of(session.id)
    row = next((row for row in rows if task.is_of(row)), None)
    fresh = row is None or row.state == DECLINED
    if row is None:
        row = Interpreter(
            session_id=session.id, kind=task.kind, language=task.language, asked_at=by.now
        )
        row.member_id, row.name = (task.member.id if task.member else None), task.name
        records.interpreters.add(row)
    row.listen_on = task.listen or row.listen_on or _heard_on(rows, row)
    records.touched.add(session)
    if fresh:
        row.state, row.asked_at, row.by_id = ASKED, by.now, by.id
        _begin(records, session, row, task.member, by)
    if task.listen:
        listen(records, session, row, task.listen)
    return row, fresh


def _begin(
    records: Records, session: Session, row: Interpreter, member: Member | None, by: Actor
) -> None:
    """Have a task confirmed that needs no question, or ask whose it is."""
    if member is None or member.id == by.id:
        _confirm(records, session, row, by)
        _log(records, session, row, NAMED if member is None else AGREED, by)
        return
    _log(records, session, row, WAS_ASKED, by)
    kind = f"asked:{row.id}:{by.now.isoformat()}"
    one = Wanted(kind, by.now, session.ends_at, by_id=by.id, args={"interpreter": row.id})
    tell(records, interpreting_in(session), ASKING, one, [member])


def _heard_on(rows: Iterable[Interpreter], row: Interpreter) -> str:
    """Give where others are heard who do the same."""
    return next((one.listen_on for one in rows if one.listen_on and _alike(one, row)), "")


def _alike(one: Interpreter, other: Interpreter) -> bool:
    return (one.kind, one.language) == (other.kind, other.language)


def _confirm(records: Records, session: Session, row: Interpreter, by: Actor) -> None:
    """Keep that a task is done; its language is then one of the session's."""
    row.state, row.answered_at = CONFIRMED, by.now
    if row.kind == INTERPRETATION and row.language not in session.languages:
        first = [records.community.locale.partition("-")[0]]
        spoken = session.languages or [code for code in first if code != row.language]
        change(records, session, {"languages": [*spoken, row.language]}, by)


def _log(records: Records, session: Session, row: Interpreter, what: str, by: Actor) -> LogEntry:
    entry = records.log.add(session.about, what, by.member, by.now)
    entry.after = {"interpreter": row.id, "kind": row.kind, "language": row.language}
    return entry


def answer(records: Records, session: Session, row: Interpreter, yes: bool, by: Actor) -> bool:
    """Keep whether somebody does what they were asked; False where they had said so before.

    Whoever asked hears of a yes, and hosts and whoever planned the session of a no.
    """
    records.sessions.hold(session)
    if row.state == (CONFIRMED if yes else DECLINED):
        return False
    if yes:
        _confirm(records, session, row, by)
    else:
        row.state, row.answered_at = DECLINED, by.now
    _log(records, session, row, AGREED if yes else REFUSED, by)
    hosts = [] if yes else [turn.member_id for turn in records.hosting.accepted(session.id)]
    planner = None if yes else planner_of(records, session)
    whom = {row.by_id, *hosts, planner.id if planner else None}
    people = records.members.many([id for id in whom if id and id != by.id])
    there = [who for who in people if who.left_at is None]
    kind = f"{row.id}:{row.state}:{by.now.isoformat()}"
    args = {"interpreter": row.id, "state": row.state}
    one = Wanted(kind, by.now, session.ends_at, by_id=by.id, args=args)
    tell(records, interpreting_in(session), ANSWERED, one, there)
    records.touched.add(session)
    return True


def remove(records: Records, session: Session, row: Interpreter, by: Actor) -> None:
    """Have somebody do a task no more, and tell them if they had not declined."""
    _log(records, session, row, REMOVED, by)
    member = records.members.find(row.member_id) if row.member_id else None
    tells = member is not None and row.state != DECLINED and member.id != by.id
    records.interpreters.remove(row)
    records.touched.add(session)
    if member is not None and tells:
        one = Wanted(f"out:{by.now.isoformat()}", by.now, session.ends_at, by_id=by.id)
        tell(records, interpreting_in(session), ASKING, one, [member])


def listen(records: Records, session: Session, row: Interpreter, words: str) -> None:
    """Keep on which channel of the call those are heard who do the same as somebody."""
    for one in records.interpreters.of(session.id):
        if _alike(one, row):
            one.listen_on = words
    records.touched.add(session)


def confirmed(records: Records, session: Session) -> Sequence[Interpreter]:
    """List who interprets, captions or signs in a session."""
    return [row for row in records.interpreters.of(session.id) if row.state == CONFIRMED]


def touch_of(records: Records, member: Member, now: datetime) -> None:
    """Have the sessions followed in which somebody interprets who leaves or is erased."""
    for _, session in records.interpreters.tasks_of(member.id, now):
        records.touched.add(session)
