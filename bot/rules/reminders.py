"""Decides which reminders are due to whom and when, so that they help and wake nobody."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple
from zoneinfo import ZoneInfo

LEAD = timedelta(minutes=15)  # before quiet hours begin, and before a session starts
CLOSE = timedelta(hours=2)  # nearer than this, one of two reminders is enough
LATE = timedelta(minutes=10)  # how long "it starts now" stays worth saying
LONGEST = 366 * 24 * 60  # minutes

_Spell = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True)
class Wish:
    """How a reader, a member or the channel, wants to be reminded.

    `offsets` are minutes before the start, `at` an hour of its day in `zone`; none of both: no
    reminder. Quiet hours are wall times in `zone`, from the first up to the second, over midnight
    too; two equal times mean none.
    `since` is the instant from which this reader is concerned: they answered, or the session was
    announced or moved, whichever came last. It belongs to the state and is not the clock.
    """

    offsets: tuple[int, ...]
    quiet_from: time
    quiet_to: time
    zone: str
    since: datetime
    at: time | None = None


@dataclass(frozen=True, slots=True)
class Due:
    """A reminder to a member, or to the channel when `who` is None.

    `offset` is the wished one, in minutes, and tells a reader's reminders apart; None for the one
    at an hour of the day. It is of use until `expires_at`: then the next one takes its place, or
    the session has begun.
    """

    who: int | None
    offset: int | None
    due_at: datetime
    expires_at: datetime


def wanted(
    starts_at: datetime,
    ends_at: datetime,
    channel: Wish | None,
    people: Mapping[int, Wish],
    now: datetime,
) -> tuple[Due, ...]:
    """List the reminders from `now` on, the first due first, one for each reader and offset.

    Offsets below zero or above a year are passed over. None falls into the reader's quiet hours:
    see `quiet_shift`; only the one at the start itself does, to whoever was concerned in that same
    night. An hour of the day at which the session has begun is that of the day before. Where
    two of a reader's are brought less than two hours together, the later one stands for both.
    `now` only leaves out what is past, so that asking again later moves
    nothing. ZoneInfoNotFoundError for an unknown zone.
    """
    readers: list[tuple[int | None, Wish]] = [*people.items()]
    readers += [] if channel is None else [(None, channel)]
    session = (starts_at, ends_at)
    dues = [due for who, wish in readers for due in _of_reader(who, wish, session)]
    return tuple(sorted((due for due in dues if due.due_at >= now), key=_order))


def quiet_shift(moment: datetime, wish: Wish, latest: datetime) -> datetime | None:
    """Give the moment, or a better one when it falls into the reader's quiet hours.

    Brought forward to a quarter of an hour before they begin, so that nothing is lost; when the
    reader was not concerned yet by then, put off to their end; None when that is after `latest`.
    """
    spell = _quiet(moment, wish.quiet_from, wish.quiet_to, ZoneInfo(wish.zone))
    if spell is None:
        return moment
    before, after = spell
    if before > wish.since:
        return before
    return after if after <= latest else None


class _Placed(NamedTuple):
    """A wished reminder in time; `moved` from where it was wished."""

    due_at: datetime
    offset: int | None
    moved: bool


def _order(due: Due) -> tuple[datetime, int, int]:
    return due.due_at, -1 if due.who is None else due.who, -(due.offset or 0)


def _of_reader(who: int | None, wish: Wish, session: _Spell) -> Iterable[Due]:
    kept = _unmerged(_placed(wish, session[0]))
    ends = [placed.due_at for placed in kept[1:]] + [session[0]]
    for (due_at, offset, _), end in zip(kept, ends, strict=False):
        yield Due(who, offset, due_at, end if due_at < end else min(session[1], end + LATE))


def _placed(wish: Wish, starts_at: datetime) -> list[_Placed]:
    """Place each wished reminder in time, the first first."""
    placed = []
    for moment, offset, moved in _wished(wish, starts_at):
        due_at = quiet_shift(moment, wish, starts_at - LEAD)
        if due_at is None and offset == 0:
            due_at = moment  # who answered in that night is up for it
        if due_at is not None:
            placed.append(_Placed(due_at, offset, moved or due_at != moment))
    return sorted(placed, key=lambda placing: (placing.due_at, -(placing.offset or 0)))


def _wished(wish: Wish, starts_at: datetime) -> Iterator[tuple[datetime, int | None, bool]]:
    """Give each moment somebody wished for; the last part says that it could not be that."""
    for offset in {one for one in wish.offsets if 0 <= one <= LONGEST}:
        yield starts_at - timedelta(minutes=offset), offset, False
    if wish.at is not None:
        zone = ZoneInfo(wish.zone)
        day = starts_at.astimezone(zone).date()
        moment = datetime.combine(day, wish.at, zone).astimezone(UTC)
        if moment <= starts_at:
            yield moment, None, False
        else:
            before = datetime.combine(day - timedelta(days=1), wish.at, zone)
            yield before.astimezone(UTC), None, True


def _unmerged(placed: list[_Placed]) -> list[_Placed]:
    """Leave out what was brought too near to a later one; chosen distances stay as they are."""
    kept: list[_Placed] = []
    for reminder in reversed(placed):
        apart = kept[0].due_at - reminder.due_at if kept else CLOSE
        if apart >= CLOSE or (apart and not (reminder.moved or kept[0].moved)):
            kept.insert(0, reminder)
    return kept


@lru_cache(maxsize=1024)
def _quiet(moment: datetime, start: time, end: time, zone: ZoneInfo) -> _Spell | None:
    """Give the last good moment before and the first after the quiet hours around a moment."""
    if start == end:
        return None
    today = moment.astimezone(zone).date()
    days = [today + timedelta(days=number) for number in range(-3, 3)]
    spells = _joined([_night(day, start, end, zone) for day in days])
    for (_, woken), (asleep, awake) in pairwise(spells):
        if asleep <= moment < awake:
            return max(woken, asleep - LEAD), awake
    return None


def _night(day: date, start: time, end: time, zone: ZoneInfo) -> _Spell:
    # In doubt it is quiet: from the earlier to the later reading of a time that the change of the
    # clocks brings twice or leaves out.
    last = day if start < end else day + timedelta(days=1)
    return min(_readings(day, start, zone)), max(_readings(last, end, zone))


def _readings(day: date, wall: time, zone: ZoneInfo) -> list[datetime]:
    at = datetime.combine(day, wall, zone)
    return [at.replace(fold=fold).astimezone(UTC) for fold in (0, 1)]


def _joined(spells: list[_Spell]) -> list[_Spell]:
    joined = [spells[0]]
    for start, end in spells[1:]:
        if start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined
