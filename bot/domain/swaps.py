"""Trades turns between two colleagues: one asks, the other agrees or does not."""

from datetime import datetime
from typing import Any

from bot.domain.hosting import drop, stands, tell, tell_changed
from bot.domain.reminders import Concerned
from bot.domain.telling import hosting_of, replace_posts, tell_awake
from storage import Records
from storage.deliveries import Wanted
from storage.hosting import Turn
from storage.log import Actor
from storage.people import Member
from storage.sessions import Session
from storage.swaps import Swap

SWAP_ASKED, LAPSED = "host.swap_asked", "host.swap_lapsed"


def ask(records: Records, session: Session, swap: Swap, before: Swap | None, by: Actor) -> bool:
    """Ask a colleague for a swap, which takes the place of a question `before`.

    False when they are in their quiet hours and asked later.
    """
    if before is not None and before.state == "asked":
        before.state = "refused"
    records.swaps.add(swap)
    records.touched.add(session, swap.asked_id)
    replace_posts(records, session, SWAP_ASKED, by.now, [swap.asked_id])
    one = Wanted(str(swap.id), by.now, session.starts_at, by_id=by.id or None)
    asked = records.members.many([swap.asked_id])
    return not tell_awake(records, session, SWAP_ASKED, asked, one)


def withdraw(records: Records, session: Session, swap: Swap) -> None:
    """Ask for a swap no more: the message of whoever was asked says so, or is not sent."""
    swap.state = "withdrawn"
    records.touched.add(session)


def lapse(records: Records, session: Session, concerned: Concerned, now: datetime) -> None:
    """End the questions about swaps that cannot be agreed to any more, and tell whoever asked."""
    if concerned is not None:
        return
    for swap in records.swaps.waiting_on(session.id):
        given, wanted = records.swaps.turns_in(swap)
        there = all(_tradable(records, turn, now) for turn in (given, wanted) if turn)
        if there and records.members.get(swap.asked_id).left_at is None:
            continue
        swap.state = "lapsed"
        planned = records.sessions.get(given.session_id)
        records.deliveries.refresh(hosting_of(planned), now)
        told = Wanted(str(swap.id), now, planned.ends_at, args={"swap": swap.id})
        tell(records, planned, LAPSED, [given.member_id], told)


def _tradable(records: Records, turn: Turn, now: datetime) -> bool:
    session = records.sessions.get(turn.session_id)
    return turn.hosts and session.state == "announced" and session.starts_at > now


def agree(records: Records, swap: Swap, asker: Member, by: Actor) -> None:
    """Trade the turns of a swap, and tell those concerned and whoever asked."""
    given, wanted = records.swaps.turns_in(swap)
    session = records.sessions.get(given.session_id)
    swap.state = "agreed"
    transfers = [(session, _hand_over(records, session, given, by.id, by))]
    if wanted is not None:
        other = records.sessions.get(wanted.session_id)
        transfers.append((other, _hand_over(records, other, wanted, asker.id, by)))
    for one, was in transfers:
        tell_changed(records, one, was, by, known=[asker.id])
    _answer(records, session, asker, swap.id, by)


def _hand_over(
    records: Records, session: Session, turn: Turn, to: int, by: Actor
) -> dict[str, Any]:
    """Make somebody else the host; gives how things stood before."""
    was = stands(records, session, turn.role)
    turn.state, turn.changed_at = "given", by.now
    records.hosting.settle(session, to, "accepted", by.now, role=turn.role)
    return was


def refuse(records: Records, session: Session, swap: Swap, asker: Member, by: Actor) -> None:
    """Say no to a swap, and tell whoever asked."""
    swap.state = "refused"
    records.touched.add(session)
    _answer(records, session, asker, swap.id, by)


def refuse_wish(records: Records, session: Session, turn: Turn, asker: Member, by: Actor) -> None:
    """Say no to somebody who wished to host together, and tell them."""
    drop(records, session, turn)
    _answer(records, session, asker, 0, by)


def _answer(records: Records, session: Session, asker: Member, swap: int, by: Actor) -> None:
    kind = f"{swap}:{by.now.isoformat()}"
    one = Wanted(kind, by.now, session.starts_at, by_id=by.id, args={"swap": swap})
    tell(records, session, "host.answered", [asker.id], one)
