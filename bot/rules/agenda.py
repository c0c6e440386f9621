"""Decides when each item of an agenda is and what is on."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from itertools import pairwise
from typing import Literal
from zoneinfo import ZoneInfo

from bot.rules.agenda_lines import AgendaLine

Odd = Literal["early", "long", "order", "overlap", "clocks"]
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Frame:
    """What an agenda has to fit into: when a session begins and ends, and whose clocks count."""

    starts_at: datetime
    ends_at: datetime
    zone: str

    def holds(self, at: datetime) -> bool:
        """Say whether an instant is within the session, its end included."""
        return self.starts_at <= at <= self.ends_at


@dataclass(frozen=True, slots=True)
class Item:
    """An item with when it is, in UTC; None where that is not known."""

    line: AgendaLine
    begins: datetime | None = None
    ends: datetime | None = None

    @property
    def title(self) -> str:
        """What it is called."""
        return self.line.title

    @property
    def key(self) -> str:
        """By what is kept who contributes to it: what it is called."""
        return self.line.title

    def is_on(self, now: datetime) -> bool:
        """Say whether it is on at an instant."""
        return self.begins is not None and self.begins <= now < (self.ends or now)


@dataclass(frozen=True, slots=True)
class Plan:
    """The items of an agenda in the order in which they take place, and what is odd about them."""

    items: Sequence[Item] = ()
    odd: Collection[Odd] = ()

    @property
    def timed(self) -> bool:
        """Whether any item has a time."""
        return any(item.begins for item in self.items)

    @property
    def changes(self) -> Sequence[datetime]:
        """Give the instants at which something begins or ends, the first first."""
        return sorted({at for item in self.items for at in (item.begins, item.ends) if at})

    def now(self, now: datetime) -> Sequence[Item]:
        """List what is on at an instant, with what runs beside it."""
        return [item for item in self.items if item.is_on(now)]

    def next(self, now: datetime) -> Sequence[Item]:
        """List what begins next after an instant, with what runs beside it."""
        first = min((b for b in (item.begins for item in self.items) if b and b > now), default=0)
        return [item for item in self.items if item.begins == first]


@dataclass(frozen=True, slots=True)
class _Block:
    """An item with what runs beside it; `fixed` where a time on the clock is written."""

    main: Item
    beside: tuple[Item, ...] = ()

    @property
    def fixed(self) -> bool:
        return self.main.begins is not None


def plan(read: Sequence[AgendaLine], frame: Frame) -> Plan:
    """Say when the items of an agenda are.

    Times are those of the clocks where the session is set. One that is earlier than the one before
    is that of the next day where the session goes on until then, or the second of two where the
    clocks show it twice; else it is out of order, and the items are sorted. An item with a length
    follows the one before. A lone item with neither takes what is left until the next time that is
    known, counted back from the end over items with a length. No minute is made up: of several
    items in a row with neither only the first has a time, and the others belong to it. Where no
    line says a time or a length, none has one. What runs beside an item has its time, but for what
    it says itself.
    """
    if not any(line.says_when for line in read):
        return Plan([Item(line) for line in read])
    odd: set[Odd] = set()
    blocks = _sorted(_blocks(_placed(read, frame, odd)), frame)
    main = _counted_back(_following([block.main for block in blocks], frame), frame, odd)
    odd.update(_oddities(main, frame))
    pairs = zip(main, blocks, strict=True)
    items = [one for item, block in pairs for one in (item, *_beside(block.beside, item))]
    return Plan(items, frozenset(odd))


def _placed(read: Iterable[AgendaLine], frame: Frame, odd: set[Odd]) -> Iterator[Item]:
    """Find the moments of the times that are written."""
    last = frame.starts_at
    for line in read:
        at = _moment(line.at, last, frame) if line.at else None
        if at and line.perhaps and not frame.holds(at):
            line = replace(line, at=None, minutes=line.perhaps)  # how long it takes
            at = None
        if at and not line.beside:
            if at < last and last != frame.starts_at:
                odd.add("order")
            last = max(at, last)
        yield Item(line, at, _end(line, at, frame))


def _moment(at: time, last: datetime, frame: Frame) -> datetime:
    """Find the moment that a time means: the first in the session that is not before the last.

    Else any in the session, else the nearest to it.
    """
    moments = [*_moments(at, frame)]
    inside = [moment for moment in moments if frame.holds(moment)]
    later = [moment for moment in inside if moment >= last]
    if later or inside:
        return (later or inside)[0]
    return min(moments, key=lambda moment: max(frame.starts_at - moment, moment - frame.ends_at))


def _moments(at: time, frame: Frame) -> Iterator[datetime]:
    """Give each moment around a session at which the clocks show a time, the first first."""
    zone = ZoneInfo(frame.zone)
    day = frame.starts_at.astimezone(zone).date() - DAY
    while day <= frame.ends_at.astimezone(zone).date() + DAY:
        naive = datetime.combine(day, at, zone)
        first, second = (naive.replace(fold=fold).astimezone(UTC) for fold in (0, 1))
        yield first
        if second > first:  # it is the other way round where the clocks skip a time
            yield second
        day += DAY


def _end(line: AgendaLine, begins: datetime | None, frame: Frame) -> datetime | None:
    """Give when an item ends whose beginning is written, where that is written as well."""
    if begins is None:
        return None
    if line.until is not None:
        around = Frame(begins, begins + DAY, frame.zone)
        return next((at for at in _moments(line.until, around) if at > begins), None)
    return begins + timedelta(minutes=line.minutes) if line.minutes else None


def _blocks(items: Iterable[Item]) -> list[_Block]:
    """Put what runs beside an item together with it; the first item runs beside nothing."""
    blocks: list[_Block] = []
    for item in items:
        if item.line.beside and blocks:
            blocks[-1] = replace(blocks[-1], beside=(*blocks[-1].beside, item))
        else:
            blocks.append(_Block(item))
    return blocks


def _sorted(blocks: Sequence[_Block], frame: Frame) -> Sequence[_Block]:
    """Put blocks in the order of their times, those without one behind the one they follow."""
    at, keys = frame.starts_at, list[datetime]()
    for block in blocks:
        at = block.main.begins or at
        keys.append(at)
    return [block for _, block in sorted(zip(keys, blocks, strict=True), key=lambda pair: pair[0])]


def _following(items: Iterable[Item], frame: Frame) -> list[Item]:
    """Have each item begin where the one before ends, as far as that is known."""
    at: datetime | None = frame.starts_at
    known = []
    for item in items:
        begins = item.begins or at
        length = timedelta(minutes=item.line.minutes or 0)
        at = item.ends or (begins + length if begins and length else None)
        known.append(replace(item, begins=begins, ends=at))
    return known


def _counted_back(items: Sequence[Item], frame: Frame, odd: set[Odd]) -> Sequence[Item]:
    """Have items end where the next begins, and count lengths back from there."""
    ends: datetime = frame.ends_at
    fits = True
    known = list(items)
    for place in reversed(range(len(items))):
        item, length = items[place], timedelta(minutes=items[place].line.minutes or 0)
        if item.begins is not None:
            known[place] = replace(item, ends=item.ends or (ends if ends > item.begins else None))
            ends, fits = item.begins, True
        elif not length or not fits:
            fits = False  # how long it takes is not known, so what is before it has no time
        elif any(one.begins and one.begins >= ends - length for one in items[:place]):
            odd.add("long")
            fits = False
        else:
            known[place] = replace(item, begins=ends - length, ends=ends)
            ends -= length
    return known


def _beside(items: Iterable[Item], main: Item) -> Iterator[Item]:
    """Give what runs beside an item its time, but for what it says itself."""
    for item in items:
        begins = item.begins or main.begins
        length = timedelta(minutes=item.line.minutes or 0)
        ends = item.ends or (begins + length if begins and length else main.ends)
        yield replace(item, begins=begins, ends=ends)


def _oddities(items: Sequence[Item], frame: Frame) -> Iterator[Odd]:
    """Say what is odd about the times of items, in their order."""
    zone = ZoneInfo(frame.zone)
    offsets = {at.astimezone(zone).utcoffset() for at in (frame.starts_at, frame.ends_at)}
    if len(offsets) > 1:
        yield "clocks"
    timed = [(item.begins, item.ends or item.begins) for item in items if item.begins]
    for begins, ends in timed:
        if begins < frame.starts_at:
            yield "early"
        if max(begins, ends) > frame.ends_at:
            yield "long"
    if any(ends > begins for (_, ends), (begins, _) in pairwise(timed)):
        yield "overlap"
