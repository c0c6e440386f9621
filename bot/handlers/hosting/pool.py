"""Lets people join the pool of hosts, be away from it, and leave it."""

from datetime import date, timedelta
from typing import Annotated

from bot.chat import Option
from bot.commands import COORDINATORS, CORE, EVERYONE, Caller
from bot.domain import pool as domain
from bot.domain.hosting import stands
from bot.errors import FieldError, UserError
from bot.handlers.hosting.group import host, no_guest, today, zone_of
from bot.handlers.hosting.words import pool as words
from bot.i18n import t
from bot.options.basic import OneOf, YesNo
from bot.options.things import PersonOption
from bot.options.times import DayKind
from bot.protocol import Change, Reply, Say
from storage import Records

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
        rest_days = None if often is None else words.OFTEN[often][1]
        stay = domain.join(records, caller.member, rest_days, caller.now)
        return Say(words.joined_now(stay.rest_days, again=known is not None))
    coordinators = records.members.with_role("coordinator")
    if not coordinators:
        raise UserError(t("This community has no core group yet. Ask whoever runs this space."))
    wish = often or domain.often_of(records, caller.member) or "any"
    domain.ask_to_join(records, wish, coordinators, caller.actor)
    return Say(words.asked_to_join(wish))


@host.command(who=COORDINATORS, listed=False)
def admit(caller: Caller, records: Records, person: PersonOption, often: Often = "any") -> Reply:
    """Let somebody join the hosts, and so the core group."""
    if records.hosting.stay_of(person.id) is not None:
        return Change(words.admitted(person))
    no_guest(person)
    often = domain.often_of(records, person) or often
    domain.admit(records, person, words.OFTEN[often][1], caller.now)
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
    domain.leave(records, caller.member, caller.now)
    left = [(one, stands(records, one)) for one in hosted]
    alone = [planned for planned, now in left if not now["hosts"] and not now["offered"]]
    return Say(words.left(alone, offered=any(now["offered"] for _, now in left)))


@host.farewell
def leave_to_others(caller: Caller, records: Records) -> None:
    """Hand on the turns to come of somebody who is erased, and answer what they were asked."""
    domain.erase(records, caller.member, caller.now)


@host.command
def away(caller: Caller, records: Records, first: First, last: Last) -> Reply:
    """Say when you are away: nobody asks you to host on these days."""
    if last < first:
        raise FieldError("last", t("This is before the first day."))
    if last < today(caller, records):
        raise FieldError("last", t("These days have passed."))
    if last - first > LONGEST:
        raise FieldError("last", t("A year at most. To be gone for longer, leave the hosts."))
    first, last = domain.be_away(records, caller.member, first, last)
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
            domain.be_there(records, caller.member, known)
            return Change(words.there(known))
    raise UserError(t("You are not away then."))
