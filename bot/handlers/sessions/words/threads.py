"""Words the thread for questions about a session, and leads people into it."""

from dataclasses import replace

from bot.authored import title_of
from bot.chat import Context, Message, Place, said
from bot.i18n import t
from storage.sessions import Session


def first_line(session: Session) -> Message:
    """Say what a thread is for."""
    return said(t("Questions about “{title}”? Ask them here.", title=title_of(session)))


def invited(message: Message, thread: Place | None) -> Message:
    """Add to the answer to who comes where to ask, if there is a thread for it."""
    if thread is None:
        return message
    ask = Context(t("Questions? Ask them in this thread: {thread}", thread=thread))
    return replace(message, blocks=(*message.blocks, ask))
