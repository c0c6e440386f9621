"""Does to programmes what is done to them: starts and changes them, and makes their dates ahead."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

from bot.domain.agenda import later
from bot.domain.announcing import schedule
from bot.domain.dates_ahead import as_made, leave_dates
from bot.domain.discarding import tell_discarded
from bot.domain.occurrences import Occurrence, expected, instant
from bot.domain.reminders import Concerned
from bot.domain.telling import tell
from bot.domain.texts import spread
from bot.moments import WallTime, wall
from storage import Records
from storage.community import Channel
from storage.deliveries import Wanted
from storage.log import Actor, LogEntry
from storage.people import Member
from storage.programmes import DRAFT, ENDED, RUNNING, Programme
from storage.sessions import Session

ANNOUNCED, RENEWAL, ENDS = "programme.announced", "programme.renewal", "programme.ended"
AHEAD, LEAST, FEW = timedelta(days=92), 4, 12
"""How far ahead dates are made, how many at least, and how many where there will be no more.

The post about a series lists so many: each of them can be moved, renamed or called off.
"""
LOT, SOON = 4, timedelta(seconds=1)
"""Dates that are made in one transaction, so that nobody waits long for it, and when more are."""
GOES_ON, MORE, ENDING = "programme.goes_on", "programme.makes_more", "programme.ends"
RENEWED = timedelta(days=28)
"""How long before the last date people are asked whether a programme goes on."""
SHARED = (
    *("title", "minutes", "description", "guiding_question", "format", "link", "agenda"),
    *("languages", "partners", "place", "capacity", "closes_before", "recorded", "written_in"),
    "contact_id",
)
"""The columns that a date takes from its programme."""


# An act checks nothing of who asks for it and words nothing. It leaves an entry in the log, and
# touches the programme, so that its dates and posts follow.
def plan(
    records: Records, programme: Programme, rule: tuple[str, str, str], channels: Collection[int]
) -> None:
    """Keep a new programme as a draft, with its rule (first date, zone, RRULE)."""
    records.programmes.add(programme)
    records.placements.put(programme.about, channels)
    replan(records, programme, rule)


def replan(records: Records, programme: Programme, rule: tuple[str, str, str]) -> None:
    """Have a draft meet by a rule (first date, zone, RRULE), at its hour."""
    leave_dates(records, programme)
    records.programmes.put_rules(programme, [rule])
    programme.hours = {}
    records.touched.add(programme)


def discard(records: Records, programme: Programme, by: Actor | None = None) -> None:
    """Throw a draft away, and tell whose it was."""
    if by is not None:
        tell_discarded(records, ENDS, programme, by, {"title": programme.title})
    leave_dates(records, programme)
    records.placements.put(programme.about, ())
    records.touched.add(programme)
    records.programmes.remove(programme)


def start(records: Records, programme: Programme, places: Sequence[Channel], by: Actor) -> LogEntry:
    """Announce a programme as a series in some channels; from now on its dates are made."""
    programme.state, programme.announced_at = RUNNING, by.now
    records.placements.put(programme.about, [place.id for place in places])
    for id in records.channels.beside([place.id for place in places]):
        records.channels.get(id).lost = ""
        row = Wanted("first", by.now, channel_id=id)
        records.deliveries.send(programme.about, ANNOUNCED, row)
    for date in records.programmes.dates(programme, since=by.now):
        if date.state == "draft":
            records.placements.put(date.about, records.placements.of(programme.about))
            _schedule(records, programme, date, by.now)
    records.touched.add(programme)
    return records.log.add(programme.about, "started", by.member, by.now)


def change(
    records: Records, programme: Programme, values: Mapping[str, Any], by: Actor
) -> LogEntry | None:
    """Change what is said of a programme, and of its dates to come that say nothing of their own.

    Without an entry when nothing is other than it was, or it is a draft.
    """
    before = {name: getattr(programme, name) for name in values}
    before = {name: value for name, value in before.items() if value != values[name]}
    for name in before:
        setattr(programme, name, values[name])
    dates = records.programmes.dates(programme, since=by.now)
    for date in dates:
        _take_over(records, programme, date, before.keys(), by.now)
    for date in spread(programme, dates, before.get("texts", programme.texts)):
        records.touched.add(date)
    records.touched.add(programme)
    if programme.state == DRAFT or not before:
        return None
    return records.log.changed(programme.about, by, before, values)


def _take_over(
    records: Records, programme: Programme, date: Session, columns: Collection[str], now: datetime
) -> None:
    for name in columns:
        if name in SHARED and name not in date.own:
            setattr(date, name, getattr(programme, name))
            records.touched.add(date)
    if "announce_ahead" in columns and date.announce_at and date.announce_at > now:
        _schedule(records, programme, date, now)


def erase(records: Records, member: Member, now: datetime) -> None:
    """Drop what somebody planned for themselves; the coordinators have what is running."""
    for programme in records.programmes.drafts_of(member.id):
        discard(records, programme)


# What follows from a programme.
def goes_further(records: Records, programme: Programme, now: datetime) -> bool:
    """Say whether there would be other dates by the rules than those that are made."""
    made = {one.occurrence for one in records.programmes.dates(programme)}
    return any(date.wall not in made for date in islice(expected(records, programme, now), FEW))


def ahead(
    records: Records, programme: Programme, now: datetime
) -> tuple[list[Occurrence], Occurrence | None]:
    """Give the dates there have to be by now, and the first that is later, if any."""
    wanted: list[Occurrence] = []
    dates = expected(records, programme, now)
    for date in dates:
        if date.at > now + AHEAD and len(wanted) >= LEAST:
            rest = [date, *islice(dates, max(0, FEW - len(wanted)))]
            few = len(wanted) + len(rest) <= FEW
            return ([*wanted, *rest], None) if few else (wanted, date)
        wanted.append(date)
    return wanted, None


def make_dates(records: Records, programme: Programme, concerned: Concerned, now: datetime) -> None:
    """Make the dates of a running programme ahead, some at a time, and end it after the last."""
    goes_on = more = None
    if programme.state == RUNNING:
        wanted, later = ahead(records, programme, now)
        made = {date.occurrence for date in records.programmes.dates(programme)}
        missing = [date for date in wanted if date.wall not in made]
        more = records.timers.due(programme.about, MORE)
        if more is None or more <= now:
            for date in missing[:LOT]:
                _make(records, programme, date, now)
            more = now + SOON if missing[LOT:] else None
        goes_on = _next(wanted, later) or _last_end(records, programme, now)
        programme.state = RUNNING if goes_on or more else ENDED
    records.timers.set(programme.about, MORE, more)
    records.timers.set(programme.about, GOES_ON, goes_on)


def _next(wanted: Sequence[Occurrence], later: Occurrence | None) -> datetime | None:
    """Say when dates are made next; None when the rule has no more."""
    if later is None:
        return None
    enters = later.at - AHEAD
    # Once the next date has begun, one more has to be made for there to be so many.
    begun = wanted[0].at + timedelta(minutes=1)
    return min(enters, begun) if len(wanted) == LEAST else enters


def _last_end(records: Records, programme: Programme, now: datetime) -> datetime | None:
    """Say when the last date is over that is to come."""
    dates = records.programmes.dates(programme, since=now)
    return max((date.ends_at for date in dates), default=None)


def _make(records: Records, programme: Programme, date: Occurrence, now: datetime) -> None:
    """Make a date: a session like any other, announced at its own time; answers to all are its."""
    session = Session(
        starts_at=instant(date.wall, date.zone),
        wall=date.wall,
        zone=date.zone,
        created_at=now,
        organiser_id=programme.organiser_id,
        programme_id=programme.id,
        occurrence=date.wall,
        texts=programme.texts,
        **{name: getattr(programme, name) for name in SHARED},
    )
    when = WallTime(date.at, date.held, date.zone)
    session.agenda = later(session, when, session.minutes)
    session.starts_at, session.wall = when.at, when.wall
    records.sessions.add(session)
    records.placements.put(session.about, records.placements.of(programme.about))
    _schedule(records, programme, session, now)
    given = records.programmes.answers(programme)
    records.rsvps.answer_date(session.id, [(one.member_id, one.answer) for one in given], now)


def _schedule(records: Records, programme: Programme, date: Session, now: datetime) -> None:
    """Have a date announced as long before it as its programme says, or now."""
    at = max(now, date.starts_at - timedelta(minutes=programme.announce_ahead))
    later = WallTime(at, wall(at, date.zone), date.zone) if at > now else None
    schedule(records, date, records.placements.of(date.about), now, later)


def want_renewal(
    records: Records, programme: Programme, concerned: Concerned, now: datetime
) -> None:
    """Have it asked before the last date of a programme whether it goes on, once."""
    ending = last_dates(records, programme, now)
    due = None
    if ending is not None:
        asked = [row.kind for row in records.deliveries.about(programme.about)]
        due = None if _ending(ending[1]) in asked else _asked_at(*ending)
    records.timers.set(programme.about, ENDING, due)


def ask_renewal(records: Records, programme: Programme, now: datetime) -> None:
    """Ask those who look after a programme at this moment whether it goes on."""
    ending = last_dates(records, programme, now)
    if ending is not None:
        one = Wanted(_ending(ending[1]), now, ending[1].ends_at + RENEWED)
        tell(records, programme.about, RENEWAL, one, keepers(records, programme))


def _ending(last: Session) -> str:
    return f"last {last.id}"


def last_dates(
    records: Records, programme: Programme, now: datetime
) -> tuple[Session, Session] | None:
    """Give the last two dates of a programme that comes to its end; None for any other."""
    if programme.state != RUNNING or ahead(records, programme, now)[1] is not None:
        return None
    dates = [date for date in records.programmes.dates(programme) if date.state == "announced"]
    return (dates[-2], dates[-1]) if len(dates) > 1 else None


def _asked_at(before: Session, last: Session) -> datetime:
    return max(before.ends_at, last.starts_at - RENEWED)


def to_renew(records: Records, now: datetime) -> Sequence[tuple[Programme, Session]]:
    """List the programmes that come to their end, of which nobody has said whether they go on."""
    ending = [(one, last_dates(records, one, now)) for one in records.programmes.running()]
    return [(one, dates[1]) for one, dates in ending if dates and _asked_at(*dates) <= now]


def keepers(records: Records, programme: Programme) -> Sequence[Member]:
    """List who looks after a programme: whoever planned it, and the coordinators."""
    people = {one.id: one for one in records.members.with_role("coordinator")}
    planner = records.members.find(programme.organiser_id or 0)
    if planner is not None and planner.left_at is None:
        people[planner.id] = planner
    return [*people.values()]


def show(records: Records, programme: Programme, concerned: Concerned, now: datetime) -> None:
    """Have the posts about a programme say how it stands."""
    records.deliveries.refresh(programme.about, now)


def coming_dates(
    records: Records, programme: Programme, now: datetime, most: int
) -> Sequence[Occurrence]:
    """List the next dates of a programme by its rules, and as those stand that were made."""
    return [*islice(as_made(records, programme, now), most)]


def next_of(records: Records, programme: Programme, now: datetime) -> datetime | None:
    """Say when a programme meets next, as its dates stand; None where it does no more."""
    dates = records.programmes.dates(programme, since=now)
    ahead = [date.starts_at for date in dates if date.state == "announced"]
    coming = [] if dates or programme.state == ENDED else coming_dates(records, programme, now, 1)
    later = [date.at for date in coming]
    return min((*ahead, *later), default=None)
