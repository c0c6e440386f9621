"""Option type for a few numbers of days."""

from dataclasses import dataclass
from typing import Any

from bot.errors import Unreadable
from bot.i18n import t
from bot.options.basic import Line, Reading

LONGEST, MOST = 60, 4
"""How many days before a warning can be, and how many warnings there are."""
DAYS = t("Please write up to four numbers of days from 0 to 60, like 7, 2.")


@dataclass(frozen=True, slots=True)
class DaysBefore(Line):
    """A few numbers of days, separated by commas; none at all is possible."""

    empty: Any = ()

    def read(self, raw: str, reading: Reading) -> Any:
        parts = raw.replace(";", ",").replace(" ", ",").split(",")
        days = [part for part in parts if part]
        if len(days) > MOST or any(not day.isdecimal() or int(day) > LONGEST for day in days):
            raise Unreadable(DAYS)
        return sorted({int(day) for day in days}, reverse=True)

    def raw(self, value: Any, reading: Reading) -> str:
        return ", ".join(map(str, value))
