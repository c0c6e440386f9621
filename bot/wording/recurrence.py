"""Words rules of a series, and what clock changes do to them."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from bot.i18n import DateInFull, Text, ZoneName, format_minutes, t
from bot.rules.recurrence import ClockChange
from bot.rules_in_words import rule_in_words

__all__ = ["changes_in_words", "rule_in_words"]


def changes_in_words(changes: Sequence[ClockChange]) -> list[Text]:
    """Name the dates from which a series is earlier or later in other zones."""
    return [_change(change) for change in changes]


def _change(change: ClockChange) -> Text:
    values = {
        "date": DateInFull(change.first.astimezone(ZoneInfo(change.zone)).date()),
        "length": format_minutes(abs(change.minutes)),
        "place": ZoneName(change.zone),
    }
    if change.minutes < 0:
        return t("From {date} this is {length} earlier in {place}.", **values)
    return t("From {date} this is {length} later in {place}.", **values)
