"""Gives the dates of a programme for people's own calendars."""

from bot.commands import EVERYONE, Caller
from bot.domain.calendars import scope
from bot.errors import UserError
from bot.handlers.programmes.group import programme
from bot.i18n import t
from bot.options.things import ProgrammeOption
from bot.protocol import Reader, Reply, Say
from bot.wording.calendars import member_reading, public_address, shared_calendar
from storage import Records
from storage.programmes import DRAFT


@programme.command(title=t("Calendar of the dates"), submit=t("Get it"), who=EVERYONE, reads=True)
def calendar(caller: Caller, records: Records, programme: ProgrammeOption) -> Reply:
    """Get all dates of a programme for your calendar."""
    if programme.state == DRAFT:
        raise UserError(t("This programme hasn't been announced yet."))
    reader = member_reading(caller.member, Reader(caller.locale, caller.zone), caller.now)
    url = public_address(caller.web_address, records, programme.id)
    return Say(shared_calendar(records, scope(caller.now, programme=programme.id), reader, url))
