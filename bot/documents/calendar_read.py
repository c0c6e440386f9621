"""Reads a calendar file: events become sessions, those that come again become programmes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import islice, takewhile
from typing import Any
from zoneinfo import ZoneInfo

from bot.documents.calendar_events import Stamp, StampReader, begin_of, minutes_of, said_in
from bot.documents.calendar_lines import Component, components
from bot.documents.calendar_rules import as_kept
from bot.documents.calendar_zones import ZonesMeant, known_zone
from bot.documents.entries import MOST, Entries, LeftOut, key_of, placed, said_of, wall_of
from bot.moments import instant
from bot.rules.recurrence import Recurrence, occurrences

Row = dict[str, Any]
NOW_AND_THEN = 1000
"""Exceptions of a series that are kept."""


@dataclass(slots=True)
class EventRead:
    """An event with its number in the file, and the exceptions to it where it comes again."""

    number: int
    component: Component
    others: list["EventRead"] = field(default_factory=list)

    @property
    def uid(self) -> str:
        """What names it in all calendars."""
        return self.component.words("UID")

    @property
    def newness(self) -> int:
        """How often it was changed."""
        words = self.component.words("SEQUENCE")
        return int(words) if words.isdecimal() else 0

    @property
    def title(self) -> str:
        """What it is called."""
        return self.component.words("SUMMARY")

    @property
    def cancelled(self) -> bool:
        """Whether it does not take place."""
        return self.component.words("STATUS").casefold() in ("cancelled", "canceled")


def read_calendar(given: Mapping[str, Any]) -> Entries:
    """Read the events of a calendar. `given` are its `content`, and who reads it when.

    An event that can be no session is named, and the rest kept.
    """
    read = Entries()
    parts = [*islice(components(given["content"]), MOST + 1000)]
    events = [EventRead(n, part) for n, part in
              enumerate((one for one in parts if one.kind == "VEVENT"), 1)]  # fmt: skip
    if len(events) > MOST:
        read.error = "many"
        return read
    if not events:
        read.error = "nothing"
        return read
    zones = {one.words("TZID"): one for one in parts if one.kind == "VTIMEZONE"}
    now = datetime.fromisoformat(given["now"])
    usual = known_zone(parts[-1].words("X-WR-TIMEZONE")) or given["zone"]
    read.notes["zone"] = usual
    clock = StampReader(ZonesMeant(zones, now), usual)
    for event in _gathered(events):
        reader = EventReader(read, clock, now)
        try:
            reader.take(event)
        except LeftOut as reason:
            read.unfit(event.number, reason, event.title)
        except (ValueError, OverflowError):  # beyond any calendar
            beyond = LeftOut("date", event.component.words("DTSTART"))
            read.unfit(event.number, beyond, event.title)
    return read


def _gathered(events: Iterable[EventRead]) -> list[EventRead]:
    """Put exceptions to the series they are of; of one event that stands twice the newer is meant.

    Exceptions without their series are events like others.
    """
    masters: dict[str, EventRead] = {}
    others: list[EventRead] = []
    for event in events:
        uid = event.uid or f"\n{event.number}"
        if event.component.first("RECURRENCE-ID"):
            others.append(event)
        elif uid not in masters or event.newness > masters[uid].newness:
            masters[uid] = event
    alone = []
    for event in others:
        master = masters.get(event.uid)
        if event.uid and master and master.component.first("RRULE"):
            master.others.append(event)
        else:
            alone.append(event)
    return sorted((*masters.values(), *alone), key=lambda event: event.number)


@dataclass(frozen=True, slots=True)
class EventReader:
    """Makes rows of events."""

    read: Entries
    clock: StampReader
    now: datetime

    def take(self, event: EventRead) -> None:
        """Take an event in. Raises LeftOut."""
        if event.cancelled:
            raise LeftOut("cancelled", event.title)
        said = said_of(said_in(event.component))
        begin = begin_of(event.component, self.clock)
        minutes = minutes_of(event.component, begin, self.clock)
        if begin.floating or begin.day:
            self.read.count("floating")
        repeats = event.component.first("RRULE")
        again = event.component.first("RECURRENCE-ID")
        if repeats and not again:
            self._series(event, said, begin, minutes)
        else:
            key = ("uid", event.uid, again.value if again else "")
            key = key if event.uid else ("row", said["title"].casefold(), begin.at.isoformat())
            self._single(event.number, key, said, (begin, minutes))
        self._more_dates(event, said, minutes)

    def _single(self, number: int, key: Iterable[str], said: Row, when: tuple[Stamp, int]) -> None:
        begin, minutes = when
        self.read.rows.append({
            "n": number, "key": key_of(*key), **said,
            **placed(begin.wall, begin.zone, minutes, self.now), "languages": [],
        })  # fmt: skip

    def _more_dates(self, event: EventRead, said: Row, minutes: int) -> None:
        """Make a session of each date that is named beside a rule."""
        for one in event.component.properties.get("RDATE", ()):
            for stamp in self.clock.stamps(one):
                key = ("uid", event.uid or said["title"], f"+{stamp.at.isoformat()}")
                self._single(event.number, key, said, (stamp, minutes))

    def _series(self, event: EventRead, said: Row, begin: Stamp, minutes: int) -> None:
        """Make a programme of an event that comes again. Raises LeftOut."""
        begin = _in_utc(begin) if begin.utc else begin
        repeats = event.component.first("RRULE")
        rule = as_kept(repeats.value if repeats else "", begin.wall, begin.zone)
        when = placed(begin.wall, begin.zone, minutes, self.now)
        past, ahead = self._dates(Recurrence(datetime.fromisoformat(begin.wall), begin.zone, rule))
        if ahead is None:
            raise LeftOut("series_over", said["title"])
        self.read.count("past_dates", past)
        row = {"n": event.number, "key": key_of("uid", event.uid or said["title"]), **said, **when,
               "rrule": rule, "next": ahead.isoformat(), "off": [], "moved": {},
               "titles": {}, "languages": []}  # fmt: skip
        for one in event.component.properties.get("EXDATE", ()):
            row["off"] += [self._on(stamp, begin) for stamp in self.clock.stamps(one)]
        for other in event.others[:NOW_AND_THEN]:
            try:
                self._except(row, other, begin)
            except LeftOut as reason:
                self.read.unfit(other.number, reason, other.title or said["title"])
        self._leave_past(row)
        self.read.rows.append(row)

    def _leave_past(self, row: Row) -> None:
        """Leave out the exceptions to dates that are past, by the rule and as they are held."""
        zone = ZoneInfo(row["zone"])
        row["off"] = [name for name in row["off"] if instant(name, zone) > self.now]
        for changed in ("moved", "titles"):
            row[changed] = {
                name: said
                for name, said in row[changed].items()
                if instant(name, zone) > self.now or instant(*_held(row, name)) > self.now
            }

    def _dates(self, recurrence: Recurrence) -> tuple[int, datetime | None]:
        """Count the dates of a series that are past, and give the next one."""
        ahead = next((at for _, at in occurrences(recurrence, self.now, 1)), None)
        before = takewhile(lambda at: at < self.now, (at for _, at in occurrences(recurrence)))
        return sum(1 for _ in before), ahead

    def _on(self, stamp: Stamp, begin: Stamp) -> str:
        """Name the date of a series that an exception is to: its time on the wall of the series."""
        if stamp.day:
            return f"{stamp.wall[:10]}{begin.wall[10:]}"
        return wall_of(stamp.at, begin.zone)

    def _except(self, row: Row, event: EventRead, begin: Stamp) -> None:
        """Take an exception in: a date that is cancelled, moved, or called otherwise."""
        again = event.component.first("RECURRENCE-ID")
        if again is None:
            return
        name = self._on(self.clock.stamp(again), begin)
        if event.cancelled:
            row["off"].append(name)
            return
        stamp = begin_of(event.component, self.clock)
        minutes = minutes_of(event.component, stamp, self.clock)
        stamp = _in_utc(stamp) if stamp.utc and begin.zone == "UTC" else stamp
        if wall_of(stamp.at, begin.zone) != name or minutes != row["minutes"]:
            row["moved"][name] = [stamp.wall, stamp.zone, minutes]
        title = said_of(said_in(event.component))["title"]
        if title != row["title"]:
            row["titles"][name] = title
        if again.parameters.get("RANGE", "").upper() == "THISANDFUTURE":
            raise LeftOut("later_too", title)


def _held(row: Row, name: str) -> tuple[str, ZoneInfo]:
    held, zone, _ = row["moved"].get(name, [name, row["zone"], 0])
    return held, ZoneInfo(zone)


def _in_utc(stamp: Stamp) -> Stamp:
    """Give a stamp on the clock of UTC: a series that is written in it comes by it."""
    return Stamp(wall_of(stamp.at, "UTC"), "UTC", stamp.at.astimezone(UTC), utc=True)
