"""Reads how long before something else: days and weeks, as people write them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bot import moments
from bot.chat import Option
from bot.errors import Unreadable
from bot.i18n import render, t, tn
from bot.options.basic import Kind, Reading

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
