"""Drives the rota: offers turns, asks one person after the other, and warns coordinators."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta

from bot.domain import hosting
from bot.domain.offers import open_all
from bot.domain.reminders import HOST_ASKED, Concerned
from bot.domain.season import season
from bot.domain.telling import hosting_of, replace_posts, tell_awake
from bot.rules import driving as rule
from bot.rules.driving import Gap, Rhythm, Step
from bot.rules.reminders import Wish, quiet_shift
from storage import Records
from storage.deliveries import Wanted
from storage.hosting import HOST, Turn
from storage.log import Actor
from storage.people import Member
from storage.sessions import Session

DRIVES, UNFILLED = "host.drives", "host.unfilled"
OPENED, CLOSED, ASKED, UNASKED, ALERTED = "opened", "closed", "asked", "unasked", "alerted"
JOIN = timedelta(days=7)
"""Turns that would be offered within this time are offered in one post."""


def want(records: Records, session: Session, concerned: Concerned, now: datetime) -> None:
    """Have the rota look at a session when its next step is due, and at one that moves up.

    Who comes and who was asked puts no step forward.
    """
    if concerned is not None:
        return
    _set(records, session, now)
    home = records.community
    last = records.ahead.nth(home.rota_ahead, now) if home.rota_runs else None
    if last is not None and last is not session:
        _set(records, last, now)


def _set(records: Records, session: Session, now: datetime) -> None:
    due = next_step(records, session, now)
    records.timers.set(session.about, DRIVES, due.at if due else None)


def rhythm_of(records: Records) -> Rhythm:
    """Give when this community has which step done."""
    home = records.community
    return Rhythm(home.rota_offer, home.rota_ask, home.rota_answer, home.rota_warn)


def next_step(records: Records, session: Session, now: datetime) -> rule.NextStep | None:
    """Say what the rota does next about a session, when its community is awake."""
    gap = gap_of(records, session, now)
    due = rule.next_step(gap, rhythm_of(records)) if gap else None
    if due is None:
        return None
    home = records.community
    wish = Wish((), home.quiet_from, home.quiet_to, home.zone, due.at)
    return rule.NextStep(due.step, quiet_shift(due.at, wish, session.starts_at) or due.at)


def gap_of(records: Records, session: Session, now: datetime) -> Gap | None:
    """Describe a session that nobody hosts; None where the rota has nothing to do about it.

    In a community in which nobody ever joined the hosts, it has not.
    """
    ahead = session.state == "announced" and session.starts_at > now
    if not (ahead and records.community.rota_runs):
        return None
    turns = [turn for turn in records.hosting.of_session(session.id) if turn.role == HOST]
    if any(turn.hosts for turn in turns) or not records.ahead.has_hosts():
        return None
    return _gap(records, session, turns, now)


def _gap(records: Records, session: Session, turns: Sequence[Turn], now: datetime) -> Gap:
    acts = records.log.of(hosting_of(session), OPENED, CLOSED, ASKED, UNASKED, ALERTED)
    is_told = session.told_at is not None and session.told_at <= now
    told_at = session.told_at if is_told else None
    questions = [act.what for act in acts if act.what in (ASKED, UNASKED)]
    nobody = [act for act in acts if act.what == ALERTED and act.after.get("nobody")]
    before = records.ahead.nth_before(session, records.community.rota_ahead, now)
    opened = [act.at for act in acts if act.what == OPENED] + [*_at(turns, "open")]
    offers = opened or [act.at for act in acts if act.what == CLOSED]
    return Gap(
        session.starts_at,
        told_at or session.created_at,
        max(_at(turns, "given"), default=None),
        before.starts_at if before else None,
        max(offers, default=None),
        _asked(records, session, turns),
        _at(turns, "declined", "lapsed"),
        tuple(act.at for act in acts if act.what == ALERTED),
        is_open=bool(_at(turns, "open")),
        alone=bool(nobody) and next_host(records, session, now) is None,
        stopped=questions[-1:] == [UNASKED],
    )


def _at(turns: Sequence[Turn], *states: str) -> tuple[datetime, ...]:
    return tuple(turn.changed_at for turn in turns if turn.state in states)


def _asked(records: Records, session: Session, turns: Sequence[Turn]) -> tuple[datetime, ...]:
    """Say since when those who are asked know it: whoever slept, since the morning."""
    if not _at(turns, "proposed"):
        return ()
    rows = records.deliveries.about(hosting_of(session))
    told = {
        row.member_id: row.due_at
        for row in rows
        if row.notice == HOST_ASKED and row.post_id is None
    }
    proposed = [turn for turn in turns if turn.state == "proposed"]
    return tuple(
        max(turn.changed_at, told.get(turn.member_id, turn.changed_at)) for turn in proposed
    )


def next_host(records: Records, session: Session, now: datetime) -> Member | None:
    """Give whom the rota proposes for a session, the turns before it being settled first."""
    ahead = records.sessions.to_come(now)
    near = [one for one in ahead if one.starts_at <= session.starts_at]
    here = season(records, near, now)
    host = {one.turn: one.host for one in here.proposals(now)}.get(session.id)
    return here.people[host] if host else None


def go_on(records: Records, session: Session, now: datetime) -> None:
    """Do what is due about a session now: one step, however late it is."""
    records.hosting.hold(session.id)
    due = next_step(records, session, now)
    if due is not None and due.at <= now:
        STEPS[due.step](records, session, now)
    records.touched.add(session)


def _offer(records: Records, session: Session, now: datetime) -> None:
    """Offer a turn to all, and with it those that would be offered soon."""
    ahead = records.sessions.to_come(now)[: records.community.rota_ahead]
    near = [one for one in ahead if one is not session and _joins(records, one, now)]
    for one in near:
        records.hosting.hold(one.id)
    offered = open_all(records, [session, *near], Actor(None, now))
    for one in offered:
        records.log.add(hosting_of(one), OPENED, None, now)
    if session not in offered:
        alert(records, session, now, nobody=True)


def _joins(records: Records, session: Session, now: datetime) -> bool:
    due = next_step(records, session, now)
    return due is not None and due.step == "offer" and due.at <= now + JOIN


def _ask(records: Records, session: Session, now: datetime) -> None:
    """Ask who is proposed, and give up on those who were asked before; else tell coordinators."""
    for turn in records.hosting.of_session(session.id):
        if turn.state == "proposed":
            turn.state = "lapsed"
    records.db.flush()
    person = next_host(records, session, now)
    if person is None:
        alert(records, session, now, nobody=True)
        return
    hosting.ask(records, session, person, Actor(None, now))
    question = records.hosting.turn_of(session.id, person.id)
    assert question is not None
    entry = records.log.add(hosting_of(session), ASKED, None, now)
    entry.after = {"turn": question.id}


def _warn(records: Records, session: Session, now: datetime) -> None:
    alert(records, session, now, nobody=False)


STEPS: Mapping[Step, Callable[[Records, Session, datetime], None]] = {
    "offer": _offer,
    "ask": _ask,
    "warn": _warn,
}


def alert(records: Records, session: Session, now: datetime, *, nobody: bool) -> None:
    """Tell coordinators that a session has no host; not twice within hours, when `nobody` is left.

    The log keeps it.
    """
    before = records.log.last([hosting_of(session)], ALERTED)
    if nobody and before is not None and before.at > now - rule.NEAR:
        before.after = {"nobody": True}
        return
    entry = records.log.add(hosting_of(session), ALERTED, None, now)
    entry.after = {"nobody": nobody}
    people = records.members.with_role("coordinator")
    replace_posts(records, session, UNFILLED, now)
    tell_awake(records, session, UNFILLED, people, Wanted("", now, session.starts_at))


def was_asked_by_rota(records: Records, session: Session, turn: Turn) -> bool:
    """Say whether the rota asked somebody, and nobody else did."""
    asked = records.log.of(hosting_of(session), ASKED)
    return turn.asked_by_id is None and any(one.after.get("turn") == turn.id for one in asked)
