"""Words what digests tell of sessions and polls, a line each."""

from collections.abc import Collection, Mapping, Sequence

from bot.authored import title_of
from bot.chat import Choice, Option, choice
from bot.handlers.sessions.words.after import item_line
from bot.handlers.sessions.words.found import KEPT
from bot.handlers.sessions.words.lists import line
from bot.handlers.sessions.words.shown import starts
from bot.i18n import Text, joined, plain, t
from bot.options.references import session_option
from bot.wording.interpreters import task
from storage.actions import ActionItem
from storage.assets import KINDS
from storage.interpreters import Interpreter
from storage.polls import Poll
from storage.sessions import Session

OFFERED = 5
"""How many things a menu offers to be answered."""


def announced(sessions: Sequence[Session]) -> Sequence[Text]:
    """Word sessions that were announced."""
    return [
        t("New session: “{title}”, {when}", title=title_of(one), when=starts(one))
        for one in sessions
    ]


def moved(sessions: Sequence[Session]) -> Sequence[Text]:
    """Word sessions that were moved, with their new time."""
    return [
        t("Moved: “{title}”, now {when}", title=title_of(one), when=starts(one)) for one in sessions
    ]


def cancelled(sessions: Sequence[Session]) -> Sequence[Text]:
    """Word sessions that won't take place."""
    return [
        t("Cancelled: “{title}”, {when}", title=title_of(one), when=starts(one)) for one in sessions
    ]


def kept(sessions: Sequence[Session], kinds: Mapping[str, Collection[str]]) -> Sequence[Text]:
    """Word past sessions with what everybody finds of them."""
    return [
        t("From “{title}”: {what}", title=title_of(one), what=_kinds(kinds[one.about]))
        for one in sessions
        if kinds.get(one.about)
    ]


def _kinds(kinds: Collection[str]) -> Text:
    return joined([KEPT[kind] for kind in KINDS if kind in kinds], ", ")


def ahead(rows: Sequence[tuple[Session, str]], hosted: Collection[int]) -> Sequence[Text]:
    """Word sessions to come, with what their reader answered or that they host."""
    return [
        joined((line(one), t("(you're hosting)"))) if one.id in hosted else line(one, answer)
        for one, answer in rows
    ]


def answer(sessions: Sequence[Session]) -> tuple[Choice, ...]:
    """Give the menu by which somebody answers sessions they haven't answered."""
    options = tuple(session_option(one) for one in sessions[:OFFERED])
    menu = choice(t("Say if you're coming"), "session.rsvp", "session", options)
    return (menu,) if options else ()


def polls(some: Sequence[Poll]) -> Sequence[Text]:
    """Word polls on a time."""
    return [t("Poll on a time: “{title}”", title=title_of(one)) for one in some]


def answer_poll(some: Sequence[Poll]) -> tuple[Choice, ...]:
    """Give the menu by which somebody answers polls."""
    options = tuple(Option(str(one.id), plain(title_of(one))) for one in some[:OFFERED])
    menu = choice(t("Say when you can"), "session.poll-answer", "poll", options)
    return (menu,) if options else ()


def asked(rows: Sequence[tuple[Interpreter, Session]]) -> Sequence[Text]:
    """Word what somebody was asked to do so that others can follow."""
    return [
        t(
            "{task} at “{title}”: can you?",
            task=task(row.kind, row.language),
            title=title_of(planned),
        )
        for row, planned in rows
    ]


def due(items: Sequence[ActionItem]) -> Sequence[Text]:
    """Word actions that are due."""
    return [item_line(one, {}) for one in items]
