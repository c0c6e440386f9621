"""Holds the group of hosts with what its commands share."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.commands import COORDINATORS, CORE, EVERYONE, Caller, Group
from bot.domain.reminders import HOST_ASKED
from bot.domain.telling import hosting_of, replace_posts, tell_awake
from bot.errors import FieldError, Gone, NotAllowed, UserError
from bot.handlers.hosting.season import season
from bot.i18n import t
from bot.rules.rotation import why
from storage import Records
from storage.deliveries import Wanted
from storage.hosting import Turn
from storage.people import Member
from storage.sessions import Session

host = Group("host", t("Take turns hosting sessions"), 2, ("rota", "join", "take", "ask", "swap"))

MOST = 3
"""How many can host a session together."""

NOBODY = t("I found nobody to ask: choose a channel of the core group, or invite more hosts.")
UNASKED = ("away", "declined", "busy")
"""Why an offer does not go to somebody; those who rest may volunteer all the same."""


def takes_place(planned: Session, now: datetime) -> None:
    """Let only sessions pass that are to take place. Raises Gone and UserError."""
    if planned.state == "draft":
        raise Gone
    if planned.state == "cancelled":
        raise UserError(t("“{title}” was cancelled.", title=planned.title))
    if planned.ends_at <= now:
        raise UserError(t("“{title}” is over.", title=planned.title))
    if planned.starts_at <= now:
        raise UserError(t("“{title}” has begun already.", title=planned.title))


def to_come(records: Records, planned: Session, now: datetime) -> None:
    """Let only sessions pass that are to take place, and let nobody else change their hosts.

    Raises Gone and UserError.
    """
    takes_place(planned, now)
    records.hosting.hold(planned.id)


def may_ask(caller: Caller, records: Records, session: Session) -> None:
    """Let those pass who may look for hosts: organiser, host, or coordinator. Raises NotAllowed.

    As long as nobody hosts it, everybody of the core group may; that cannot change until this call
    is over.
    """
    to_come(records, session, caller.now)
    taken = [turn.member_id for turn in records.hosting.accepted(session.id)]
    own = caller.member.id in (session.organiser_id, *taken)
    if not own and not caller.is_at_least(COORDINATORS if taken else CORE):
        raise NotAllowed


def own_turn(caller: Caller, records: Records, session: Session) -> Turn:
    """Give the turn of a caller who hosts a session, which nobody else changes until this is over.

    Raises UserError for those who don't host it.
    """
    to_come(records, session, caller.now)
    own = records.hosting.turn_of(session.id, caller.member.id)
    if own is None or not own.hosts:
        raise UserError(t("You do not host “{title}”.", title=session.title))
    return own


def no_guest(person: Member) -> None:
    """Let only members host, of whom guests are none. Raises FieldError."""
    if person.role == EVERYONE:
        words = t("{who} is a guest here. Only members host sessions.", who=person.name)
        raise FieldError("person", words)


def hosting(turns: Iterable[Turn]) -> list[Turn]:
    """Keep the turns of those who host."""
    return [turn for turn in turns if turn.hosts]


def members(records: Records, turns: Iterable[Turn]) -> Sequence[Member]:
    """Give the people of some turns, in the order of the turns."""
    ids = [turn.member_id for turn in turns if turn.member_id]
    found = {member.id: member for member in records.members.many(ids)}
    return [found[id] for id in ids]


def zone_of(caller: Caller, records: Records) -> ZoneInfo:
    """Give the zone in which the caller's days are counted."""
    return ZoneInfo(caller.member.effective_zone or records.community.zone)


def today(caller: Caller, records: Records) -> date:
    """Say which day it is for the caller."""
    return caller.now.astimezone(zone_of(caller, records)).date()


def standing(turns: Iterable[Turn]) -> dict[str, Any]:
    """Sum up what those concerned are told of a session's turns, so that it can be compared."""
    hosts, states = hosting(turns), {turn.state for turn in turns}
    ids = sorted(turn.id for turn in hosts)  # a delivery keeps them: no person is named in it
    return {"hosts": ids, "offered": bool(states & {"open", "offered"})}


