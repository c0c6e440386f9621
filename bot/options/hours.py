"""Takes at which hours of the week somebody can come, and reads them back in words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import time
from itertools import groupby
from typing import Any

from bot import moments
from bot.chat import Option
from bot.errors import Unreadable
from bot.i18n import Text, TimeOfDay, WeekdayShort, joined, plain, render, t
from bot.moments import HourSpan
from bot.options.basic import Kind, Reading
from bot.signs import cleaned

EVERY_DAY = "1234567"
OFFERED = ("12345", "09:00", "12:00"), ("12345", "14:00", "17:00"), ("67", "00:00", "00:00")
"""What people are shown of how it can be written."""
MANY = t("That's too many: twelve spans of hours at most.")


def spans_in_words(spans: Iterable[Sequence[str]]) -> Text:
    """Name spans of hours: "Mon–Fri 14:00–17:00; Sat, Sun all day"."""
    groups = groupby(spans, key=lambda span: span[0])
    return joined([_group(days, [*these]) for days, these in groups], "; ")


def _group(days: str, spans: Sequence[Sequence[str]]) -> Text:
    hours = joined([_hours(*span[1:]) for span in spans], ", ")
    if days != EVERY_DAY:
        return joined([_days(days), hours])
    whole = any(span[1:] == ("00:00", "00:00") for span in map(tuple, spans))
    return joined([hours, t("every day")], ", ") if whole else hours


def _hours(begin: str, end: str) -> Text:
    if begin == end:
        return t("all day")
    first, last = (TimeOfDay(time.fromisoformat(at)) for at in (begin, end))
    return joined([plain(first), plain(last)], "–")


def _days(days: str) -> Text:
    """Name weekdays; three and more in a row by the first and the last."""
    rows = groupby(enumerate(map(int, days)), key=lambda pair: pair[1] - pair[0])
    return joined([name for _, row in rows for name in _row([day for _, day in row])], ", ")


def _row(days: Sequence[int]) -> list[Text]:
    names = [plain(WeekdayShort(day - 1)) for day in days]
    return [joined([names[0], names[-1]], "–")] if len(names) > 2 else names


@dataclass(frozen=True, slots=True)
class HoursKind(Kind):
    """Hours of a week, with their weekdays where it is not every day, or `none`."""

    limit: int = 500
    empty: Any = ()
    possible: bool = False

    def read(self, raw: str, reading: Reading) -> tuple[HourSpan, ...]:
        try:
            return moments.read_hours(raw, locale=reading.locale, possible=self.possible)
        except moments.Unclear as unclear:
            raise Unreadable(_unclear(unclear, raw)) from None

    def raw(self, value: Any, reading: Reading) -> str:
        return render(spans_in_words(value), reading.locale, str)

    def offered(self, typed: str, reading: Reading) -> Sequence[Option]:
        if typed.strip():
            return ()
        words = [self.raw([span], reading) for span in OFFERED]
        return tuple(Option(each, plain(each)) for each in words)


def _unclear(unclear: moments.Unclear, raw: str) -> Text:
    if unclear.reason == "several":
        return MANY
    return t(
        "I don't understand “{words}”. Write it like weekdays 14:00–17:00; Sat mornings.",
        words=cleaned(unclear.word or raw)[:40],
    )
