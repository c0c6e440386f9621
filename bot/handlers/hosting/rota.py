"""Looks ahead: who hosts, whom fairness would ask and why, and who hosted so far."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Annotated
from zlib import crc32

from bot.commands import CORE, Caller
from bot.domain import hosting as domain
from bot.domain.offers import offers_of, open_all
from bot.domain.season import Season, season
from bot.domain.telling import hosting_of
from bot.errors import UserError
from bot.handlers.hosting.group import NOBODY, host, takes_place, to_come
from bot.handlers.hosting.words import role_rota
from bot.handlers.hosting.words import rota as words
from bot.i18n import t
from bot.options.basic import Line, Number, YesNo
from bot.options.roles import RoleOption
from bot.options.things import SessionOption
from bot.protocol import Change, Reply, Say
from bot.rules import rotation
from bot.wording.lost_posts import with_missing
from storage import Records
from storage.hosting import HOST, HOSTING

MOST = 12
Ahead = Annotated[int, Number(t("How many sessions ahead"), least=1, most=MOST)]
SIX = 6


def _season(caller: Caller, records: Records, ahead: int, role: str = HOST) -> Season:
    sessions = records.sessions.upcoming(caller.sight, caller.now, ahead)
    return season(records, sessions, caller.now, role)


def _rows(
    here: Season, proposals: Sequence[rotation.Proposal], now: datetime
) -> list[words.RotaRow]:
    host_of = {one.turn: here.people.get(one.host or 0) for one in proposals}
    partner_of = {one.turn: here.experienced(one.partner, now) for one in proposals}
    return [
        words.RotaRow(
            session,
            here.members(session, *HOSTING),
            here.members(session, "proposed"),
            here.is_offered(session),
            host_of.get(session.id),
            partner_of.get(session.id),
        )
        for session in here.sessions
    ]


def _seal(proposals: Sequence[rotation.Proposal]) -> str:
    """Sum up what a rota proposes, so that nothing else is settled than what was shown."""
    return f"{crc32(repr([(one.turn, one.host) for one in proposals]).encode()):x}"


@host.command(title=t("See the rota"), submit=t("View"), reads=True)
def rota(caller: Caller, records: Records, next: Ahead = SIX, role: RoleOption = HOST) -> Reply:
    """Show who's hosting the next sessions, and who could."""
    here = _season(caller, records, next, role)
    if not here.sessions:
        return Say(words.no_rota(ever=records.sessions.ever(caller.sight, caller.now)))
    proposals = here.proposals(caller.now)
    seal = _seal(proposals) if caller.is_at_least(CORE) else ""
    rows = _rows(here, proposals, caller.now)
    shown = words.rota(rows, next, seal)
    if role != HOST:
        shown = role_rota.rota(rows, role_rota.RotaShown(role, next, seal))
    offers = (offers_of(records), *map(hosting_of, here.sessions))
    return Say(with_missing(caller, records, shown, *offers))


@host.command(title=t("Fill the rota"), submit=t("Ask them"), who=CORE, listed=False)
def ask_them(
    caller: Caller,
    records: Records,
    next: Ahead = SIX,
    seen: Annotated[str, Line(t("What was shown"), limit=8)] = "",
    role: RoleOption = HOST,
) -> Reply:
    """Ask the people suggested in the rota."""
    here = _season(caller, records, next, role)
    proposals = here.proposals(caller.now)
    if role != HOST:
        return _ask_for_role(caller, records, here, role_rota.RotaShown(role, next, seen))
    if seen != _seal(proposals):
        return Change(
            words.rota(_rows(here, proposals, caller.now), next, _seal(proposals), changed=True)
        )
    rows = [row for row in _rows(here, proposals, caller.now) if row.proposed]
    for row in rows:
        if row.proposed:
            domain.ask(records, row.session, row.proposed, caller.actor)
    return Change(words.asked_all(rows, caller.member.id))


def _ask_for_role(
    caller: Caller, records: Records, here: Season, shown: role_rota.RotaShown
) -> Reply:
    proposals = here.proposals(caller.now)
    rows = _rows(here, proposals, caller.now)
    seal = _seal(proposals)
    if shown.seal != seal:
        return Change(role_rota.rota(rows, replace(shown, seal=seal), changed=True))
    gaps = [row for row in rows if row.proposed]
    for row in gaps:
        if row.proposed:
            domain.ask(records, row.session, row.proposed, caller.actor, shown.role)
    return Change(role_rota.asked_all(gaps, shown.role, caller.member.id))


@host.command(title=t("Offer all open turns"), submit=t("Offer"), who=CORE, listed=False)
def offer_open(
    caller: Caller,
    records: Records,
    next: Ahead = SIX,
    sure: Annotated[bool, YesNo(t("Offer all of them"))] = False,
) -> Reply:
    """Offer the open turns to all hosts; you first see which, and where."""
    here = _season(caller, records, next)
    rows = [row for row in _rows(here, here.proposals(caller.now), caller.now) if row.is_open]
    if rows and not sure:
        where = [channel for channel in records.channels.of_core() if not channel.lost]
        return Change(words.before_offering(rows, where, next))
    for row in rows:
        to_come(records, row.session, caller.now)
    offered = open_all(records, [row.session for row in rows], caller.actor)
    told = [row for row in rows if row.session in offered]
    if rows and not told:
        raise UserError(NOBODY)
    return Change(words.offered_all(told))


@host.command(title=t("See why they'd be asked"), submit=t("View"), reads=True, listed=False)
def why(caller: Caller, records: Records, session: SessionOption) -> Reply:
    """See why somebody is suggested as host of a session."""
    takes_place(session, caller.now)
    ahead = records.sessions.upcoming(caller.sight, caller.now, MOST)
    near = [one for one in ahead if one.id != session.id]
    here = season(records, [session, *near], caller.now)
    ranked = rotation.why(session.id, here.turns, here.hosts, caller.now, here.alternate_regions)
    ranked = tuple(one for one in ranked if one.host not in here.barred[session.id])
    asked = here.members(session, "proposed")
    silent = here.members(session, "lapsed")
    return Say(words.why(session, ranked, here.people, asked, here.joined(), silent))


@host.command(title=t("See who has hosted"), submit=t("View"), who=CORE, reads=True)
def history(caller: Caller, records: Records) -> Reply:
    """Show how often each person has hosted, in alphabetical order."""
    counts = {id: (count, last) for id, count, last in records.hosting.counts(caller.now) if id}
    pool = {stay.member_id: stay for stay in reversed(records.hosting.pool())}
    people = records.members.many([*counts.keys() | pool.keys()])
    ordered = sorted(people, key=lambda member: (member.name.casefold(), member.id))
    return Say(words.history([(one, *counts.get(one.id, (0, None))) for one in ordered], pool))
