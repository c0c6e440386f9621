"""Words what goes with a session for somebody's calendar."""

from datetime import datetime

from bot.authored import title_of
from bot.chat import Block, Context, File, Link, Message, Paragraph, button
from bot.documents.calendar import CalendarItem, google_link
from bot.i18n import plain, t
from storage.sessions import Session

ADD = t("Add to calendar")


def for_calendar(session: Session, file: File, item: CalendarItem, now: datetime) -> Message:
    """Hand a session over for a calendar, and say that the calendar doesn't follow it."""
    blocks = _cancelled(session) if session.state == "cancelled" else _added(session, item, now)
    dates = button(t("All dates"), "programme.calendar", programme=session.programme_id)
    mine = (*((dates,) if session.programme_id else ()), button(t("My calendar"), "my.calendar"))
    return Message(plain(title_of(session)), blocks, mine, files=(file,))


def _cancelled(session: Session) -> tuple[Block, ...]:
    words = t(
        "“{title}” was cancelled. Open the file to have your calendar say so.",
        title=title_of(session),
    )
    return (Paragraph(words),)


def _added(session: Session, item: CalendarItem, now: datetime) -> tuple[Block, ...]:
    opens = t("Open the file to add “{title}” to your calendar.", title=title_of(session))
    google = t("Or add it here: {link}", link=Link(google_link(item), "Google Calendar"))
    stays = t(
        "It won't move by itself there. If the session moves, I'll tell everyone who said yes or "
        "maybe."
    )
    late = (Context(stays),) if session.ends_at > now else ()
    return (Paragraph(opens), Paragraph(google), *late)
