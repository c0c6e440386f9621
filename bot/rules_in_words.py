"""Says the rule of a series in words, which are read as the same rule again."""

from collections.abc import Mapping
from datetime import date, time
from itertools import groupby

from bot.i18n import (
    DateInFull,
    DayOfMonth,
    DayOfYear,
    MonthName,
    Text,
    TimeOfDay,
    WeekdayName,
    Weekdays,
    ZoneName,
    format_minutes,
    joined,
    plain,
    series,
    t,
    tn,
    zone_name,
)
from bot.moments import Series

_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
WORKING = "MO,TU,WE,TH,FR"
_ORDINALS: Mapping[str, Text] = {
    "1": t("the first"),
    "2": t("the second"),
    "3": t("the third"),
    "4": t("the fourth"),
    "5": t("the fifth"),
    "-1": t("the last"),
    "-2": t("the second to last"),
}
_ALL_MONTHS = range(1, 13)


def rule_in_words(
    said: Series, *, zone: str = "", exact: bool = False, placed: bool = False
) -> Text:
    """Say when a series comes; for readers in another `zone` than its own with its zone's name.

    It is `placed` for readers anywhere, who see in which city its hour is.

    An hour that is written `exact` is read as the same hour by everybody: 03:00 is no afternoon.
    A rule for which there are no words is shown as it is kept.
    """
    at = time.fromisoformat(said.hour)
    # "a la 1:00", but "a las 2:00"
    hour = tn(
        "at {hour}",
        "at {hour}",
        1 if at.hour == 1 else 2,
        hour=plain(said.hour) if exact else TimeOfDay(at),
    )
    if zone and zone != said.zone:
        hour = joined([hour, plain(f"({zone_name(said.zone)})")])
    if placed:
        hour = t("{hour} ({zone})", hour=hour, zone=ZoneName(said.zone))
    if not can_be_said(said):
        return t("By the rule {rule} {hour}", rule=said.rrule, hour=hour)
    return _worded(said, hour)


def can_be_said(said: Series) -> bool:
    """Say whether there are words for a rule, and for all of it."""
    try:
        parts = _parts(said)
        _worded(said, plain(said.hour))
    except (KeyError, ValueError):
        return False
    days = {"BYDAY", "BYMONTHDAY", "BYSETPOS"} & parts.keys()
    return days in _SAYABLE[parts["FREQ"]] and _places_fit(parts)


_SAYABLE: Mapping[str, tuple[set[str], ...]] = {
    "DAILY": (set(),),
    "WEEKLY": (set(), {"BYDAY"}),
    "MONTHLY": ({"BYDAY"}, {"BYMONTHDAY"}, {"BYDAY", "BYSETPOS"}, {"BYMONTHDAY", "BYSETPOS"}),
    "YEARLY": ({"BYDAY"}, {"BYMONTHDAY"}, {"BYDAY", "BYSETPOS"}, {"BYMONTHDAY", "BYSETPOS"}),
}
"""What rules may say of their days, by how often they come."""


def _places_fit(parts: Mapping[str, str]) -> bool:
    """Say whether places are counted among what the words count: working days, last days."""
    if "BYSETPOS" not in parts:
        return True
    if "BYDAY" in parts:
        return parts["BYDAY"] == WORKING
    return parts["BYSETPOS"] == "-1"


def _parts(said: Series) -> dict[str, str]:
    return dict(part.split("=") for part in said.rrule.split(";"))


def _worded(said: Series, hour: Text) -> Text:
    """Say a rule. Raises KeyError or ValueError where there are no words."""
    parts = _parts(said)
    days = {"DAILY": _daily, "WEEKLY": _weekly, "MONTHLY": _monthly, "YEARLY": _yearly}
    return joined([days[parts["FREQ"]](parts, hour), *_limits(parts, said)], ", ")


def _daily(parts: Mapping[str, str], hour: Text) -> Text:
    interval = _interval(parts)
    if interval in (8, 15):  # in Spanish and French these are a week and two
        return t(
            "Every {count} days {hour}, each time on another day of the week",
            count=interval,
            hour=hour,
        )
    return tn("Every day {hour}", "Every {count} days {hour}", interval, hour=hour)


