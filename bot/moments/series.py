"""What a series is: on which days it comes by a rule, at what hour on the wall."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Series:
    """A time on the wall that comes again, as somebody said it.

    `rrule` is an RRULE (RFC 5545) without hours, with COUNT, or UNTIL a local day, where that was
    said. `hour` is as "15:00", meant in `zone` (IANA). `begin` is the day from which they said it
    starts. `minutes` is how long each date takes, 0 where that was not said.
    """

    rrule: str
    hour: str
    zone: str
    begin: date | None = None
    minutes: int = 0
