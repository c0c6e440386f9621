"""Changes what is said of programmes, and when they meet."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from bot.authored import title_of
from bot.chat import Message
from bot.commands import Caller
from bot.domain import programmes as domain
from bot.domain import rescheduling
from bot.domain.rescheduling import PlacedRule
from bot.errors import UserError
from bot.handlers.programmes import words
from bot.handlers.programmes.group import (
    Ahead,
    First,
    Rule,
    may_change,
    placed_rule,
    programme,
    rules_of,
    series_of,
)
from bot.handlers.programmes.showing import preview
from bot.handlers.programmes.telling import worded
from bot.i18n import t
from bot.moments import Series
from bot.options.meetings import (
    Agenda,
    ClosesBefore,
    Contact,
    Description,
    Format,
    Length,
    Partners,
    Question,
    Recorded,
    Seats,
    Spoken,
    Title,
    Url,
    Where,
    content_of,
    given_in,
)
from bot.options.things import ProgrammeOption
from bot.protocol import Reply, Say
from bot.rules.recurrence import cap_of
from storage import Records
from storage.programmes import DRAFT, ENDED, Programme


def _as_it_is(caller: Caller, records: Records, programme: Programme) -> Mapping[str, Any]:
    now = {"announce_ahead": programme.announce_ahead, "rule": series_of(records, programme)}
    return {**content_of(programme), **now}


@programme.command(
    title=t("Change a programme"), submit=t("Save"), may=may_change, fill=_as_it_is, shared=True
)
def change(
    caller: Caller,
    records: Records,
    programme: ProgrammeOption,
    title: Title | None = None,
    rule: Rule | None = None,
    from_: First | None = None,
    duration: Length | None = None,
    announce_ahead: Ahead | None = None,
    description: Description | None = None,
    guiding_question: Question | None = None,
    format: Format | None = None,
    link: Url | None = None,
    languages: Spoken | None = None,
    agenda: Agenda | None = None,
    partners: Partners | None = None,
    place: Where | None = None,
    capacity: Seats | None = None,
    closes: ClosesBefore | None = None,
    recorded: Recorded | None = None,
    contact: Contact | None = None,
) -> Reply:
    """Change what a programme is about, or when it meets from a date on."""
    if programme.state == ENDED:
        raise UserError(t("“{title}” has ended.", title=title_of(programme)))
    given = locals()
    ahead = {"announce_ahead": announce_ahead} if announce_ahead is not None else {}
    values = given_in(given) | ahead
    if rule is not None and programme.state != DRAFT:
        told = _reschedule(caller, records, programme, rule, from_)
        domain.change(records, programme, values, caller.actor)  # an agenda is for the new hour
        return Say(told)
    entry = domain.change(records, programme, values, caller.actor)
    if rule is not None:
        placed = placed_rule(caller, rule, from_, begins="from")
        domain.replan(records, programme, _ending(records, programme, placed, None))
    if programme.state == DRAFT:
        return Say(preview(caller, records, programme))
    return Say(worded(caller, records, programme, entry))


def _reschedule(
    caller: Caller, records: Records, planned: Programme, rule: Series, begin: date | None
) -> Message:
    """Have a programme meet by another rule, from its next date on where nobody says from when."""
    begin = begin or _next_day(caller, records, planned)
    rule_from = placed_rule(caller, rule, begin, begins="from")
    placed = _ending(records, planned, rule_from, begin)
    done = rescheduling.change_rule(records, planned, placed, begin, caller.actor)
    return words.rescheduled(planned, rules_of(records, planned, caller.now), done)


def _ending(
    records: Records, planned: Programme, rule: tuple[str, str, str], begin: date | None
) -> PlacedRule:
    """Have another rule end when the one before was to, where nothing was said of that."""
    placed = PlacedRule(*rule)
    first = begin or date.fromisoformat(placed.from_wall[:10])
    end = "" if cap_of(placed.rrule) else rescheduling.same_end(records, planned, first)
    return placed._replace(rrule=f"{placed.rrule};{end}") if end else placed


def _next_day(caller: Caller, records: Records, planned: Programme) -> date:
    """Give the day of the next date of a programme, else today."""
    coming = domain.coming_dates(records, planned, caller.now, 1)
    at = coming[0].at if coming else caller.now
    return at.astimezone(ZoneInfo(series_of(records, planned).zone)).date()
