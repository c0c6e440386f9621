"""Fills turns with volunteers: offers them, and takes each one's yes and no."""

from collections.abc import Sequence

from bot.authored import title_of
from bot.commands import CORE, EVERYONE, Caller
from bot.domain import hosting as domain
from bot.domain.driving import was_asked_by_rota
from bot.domain.hosting import hosting, stands
from bot.domain.season import MOST_HOSTS, season
from bot.errors import FieldError, UserError
from bot.handlers.hosting import helping
from bot.handlers.hosting.group import (
    NOBODY,
    host,
    may_ask,
    may_unask,
    members,
    no_guest,
    to_come,
    waiting,
)
from bot.handlers.hosting.reminding import with_beginning
from bot.handlers.hosting.words import asking, driving
from bot.handlers.hosting.words import roles as role_words
from bot.handlers.hosting.words import turns as words
from bot.i18n import Text, t
from bot.options.roles import RoleOption
from bot.options.things import PersonOption, SessionOption
from bot.protocol import Change, Reply, Say
from bot.rules.rotation import partner_for
from storage import Records
from storage.hosting import HOST, Turn
from storage.people import Member
from storage.sessions import Session


@host.command(title=t("Offer a turn"), submit=t("Offer"), may=may_ask)
def offer(
    caller: Caller, records: Records, session: SessionOption, role: RoleOption = HOST
) -> Reply:
    """Offer a turn to all hosts: yours, or one that nobody has yet."""
    if role != HOST:
        return helping.offer(caller, records, session, role)
    turns = records.hosting.of_session(session.id)
    if any(turn.state in ("open", "offered") for turn in turns):
        return Say(words.offering(session, bool(hosting(turns)), again=True))
    turn = _own_turn(caller, hosting(turns))
    if not domain.offer(records, session, turn, caller.actor):
        raise UserError(NOBODY)
    return Say(words.offering(session, bool(turn), again=False))


def _own_turn(caller: Caller, hosts: Sequence[Turn]) -> Turn | None:
    """Choose the turn that is offered: one's own, else that of the only host."""
    own = [turn for turn in hosts if turn.member_id == caller.member.id]
    if not own and len(hosts) > 1:
        raise UserError(t("It has several hosts. Each of them can only offer their own turn."))
    return next(iter(own or hosts), None)


@host.command(title=t("Withdraw an offer"), submit=t("Withdraw"), may=may_ask, listed=False)
def withdraw(
    caller: Caller, records: Records, session: SessionOption, role: RoleOption = HOST
) -> Reply:
    """Withdraw the offer of a turn."""
    if role != HOST:
        return helping.withdraw(caller, records, session, role)
    domain.withdraw(records, session, caller.actor)
    return Change(words.withdrawn(session))


@host.command(title=t("Take a turn"), submit=t("Take it"))
def take(
    caller: Caller, records: Records, session: SessionOption, role: RoleOption = HOST
) -> Reply:
    """Take a turn: host a session that has no host yet, or whose turn is offered."""
    if role != HOST:
        return helping.take(caller, records, session, role)
    return _say_yes(caller, records, session)


@host.command(title=t("Accept a turn"), submit=t("Accept"))
def accept(caller: Caller, records: Records, session: SessionOption) -> Reply:
    """Say yes to a session you were asked to host."""
    own = records.hosting.turn_of(session.id, caller.member.id)
    if own is not None and own.role != HOST:
        return helping.take(caller, records, session, own.role)
    return _say_yes(caller, records, session)


def _say_yes(caller: Caller, records: Records, planned: Session) -> Reply:
    if planned.state == "announced" and planned.starts_at <= caller.now:
        return Say(words.too_late(planned, over=planned.ends_at <= caller.now))
    to_come(records, planned, caller.now)
    helping.no_other(caller, records, planned, HOST)
    turns = records.hosting.of_session(planned.id)
    hosts = hosting(turns)
    own = next((turn for turn in turns if turn.member_id == caller.member.id), None)
    if own is not None and own.hosts:
        news = domain.confirm(records, planned, own)
        return Say(words.hosting(planned, again=not news))
    asked = own is not None and own.state == "proposed"
    if not (asked or may_volunteer(caller, planned, own)):
        return Say(words.join_first(planned))
    if not asked and hosts and not any(turn.state == "offered" for turn in hosts):
        return Say(words.faster(planned, members(records, hosts), full=len(hosts) >= MOST_HOSTS))
    if asked and len(hosts) >= MOST_HOSTS:
        raise UserError(enough(planned))
    return _begin_hosting(caller, records, planned, beside=asked and bool(hosts))


