"""Changes when a programme meets: another rule from a date on, its end, its going on after all."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Any, NamedTuple

from bot.domain import sessions
from bot.domain.agenda import follow_rule
from bot.domain.new_dates import RESCHEDULED, Became, Changed, tell_changed
from bot.domain.occurrences import Occurrence, expected, hours_before
from bot.domain.programmes import ENDS
from bot.domain.sessions import SessionTime
from bot.moments import WallTime
from bot.rules.recurrence import Recurrence, cap_of, occurrences, uncapped, until
from storage import Records
from storage.log import Actor, LogEntry
from storage.programmes import ENDED, RUNNING, Programme, ProgrammeRule
from storage.sessions import Session

NEAR = timedelta(days=6)
"""How far a date goes at most to stay the same one by another rule."""
REASON = ""
SEEN = 12
"""Dates in the post of a programme: who relies on them hears when they are others."""


class PlacedRule(NamedTuple):
    """A rule that holds from a date on: its first time on the wall of a zone, and an RRULE."""

    from_wall: str
    zone: str
    rrule: str


def change_rule(
    records: Records, programme: Programme, rule: PlacedRule, begin: date, by: Actor
) -> Changed:
    """Have a programme meet by another rule from a day on.

    Each date to come goes to the nearest one by the new rule, with its answers and hosts. One that
    somebody has moved stays where it is; one that has no place any more is called off. Hours that
    were adopted for dates from that day on hold no more.
    """
    before, seen = snapshot(records, programme, by.now), _seen(records, programme, by.now)
    programme.hours = hours_before(programme, begin)
    dates = [one for one in made_dates(records, programme, by.now) if _day(one) >= begin]
    follow_rule(records, programme, rule[0])
    _cap(records, programme, begin - timedelta(days=1))
    records.programmes.put_rule(programme, *rule)
    pairs = _paired(dates, expected(records, programme, by.now))
    for session in dates:
        session.occurrence = None  # each gets its own again: none may be there twice meanwhile
    records.db.flush()
    moved, left = [], []
    for session in dates:
        if session.id in pairs:
            moved += put_date(records, session, pairs[session.id], by)
        elif "when" not in session.own and session.state == "announced":
            sessions.call_off(records, session, REASON, by)
            left.append(session)
    entry = records.log.add(programme.about, "rescheduled", by.member, by.now, before)
    others = _seen(records, programme, by.now) != seen
    return tell_changed(records, programme, entry, Became(moved, left, others), by)


def _seen(records: Records, programme: Programme, now: datetime) -> list[datetime]:
    """List the next dates by the rules of a programme, made or not."""
    return [date.at for date in islice(expected(records, programme, now), SEEN)]


def made_dates(records: Records, programme: Programme, now: datetime) -> list[Session]:
    """List the dates to come that were made for one by the rule."""
    return [one for one in records.programmes.dates(programme, since=now) if one.occurrence]


def _paired(dates: Sequence[Session], new: Iterable[Occurrence]) -> Mapping[int, Occurrence]:
    """Find for each date the nearest one by a new rule: first those on the same day."""
    last = max((_day(one) for one in dates), default=date.min)
    free = {}
    for occurrence in new:
        day = date.fromisoformat(occurrence.wall[:10])
        if day > last + NEAR:
            break
        free[day] = occurrence
    pairs = {one.id: free.pop(_day(one)) for one in dates if _day(one) in free}
    for one in dates:
        near = [day for day in free if abs(day - _day(one)) <= NEAR]
        if one.id not in pairs and near:
            pairs[one.id] = free.pop(min(near, key=lambda day: abs(day - _day(one))))
    return pairs


def _day(session: Session) -> date:
    return date.fromisoformat((session.occurrence or session.wall)[:10])


def put_date(records: Records, session: Session, to: Occurrence, by: Actor) -> list[Session]:
    """Put a date to a time by a new rule, unless somebody moved it; gives it if it was moved."""
    session.occurrence = to.wall
    if "when" in session.own or (session.wall, session.zone) == (to.held, to.zone):
        return []
    when = WallTime(to.at, to.held, to.zone)
    sessions.put(records, session, SessionTime(when, session.minutes), by)
    return [session]


def end(records: Records, programme: Programme, last: date, by: Actor) -> Changed:
    """Have a programme end with a day: later dates are called off."""
    before, seen = snapshot(records, programme, by.now), _seen(records, programme, by.now)
    ahead = next(expected(records, programme, by.now), None)
    if ahead is None or date.fromisoformat(ahead.wall[:10]) > last:
        programme.state = ENDED
    else:
        _cap(records, programme, last)
    programme.hours = hours_before(programme, last + timedelta(days=1))
    later = after(records, programme, last, by.now)
    for session in later:
        sessions.call_off(records, session, REASON, by)
    entry = records.log.add(programme.about, "ended", by.member, by.now, before)
    others = programme.state == ENDED or _seen(records, programme, by.now) != seen
    return tell_changed(records, programme, entry, Became((), later, others), by)


def _cap(records: Records, programme: Programme, last: date) -> None:
    """Have the rules of a programme end with a day."""
    rules = [
        (rule.from_wall, rule.zone, _ending(rule, last))
        for rule in records.programmes.rules(programme)
        if date.fromisoformat(rule.from_wall[:10]) <= last
    ]
    records.programmes.put_rules(programme, rules)


def after(records: Records, programme: Programme, last: date, now: datetime) -> Sequence[Session]:
    """List the dates that would be called off, were a day the last one."""
    dates = records.programmes.dates(programme, since=now)
    return [one for one in dates if one.state == "announced" and _day(one) > last]


def _ending(rule: ProgrammeRule, last: date) -> str:
    """Have a rule end with a day, unless it ends before."""
    if cap_of(rule.rrule) and _last(rule).date() <= last:
        return rule.rrule
    return f"{uncapped(rule.rrule)};{until(last)}"


def _last(rule: ProgrammeRule) -> datetime:
    """Give the last date of a rule that has an end, on the wall."""
    first = datetime.fromisoformat(rule.from_wall)
    return max(wall for wall, _ in occurrences(Recurrence(first, rule.zone, rule.rrule)))


def renew(records: Records, programme: Programme, cap: str, by: Actor) -> LogEntry | None:
    """Have a programme go on by its rule after its last date; `cap` is COUNT or UNTIL, or nothing.

    None where it goes on anyway.
    """
    rule = records.programmes.rules(programme)[-1]
    endless = uncapped(rule.rrule)
    if endless == rule.rrule and programme.state == RUNNING:
        return None
    before, begin = snapshot(records, programme, by.now), following(records, programme, by.now)
    more = f"{endless};{cap}" if cap else endless
    records.programmes.put_rule(programme, begin, rule.zone, more)
    programme.state = RUNNING
    records.touched.add(programme)
    return records.log.add(programme.about, "renewed", by.member, by.now, before)


def following(records: Records, programme: Programme, now: datetime) -> str:
    """Give when, on the wall, a programme would meet after its last date."""
    rule = records.programmes.rules(programme)[-1]
    going_on = Recurrence(datetime.fromisoformat(rule.from_wall), rule.zone, uncapped(rule.rrule))
    held = [one.occurrence or "" for one in records.programmes.dates(programme)]
    held += [one.wall for one in expected(records, programme, now)] if cap_of(rule.rrule) else []
    walls = (wall.isoformat(" ", "minutes") for wall, _ in occurrences(going_on, now))
    return next(wall for wall in walls if wall > max(held, default=""))


def as_long(records: Records, programme: Programme, begin: date) -> str:
    """Write the end of a programme that goes on from a day, for as many dates, or for a year."""
    rule = records.programmes.rules(programme)[-1]
    end = cap_of(rule.rrule)
    if not end.startswith("UNTIL"):
        return end
    return until(max(_last(rule).date(), begin) + timedelta(days=365))


def same_end(records: Records, programme: Programme, begin: date) -> str:
    """Write the end a programme has, for another rule from a day on: a last day, or dates left."""
    rule = records.programmes.rules(programme)[-1]
    end = cap_of(rule.rrule)
    if not end.startswith("COUNT"):
        return end
    first = datetime.fromisoformat(rule.from_wall)
    dates = occurrences(Recurrence(first, rule.zone, rule.rrule))
    return f"COUNT={max(sum(wall.date() >= begin for wall, _ in dates), 1)}"


def snapshot(records: Records, programme: Programme, now: datetime) -> dict[str, Any]:
    """Give the rules and the dates to come of a programme as plain data, as the log keeps them."""
    rules = records.programmes.rules(programme)
    return {
        "state": programme.state,
        "hours": programme.hours,
        "rules": [[rule.from_wall, rule.zone, rule.rrule] for rule in rules],
        "dates": [
            {"id": one.id, "occurrence": one.occurrence, "state": one.state} | sessions.when_of(one)
            for one in records.programmes.dates(programme, since=now)
        ],
    }


def restore(records: Records, programme: Programme, entry: LogEntry, by: Actor) -> Changed:
    """Have a programme meet as it did before its rule changed or it ended; who knew is told."""
    before = {kept["id"]: kept for kept in entry.before["dates"]}
    dates = records.programmes.dates(programme, since=by.now)
    follow_rule(records, programme, entry.before["rules"][-1][0])
    records.programmes.put_rules(programme, entry.before["rules"])
    for session in dates:
        session.occurrence = None
    records.db.flush()
    back = [one for one in dates if one.id in before and _restore(records, one, before[one.id], by)]
    new = [one for one in dates if one.id not in before and one.state == "announced"]
    for session in new:
        sessions.call_off(records, session, REASON, by)
    programme.state = entry.before["state"]
    programme.hours = entry.before.get("hours", {})
    records.touched.add(programme)
    for notice in (RESCHEDULED, ENDS):
        records.deliveries.cancel(programme.about, notice, str(entry.id))
    known = entry.told_at is not None and entry.told_at <= by.now
    undo = records.log.add(programme.about, "put back", by.member, by.now)
    became = Became(back, new, others=True) if known else Became()
    return tell_changed(records, programme, undo, became, by)


def _restore(records: Records, session: Session, kept: Mapping[str, Any], by: Actor) -> bool:
    """Put a date back, unless somebody moved it; says whether it was elsewhere, or called off."""
    session.occurrence = kept["occurrence"]
    reopened = session.state == "cancelled" and kept["state"] == "announced"
    if reopened:
        sessions.go_ahead(records, session, by.now)
    when = WallTime(datetime.fromisoformat(kept["at"]), kept["wall"], kept["zone"])
    moved = session.starts_at != when.at and "when" not in session.own
    if moved:
        sessions.put(records, session, SessionTime(when, kept["minutes"]), by)
    return reopened or moved
