"""Lists the dates a programme has by its rules, each at the hour that was adopted for it."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from bot.rules.recurrence import Recurrence, occurrences
from storage import Records
from storage.programmes import Programme

DAY = timedelta(days=1)


class Occurrence(NamedTuple):
    """A date by the rule: its wall time, which names it, in a zone, and when it is held."""

    wall: str
    zone: str
    at: datetime
    held: str


def instant(wall: str, zone: str) -> datetime:
    """Give the instant of a time on the wall of a zone; one that the clocks skip is moved on."""
    return datetime.fromisoformat(wall).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


def expected(records: Records, programme: Programme, since: datetime) -> Iterator[Occurrence]:
    """List the dates by the rules of a programme that begin at an instant or later, in order."""
    rules = records.programmes.rules(programme)
    for number, rule in enumerate(rules):
        ends = rules[number + 1].from_wall if number + 1 < len(rules) else None
        recurrence = Recurrence(datetime.fromisoformat(rule.from_wall), rule.zone, rule.rrule)
        # The adopted hour of a date is on the same day as that of its rule.
        for clock, at in occurrences(recurrence, since - DAY):
            written = clock.isoformat(" ", "minutes")
            if ends is not None and written >= ends:
                break
            held = programme.hours.get(written, written)
            begins = at if held == written else instant(held, rule.zone)
            if begins >= since:
                yield Occurrence(written, rule.zone, begins, held)


def hours_differ(programme: Programme, now: datetime) -> bool:
    """Say whether dates to come are held at other hours than their rule says."""
    return any(held > f"{now:%Y-%m-%d}" for held in programme.hours.values())


def hours_before(programme: Programme, day: date) -> dict[str, str]:
    """Give the hours that were adopted for dates before a day."""
    return {name: held for name, held in programme.hours.items() if name < day.isoformat()}
