"""Has the dates of a programme be held at fair hours, which whoever looks after it adopts."""

from collections.abc import Mapping
from datetime import date, datetime

from bot.domain import programmes
from bot.domain.agenda import follow_rule
from bot.domain.hours import open_dates
from bot.domain.new_dates import Became, Changed, tell_changed
from bot.domain.occurrences import expected
from bot.domain.rescheduling import (
    PlacedRule,
    change_rule,
    made_dates,
    put_date,
    same_end,
    snapshot,
)
from bot.rules.recurrence import uncapped
from storage import Records
from storage.log import Actor
from storage.programmes import DRAFT, Programme


def kept(records: Records, programme: Programme, clocks: Mapping[str, str], now: datetime) -> bool:
    """Say whether dates are at some hours already, and those after them by the rule where all are.

    `clocks` are "HH:MM" by the names of the dates.
    """
    free = open_dates(records, programme, now).free
    there = {date.wall: date.held[11:] for date in free}
    alone = len({*clocks.values()}) == 1 and there.keys() <= clocks.keys()
    by_rule = all(clocks[date.wall] == date.wall[11:] for date in free) if alone else True
    return by_rule and there.items() >= clocks.items()


def adopt(
    records: Records, programme: Programme, clocks: Mapping[str, str], by: Actor
) -> Changed | None:
    """Have dates be held at other hours of their day: "HH:MM" by the names of the dates.

    One hour for all that may change becomes that of the rule. Who has a part in a date that was
    made is told once of all. None for a draft, which nobody knows.
    """
    free = {one.wall for one in open_dates(records, programme, by.now).free}
    if free <= clocks.keys() and len({*clocks.values()}) == 1:
        return _one_hour(records, programme, min(free), next(iter(clocks.values())), by)
    before = snapshot(records, programme, by.now)
    hours = programme.hours | {name: f"{name[:10]} {clock}" for name, clock in clocks.items()}
    programme.hours = {name: held for name, held in hours.items() if held != name}
    records.touched.add(programme)
    if programme.state == DRAFT:
        return None
    made = {one.occurrence: one for one in made_dates(records, programme, by.now)}
    moved = []
    for held in expected(records, programme, by.now):
        if held.wall > max(clocks):
            break
        if held.wall in clocks and held.wall in made:
            moved += put_date(records, made[held.wall], held, by)
    entry = records.log.add(programme.about, "given hours", by.member, by.now, before)
    return tell_changed(records, programme, entry, Became(moved, others=True), by)


def _one_hour(
    records: Records, programme: Programme, first: str, clock: str, by: Actor
) -> Changed | None:
    """Have a programme meet at another hour from a date on, by its rule."""
    last = records.programmes.rules(programme)[-1]
    begin = date.fromisoformat(first[:10])
    wall = f"{first[:10]} {clock}"
    if programme.state == DRAFT:
        follow_rule(records, programme, wall)
        programmes.replan(records, programme, (wall, last.zone, last.rrule))
        return None
    end = same_end(records, programme, begin)
    rrule = ";".join(part for part in (uncapped(last.rrule), end) if part)
    return change_rule(records, programme, PlacedRule(wall, last.zone, rrule), begin, by)


def twin(records: Records, programme: Programme, clocks: Mapping[str, str], by: Actor) -> Programme:
    """Plan a series once more at other hours of the same days, as a draft of whoever asks.

    Who hosts or contributes to the first is not asked for the second. Asked for twice, it is
    planned once.
    """
    rules, title = records.programmes.rules(programme), f"{programme.title} (2)"
    hours = {name: f"{name[:10]} {clock}" for name, clock in clocks.items()}
    for draft in records.programmes.drafts_of(by.id):
        if (draft.title, draft.hours) == (title, hours):
            return draft
    shared = {name: getattr(programme, name) for name in programmes.SHARED}
    second = Programme(
        created_at=by.now,
        organiser_id=by.id or None,
        announce_ahead=programme.announce_ahead,
        hours=hours,
        **shared | {"title": title, "agenda": ""},
    )
    records.programmes.add(second)
    records.programmes.put_rules(second, [(r.from_wall, r.zone, r.rrule) for r in rules])
    records.placements.put(second.about, records.placements.of(programme.about))
    records.touched.add(second)
    return second
