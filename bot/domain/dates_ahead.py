"""Makes dates of a programme before their time that are unlike its rule: moved, called off."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from bot.domain.occurrences import Occurrence, expected, instant
from storage import Records
from storage.programmes import DRAFT, Programme
from storage.sessions import Session


def put_date(
    records: Records, programme: Programme, name: str, said: Mapping[str, object], now: datetime
) -> Session:
    """Make a date that says something of its own, which is announced with its programme.

    `name` is its time by the rule; `said` are the columns in which it is unlike the programme.
    """
    zone = records.programmes.rules(programme)[-1].zone
    own = ["when" if column == "wall" else column for column in said if column in OWN]
    date = Session(
        title=programme.title,
        starts_at=instant(name, zone),
        wall=name,
        zone=zone,
        minutes=programme.minutes,
        created_at=now,
        organiser_id=programme.organiser_id,
        programme_id=programme.id,
        occurrence=name,
        description=programme.description,
        link=programme.link,
        place=programme.place,
        languages=programme.languages,
        own=own,
    )
    for column, value in said.items():
        setattr(date, column, value)
    records.sessions.add(date)
    records.placements.put(date.about, records.placements.of(programme.about))
    records.touched.add(date)
    return date


OWN = ("wall", "title", "minutes")


def leave_dates(records: Records, programme: Programme) -> None:
    """Forget the dates of a draft that were made: nobody knows of them."""
    for date in records.programmes.dates(programme) if programme.state == DRAFT else ():
        records.placements.put(date.about, ())
        records.sessions.remove(date)


def as_made(records: Records, programme: Programme, since: datetime) -> Iterator[Occurrence]:
    """List the dates by the rules from an instant on; those of a draft as they were made."""
    dates = records.programmes.dates(programme) if programme.state == DRAFT else ()
    made = {date.occurrence: date for date in dates}
    for date in expected(records, programme, since):
        own = made.get(date.wall)
        if own is None:
            yield date
        elif own.state != "cancelled":
            yield Occurrence(date.wall, own.zone, own.starts_at, own.wall)
