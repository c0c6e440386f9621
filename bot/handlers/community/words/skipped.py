"""Words why entries of a file of sessions were left out, and which."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from bot.i18n import DateInFull, Text, plain, t
from storage.imports import Import

WHY: Mapping[str, Callable[[Any], Text]] = {
    "no_title": lambda words: t("it has no title."),
    "no_date": lambda words: t("it has no date."),
    "no_hour": lambda words: t("it says no time of day (“{words}”).", words=words),
    "all_day": lambda words: t("it's for a whole day ({words}) and has no hour.", words=words),
    "date": lambda words: t("I can't read the date “{words}”.", words=words),
    "hour": lambda words: t("I can't read the time “{words}”.", words=words),
    "length": lambda words: t("I can't read the length “{words}”.", words=words),
    "end": lambda words: t("it ends before it begins."),
    "too_long": lambda words: t("it takes more than 14 days."),
    "too_far": lambda words: t("it's too far away ({words}).", words=words),
    "zone": lambda words: t("I don't know the time zone “{words}”.", words=words),
    "rule": lambda words: t("I can't follow how it repeats ({words}).", words=words),
    "never": lambda words: t("it repeats, but no day fits ({words}).", words=words),
    "series_over": lambda words: t("all dates of the series “{words}” have passed.", words=words),
    "cancelled": lambda words: t("“{words}” is cancelled.", words=words),
    "twice": lambda words: t("“{words}” is in the file twice.", words=words),
    "elsewhen": lambda words: t(
        "“{words}” is here at another time, which I haven't changed.", words=words
    ),
    "later_too": lambda words: t(
        "“{words}” changes all later dates too; I only changed this one.", words=words
    ),
    "not_made": lambda words: t("“{words}” couldn't be saved.", words=words),
    "stays": lambda words: t("“{words}” is announced or in use.", words=words),
}
"""What was wrong with an entry."""
NAMING = ("series_over", "cancelled", "twice", "later_too", "not_made", "elsewhen")
"""Reasons that say what the entry is called."""


def problem(read: Import, left: list[Any]) -> Text:
    """Say which entry was left out, as people find it in their file, and why."""
    number, why, words, *title = left
    reason = WHY[why](_day(words) if why == "all_day" else plain(words))
    if not number:
        return reason
    if not read.summary["calendar"]:
        return t("Row {number}: {why}", number=number, why=reason)
    if why in NAMING:
        return reason
    if title:
        return t("“{title}”: {why}", title=plain(title[0]), why=reason)
    return t("Event {number}: {why}", number=number, why=reason)


def _day(words: str) -> DateInFull:
    return DateInFull(date.fromisoformat(words))
