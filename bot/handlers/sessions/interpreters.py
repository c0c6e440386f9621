"""Arranges who interprets, captions or signs in a session, and takes what they answer."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Annotated

from bot.chat import Message, Option
from bot.commands import CORE, EVERYONE, Caller
from bot.domain import gaps
from bot.domain import interpreting as domain
from bot.domain.interpreting import Task
from bot.errors import FieldError, Gone, NotAllowed
from bot.handlers.sessions.group import changes, session, still_here, still_open
from bot.handlers.sessions.keeping import by_id
from bot.handlers.sessions.words import interpreters as words
from bot.i18n import t
from bot.notices import Sending
from bot.options.basic import Line, OneOf, YesNo
from bot.options.languages import Language
from bot.options.references import Unnamed
from bot.options.things import PersonOption, SessionOption
from bot.protocol import Change, Reply, Say
from bot.wording.interpreters import KINDS
from bot.wording.pages import Page
from storage import Records
from storage.interpreters import ASKED, CONFIRMED, DECLINED, INTERPRETATION, Interpreter
from storage.people import Member
from storage.sessions import Session

Into = Annotated[str, Language(t("Language"), t("For example: French"))]
Outside = Annotated[str, Line(t("Name"), t("Somebody who isn't in this community"), limit=100)]
WHERE = t("Where people hear it, for example: Channel 2")
Listen = Annotated[str, Line(t("Listening channel"), WHERE, limit=80)]
TaskKind = Annotated[
    str, OneOf(t("What they do"), options=tuple(Option(key, name) for key, name in KINDS.items()))
]
TaskOption = Annotated[Interpreter, Unnamed(t("Interpreter"), area="interpreters")]
Yes = Annotated[bool, YesNo(t("Answer"))]
ARRANGE = t("Only the session's hosts, its contributors and the core group can do that.")


def arranges(caller: Caller, records: Records, session: Session) -> bool:
    """Say whether the caller arranges who interprets: those who hold the session do."""
    contribute = records.contributions.confirmed(session.id)
    return _holds(caller, records, session) or caller.member.id in contribute


def _holds(caller: Caller, records: Records, session: Session) -> bool:
    """Say whether the caller planned a session, hosts it, or is of the core group."""
    hosts = [turn.member_id for turn in records.hosting.accepted(session.id)]
    return changes(caller, session) or caller.is_at_least(CORE) or caller.member.id in hosts


def _seen(caller: Caller, records: Records, session: Session) -> list[Interpreter]:
    """List who interprets and who was asked; others than hosts see only whom they asked."""
    rows, all = records.interpreters.of(session.id), _holds(caller, records, session)
    own = caller.member.id
    return [row for row in rows if all or row.state == CONFIRMED or own == row.by_id]


def may_arrange(caller: Caller, records: Records, session: Session) -> None:
    """Let only those pass who arrange who interprets. Raises NotAllowed."""
    if not arranges(caller, records, session):
        raise NotAllowed(ARRANGE)


@session.command(title=t("Arrange interpretation"), submit=t("Save"), may=may_arrange)
def interpreter(
    caller: Caller,
    records: Records,
    session: SessionOption,
    language: Into = "",
    person: PersonOption | None = None,
    name: Outside = "",
    listen: Listen = "",
    kind: TaskKind = INTERPRETATION,
    page: Page = 0,
) -> Reply:
    """See who interprets in a session, or name somebody for a language, captions or signing."""
    if not (language or person or name or listen):
        shown = overview(caller, records, session, page or 1)
        return Change(shown) if page else Say(shown)
    if not language:
        raise FieldError("language", t("Into which language? Write its name, like Spanish."))
    return Say(_named(caller, records, session, Task(kind, language, person, name, listen)))


@session.command(title=t("Add an interpreter"), submit=t("Add"), may=may_arrange, listed=False)
def add_interpreter(
    caller: Caller,
    records: Records,
    session: SessionOption,
    language: Into,
    person: PersonOption | None = None,
    name: Outside = "",
    listen: Listen = "",
    kind: TaskKind = INTERPRETATION,
) -> Reply:
    """Name a member, whom I'll ask, or somebody from outside who has agreed."""
    return Say(_named(caller, records, session, Task(kind, language, person, name, listen)))


def _named(caller: Caller, records: Records, planned: Session, task: Task) -> Message:
    """Ask somebody, or say where a language is heard, and show how things stand then."""
    still_open(planned, caller.now)
    if task.member is not None and task.name:
        raise FieldError("name", t("Choose a member or write a name, not both."))
    if task.member is None and not task.name:
        return _heard(caller, records, planned, task)
    if task.member is not None:
        still_here(task.member)
    row, fresh = domain.ask(records, planned, task, caller.actor)
    hosts = [turn.member_id for turn in records.hosting.accepted(planned.id)]
    both = row.member_id is not None and row.member_id in hosts
    people = by_id(records, [row.member_id])
    told = words.asked_now(row, people, fresh=fresh, hosts=both)
    shown = overview(caller, records, planned)
    return replace(shown, blocks=(*told, *shown.blocks))


