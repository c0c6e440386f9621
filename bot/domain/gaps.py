"""Tells in good time where nobody interprets, captions or signs for those who need it."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain.needs import planner_of
from bot.domain.reminders import Concerned
from bot.domain.telling import addressed, interpreting_in
from storage import Records
from storage.deliveries import OPEN, Delivery, Wanted
from storage.interpreters import CONFIRMED, INTERPRETATION, Interpreter, Need
from storage.people import Member
from storage.sessions import Session

GAP = "session.gap"
STEPS = (timedelta(days=14), timedelta(days=5))
"""How long before a session a gap is told."""


def served(row: Interpreter) -> str:
    """Say what somebody meets: the need of a language, of captions, or of sign language."""
    return row.language if row.kind == INTERPRETATION else row.kind


def wished(need: Need) -> Iterator[str]:
    """Give what somebody needs, as `served` names it."""
    yield from ([need.language] if need.language else [])
    yield from need.access


def missing(needs: Iterable[Need], rows: Iterable[Interpreter]) -> Mapping[str, int]:
    """Count who needs what nobody has confirmed, the most needed first."""
    there = {served(row) for row in rows if row.state == CONFIRMED}
    counts = Counter(what for need in needs for what in wished(need))
    return {what: count for what, count in counts.most_common() if what not in there}


def gaps(records: Records, sessions: Sequence[Session]) -> Mapping[int, Mapping[str, int]]:
    """Give what is missing in some sessions, by their ids, in a fixed number of statements."""
    ids = [session.id for session in sessions]
    needs = records.interpreters.needs(*ids)
    rows = records.interpreters.of(*ids) if needs else ()
    here = {
        id: missing(
            [need for need in needs if need.session_id == id],
            [row for row in rows if row.session_id == id],
        )
        for id in {need.session_id for need in needs}
    }
    return {id: lacks for id, lacks in here.items() if lacks}


def want(records: Records, session: Session, concerned: Concerned, now: datetime) -> None:
    """Have a gap told as long as there is one: two weeks and five days before, in a message each.

    What comes up later than that is told at once, to whoever heard of none in these days.
    """
    ahead = session.state == "announced" and session.starts_at > now
    lacks = gaps(records, [session]).get(session.id) if ahead else None
    if lacks is None and concerned is not None:
        return  # what waits is not sent: its notice sees that nothing is missing
    rows = [*_rows(records, session, sorted(lacks), now)] if lacks else []
    records.deliveries.want(interpreting_in(session), GAP, rows, now)


def _rows(
    records: Records, session: Session, lacks: Sequence[str], now: datetime
) -> Iterator[Wanted]:
    about = interpreting_in(session)
    kept = {row.key: row for row in records.deliveries.about(about) if row.state != "cancelled"}
    people = whom(records, session)
    for step in STEPS:
        at = session.starts_at - step
        if at <= now and step != STEPS[-1]:
            continue
        kind = f"{step.days}d:{at.date()}"
        one = Wanted(kind, max(at, now), session.starts_at, args={"gaps": lacks})
        for row in addressed(records, about, GAP, one, people):
            known = kept.get(row.key(about, GAP))
            yield replace(row, due_at=known.due_at) if known and at <= now else row


def overtaken(session: Session, kind: str, now: datetime) -> bool:
    """Say whether a gap is told by then in the message of a later step too."""
    days = int(kind.partition("d")[0])
    return any(step.days < days and session.starts_at - step <= now for step in STEPS)


def whom(records: Records, session: Session) -> Sequence[Member]:
    """List who is told of a gap: hosts, whoever planned the session, and coordinators."""
    hosts = records.hosting.hosts(session.id)
    planner = planner_of(records, session)
    others = records.members.with_role("coordinator")
    everybody = [*hosts, *([planner] if planner else []), *others]
    people = {member.id: member for member in everybody if member.left_at is None}
    return [*people.values()]


def told(records: Records, session: Session, member_id: int, now: datetime) -> frozenset[str]:
    """Give the gaps of which somebody was told in a message of their own, or is being told."""
    rows: Sequence[Delivery] = records.deliveries.about(interpreting_in(session))
    gone = [row for row in rows if row.notice == GAP and row.due_at <= now]
    sent = [row for row in gone if row.state in (*OPEN, "sent")]
    return frozenset(
        what for row in sent if row.member_id == member_id for what in row.args["gaps"]
    )
