"""Words when a session begins, and how long it takes."""

from bot.chat import Moment
from bot.i18n import Text, format_minutes, plain, t
from storage.sessions import Session


def span(session: Session, zone: str = "") -> Text:
    """Say when a session begins, and of an encounter of several days when it ends."""
    start, end = (Moment(at, zone) for at in (session.starts_at, session.ends_at))
    return t("From {start} to {end}", start=start, end=end) if session.is_span else plain(start)


def length(session: Session) -> tuple[Text, ...]:
    """Say how long a session takes; of several days that stands where it begins and ends."""
    return () if session.is_span else (format_minutes(session.minutes),)
