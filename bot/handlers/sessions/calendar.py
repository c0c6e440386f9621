"""Gives a session as a file for people's own calendars."""

from bot.commands import EVERYONE, Caller
from bot.handlers.sessions.group import no_draft, session
from bot.handlers.sessions.words import calendar as words
from bot.i18n import t
from bot.options.things import SessionOption
from bot.protocol import Reader, Reply, Say
from bot.wording.calendars import calendar_of_one, member_reading
from storage import Records


@session.command(title=t("Add to calendar"), submit=t("Get file"), who=EVERYONE, reads=True)
def calendar(caller: Caller, records: Records, session: SessionOption) -> Reply:
    """Get a session as a file for your calendar."""
    no_draft(session)
    reader = member_reading(caller.member, Reader(caller.locale, caller.zone), caller.now)
    file, item = calendar_of_one(records, session, caller.member.id, reader)
    return Say(words.for_calendar(session, file, item, caller.now))
