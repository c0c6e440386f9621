"""Words the thread for questions about a session, and leads people into it."""

from dataclasses import replace

from bot.chat import Context, Message, Place, said
from bot.i18n import t


def first_line() -> Message:
    """Say what the thread beneath an announcement is for; the announcement says of what."""
    return said(t("Questions about this session? Ask them here."))


def invited(message: Message, thread: Place | None) -> Message:
    """Add to the answer to who comes where to ask, if there is a thread for it."""
    if thread is None:
        return message
    ask = Context(t("Questions? Ask them in this thread: {thread}", thread=thread))
    return replace(message, blocks=(*message.blocks, ask))
