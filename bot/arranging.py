"""Brings what is to be said of an open space in line with how things stand."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from bot.reminding import awake
from bot.rules.openspace import reached
from storage import Records
from storage.deliveries import Wanted
from storage.openspace import OpenSpace
from storage.sessions import Session
from storage.topics import Topic, Whole

BEFORE_END = timedelta(minutes=5)
AFTER = DAY = timedelta(days=1)
WEEK = timedelta(days=7)
ANNOUNCED = ("marketplace", "running", "harvest")


def arrange(records: Records, space: OpenSpace, now: datetime) -> None:
    """Want what the space needs said from now on, and have its live posts worded anew."""
    records.session.flush()
    whole = records.topics.whole(space)
    over = reached(space.begins, now) in ("draft", "closed")
    wanted = {
        "openspace.phase": [] if over else list(_phases(space, now)),
        "openspace.time_up": [] if over else list(_calls(whole, now)),
        "openspace.notes_wanted": [] if over else list(_nudges(records, whole, now)),
    }
    for notice, rows in wanted.items():
        records.deliveries.want(space.about, notice, rows, now)
    records.deliveries.refresh(space.about, now)
    records.deliveries.refresh(space.board, now)


def shift(records: Records, session: Session, before: datetime, now: datetime) -> None:
    """Keep slots and phases where they are in a session that another moment was found for.

    What begins more than a day before it stays.
    """
    by, since = session.starts_at - before, max(now, before - DAY)
    for space in records.openspaces.within(session.id):
        for phase, at in space.begins.items():
            if at is not None and at > since:
                space.begin(phase, at + by)
        for slot in records.slots.of(space.id):
            if slot.starts_at > since:
                slot.starts_at, slot.ends_at = slot.starts_at + by, slot.ends_at + by
        arrange(records, space, now)


def _phases(space: OpenSpace, now: datetime) -> Iterator[Wanted]:
    for phase in ANNOUNCED:
        at = space.begins[phase]
        if at is not None and at >= now and space.channel_id:
            yield Wanted(
                phase, at, at + AFTER, channel_id=space.channel_id, revision=space.revision
            )


def _calls(whole: Whole, now: datetime) -> Iterator[Wanted]:
    """Call shortly before the end of each slot in which topics meet."""
    for slot in whole.slots:
        topics = [one for one in whole.topics if whole.places.get(one.id, (0, 0))[0] == slot.id]
        at = slot.ends_at - BEFORE_END
        if not topics or at <= now:
            continue
        minute = int(slot.ends_at.timestamp()) // 60
        one = Wanted(str(slot.id), at, slot.ends_at, revision=minute)
        if whole.space.channel_id:
            yield replace(one, channel_id=whole.space.channel_id)
        people = {member.id for topic in topics for member in whole.convened(topic)}
        yield from (replace(one, member_id=member) for member in sorted(people))


def _nudges(records: Records, whole: Whole, now: datetime) -> Iterator[Wanted]:
    """Ask the conveners of each topic without notes for some, a day after it met."""
    for topic in whole.topics:
        ended = _ended(whole, topic)
        if ended is None or topic.id in whole.noted:
            continue
        for member in whole.convened(topic):
            day_after = ended + AFTER
            at = awake(records, member, day_after, day_after + WEEK)
            if at > now:
                yield Wanted(str(topic.id), at, at + WEEK, member_id=member.id)


def _ended(whole: Whole, topic: Topic) -> datetime | None:
    """Say when a topic's time is over: with its slot, or else when the harvest begins."""
    slot, _ = whole.places.get(topic.id, (0, 0))
    return next((one.ends_at for one in whole.slots if one.id == slot), whole.space.harvest_at)
