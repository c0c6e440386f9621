"""Gives the entry of a session for people's own calendars, which mail attaches."""

from dataclasses import replace

from bot.chat import CalendarEvent
from bot.handlers.sessions.words.shown import event
from storage import Records
from storage.sessions import Session


def entry(records: Records, session: Session) -> CalendarEvent:
    """Give a session as it stands in calendars."""
    stands = records.calendars.of_session(session, 0)
    shown, counted = event(session, session.starts_at), stands.sequence
    return replace(shown, sequence=counted, changed_at=stands.changed_at, zone=session.zone)
