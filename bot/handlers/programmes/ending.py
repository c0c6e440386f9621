"""Ends programmes, and has them go on."""

from datetime import date
from typing import Annotated
from zoneinfo import ZoneInfo

from bot.authored import title_of
from bot.commands import Caller
from bot.domain import new_dates, rescheduling
from bot.domain import programmes as domain
from bot.errors import FieldError, UserError
from bot.handlers.programmes import words
from bot.handlers.programmes.group import (
    PASSED,
    Count,
    Until,
    end_of,
    may_change,
    programme,
    running,
    series_of,
)
from bot.i18n import Text, t
from bot.options.things import ProgrammeOption
from bot.options.times import DayKind
from bot.protocol import Reply, Say
from storage import Records
from storage.programmes import DRAFT, Programme

Last = Annotated[date, DayKind(t("Last day"), t("Later dates are called off"))]


def _would_end(caller: Caller, records: Records, programme: Programme) -> Text:
    running(programme)
    dates = rescheduling.after(records, programme, _today(caller, records, programme), caller.now)
    people = new_dates.concerned(records, programme, dates, caller.actor)
    more = domain.goes_further(records, programme, caller.now)
    return words.would_end(programme, len(dates), len(people), more=more)


@programme.command(
    title=t("End a programme"), submit=t("End it"), may=may_change, foretells=_would_end
)
def end(
    caller: Caller, records: Records, programme: ProgrammeOption, last: Last | None = None
) -> Reply:
    """End a programme, today or on another day; you first see who'll be told."""
    running(programme)
    today = _today(caller, records, programme)
    if last is not None and last < today:
        raise FieldError("last", PASSED)
    last = last or today
    done = rescheduling.end(records, programme, last, caller.actor)
    return Say(words.ended_by(programme, last, done))


def _today(caller: Caller, records: Records, planned: Programme) -> date:
    zone = ZoneInfo(series_of(records, planned).zone)
    return caller.now.astimezone(zone).date()


@programme.command(title=t("Renew a programme"), submit=t("Renew"), may=may_change)
def renew(
    caller: Caller,
    records: Records,
    programme: ProgrammeOption,
    until: Until | None = None,
    count: Count | None = None,
) -> Reply:
    """Have a programme go on after its last date, by the same rule."""
    if programme.state == DRAFT:
        raise UserError(t("“{title}” hasn't been announced yet.", title=title_of(programme)))
    begin = date.fromisoformat(rescheduling.following(records, programme, caller.now)[:10])
    if until is not None and until < begin:
        raise FieldError("until", t("Please choose a day after the last date."))
    ends = "".join(end_of(count, until)) or rescheduling.as_long(records, programme, begin)
    entry = rescheduling.renew(records, programme, ends, caller.actor)
    if entry is None:
        endless = t(
            "“{title}” has no last date, so there's nothing to renew.", title=title_of(programme)
        )
        raise UserError(endless)
    return Say(words.renewed(programme, series_of(records, programme), entry))
