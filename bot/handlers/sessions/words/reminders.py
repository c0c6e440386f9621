"""Words reminders of a session, and that somebody wants no more of them."""

from collections.abc import Sequence
from datetime import datetime

from bot.authored import item_of, title_of
from bot.chat import Block, Button, Fields, Message, Paragraph, button, said
from bot.handlers.sessions.words.agenda import now_and_next, read
from bot.handlers.sessions.words.shown import facts
from bot.handlers.sessions.words.soon import soon
from bot.i18n import Text, t
from bot.options.answers import ANSWERED
from bot.wording.meetings import where
from bot.wording.spans import span
from bot.wording.wishes import reminding_of, ways_on
from storage.people import Member
from storage.sessions import Session


def reminder(session: Session, now: datetime, hosts: Sequence[Member]) -> Message:
    """Word a reminder of a session, to a person or to a channel."""
    words = t("“{title}” begins {soon}.", title=title_of(session), soon=soon(session, now))
    when = Paragraph(span(session))
    details = button(t("Details"), "session.show", session=session.id)
    return Message(words, (when, *facts(session, hosts)), (details,))


def own_reminder(
    session: Session, now: datetime, hosts: Sequence[Member], answer: str = "yes"
) -> Message:
    """Word a reminder to one person, who can say now that they cannot, or want no more of these."""
    begun = now >= session.starts_at
    message = _starting(session, now) if begun else reminder(session, now, hosts)
    coming = button(ANSWERED["yes"], "session.rsvp", session=session.id, answer="yes")
    cannot = button(t("I can't come"), "session.rsvp", session=session.id, answer="no")
    answers = (cannot,) if answer == "yes" else (coming, cannot)
    buttons = (*message.buttons, *answers, _stop(session))
    return Message(message.title, message.blocks, buttons)


def _starting(session: Session, now: datetime) -> Message:
    """Word that a session starts: where people meet stands first, and what is on in it."""
    words = t("“{title}” is starting now.", title=title_of(session))
    meet: tuple[Block, ...] = (Fields(tuple(where(session))),) if where(session) else ()
    begins = tuple(Paragraph(line) for line in now_and_next(session, now) or _first(session))
    details = button(t("Details"), "session.show", session=session.id)
    return Message(words, (*meet, *begins, Paragraph(span(session))), (details,))


def _first(session: Session) -> list[Text]:
    """Name what comes first in an agenda without times."""
    return [t("First: {item}", item=item_of(item.line)) for item in read(session).items[:1]]


def _stop(session: Session, *, here: bool = False) -> Button:
    label = t("No more reminders")
    if here:
        return button(label, "session.mute", session=session.id, here="yes")
    return button(label, "session.mute", session=session.id)


def muted(session: Session) -> Message:
    """Say that somebody is reminded of one session no more, with the way back and further on."""
    told = {"title": title_of(session)}
    words = t(
        "I won't remind you of “{title}” any more. I'll still tell you if it's moved or cancelled.",
        **told,
    )
    undo = button(t("Undo"), "session.unmute", session=session.id)
    return said(words, undo, button(t("All sessions"), "my.stop-reminders"))


def unmuted(session: Session, member: Member, now: datetime) -> Message:
    """Say that somebody is reminded of a session again, as far as anything is left to say."""
    told = {"title": title_of(session)}
    if session.starts_at <= now:
        return said(_nothing_left(session, now))
    if reminding_of(member).never:
        words = t("“{title}” is no longer muted, but all your reminders are off.", **told)
        return said(words, *ways_on(member))
    words = t("I'll remind you of “{title}” again, as you chose.", **told)
    return said(words, _stop(session, here=True))


def _nothing_left(session: Session, now: datetime) -> Text:
    told = {"title": title_of(session)}
    if session.ends_at <= now:
        return t("“{title}” is over: there's nothing left to remind you of.", **told)
    return t("“{title}” has already begun: there's nothing left to remind you of.", **told)