def _weekly(parts: Mapping[str, str], hour: Text) -> Text:
    interval = _interval(parts)
    if "BYDAY" not in parts:  # the day is that of the first date
        return tn("Every week {hour}", "Every {count} weeks {hour}", interval, hour=hour)
    days = parts["BYDAY"].split(",")
    if parts["BYDAY"] == WORKING and interval == 1:
        return t("From Monday to Friday {hour}", hour=hour)
    if interval == 1:
        return t("Every {days} {hour}", days=series(map(_weekday, days)), hour=hour)
    listed = series(t("{weekday}", weekday=Weekdays(_DAYS.index(day))) for day in days)
    return t("Every {count} weeks on {days} {hour}", count=interval, days=listed, hour=hour)


def _monthly(parts: Mapping[str, str], hour: Text) -> Text:
    return tn(
        "On {days} of each month {hour}",
        "Every {count} months on {days} {hour}",
        _interval(parts),
        days=series(_days(parts)),
        hour=hour,
    )


def _yearly(parts: Mapping[str, str], hour: Text) -> Text:
    month, interval = int(parts["BYMONTH"]), _interval(parts)
    numbers = [int(day) for day in parts.get("BYMONTHDAY", "-1").split(",")]
    if min(numbers) > 0:
        days = series(t("{date}", date=DayOfYear(month, day)) for day in numbers)
        return tn(
            "Every year on {days} {hour}",
            "Every {count} years on {days} {hour}",
            interval,
            days=days,
            hour=hour,
        )
    return tn(
        "Every year on {days} of {month} {hour}",
        "Every {count} years on {days} of {month} {hour}",
        interval,
        days=series(_days(parts)),
        month=MonthName(month),
        hour=hour,
    )


def _days(parts: Mapping[str, str]) -> list[Text]:
    """Name the days within a month: the 1st and the 15th, the first and the third Tuesday."""
    if "BYMONTHDAY" in parts:
        numbers = [int(number) for number in parts["BYMONTHDAY"].split(",")]
        return [_numbered(number) for number in numbers[-1 if "BYSETPOS" in parts else 0 :]]
    if "BYSETPOS" in parts:
        ordinals = [_ORDINALS[number] for number in parts["BYSETPOS"].split(",")]
        return [t("{ordinals} working day", ordinals=series(ordinals))]
    nth = [(day[-2:], day[:-2]) for day in parts["BYDAY"].split(",")]
    return [
        joined([series(_ORDINALS[number] for _, number in group), _weekday(day)])
        for day, group in groupby(nth, key=lambda pair: pair[0])
    ]


def _numbered(number: int) -> Text:
    return t("the {number}", number=DayOfMonth(number)) if number > 0 else t("the last day")


def _weekday(day: str) -> Text:
    return plain(WeekdayName(_DAYS.index(day)))


def _interval(parts: Mapping[str, str]) -> int:
    return int(parts.get("INTERVAL", 1))


def _limits(parts: Mapping[str, str], said: Series) -> list[Text]:
    """Say what is said of a rule besides its days: in which months, from when, until when."""
    limits = _where_missing(parts)
    if "BYMONTH" in parts and parts["FREQ"] != "YEARLY":
        limits.append(_months({int(month) for month in parts["BYMONTH"].split(",")}))
    if said.begin:
        limits.append(t("from {date}", date=DateInFull(said.begin)))
    if until := parts.get("UNTIL"):
        limits.append(t("until {date}", date=DateInFull(date.fromisoformat(until))))
    if count := int(parts.get("COUNT", 0)):
        limits.append(tn("{number} time", "{number} times", count, number=str(count)))
    if said.minutes:
        limits.append(t("for {length}", length=format_minutes(said.minutes)))
    return limits


def _where_missing(parts: Mapping[str, str]) -> list[Text]:
    """Say what becomes of a day that some months do not have."""
    last = int(parts.get("BYMONTHDAY", "0").split(",")[-1])
    if last < 29:
        return []
    if "BYSETPOS" in parts:
        return [t("or on the last day of a shorter month")]
    if parts["FREQ"] == "YEARLY":
        return [t("in leap years only")] if parts["BYMONTH"] == "2" else []
    return [t("only in months that have that day")]


def _months(months: set[int]) -> Text:
    others = set(_ALL_MONTHS) - months
    if len(others) < len(months):
        return t("except in {months}", months=_named(others))
    return t("in {months}", months=_named(months))


def _named(months: set[int]) -> Text:
    return series(plain(MonthName(month)) for month in sorted(months))