def may_volunteer(caller: Caller, planned: Session, own: Turn | None) -> bool:
    """Say whether the caller may host unasked.

    So may the core group, whoever planned a session, whoever has given it back, and whoever was
    asked and did not answer.
    """
    had = own is not None and own.state in ("given", "lapsed")
    return had or caller.is_at_least(CORE) or planned.organiser_id == caller.member.id


def _begin_hosting(caller: Caller, records: Records, planned: Session, *, beside: bool) -> Reply:
    domain.accept(records, planned, caller.actor, beside=beside)
    stay = records.hosting.stay_of(caller.member.id)
    partner = None if beside else _partner(caller, records, planned)
    told = words.hosting(planned, partner, in_pool=stay is not None)
    return Say(with_beginning(records, planned, told, caller.now))


def _partner(caller: Caller, records: Records, planned: Session) -> Member | None:
    """Find somebody experienced for a first-time host who hosts alone."""
    if len(records.hosting.accepted(planned.id)) > 1:
        return None
    here = season(records, [planned], caller.now)
    found = partner_for(caller.member.id, planned.id, here.turns, here.hosts)
    return here.experienced(found, caller.now)


@host.command(title=t("Decline a turn"), submit=t("Decline"), who=EVERYONE)
def decline(caller: Caller, records: Records, session: SessionOption) -> Reply:
    """Say no to a turn, or hand back one you had; no reason needed."""
    to_come(records, session, caller.now)
    own = records.hosting.turn_of(session.id, caller.member.id)
    if own is None:
        raise UserError(t("You weren't asked to host “{title}”.", title=title_of(session)))
    if own.role != HOST:
        return helping.decline(caller, records, session, own)
    domain.decline(records, session, own, caller.actor)
    left = records.hosting.accepted(session.id)
    again = may_volunteer(caller, session, own) and len(left) < MOST_HOSTS
    offered = stands(records, session)["offered"]
    return Say(words.declined(session, again=again, alone=not left, offered=offered))


@host.command(title=t("Ask somebody to host"), submit=t("Ask"), may=may_ask)
def ask(
    caller: Caller,
    records: Records,
    session: SessionOption,
    person: PersonOption,
    role: RoleOption = HOST,
) -> Reply:
    """Ask somebody to host a session, alone or with you."""
    if role != HOST:
        return helping.ask(caller, records, session, person, role)
    turns = records.hosting.of_session(session.id)
    if person.id == caller.member.id:
        return _say_yes(caller, records, session)
    no_guest(person)
    if len(hosting(turns)) >= MOST_HOSTS:
        raise UserError(enough(session))
    if helping.has_other(records, session, person, HOST):
        raise FieldError("person", role_words.has_other(person, session))
    before = {turn.member_id: turn for turn in turns}.get(person.id)
    if before is not None and before.state != "lapsed":
        raise FieldError("person", asking.no_need_to_ask(person, before))
    at_once = domain.ask(records, session, person, caller.actor)
    return Say(asking.asked(session, person, at_once=at_once))


@host.command(title=t("Withdraw a request"), submit=t("Withdraw"), may=may_unask, listed=False)
def unask(
    caller: Caller,
    records: Records,
    session: SessionOption,
    person: PersonOption | None = None,
    role: RoleOption = HOST,
) -> Reply:
    """Stop asking somebody to host, as long as they haven't answered."""
    turns = waiting(records, session, person, role)
    if not turns:
        raise UserError(t("It's too late to withdraw it: they've already answered."))
    people = members(records, turns)
    by_rota = any(was_asked_by_rota(records, session, turn) for turn in turns)
    domain.unask(records, session, turns, caller.actor)
    if role != HOST:
        return Change(role_words.unasked(session, role, people))
    return Change(
        driving.stopped(session)
        if by_rota
        else asking.unasked(session, people, stops=records.community.rota_runs)
    )


@host.command(title=t("Ask to co-host"), submit=t("Ask"))
def together(caller: Caller, records: Records, session: SessionOption) -> Reply:
    """Ask the hosts of a session if you can host it with them."""
    to_come(records, session, caller.now)
    helping.no_other(caller, records, session, HOST)
    hosts = records.hosting.accepted(session.id)
    own = records.hosting.turn_of(session.id, caller.member.id)
    if not hosts or (own is not None and own.state in ("proposed", "accepted", "offered")):
        return _say_yes(caller, records, session)
    if not may_volunteer(caller, session, own):
        return Say(words.join_first(session))
    if len(hosts) >= MOST_HOSTS:
        raise UserError(enough(session))
    domain.wish(records, session, hosts, caller.actor)
    return Say(words.wishing(session, members(records, hosts)))


def enough(planned: Session) -> Text:
    """Say that a session has all the hosts it can have."""
    return t(
        "“{title}” already has three hosts, the most a session can have.", title=title_of(planned)
    )