def changed(
    caller: Caller,
    records: Records,
    planned: Session,
    was: Mapping[str, Any],
    known: Iterable[int] = (),
) -> None:
    """Bring reminders and posts in line with who hosts a session now, and tell those concerned.

    That is its organiser, its hosts, and those who hosted it when things stood as they `was`; the
    caller and those of `known` know it already.
    """
    records.db.flush()
    records.touched.add(planned)
    turns = records.hosting.of_session(planned.id)
    hosts = [turn.member_id for turn in turns if turn.hosts or turn.id in was["hosts"]]
    concerned = {planned.organiser_id, *hosts} - {caller.member.id, *known}
    one = Wanted("", caller.now, planned.ends_at, by_id=caller.member.id, args=was)
    tell(records, planned, "host.changed", concerned, one)


def tell(
    records: Records, planned: Session, notice: str, people: Iterable[int | None], one: Wanted
) -> None:
    """Send a notice on who hosts a session to some people."""
    found = records.members.many([id for id in people if id])
    tell_awake(records, planned, notice, found, one)


def propose(caller: Caller, records: Records, planned: Session, asked: Member) -> bool:
    """Ask a member to host a session; False when they are in their quiet hours and asked later."""
    records.hosting.settle(planned, asked.id, "proposed", caller.now, caller.member.id)
    replace_posts(records, planned, HOST_ASKED, caller.now, [asked.id])
    one = Wanted("", caller.now, planned.starts_at)
    return not tell_awake(records, planned, HOST_ASKED, [asked], one)


def offer_to_all(caller: Caller, records: Records, planned: Session) -> bool:
    """Post an offer where the core group talks, else to each host who could; False: to nobody.

    Whoever makes it need not be told.
    """
    now = caller.now
    replace_posts(records, planned, "host.offered", now)
    channels = [channel.id for channel in records.channels.of_core() if not channel.lost]
    one = Wanted("", now, planned.ends_at)
    for id in channels:
        row = replace(one, kind=now.isoformat(), channel_id=id)
        records.deliveries.send(hosting_of(planned), "host.offered", row)
    people = [] if channels else _askable(records, planned, now) - {caller.member.id}
    tell(records, planned, "host.offered", people, one)
    return bool(channels or people)


def _askable(records: Records, planned: Session, now: datetime) -> set[int]:
    here = season(records, [planned], now)
    hosts = {turn.member_id or 0 for turn in records.hosting.accepted(planned.id)}
    ranked = why(planned.id, here.turns, here.hosts, now)
    return {one.host for one in ranked if one.passed not in UNASKED} - hosts


def open_up(caller: Caller, records: Records, planned: Session) -> bool:
    """Offer a turn that is nobody's to all, once; False when it was already, or there is nobody."""
    if any(turn.state == "open" for turn in records.hosting.of_session(planned.id)):
        return False
    turn = records.hosting.add(Turn(session_id=planned.id, state="open", changed_at=caller.now))
    told = offer_to_all(caller, records, planned)
    if not told:
        records.hosting.remove(turn)
    return told


def give_back(caller: Caller, records: Records, planned: Session, turn: Turn) -> None:
    """Free somebody of a turn they had or were asked to take; without a host it is open to all."""
    had, asked_by = turn.hosts, turn.asked_by_id
    was = standing(records.hosting.of_session(planned.id))
    turn.state, turn.changed_at = ("given" if had else "declined"), caller.now
    records.db.flush()
    if not records.hosting.accepted(planned.id):
        open_up(caller, records, planned)
    if had:
        records.log.add(hosting_of(planned), "given back", caller.member, caller.now)
        changed(caller, records, planned, was)
        return
    records.touched.add(planned)
    kind = f"{turn.id}:{caller.now.isoformat()}"
    one = Wanted(kind, caller.now, planned.ends_at, by_id=caller.member.id)
    tell(records, planned, "host.declined", {asked_by} - {caller.member.id}, one)
