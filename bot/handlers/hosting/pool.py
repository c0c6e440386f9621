"""Lets people join the pool of hosts, be away from it, and leave it."""

from datetime import date, timedelta
from typing import Annotated

from bot.chat import Option
from bot.commands import COORDINATORS, CORE, EVERYONE, MEMBERS, Caller
from bot.domain.telling import awake
from bot.errors import FieldError, UserError
from bot.handlers.hosting.group import give_back, host, no_guest, standing, today, zone_of
from bot.handlers.hosting.words import pool as words
from bot.i18n import t
from bot.options.basic import OneOf, YesNo
from bot.options.things import PersonOption
from bot.options.times import DayKind
from bot.protocol import Change, Reply, Say
from storage import Records
from storage.deliveries import Delivery, Wanted
from storage.hosting import Away, Stay

DAY = timedelta(days=1)
LONGEST = timedelta(days=366)

Often = Annotated[
    str,
    OneOf(
        t("How often at most"),
        options=tuple(Option(name, label) for name, (label, _) in words.OFTEN.items()),
    ),
]
First = Annotated[date, DayKind(t("Away from"), t("For example: 20 December"))]
Last = Annotated[date, DayKind(t("Until, that day included"))]


@host.command
def join(caller: Caller, records: Records, often: Often | None = None) -> Reply:
    """Join those who take turns hosting."""
    known = records.hosting.stay_of(caller.member.id)
    if known is not None or caller.is_at_least(CORE):
        stay = _let_in(caller, records, caller.member.id, often)
        return Say(words.joined_now(stay.rest_days, again=known is not None))
    coordinators = records.members.with_role("coordinator")
    if not coordinators:
        raise UserError(t("This community has no core group yet. Ask whoever runs this space."))
    wish = {"often": often or _wish(records, caller.member.id) or "any"}
    told = _told(records, caller.member.id)
    for row in told:
        row.args = wish
    records.db.flush()
    lately = {row.member_id for row in told if row.due_at > caller.now - DAY}
    for member in coordinators:
        if member.id not in lately:
            at = awake(records, member, caller.now, caller.now + DAY)
            one = Wanted(caller.now.isoformat(), at, member_id=member.id, args=wish)
            records.deliveries.send(f"member:{caller.member.id}", "host.wants_in", one)
    return Say(words.asked_to_join(wish["often"]))


def _told(records: Records, member_id: int) -> list[Delivery]:
    """List how the coordinators were told that somebody would like to join."""
    rows = records.deliveries.about(f"member:{member_id}")
    return [row for row in rows if row.notice == "host.wants_in"]


def _wish(records: Records, member_id: int) -> str:
    """Give how often somebody who asked to join would host; nothing for those who did not."""
    return next((str(row.args["often"]) for row in _told(records, member_id)), "")


def _let_in(caller: Caller, records: Records, member_id: int, often: str | None) -> Stay:
    stay = records.hosting.stay_of(member_id)
    if stay is None:
        stay = Stay(member_id=member_id, joined_at=caller.now)
        records.hosting.keep(stay)
    if often is not None:
        stay.rest_days = words.OFTEN[often][1]
        records.db.flush()
    return stay


@host.command(who=COORDINATORS, listed=False)
def admit(caller: Caller, records: Records, person: PersonOption, often: Often = "any") -> Reply:
    """Let somebody join the hosts, and so the core group."""
    if records.hosting.stay_of(person.id) is not None:
        return Change(words.admitted(person))
    no_guest(person)
    if person.role == MEMBERS:
        person.role = CORE
    _let_in(caller, records, person.id, _wish(records, person.id) or often)
    at = awake(records, person, caller.now, caller.now + DAY)
    one = Wanted(caller.now.isoformat(), at, member_id=person.id)
    records.deliveries.send(f"member:{person.id}", "host.admitted", one)
    return Change(words.admitted(person))


@host.command(who=EVERYONE)
def leave(
    caller: Caller,
    records: Records,
    sure: Annotated[bool, YesNo(t("Leave, also with turns to come"))] = False,
) -> Reply:
    """Leave those who take turns hosting; you can come back at any time."""
    stay = records.hosting.stay_of(caller.member.id)
    if stay is None:
        raise UserError(t("You are not among the hosts."))
    turns = records.hosting.turns_of(caller.member.id, caller.sight, caller.now)
    hosted = [planned for turn, planned in turns if turn.hosts]
    if hosted and not sure:
        return Say(words.leaving(hosted))
    stay.left_at = caller.now
    for turn, planned in turns:
        records.hosting.hold(planned.id)
        give_back(caller, records, planned, turn)
    left = [(one, standing(records.hosting.of_session(one.id))) for one in hosted]
    alone = [planned for planned, now in left if not now["hosts"] and not now["offered"]]
    return Say(words.left(alone, offered=any(now["offered"] for _, now in left)))


@host.farewell
def leave_to_others(caller: Caller, records: Records) -> None:
    """Hand on the turns to come of somebody who is erased, and answer what they were asked."""
    stay = records.hosting.stay_of(caller.member.id)
    if stay is not None:
        stay.left_at = caller.now
    for turn, planned in records.hosting.turns_of(caller.member.id, caller.sight, caller.now):
        records.hosting.hold(planned.id)
        give_back(caller, records, planned, turn)
    for planned in records.hosting.hosted_by(caller.member.id):
        records.touched.add(planned)


@host.command
def away(caller: Caller, records: Records, first: First, last: Last) -> Reply:
    """Say when you are away: nobody asks you to host on these days."""
    if last < first:
        raise FieldError("last", t("This is before the first day."))
    if last < today(caller, records):
        raise FieldError("last", t("These days have passed."))
    if last - first > LONGEST:
        raise FieldError("last", t("A year at most. To be gone for longer, leave the hosts."))
    for known in records.hosting.aways(caller.member.id, first):
        if known.first <= last:
            first, last = min(first, known.first), max(last, known.last)
            records.hosting.drop(known)
    records.hosting.keep(Away(member_id=caller.member.id, first=first, last=last))
    zone = zone_of(caller, records)
    turns = records.hosting.turns_of(caller.member.id, caller.sight, caller.now)
    hit = [
        (turn, planned)
        for turn, planned in turns
        if first <= planned.starts_at.astimezone(zone).date() <= last
    ]
    return Say(words.away(records.hosting.aways(caller.member.id, today(caller, records)), hit))


@host.command(listed=False)
def there(caller: Caller, records: Records, first: First) -> Reply:
    """Take days back on which you thought to be away."""
    aways = records.hosting.aways(caller.member.id)
    for known in aways:
        if known.first == first:
            records.hosting.drop(known)
            return Change(words.there(known))
    raise UserError(t("You are not away then."))
