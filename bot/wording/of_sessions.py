"""Words a sentence about a session, with its date where other sessions have the same title."""

from bot.chat import Button, Message, Moment, Paragraph
from bot.i18n import Text, plain
from storage.sessions import Session


def said_of(session: Session, words: Text, *buttons: Button) -> Message:
    """Say something of a session, and of a date of a series when that is."""
    when = (Paragraph(plain(Moment(session.starts_at))),) if session.programme_id else ()
    return Message(blocks=(Paragraph(words), *when), buttons=buttons)