def _heard(caller: Caller, records: Records, planned: Session, task: Task) -> Message:
    """Keep where a language is heard, where somebody does it. Raises FieldError."""
    rows = _seen(caller, records, planned)
    mine = [one for one in rows if (one.kind, one.language) == (task.kind, task.language)]
    if not task.listen or not mine:
        raise FieldError("person", t("Who does it? Choose a member, or write a name."))
    domain.listen(records, planned, mine[0], task.listen)
    return overview(caller, records, planned)


def overview(caller: Caller, records: Records, planned: Session, page: int = 1) -> Message:
    """Show who interprets in a session, who was asked, and what is needed."""
    rows = _seen(caller, records, planned)
    given = records.interpreters.needs(planned.id)
    needs = Counter(what for need in given for what in gaps.wished(need))
    people = by_id(records, [row.member_id for row in rows])
    return words.overview(planned, words.Arranged(rows, people, needs), page)


def _of(caller: Caller, records: Records, row: Interpreter) -> Session:
    """Give the session of a task, to those who arrange it. Raises NotAllowed and UserError."""
    planned = records.sessions.get(row.session_id)
    may_arrange(caller, records, planned)
    if row not in _seen(caller, records, planned):
        raise Gone
    still_open(planned, caller.now)
    return planned


@session.command(title=t("Listening channel"), submit=t("Save"), listed=False)
def listening(caller: Caller, records: Records, part: TaskOption, listen: Listen) -> Reply:
    """Say on which channel of the call somebody is heard."""
    planned = _of(caller, records, part)
    if part.state == DECLINED:
        raise Gone
    domain.listen(records, planned, part, listen)
    return Say(overview(caller, records, planned))


@session.command(title=t("Remove an interpreter"), submit=t("Remove"), listed=False)
def remove_interpreter(caller: Caller, records: Records, part: TaskOption) -> Reply:
    """Take somebody off; they're told if they hadn't declined."""
    planned = _of(caller, records, part)
    domain.remove(records, planned, part, caller.actor)
    return Change(overview(caller, records, planned))


@session.command(title=t("Interpret"), submit=t("Answer"), who=EVERYONE, listed=False)
def interpret(caller: Caller, records: Records, part: TaskOption, answer: Yes) -> Reply:
    """Say whether you interpret at a session, or that you can't any more."""
    if part.member_id != caller.member.id:
        raise Gone
    planned = records.sessions.get(part.session_id)
    still_open(planned, caller.now)
    domain.answer(records, planned, part, answer, caller.actor)
    rows = _own(records, planned, caller.member)
    return Change(_with_coming(records, planned, rows, None, caller.now))


def _with_coming(
    records: Records,
    session: Session,
    rows: Sequence[Interpreter],
    by: Member | None,
    now: datetime,
) -> Message:
    """Show somebody their part; who agreed and has not answered can say that they come."""
    shown = words.asked(session, rows, by, now)
    ahead = session.state == "announced" and session.ends_at > now
    agreed = any(row.state == CONFIRMED for row in rows)
    given = records.rsvps.answer_of(session.id, rows[0].member_id or 0)
    if not (ahead and agreed and given is None):
        return shown
    return replace(shown, buttons=(*shown.buttons, words.coming(session)))


def _own(records: Records, planned: Session, member: Member) -> list[Interpreter]:
    return [row for row in records.interpreters.of(planned.id) if row.member_id == member.id]


@session.farewell
def uninterpret(caller: Caller, records: Records) -> None:
    """Have it seen where somebody who is erased was to interpret."""
    domain.touch_of(records, caller.member, caller.now)


@session.notice(t("Request to interpret"), live=True, asks=True)
def interpreting(records: Records, sending: Sending) -> Message | None:
    """Ask somebody to interpret at a session, or tell them that they are not needed any more."""
    planned = records.sessions.find(sending.about)
    if planned is None or sending.member is None:
        return None
    rows = _own(records, planned, sending.member)
    if not rows:
        was_asked = sending.kind == "refresh" or sending.kind.startswith("out:")
        return words.out(planned) if was_asked else None
    waits = [row for row in rows if row.state == ASKED]
    ahead = planned.state != "cancelled" and planned.ends_at > sending.now
    if sending.kind.startswith("asked:") and not (ahead and waits):
        return None
    by = records.members.find(waits[0].by_id or 0) if waits else None
    return _with_coming(records, planned, rows, by, sending.now)


@session.notice(t("Answer of an interpreter"))
def interpreter_answered(records: Records, sending: Sending) -> Message | None:
    """Tell what an interpreter answered, unless they have thought better of it."""
    planned = records.sessions.find(sending.about)
    row = records.interpreters.find(sending.args["interpreter"])
    if planned is None or planned.state == "cancelled" or row is None:
        return None
    if row.state != sending.args["state"]:
        return None
    alike = [
        one for one in records.interpreters.of(planned.id) if gaps.served(one) == gaps.served(row)
    ]
    left = any(one.state == CONFIRMED for one in alike)
    return words.answered(planned, row, by_id(records, [row.member_id]), left=left)
