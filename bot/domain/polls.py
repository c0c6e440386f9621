"""Does to polls what is done to them: starts, answers, closes and reopens them."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.hours import spread
from bot.domain.reminders import Concerned
from bot.domain.telling import tell
from bot.moments import WallTime
from bot.rules import polls as rules
from bot.rules.hours import EXCLUDED, Costs, Dwellers, own_hours
from storage import Records
from storage.deliveries import Wanted
from storage.log import Actor
from storage.people import Member
from storage.polls import ANSWERS, CLOSED, DRAFT, DROPPED, OPEN, Poll, PollAnswer, PollDate
from storage.sessions import Session

POLLED, RESULT, CLOSES = "session.polled", "session.poll_result", "session.poll_closes"
USEFUL = timedelta(days=7)
"""How long after its hours a result is still news."""


def plan(
    records: Records, poll: Poll, times: Sequence[WallTime], channels: Collection[int]
) -> None:
    """Keep a new poll on some hours, to be posted in some channels, as a draft."""
    records.polls.add(poll)
    records.placements.put(poll.about, channels)
    put_hours(records, poll, times)


def put_hours(records: Records, poll: Poll, times: Sequence[WallTime]) -> None:
    """Have a draft propose these hours, and no others."""
    before = {date.starts_at: date for date in records.poll_dates.of(poll.id)}
    for at, date in before.items():
        if at not in {time.at for time in times}:
            records.poll_dates.remove(date)
    for time in times:
        if time.at not in before:
            records.poll_dates.add(
                PollDate(poll_id=poll.id, starts_at=time.at, wall=time.wall, zone=time.zone)
            )
    records.touched.add(poll)


def ahead(records: Records, poll: Poll, now: datetime) -> Sequence[PollDate]:
    """List the hours of a poll that are still to come."""
    return [date for date in records.poll_dates.of(poll.id) if date.starts_at > now]


def start(records: Records, poll: Poll, channels: Collection[int], by: Actor) -> None:
    """Post a poll; hours that have passed since it was planned are left out."""
    records.placements.put(poll.about, channels)
    _open(records, poll, poll.closes_at, by)
    records.log.add(poll.about, "polled", by.member, by.now)


def _open(records: Records, poll: Poll, closes_at: datetime, by: Actor) -> None:
    hours = ahead(records, poll, by.now)
    for date in records.poll_dates.of(poll.id):
        if date not in hours:
            records.poll_dates.remove(date)
    later = closes_at if closes_at > by.now else rules.closes(by.now, hours[0].starts_at)
    poll.state, poll.closes_at = OPEN, later
    for channel in records.placements.of(poll.about):
        one = Wanted("polled", by.now, hours[-1].starts_at, channel_id=channel, by_id=by.id)
        records.deliveries.send(poll.about, POLLED, one)
    records.touched.add(poll)


def reopen(records: Records, poll: Poll, by: Actor) -> None:
    """Let people answer a poll for some days more that was closed or discarded."""
    records.deliveries.cancel(poll.about, RESULT)
    _open(records, poll, by.now, by)
    records.log.add(poll.about, "poll reopened", by.member, by.now)


def excluded(records: Records, poll: Poll, member: Member) -> frozenset[int]:
    """Give the hours of a poll, by their ids, at which somebody said they can't."""
    if not member.effective_zone:
        return frozenset()
    who = Dwellers("", member.effective_zone, 1, own_hours(member.hours))
    dates = records.poll_dates.of(poll.id)
    costs = Costs(poll.minutes).of(who, [date.starts_at for date in dates])
    return frozenset(d.id for d, cost in zip(dates, costs, strict=True) if cost >= EXCLUDED)


def answer(records: Records, poll: Poll, said: Mapping[int, str], by: Actor) -> None:
    """Keep what somebody answers to hours of a poll, by their ids, in the place of before."""
    own = {row.date_id: row for row in records.poll_answers.of_member(poll.id, by.id)}
    changed = [id for id, word in said.items() if id not in own or own[id].answer != word]
    for id in changed:
        if id in own:
            own[id].answer, own[id].answered_at = said[id], by.now
        else:
            records.poll_answers.add(
                PollAnswer(
                    poll_id=poll.id,
                    date_id=id,
                    member_id=by.id,
                    answer=said[id],
                    answered_at=by.now,
                )
            )
    if changed:
        records.touched.add(poll, by.id)


