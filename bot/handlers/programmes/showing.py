"""Shows programmes: their rule, their dates, and what is known of them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Annotated

from bot.chat import Message
from bot.commands import EVERYONE, Caller
from bot.domain import programmes as domain
from bot.domain.programme_answers import stands
from bot.errors import NotAllowed
from bot.handlers.programmes import words
from bot.handlers.programmes.group import may_change, programme, rules_of, series_of
from bot.i18n import t
from bot.options.basic import YesNo
from bot.options.languages import Language
from bot.options.things import ProgrammeOption
from bot.protocol import Change, Reply, Say
from bot.wording.clashes import Clashes, warned
from bot.wording.lost_posts import with_missing
from bot.wording.pages import Page, paged
from bot.wording.texts import ways_to, with_others
from storage import Records
from storage.programmes import DRAFT, Programme

SIX = 6
"""Dates in a preview."""
LISTED = 12
"""Dates in a post; the others come with time."""
ZONES = 4
"""Zones of members in which clock changes are named."""


def preview(caller: Caller, records: Records, planned: Programme) -> Message:
    """Show a programme as it would be announced: its rule in words, and its next dates."""
    dates = domain.coming_dates(records, planned, caller.now, SIX)
    series = series_of(records, planned)
    zones = [series.zone, "UTC", records.community.zone]
    others = records.members.zones(ZONES)
    notes = warned(planned, _clashes(caller, records, planned, [date.at for date in dates]))
    return words.preview(planned, series, dates, words.ProgrammePreview(zones, others, notes))


def _clashes(
    caller: Caller, records: Records, planned: Programme, dates: Sequence[datetime]
) -> Clashes:
    """Find what else the caller sees that is held on the next dates, or has its title."""
    length = timedelta(minutes=planned.minutes)
    spans = [(at, at + length) for at in dates]
    kept, eyes, now = records.sessions, caller.sight, caller.now
    at_once, namesakes = kept.at_once(spans, eyes, now), kept.called(planned.title, eyes, now)
    others = (
        [session for session in some if session.programme_id != planned.id]
        for some in (at_once, namesakes)
    )
    return Clashes(*others)


@programme.command(title=t("See a programme"), submit=t("View"), who=EVERYONE, reads=True)
def show(
    caller: Caller,
    records: Records,
    programme: ProgrammeOption,
    past: Annotated[bool, YesNo(t("Past dates"))] = False,
) -> Reply:
    """Show the dates of a programme, and what it's about."""
    if programme.state == DRAFT:
        return Say(preview(caller, records, programme))
    if past:
        return Say(_past(caller, records, programme, 1))
    rules = rules_of(records, programme, caller.now)
    post = words.post(records, programme, rules, caller.now)
    post = with_others(post, records, programme, caller.locale)
    answer = records.programmes.answer_of(programme, caller.member.id)
    given = stands(records, programme, caller.actor)
    changes = _changes(caller, records, programme)
    shown = words.shown(programme, post, answer, given, changes=changes)
    more = ways_to(records, programme) if changes else ()
    shown = replace(shown, buttons=(*shown.buttons, *more))
    return Say(with_missing(caller, records, shown, programme.about))


def _past(caller: Caller, records: Records, planned: Programme, page: int) -> Message:
    dates = [date for date in records.programmes.dates(planned) if date.ends_at <= caller.now]
    held = [date for date in dates if date.occurrence or date.state == "announced"]
    page_of = paged([*reversed(held)], page)
    took_place = sum(date.state == "announced" for date in held)
    return words.past(planned, page_of, took_place, records.programmes.hosts(page_of.things))


@programme.command(
    title=t("See past dates"), submit=t("View"), who=EVERYONE, reads=True, listed=False
)
def past(caller: Caller, records: Records, programme: ProgrammeOption, page: Page = 1) -> Reply:
    """Show the past dates of a programme, the last one first."""
    return Change(_past(caller, records, programme, page))


def _changes(caller: Caller, records: Records, planned: Programme) -> bool:
    try:
        may_change(caller, records, planned)
    except NotAllowed:
        return False
    return True


@programme.command(title=t("See the programmes"), submit=t("View"), who=EVERYONE, reads=True)
def list(
    caller: Caller,
    records: Records,
    language: Annotated[str, Language(t("Language"))] = "",
    page: Page = 0,
) -> Reply:
    """List programmes: those that are running, planned and ended."""
    named = records.programmes.named("", caller.sight, caller.now, 500)
    several = len(records.community.languages) > 1
    rows = [
        words.Row(
            one,
            rules_of(records, one, caller.now),
            domain.next_of(records, one, caller.now),
            one.languages if several else (),
        )
        for one in named
        if not language or language in one.languages
    ]
    told = words.listed(rows, page or 1, language)
    return Change(told) if page else Say(told)
