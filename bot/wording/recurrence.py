"""Words rules of a series, and what clock changes do to them."""

from collections.abc import Sequence
from datetime import date

from bot.i18n import DateInFull, Text, ZoneName, format_minutes, plain, series, t
from bot.moments import Series
from bot.rules.recurrence import ClockChange
from bot.rules_in_words import rule_in_words


def placed_in_words(said: Series) -> Text:
    """Say when a series comes, and in which city its hour is: readers may be anywhere."""
    return rule_in_words(said, placed=True)


def changes_in_words(changes: Sequence[ClockChange]) -> list[Text]:
    """Say from which days on a series is earlier or later in other zones, those alike together."""
    alike: dict[tuple[date, int], list[str]] = {}
    for change in changes:
        alike.setdefault((change.day, change.minutes), []).append(change.zone)
    return [_change(day, minutes, zones) for (day, minutes), zones in alike.items()]


def _change(day: date, minutes: int, zones: Sequence[str]) -> Text:
    values = {
        "date": DateInFull(day),
        "length": format_minutes(abs(minutes)),
        "places": series(plain(ZoneName(zone)) for zone in zones),
    }
    if minutes < 0:
        return t("From {date} on, that's {length} earlier in {places}.", **values)
    return t("From {date} on, that's {length} later in {places}.", **values)
