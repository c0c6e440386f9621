"""Lets people join the pool of hosts, be away from it, and leave it."""

from datetime import date, timedelta
from typing import Annotated

from bot.chat import Option
from bot.commands import COORDINATORS, CORE, EVERYONE, Caller
from bot.domain import pool as domain
from bot.domain.hosting import stands
from bot.domain.pool import Pool
from bot.errors import FieldError, UserError
from bot.handlers.hosting.group import host, no_guest, today, zone_of
from bot.handlers.hosting.words import pool as words
from bot.handlers.hosting.words import roles as role_words
from bot.i18n import t
from bot.options.basic import OneOf, YesNo
from bot.options.references import Reference
from bot.options.roles import RoleOption
from bot.options.things import PersonOption
from bot.options.times import DayKind
from bot.protocol import Change, Reply, Say
from storage import Records
from storage.hosting import HOST
from storage.programmes import Programme

LONGEST = timedelta(days=366)

Often = Annotated[
    str,
    OneOf(
        t("How often at most"),
        options=tuple(Option(name, label) for name, (label, _) in words.OFTEN.items()),
    ),
]
OfProgramme = Annotated[
    Programme,
    Reference(t("Programme"), t("Optional: leave it empty for all sessions"), area="programmes"),
]
First = Annotated[date, DayKind(t("First day away"), t("For example: 20 December"))]
Last = Annotated[date, DayKind(t("Last day away"))]


@host.command(title=t("Become a host"), submit=t("Join"))
def join(
    caller: Caller,
    records: Records,
    often: Often | None = None,
    programme: OfProgramme | None = None,
    role: RoleOption = HOST,
) -> Reply:
    """Join the people who take turns hosting: all sessions, or those of a programme."""
    if role != HOST:
        return _help(caller, records, often, programme, role)
    known = domain.stay_for(records, caller.member, Pool(programme))
    if known or records.hosting.stay_of(caller.member.id) or caller.is_at_least(CORE):
        rest_days = None if often is None else words.OFTEN[often][1]
        stay = domain.join(records, caller.member, rest_days, caller.now, Pool(programme))
        return Say(words.joined_now(stay.rest_days, programme, again=known is not None))
    coordinators = records.members.with_role("coordinator")
    if not coordinators:
        raise UserError(
            t("This community has no core group yet. Ask whoever manages your workspace or server.")
        )
    wish = often or domain.often_of(records, caller.member) or "any"
    domain.ask_to_join(records, wish, coordinators, caller.actor, programme)
    return Say(words.asked_to_join(wish))


def _help(
    caller: Caller, records: Records, often: str | None, programme: Programme | None, role: str
) -> Reply:
    """Have the caller take turns at a role beside hosting, which everybody can."""
    known = domain.stay_for(records, caller.member, Pool(programme, role))
    rest_days = None if often is None else words.OFTEN[often][1]
    domain.join(records, caller.member, rest_days, caller.now, Pool(programme, role))
    return Say(role_words.joined_now(role, again=known is not None))


@host.command(title=t("Admit a host"), submit=t("Admit"), who=COORDINATORS, listed=False)
def admit(caller: Caller, records: Records, person: PersonOption, often: Often = "any") -> Reply:
    """Let somebody join the hosts and the core group."""
    if records.hosting.stay_of(person.id) is not None:
        return Change(words.admitted(person))
    no_guest(person)
    often = domain.often_of(records, person) or often
    domain.admit(records, person, words.OFTEN[often][1], caller.now)
    return Change(words.admitted(person))


@host.command(title=t("Stop hosting"), submit=t("Leave"), who=EVERYONE)
def leave(
    caller: Caller,
    records: Records,
    sure: Annotated[bool, YesNo(t("Leave even with turns ahead"))] = False,
    programme: OfProgramme | None = None,
    role: RoleOption = HOST,
) -> Reply:
    """Leave the people who take turns hosting; you can come back whenever you like."""
    if role != HOST:
        return _stop_helping(caller, records, sure, programme, role)
    _is_in(caller, records, programme)
    turns = records.hosting.turns_of(caller.member.id, caller.sight, caller.now)
    hosted = [planned for turn, planned in turns if turn.hosts]
    if programme is not None:
        hosted = [planned for planned in hosted if planned.programme_id == programme.id]
    if hosted and not sure:
        return Say(words.leaving(hosted, programme))
    domain.leave(records, caller.member, caller.now, Pool(programme))
    left = [(one, stands(records, one)) for one in hosted]
    offered = [planned for planned, now in left if now["offered"]]
    alone = [planned for planned, now in left if not now["hosts"] and not now["offered"]]
    return Say(words.left(offered, alone, programme))


def _stop_helping(
    caller: Caller, records: Records, sure: bool, programme: Programme | None, role: str
) -> Reply:
    own = domain.stay_in(records, caller.member, Pool(programme, role))
    if own is None and (programme or records.hosting.stay_of(caller.member.id, role) is None):
        raise UserError(role_words.not_in(role))
    turns = records.hosting.turns_of(caller.member.id, caller.sight, caller.now, role)
    has = [planned for turn, planned in turns if turn.hosts]
    if programme is not None:
        has = [planned for planned in has if planned.programme_id == programme.id]
    if has and not sure:
        return Say(role_words.leaving(role, has, programme))
    domain.leave(records, caller.member, caller.now, Pool(programme, role))
    return Say(role_words.left(role))


def _is_in(caller: Caller, records: Records, programme: Programme | None) -> None:
    """Let only those pass who can leave. Raises UserError."""
    own = domain.stay_in(records, caller.member, Pool(programme))
    if (
        programme is not None
        and own is None
        and domain.stay_in(records, caller.member, domain.ALL_HOSTS)
    ):
        raise UserError(
            t("You take turns for all sessions. To stop that, leave without naming a programme.")
        )
    if own is None and (programme or records.hosting.stay_of(caller.member.id) is None):
        raise UserError(t("You're not one of the hosts."))


@host.farewell
def leave_to_others(caller: Caller, records: Records) -> None:
    """Hand on the turns to come of somebody who is erased, and answer what they were asked."""
    domain.erase(records, caller.member, caller.now)


@host.command(title=t("Say when you're away"), submit=t("Save"))
def away(caller: Caller, records: Records, first: First, last: Last) -> Reply:
    """Say when you're away: I won't suggest you as host on those days."""
    if last < first:
        raise FieldError(
            "last", t("The last day is before the first. Choose the same day or a later one.")
        )
    if last < today(caller, records):
        raise FieldError("last", t("The last day has already passed. Choose today or a later day."))
    if last - first > LONGEST:
        raise FieldError(
            "last", t("You can be away for a year at most. For longer, leave the hosts.")
        )
    first, last = domain.be_away(records, caller.member, first, last)
    zone = zone_of(caller, records)
    turns = records.hosting.turns_of(caller.member.id, caller.sight, caller.now)
    hit = [
        (turn, planned)
        for turn, planned in turns
        if first <= planned.starts_at.astimezone(zone).date() <= last
    ]
    return Say(words.away(records.hosting.aways(caller.member.id, today(caller, records)), hit))


@host.command(title=t("Remove an absence"), submit=t("Remove"), listed=False)
def there(caller: Caller, records: Records, first: First) -> Reply:
    """Remove an absence: I may suggest you as host on those days again."""
    aways = records.hosting.aways(caller.member.id)
    for known in aways:
        if known.first == first:
            domain.be_there(records, caller.member, known)
            return Change(words.there(known))
    raise UserError(t("You have no absence that begins on that day."))