def close(records: Records, poll: Poll, by: Actor) -> None:
    """Close a poll, and tell its organiser what came of it unless it is they who close it.

    Where they have left, coordinators are told. Nobody closes it when its time has come.
    """
    poll.state, poll.closes_at = CLOSED, by.now
    if by.member:
        records.log.add(poll.about, "poll closed", by.member, by.now)
    _tell(records, poll, f"closed {by.now.isoformat()}", by)
    records.touched.add(poll)


def discard(records: Records, poll: Poll, by: Actor) -> None:
    """Throw a draft away; take a poll back that people know, and tell whose it was."""
    records.deliveries.cancel(poll.about)
    if poll.state == DRAFT:
        records.placements.put(poll.about, ())
        records.polls.remove(poll)
        return
    poll.state = DROPPED
    entry = records.log.add(poll.about, "poll discarded", by.member, by.now)
    records.db.flush()
    if by.id != poll.organiser_id:
        _tell(records, poll, f"discarded {entry.id}", by)
    records.touched.add(poll)


def _tell(records: Records, poll: Poll, kind: str, by: Actor) -> None:
    """Tell whoever decides on a poll how it stands, unless they have just seen that."""
    hours = [date.starts_at for date in records.poll_dates.of(poll.id)]
    one = Wanted(kind, by.now, max([by.now, *hours]) + USEFUL, by_id=by.id or None)
    people = [who for who in deciding(records, poll) if who.id != by.id]
    tell(records, poll.about, RESULT, one, () if by.id == poll.organiser_id else people)


def deciding(records: Records, poll: Poll) -> Sequence[Member]:
    """List who is told of a poll: its organiser, where they have left the coordinators."""
    organiser = records.members.find(poll.organiser_id or 0)
    if organiser is not None and organiser.left_at is None:
        return [organiser]
    return records.members.with_role("coordinator")


def made(records: Records, poll: Poll, session: Session) -> None:
    """Keep that a session was planned from a poll."""
    poll.session_id = session.id
    records.deliveries.cancel(poll.about, RESULT)
    records.touched.add(poll)


def want(records: Records, poll: Poll, concerned: Concerned, now: datetime) -> None:
    """Have an open poll close when its time has come."""
    if concerned is None:
        records.timers.set(poll.about, CLOSES, poll.closes_at if poll.state == OPEN else None)


def show(records: Records, poll: Poll, concerned: Concerned, now: datetime) -> None:
    """Have the posts about a poll say how it stands."""
    records.deliveries.refresh(poll.about, now)


def erase(records: Records, by: Actor) -> None:
    """Drop what somebody planned for themselves, and count them out of what they answered."""
    for poll in records.polls.answered_by(by.id):
        records.touched.add(poll)
    for draft in records.polls.drafts(by.id):
        discard(records, draft, by)


@dataclass(frozen=True, slots=True)
class PollTally:
    """The hours of a poll, with how many answered what to each by its id; how many did at all."""

    dates: Sequence[PollDate]
    counts: Mapping[int, rules.Counts]
    people: int

    def can(self, date: PollDate) -> int:
        """Say how many could come at an hour."""
        return sum(self.counts[date.id][:2])


def tally(records: Records, poll: Poll) -> PollTally:
    """Count what was answered to a poll."""
    dates, rows = records.poll_dates.of(poll.id), records.poll_answers.of(poll.id)
    given = Counter((row.date_id, row.answer) for row in rows)
    good, possible, no = ANSWERS
    counts = {d.id: (given[d.id, good], given[d.id, possible], given[d.id, no]) for d in dates}
    return PollTally(dates, counts, len({row.member_id for row in rows}))


def best(records: Records, poll: Poll, counted: PollTally, now: datetime) -> Sequence[PollDate]:
    """List the hours to come at which somebody could, the best first."""
    hours = {d.starts_at: d for d in counted.dates if d.starts_at > now and counted.can(d)}
    asked = {at: counted.counts[date.id] for at, date in hours.items()}
    order = rules.ranked(spread(records).dwellers, asked, poll.minutes) if asked else ()
    return [hours[at] for at in order]
