"""Reads how long before something else: as people write it, or as the moment that is then."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from bot import moments
from bot.chat import Option
from bot.errors import Unreadable
from bot.i18n import render, t, tn
from bot.moments.distance import bare_length
from bot.options.basic import Kind, Reading
from bot.options.times import Duration, WallTimeKind

MOST = 365
"""Days at most."""


@dataclass(frozen=True, slots=True)
class DaysAhead(Kind):
    """Some days or weeks before something.

    Its value is in minutes.
    """

    def read(self, raw: str, reading: Reading) -> int:
        try:
            days = moments.read_days(raw, locale=reading.locale)
        except moments.Unclear:
            days = -1
        if not 0 <= days <= MOST:
            raise Unreadable(t("Write it like 2 weeks or 10 days, a year at most."))
        return days * 24 * 60

    def raw(self, value: Any, reading: Reading) -> str:
        days = value // (24 * 60)
        return render(tn("{count} day", "{count} days", days), reading.locale, str)

    def offered(self, typed: str, reading: Reading) -> Sequence[Option]:
        days = (3, 7, 14, 21)
        return tuple(Option(f"{n}d", tn("{count} day", "{count} days", n)) for n in days)


@dataclass(frozen=True, slots=True)
class Before(DaysAhead):
    """Some days or hours before something.

    Its value is in minutes; a field that was emptied has 0.
    """

    empty: Any = 0

    def read(self, raw: str, reading: Reading) -> int:
        with suppress(Unreadable):
            return Duration(self.label).read(bare_length(raw), reading)
        return DaysAhead.read(self, raw, reading)

    def raw(self, value: Any, reading: Reading) -> str:
        whole = value % (24 * 60) == 0
        kind = DaysAhead if whole else Duration
        return kind(self.label).raw(value, reading)

    def offered(self, typed: str, reading: Reading) -> Sequence[Option]:
        hours = tuple(Option(f"{n}h", tn("{count} hour", "{count} hours", n)) for n in (1, 12))
        days = tuple(Option(f"{n}d", tn("{count} day", "{count} days", n)) for n in (1, 2, 7))
        return (*hours, *days)


@dataclass(frozen=True, slots=True)
class Deadline(Before):
    """Some days or hours before something, or the moment itself.

    Its value is in minutes before, or a wall time.
    """

    def read(self, raw: str, reading: Reading) -> Any:
        with suppress(Unreadable):
            return Before.read(self, raw, reading)
        return WallTimeKind(self.label).read(raw, reading)
