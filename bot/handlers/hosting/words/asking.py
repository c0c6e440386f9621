"""Words how people are asked to host, and how that is taken back before they answer."""

from collections.abc import Sequence

from bot.authored import title_of
from bot.chat import Choice, Message, button, choice
from bot.handlers.hosting.words.turns import names
from bot.i18n import Text, joined, t
from bot.options.references import session_option
from bot.wording.of_sessions import said_of
from storage.hosting import Turn
from storage.people import Member
from storage.sessions import Session

WITHDRAW, CALL = t("Withdraw request"), "host.unask"


def asked(session: Session, person: Member, *, at_once: bool = True) -> Message:
    """Confirm who was asked to host, with a way to take it back."""
    named = {"who": names([person]), "title": title_of(session)}
    words = t("I've asked {who} to host “{title}”.", **named)
    if not at_once:
        words = t("I'll ask {who} to host “{title}” when their quiet hours end.", **named)
    return said_of(session, words, button(WITHDRAW, CALL, session=session.id, person=person.id))


def taking_back(sessions: Sequence[Session]) -> tuple[Choice, ...]:
    """Give the menu by which those are not asked any more who have not answered."""
    options = tuple(session_option(session) for session in sessions)
    return (choice(WITHDRAW, CALL, "session", options),) if options else ()


def unasked(session: Session, people: Sequence[Member], *, stops: bool) -> Message:
    """Confirm who is not asked any more, and that the rota `stops` asking for this session."""
    told = {"who": names(people), "title": title_of(session)}
    words = t("I'm no longer asking {who} to host “{title}”.", **told)
    if stops:
        words = joined((words, t("I won't ask anybody else by myself.")))
    ask = button(t("Ask somebody else"), "host.ask", session=session.id)
    return said_of(session, words, ask)


def no_need_to_ask(member: Member, turn: Turn) -> Text:
    """Say why somebody is not to be asked to host a session."""
    if turn.hosts:
        return t("{who} is already hosting it.", who=member.name)
    if turn.state == "proposed":
        return t("{who} has already been asked.", who=member.name)
    if turn.state == "wished":
        return t("{who} asked to host it and is waiting for an answer.", who=member.name)
    return t("{who} said they can't host it. Please ask somebody else.", who=member.name)
