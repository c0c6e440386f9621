"""The option that takes the rule of a series, as people say it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from bot.chat import Day
from bot.errors import Unreadable
from bot.i18n import Text, joined, render, t
from bot.moments import Series, Unclear, read_series, series_at_end
from bot.options.basic import Kind, Reading
from bot.options.times import as_typed
from bot.protocol import Widget
from bot.rules.recurrence import MOST, Unworkable, first_from
from bot.rules_in_words import rule_in_words

EXAMPLE = t("last Wednesday of the month at 15:00")
EXAMPLE_OF_DAYS = t("first and third Tuesday of the month at 15:00")
"""How a rule may be written."""


@dataclass(frozen=True, slots=True)
class Recurring(Kind):
    """The rule of a series, with its hour and what else was said of it."""

    widget: Widget = "text"
    ends: ClassVar[bool] = True

    def read(self, raw: str, reading: Reading) -> Series:
        try:
            series = read_series(raw, locale=reading.locale, zone=reading.zone, now=reading.now)
            _check(series, reading)
        except Unclear as unclear:
            raise Unreadable(_unclear(unclear, raw, reading)) from None
        except Unworkable as unworkable:
            raise Unreadable(_unworkable(unworkable)) from None
        return series

    def at_end(self, words: Sequence[str], reading: Reading) -> tuple[int, int] | None:
        return series_at_end(words, locale=reading.locale, zone=reading.zone, now=reading.now)

    def raw(self, value: Any, reading: Reading) -> str:
        return render(rule_in_words(value, zone=reading.zone, exact=True), reading.locale, str)


def _check(series: Series, reading: Reading) -> None:
    """Look for the first date of a series. Raises Unworkable where there is none."""
    today = reading.now.astimezone(ZoneInfo(series.zone)).date()
    first_from(series.rrule, series.begin or today, series.hour, series.zone)


def _unworkable(unworkable: Unworkable) -> Text:
    if unworkable.reason == "too_many":
        return t("That's too often: {most} times at most.", most=MOST)
    return t("No day ever fits this rule. Please check it.")


def _to_type(series: Series, reading: Reading) -> Text:
    """Word a series as it can be typed: "a las 3:00" would be the afternoon."""
    return rule_in_words(series, zone=reading.zone, exact=series.hour < "07")


def _unclear(unclear: Unclear, raw: str, reading: Reading) -> Text:
    """Say what was not understood, and what to write instead."""
    if unclear.reason == "several":
        readings = joined([_to_type(series, reading) for series in unclear.readings], " / ")
        return t("That can mean several things: {readings}. Which one?", readings=readings)
    if unclear.word:
        return t(
            "I don't understand “{word}” in a rule. Write it like {example}.",
            word=as_typed(unclear.word, raw),
            example=EXAMPLE,
        )
    day = Day(unclear.day) if unclear.day else ""
    return {
        "weekday": t("That date is {day}. Please check the day of the week.", day=day),
        "impossible": t("That date or time doesn't exist. Please check it."),
        "no_time": t("The time of day is missing. Write it like {example}.", example=EXAMPLE),
        "no_day": t("The day is missing. Write it like {example}.", example=EXAMPLE),
        "which_day": t("Please say on which days, like {example}.", example=EXAMPLE_OF_DAYS),
        "one_date": t("That's one date only. A series is written like {example}.",
                      example=EXAMPLE),
        "except_day": t("A rule can leave out whole months. You can cancel single dates later."),
        "two_ends": t("Please write either until when it goes on or how many times."),
        "midnight": t("Midnight may be the start or the end of a day. Write 00:00 or 23:59."),
        "too_far": t("That's too far away: ten years ahead at most."),
    }.get(unclear.reason) or t(
        "I didn't understand this rule. Write it like {example}.", example=EXAMPLE
    )  # fmt: skip
