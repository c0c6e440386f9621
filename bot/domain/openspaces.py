"""Wants what an open space has to say by itself, and moves it along with its session."""

from collections.abc import Collection, Iterator, Sequence, Set
from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain.discarding import tell_discarded
from bot.domain.telling import addressed
from bot.rules.openspace import reached
from storage import Records
from storage.deliveries import Wanted
from storage.log import Actor
from storage.openspace import OpenSpace
from storage.sessions import Session
from storage.topics import Topic, Whole

BEFORE_END = timedelta(minutes=5)
AFTER = DAY = timedelta(days=1)
WEEK = timedelta(days=7)
NOTES = "openspace.notes_wanted"
ANNOUNCED = ("marketplace", "running", "harvest")


def want(records: Records, space: OpenSpace, concerned: Set[int] | None, now: datetime) -> None:
    """Want what a space needs said from now on.

    While its session is cancelled it says nothing by itself, only which phase somebody begins.
    """
    if concerned is not None:
        return
    whole = records.topics.whole(space)
    closed = reached(space.begins, now) in ("draft", "closed")
    cancelled = _is_cancelled(records, space)
    places = records.placements.of(space.about)
    phases = [one for one in _phases(space, places, now) if one.due_at == now or not cancelled]
    over = closed or cancelled
    wanted = {
        "openspace.phase": [] if closed else phases,
        "openspace.time_up": [] if over else list(_calls(whole, places, now)),
        NOTES: [] if over else list(_nudges(records, whole, now)),
    }
    for notice, rows in wanted.items():
        records.deliveries.want(space.about, notice, rows, now)


def go_on(records: Records, space: OpenSpace, concerned: Set[int] | None, now: datetime) -> None:
    """Have a space followed again when its next phase begins: posts say in which one it is."""
    if concerned is not None:
        return
    ahead = [at for at in space.begins.values() if at is not None and at > now]
    rests = space.opened_at is None or _is_cancelled(records, space)
    records.timers.set(
        space.about, "openspace.goes_on", min(ahead) if ahead and not rests else None
    )


def _is_cancelled(records: Records, space: OpenSpace) -> bool:
    session = records.sessions.find(space.session_id) if space.session_id else None
    return session is not None and session.state == "cancelled"


def plan(records: Records, space: OpenSpace, channels: Collection[int]) -> None:
    """Keep a new space, to be held in some channels, as a draft."""
    records.openspaces.add(space)
    records.placements.put(space.about, channels)
    records.touched.add(space)


def change(records: Records, space: OpenSpace, question: str) -> None:
    """Change the guiding question of a space."""
    space.guiding_question = question
    records.touched.add(space)


def discard(records: Records, space: OpenSpace, by: Actor) -> None:
    """Throw a draft away with everything that was to be said of it, and tell whose it was."""
    args = {"title": space.guiding_question}
    tell_discarded(records, "openspace.discarded", space, by, args)
    records.deliveries.cancel(space.about)
    records.placements.put(space.about, ())
    records.openspaces.remove(space)


def post(records: Records, space: OpenSpace, notice: str, one: Wanted, about: str = "") -> None:
    """Post something in the channels of a space; it is `about` the space, or a part of it."""
    for place in records.placements.of(space.about):
        records.deliveries.send(about or space.about, notice, replace(one, channel_id=place))


def along(records: Records, session: Session, concerned: Set[int] | None, since: datetime) -> bool:
    """Keep slots and phases where they are in a session that was put to another moment.

    What begins up to `since` stays, and so does what begins more than a day before the session was
    to. Says whether anything moved.
    """
    moved = False
    spaces = [] if concerned is not None else records.openspaces.within(session.id)
    for space in spaces:
        anchor, space.anchored_to = space.anchored_to or session.starts_at, session.starts_at
        by, until = session.starts_at - anchor, max(since, anchor - DAY)
        if _shift(records, space, by, until):
            records.touched.add(space)
            moved = True
    return moved


def _shift(records: Records, space: OpenSpace, by: timedelta, since: datetime) -> bool:
    """Move the phases and slots that begin after an instant; says whether there were any."""
    if not by:
        return False
    phases = {name: at for name, at in space.begins.items() if at is not None and at > since}
    slots = [slot for slot in records.slots.of(space.id) if slot.starts_at > since]
    for phase, at in phases.items():
        space.begin(phase, at + by)
    for slot in slots:
        slot.starts_at, slot.ends_at = slot.starts_at + by, slot.ends_at + by
    return bool(phases or slots)


def _phases(space: OpenSpace, places: Sequence[int], now: datetime) -> Iterator[Wanted]:
    for phase in ANNOUNCED:
        at = space.begins[phase]
        if at is not None and at >= now:
            one = Wanted(phase, at, at + AFTER, revision=space.revision)
            yield from (replace(one, channel_id=place) for place in places)


def _calls(whole: Whole, places: Sequence[int], now: datetime) -> Iterator[Wanted]:
    """Call shortly before the end of each slot in which topics meet."""
    for slot in whole.slots:
        topics = [one for one in whole.topics if whole.places.get(one.id, (0, 0))[0] == slot.id]
        at = slot.ends_at - BEFORE_END
        if not topics or at <= now:
            continue
        minute = int(slot.ends_at.timestamp()) // 60
        one = Wanted(str(slot.id), at, slot.ends_at, revision=minute)
        yield from (replace(one, channel_id=place) for place in places)
        people = {member.id for topic in topics for member in whole.convened(topic)}
        yield from (replace(one, member_id=member) for member in sorted(people))


def _nudges(records: Records, whole: Whole, now: datetime) -> Iterator[Wanted]:
    """Ask the conveners of each topic without notes for some, a day after it met."""
    for topic in whole.topics:
        ended = _ended(whole, topic)
        if ended is None or topic.id in whole.noted:
            continue
        nudge = Wanted(str(topic.id), ended + AFTER)
        rows = addressed(records, whole.space.about, NOTES, nudge, whole.convened(topic))
        for row in rows:
            if row.due_at > now:
                yield replace(row, expires_at=row.due_at + WEEK)


def _ended(whole: Whole, topic: Topic) -> datetime | None:
    """Say when a topic's time is over: with its slot, or else when the harvest begins."""
    slot, _ = whole.places.get(topic.id, (0, 0))
    return next((one.ends_at for one in whole.slots if one.id == slot), whole.space.harvest_at)
