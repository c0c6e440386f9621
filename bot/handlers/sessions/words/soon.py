"""Says how soon a session begins."""

from datetime import datetime

from bot.i18n import Text, t, tn
from storage.sessions import Session


def soon(session: Session, now: datetime) -> Text:
    """Say how long it is until a session begins, in the largest unit that fits."""
    minutes = max(0, round((session.starts_at - now).total_seconds() / 60))
    if minutes >= 36 * 60:
        return tn("in {count} day", "in {count} days", round(minutes / 1440))
    if minutes >= 90:
        return tn("in {count} hour", "in {count} hours", round(minutes / 60))
    if minutes >= 60:
        return t("in an hour")
    return tn("in {count} minute", "in {count} minutes", minutes) if minutes else t("now")
