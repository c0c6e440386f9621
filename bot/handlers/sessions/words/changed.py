"""Words for attendees what has changed about a session."""

from bot.authored import title_of
from bot.chat import Block, Message, Paragraph, button
from bot.commands import person
from bot.handlers.sessions.words.shown import answers
from bot.i18n import t
from bot.wording.spans import span
from storage.people import Member
from storage.sessions import Session


def changed(session: Session, by: Member | None, blocks: tuple[Block, ...]) -> Message:
    """Tell somebody who comes what is other now, and who changed it."""
    title = title_of(session)
    words = t("“{title}” was changed.", title=title)
    if by is not None:
        words = t("{who} changed “{title}”.", who=person(by), title=title)
    details = button(t("Details"), "session.show", session=session.id)
    return Message(words, (Paragraph(span(session)), *blocks), (details, *answers(session)))
