"""Holds the group of hosts with what its commands share."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.authored import title_of
from bot.commands import CORE, EVERYONE, Caller
from bot.domain.season import may_find_hosts
from bot.errors import FieldError, Gone, NotAllowed, UserError
from bot.groups import Group
from bot.i18n import t
from storage import Records
from storage.hosting import HOST, Turn
from storage.people import Member
from storage.sessions import Session

host = Group("host", t("Take turns hosting sessions"), 2, ("rota", "join", "take", "ask", "swap"))

NOBODY = t("I found nobody to ask. Choose a channel for the core group, or invite more hosts.")


def takes_place(planned: Session, now: datetime) -> None:
    """Let only sessions pass that are to take place. Raises Gone and UserError."""
    if planned.state == "draft":
        raise Gone
    if planned.state == "cancelled":
        raise UserError(t("“{title}” was cancelled.", title=title_of(planned)))
    if planned.ends_at <= now:
        raise UserError(t("“{title}” is over.", title=title_of(planned)))
    if planned.starts_at <= now:
        raise UserError(t("“{title}” has already begun.", title=title_of(planned)))


def to_come(records: Records, planned: Session, now: datetime) -> None:
    """Let only sessions pass that are to take place, and let nobody else change their hosts.

    Raises Gone and UserError.
    """
    takes_place(planned, now)
    records.hosting.hold(planned.id)


NOBODY_HOSTS = t("Only whoever planned the session and the core group can do that.")
OTHERS_HOST = t("Only the session's hosts, whoever planned it and the coordinators can do that.")
"""Who may look for hosts, as long as there are none and after that."""


def may_ask(caller: Caller, records: Records, session: Session, role: str = HOST) -> None:
    """Let those pass who may look for hosts: organiser, host, or coordinator. Raises NotAllowed.

    As long as nobody hosts it, everybody of the core group may; that cannot change until this call
    is over. For another role everybody of the core group may at any time, and whoever has it.
    """
    to_come(records, session, caller.now)
    if role != HOST:
        _may_find_help(caller, records, session)
        return
    taken = [turn.member_id for turn in records.hosting.accepted(session.id)]
    if not may_find_hosts(caller.sight, session, taken):
        raise NotAllowed(OTHERS_HOST if taken else NOBODY_HOSTS)


def _may_find_help(caller: Caller, records: Records, session: Session) -> None:
    own = [turn.member_id for turn in records.roles.taken(session.id)]
    if caller.member.id not in (session.organiser_id, *own) and not caller.is_at_least(CORE):
        raise NotAllowed(NOBODY_HOSTS)


def may_unask(
    caller: Caller,
    records: Records,
    session: Session,
    person: Member | None = None,
    role: str = HOST,
) -> None:
    """Let whoever asked somebody pass, and those who may ask. Raises NotAllowed."""
    to_come(records, session, caller.now)
    turns = waiting(records, session, person, role)
    if not turns or any(turn.asked_by_id != caller.member.id for turn in turns):
        may_ask(caller, records, session, role)


def waiting(
    records: Records, session: Session, person: Member | None, role: str = HOST
) -> list[Turn]:
    """List the turns for which somebody, or anybody, was asked and has not answered."""
    turns = records.hosting.of_session(session.id, role)
    proposed = [turn for turn in turns if turn.state == "proposed"]
    return [turn for turn in proposed if person is None or turn.member_id == person.id]


def own_turn(caller: Caller, records: Records, session: Session) -> Turn:
    """Give the turn of a caller in a session, which nobody else changes until this is over.

    Raises UserError for those who don't host it.
    """
    to_come(records, session, caller.now)
    own = records.hosting.turn_of(session.id, caller.member.id)
    if own is None or not own.hosts:
        raise UserError(t("You're not hosting “{title}”.", title=title_of(session)))
    return own


NOT_A_HOST = t("Only the session's hosts and the core group can do that.")


def may_do(caller: Caller, records: Records, session: Session) -> None:
    """Let only the hosts of a session and the core group pass. Raises Gone and NotAllowed."""
    if session.state == "draft":
        raise Gone
    turns = records.hosting.accepted(session.id)
    if not (caller.is_at_least(CORE) or any(one.member_id == caller.member.id for one in turns)):
        raise NotAllowed(NOT_A_HOST)


def no_guest(person: Member) -> None:
    """Let only members host who are there; guests are none. Raises FieldError."""
    if person.left_at is not None:
        words = t("{who} has left. Please ask somebody else.", who=person.name)
        raise FieldError("person", words)
    if person.role == EVERYONE:
        words = t("{who} is a guest here. Only members can host sessions.", who=person.name)
        raise FieldError("person", words)


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
