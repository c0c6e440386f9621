"""Words what hosts are told of their checklists by the bot itself, and shown of their turns."""

from dataclasses import replace
from datetime import datetime

from bot.chat import Block, Message
from bot.commands import Caller
from bot.domain import checklists as domain
from bot.domain.after import WRITTEN
from bot.handlers.hosting.group import host, today, zone_of
from bot.handlers.hosting.words import checklists as words
from bot.handlers.hosting.words import pool as pool_words
from bot.handlers.hosting.words import swaps as swap_words
from bot.i18n import t
from bot.notices import Sending
from storage import Records
from storage.hosting import ROLES
from storage.sessions import Session


def _hosted(records: Records, sending: Sending) -> Session | None:
    """Give the session a notice is about while its reader hosts it, or has."""
    found = records.sessions.find(sending.about)
    if found is None or found.state != "announced" or sending.member is None:
        return None
    turns = records.hosting.accepted(found.id)
    return found if any(turn.member_id == sending.member.id for turn in turns) else None


@host.notice(t("Reminder of a checklist"))
def checklist_due(records: Records, sending: Sending) -> Message | None:
    """Remind a host of what is to be done, unless it is by now."""
    session = _hosted(records, sending)
    if session is None:
        return None
    days = int(sending.kind.removesuffix("d"))
    items = domain.due_on(records, session, days)
    return words.reminder(session, days, items) if items else None


@host.notice(t("Question after a session"))
def after(records: Records, sending: Sending) -> Message | None:
    """Ask a host what stays, and what the next ones have to know, as long as nobody wrote it.

    Without hosts, whoever planned the session is asked what stays.
    """
    session = _hosted(records, sending)
    if session is None:
        return _of_planner(records, sending)
    if session.ends_at > sending.now:
        return None
    items = domain.due_with_next_day(records, session)
    known = records.checklists.handover_of(session.id)
    asks = known is None and not records.checklists.is_last(session, sending.now)
    unwritten = records.log.last([session.about], WRITTEN) is None
    asked = words.Asked(stays=unwritten, handover=asks)
    return words.after(session, items, asked) if asks or items or unwritten else None


def _of_planner(records: Records, sending: Sending) -> Message | None:
    session = records.sessions.find(sending.about)
    if session is None or session.state != "announced" or session.ends_at > sending.now:
        return None
    planned = sending.member is not None and sending.member.id == session.organiser_id
    if not planned or records.hosting.accepted(session.id):
        return None
    unwritten = records.log.last([session.about], WRITTEN) is None
    return words.over_unhosted(session) if unwritten else None


def with_beginning(records: Records, session: Session, told: Message, now: datetime) -> Message:
    """Add to the reply to whoever takes a turn the handovers, and what is due already."""
    due = domain.due(records, [session], now)[session.id]
    more = bool(records.checklists.of_session(session))
    blocks, buttons = words.beginning(session, domain.handovers(records, session), due, more=more)
    return replace(told, blocks=(*told.blocks, *blocks), buttons=(*told.buttons, *buttons))


@host.week
def my_turns(caller: Caller, records: Records) -> tuple[Block, ...]:
    """Show somebody their turns as host, what is to be done for them, and when they are away."""
    member, now = caller.member, caller.now
    rows = records.hosting.turns_of(member.id, caller.sight, now)[:5]
    aways = records.hosting.aways(member.id, today(caller, records))
    in_pool = records.hosting.stay_of(member.id) is not None
    hosted = records.checklists.hosted(member.id, now - domain.LONGEST)
    due = domain.due(records, hosted, now, domain.AHEAD)
    left = [(session, due[session.id]) for session in hosted]
    helps = [
        (turn, planned)
        for role in ROLES[1:]
        for turn, planned in records.hosting.turns_of(member.id, caller.sight, now, role)
    ]
    shown = pool_words.week(rows, aways, in_pool and not helps)
    helping = pool_words.helping(sorted(helps, key=lambda row: row[1].starts_at)[:5])
    asked = [(planned, who) for _, planned, who in records.swaps.waiting_for(member.id)]
    left_open = words.week(left, zone_of(caller, records))
    return (*shown, *helping, *left_open, *swap_words.waiting(asked))
