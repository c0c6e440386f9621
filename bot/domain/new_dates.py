"""Tells those it concerns that a programme has other dates: once, however many of them change."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import NamedTuple

from bot.domain import sessions
from bot.domain.programmes import ENDS
from bot.domain.sessions import HELD
from bot.domain.telling import addressed
from storage import Records
from storage.deliveries import Wanted
from storage.log import Actor, LogEntry
from storage.people import Member
from storage.programmes import Programme
from storage.sessions import Session

RESCHEDULED = "programme.rescheduled"


class Changed(NamedTuple):
    """What became of the dates: the entry in the log, how many were moved and called off."""

    entry: LogEntry
    moved: int
    called_off: int
    told: tuple[int, int]


class Became(NamedTuple):
    """Dates that were moved and called off; whether there are to be `others` than there were."""

    moved: Sequence[Session] = ()
    left: Sequence[Session] = ()
    others: bool = False


def tell_changed(
    records: Records, programme: Programme, entry: LogEntry, became: Became, by: Actor
) -> Changed:
    """Tell those it concerns of dates that are other ones now: once, not for each date."""
    moved, left, others = became
    records.db.flush()
    entry.told_at = by.now + HELD
    records.touched.add(programme)
    args = {"entry": entry.id, "moved": len(moved), "called_off": len(left)}
    at = by.now + HELD
    news = Wanted(str(entry.id), at, at + timedelta(days=7), by_id=by.id or None, args=args)
    notice = ENDS if entry.what == "ended" else RESCHEDULED
    ids = concerned(records, programme if others else None, [*moved, *left], by)
    people = records.members.many(ids)
    rows = addressed(records, programme.about, notice, news, people)
    channels = records.placements.of(programme.about) if moved or left or others else ()
    for row in (*rows, *(replace(news, channel_id=id) for id in channels)):
        records.deliveries.send(programme.about, notice, row)
    return Changed(entry, len(moved), len(left), (len(rows), len(channels)))


def tells_later(records: Records, programme: Programme, member: Member | None, entry: int) -> bool:
    """Say whether somebody, or a channel, is about to be told of a later change of the dates."""
    rows = records.deliveries.waiting(programme.about, RESCHEDULED)
    id = member.id if member else None
    return any(row.member_id == id and row.args["entry"] > entry for row in rows)


def concerned(
    records: Records, programme: Programme | None, dates: Iterable[Session], by: Actor
) -> list[int]:
    """List whom a change of any of some dates concerns, or of dates nobody made yet."""
    concerned = [sessions.concerned(records, session, by)[0] for session in dates]
    answers = records.programmes.answers(programme) if programme else ()
    coming = [one.member_id for one in answers if one.answer != "no" and one.member_id != by.id]
    return [*dict.fromkeys([*(id for ids in concerned for id in ids), *coming])]
