"""Asks what people thought of a session, apart from who they are, and shows it to its hosts."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

from bot.authored import title_of
from bot.chat import Message, Option
from bot.commands import COORDINATORS, EVERYONE, Answers, Caller
from bot.domain import feedback as domain
from bot.errors import FieldError, NotAllowed, UserError
from bot.handlers.sessions import words
from bot.handlers.sessions.group import changes, no_draft, session
from bot.i18n import Text, t
from bot.options.basic import Line, LongText, OneOf
from bot.options.things import SessionOption
from bot.protocol import Change, Reply, Say
from bot.wording.pages import Page
from storage import Records
from storage.questions import Question
from storage.sessions import Session

LONGEST = 1000
"""Characters of an answer."""
SCORES = tuple(Option(str(score), words.SCORES[score]) for score in sorted(words.SCORES)[::-1])


def is_host(caller: Caller, records: Records, planned: Session) -> bool:
    """Say whether the caller hosts or planned a session."""
    turns = records.hosting.accepted(planned.id)
    hosts = [turn.member_id for turn in turns]
    return caller.member.id in (*hosts, planned.organiser_id)


def _reads(caller: Caller, records: Records, planned: Session) -> bool:
    """Say whether the caller is shown what others thought, rather than asked.

    Coordinators are who were not there, or gave feedback already.
    """
    if is_host(caller, records, planned):
        return True
    there = caller.member.id in domain.were_there(records, planned)
    asked = there and not domain.has_given(records, planned, caller.actor)
    return caller.is_at_least(COORDINATORS) and not asked


def _about_to_give(caller: Caller, records: Records, session: Session) -> Text:
    """Say that nobody learns who wrote what, where somebody is asked. Raises UserError."""
    has_begun(caller, session)
    if _reads(caller, records, session):
        return Text("")
    _once(caller, records, session)
    return words.ANONYMOUS


def has_begun(caller: Caller, planned: Session) -> None:
    """Let only sessions pass that took place or are on. Raises UserError."""
    no_draft(planned)
    if planned.state == "cancelled":
        raise UserError(t("“{title}” was cancelled.", title=title_of(planned)))
    if planned.starts_at > caller.now:
        raise UserError(t("“{title}” hasn't begun yet.", title=title_of(planned)))


def _once(caller: Caller, records: Records, planned: Session) -> None:
    if domain.has_given(records, planned, caller.actor):
        told = t("You've given feedback on “{title}” already.", title=title_of(planned))
        raise UserError(told)


def _own_question(caller: Caller, records: Records, session: Session) -> Sequence[Question]:
    """Give the host's question where the caller is asked, as one more field of the form."""
    if not session.feedback_question or _reads(caller, records, session):
        return ()
    asked = {"": session.feedback_question}
    return (Question(id=session.id, about="", position=1, kind="long", words=asked, limit=LONGEST),)


@session.command(
    title=t("Give feedback"),
    submit=t("Send"),
    who=EVERYONE,
    foretells=_about_to_give,
    questions=_own_question,
    anonymous=True,
)
def feedback(
    caller: Caller,
    records: Records,
    session: SessionOption,
    score: Annotated[str, OneOf(t("Was it worth your time?"), options=SCORES)] = "",
    change: Annotated[str, LongText(t("What should we change?"), limit=LONGEST)] = "",
    answers: Answers | None = None,
) -> Reply:
    """Say what you thought of a session, or see what others thought if you host it."""
    has_begun(caller, session)
    answer = next(iter((answers or {}).values()), "")
    if not (score or change or answer):
        if not _reads(caller, records, session):
            raise FieldError("score", t("Please answer one of the questions."))
        return Say(_result(records, session))
    _once(caller, records, session)
    if _reads(caller, records, session):
        raise UserError(t("Those who read the feedback don't give any: it'd show who wrote what."))
    domain.give(records, session, (int(score or 0), change, answer or ""), caller.actor)
    return Say(words.given(session))


def _result(records: Records, planned: Session, page: int = 1) -> Message:
    counts = domain.how_many(records, planned)
    return words.feedback(planned, records.feedback.of(planned.id), counts, page)


def may_read(caller: Caller, records: Records, session: Session) -> None:
    """Let the hosts pass, whoever planned the session, and coordinators. Raises NotAllowed."""
    if not (is_host(caller, records, session) or caller.is_at_least(COORDINATORS)):
        raise NotAllowed(t("Only the session's hosts and coordinators see that."))


@session.command(
    title=t("See the feedback"), submit=t("View"), may=may_read, reads=True, listed=False
)
def answers(caller: Caller, records: Records, session: SessionOption, page: Page = 1) -> Reply:
    """Show hosts what people thought of a session."""
    return Change(_result(records, session, page))


def may_ask(caller: Caller, records: Records, session: Session) -> None:
    """Let the hosts pass, whoever planned the session, and the core group. Raises NotAllowed."""
    if not (changes(caller, session) or is_host(caller, records, session)):
        raise NotAllowed(t("Only the session's hosts and the core group can do that."))


def _as_asked(caller: Caller, records: Records, session: Session) -> Mapping[str, Any]:
    return {"question": session.feedback_question}


@session.command(
    title=t("Ask for feedback"), submit=t("Save"), may=may_ask, fill=_as_asked, listed=False
)
def ask_feedback(
    caller: Caller,
    records: Records,
    session: SessionOption,
    question: Annotated[str, Line(t("Your question"), limit=200)] | None = None,
) -> Reply:
    """Ask those who give feedback a question of your own; leave it empty to ask none."""
    if records.feedback.count(session.id):
        raise UserError(t("Somebody has answered already, so the question stays as it is."))
    domain.ask(records, session, question or "")
    return Say(words.asks(session))
