"""Days of a calendar, in tokens: dates, weekdays, and days counted from another."""

import re
from calendar import monthrange
from collections.abc import Iterable
from contextlib import suppress
from datetime import date, timedelta
from typing import Literal

from bot.moments.hours import has_clock
from bot.moments.phrase import Phrase, Unclear, pattern

Order = Literal["day first", "month first", "day first always"]
"""How a date in numbers is meant; the first two are read the other way where only that exists."""
_YEAR = r"(?:(?: OF|,)* (?P<y>20\d\d))?"
_MONTH = r"(?:(?P<which>NEXT|THIS) )?UM(?P<after> NEXT)?"
_IN_NUMBERS = [
    pattern(r"(?P<d>\d{1,2})([-/.])(?P<m>\d{1,2})\2(?P<y>\d{4})"),
    pattern(r"(?P<d>\d{1,2})/(?P<m>\d{1,2})(?:/(?P<y>\d\d))?"),
]
_DASHED = pattern(r"(?P<d>\d{1,2})-(?P<m>\d{1,2})")
_DOTTED = pattern(r"(?P<d>\d{1,2})\.(?P<m>\d{1,2})")
_DATES = [
    pattern(r"(?P<y>\d{4})([-/.])(?P<m>\d{1,2})\2(?P<d>\d{1,2})"),
    *_IN_NUMBERS,
    # "el 3 del 12", but not "parte 3 de 12".
    pattern(
        r"(?:(?<=THE )|(?<=W\d ))(?P<d>\d{1,2}) OF (?P<m>1[0-2]|0?[1-9])(?: OF (?P<y>20\d\d))?"
    ),
    # "7 dec 26 9 am": two digits are a year where an hour follows.
    pattern(r"(?P<d>\d{1,2})(?: OF)? M(?P<m>\d+) (?P<y>\d\d)(?= (?:AT )?\d{1,2}(?::| Uh| [AP]M))"),
    pattern(rf"(?P<d>\d{{1,2}})(?: OF)? M(?P<m>\d+)(?: NEXT)?{_YEAR}"),
    # "march 3pm" says an hour and no day, "march 3 in the afternoon at 4" says both.
    pattern(
        r"M(?P<m>\d+)(?: THE)* (?P<d>\d{1,2})(?! (?:Uh|OC)(?!\S))(?! [AP]M(?!\S)(?!.*\d))"
        r"(?:(?:, ?| )(?P<y>20\d\d))?"
    ),
]
_LONE_YEAR = pattern(r"20\d\d")
_NTH = pattern(
    r"(?:#(?P<n>\d)|LAST) W(?P<w>\d) (?:(?:OF|IN) (?:THE )?|(?=NEXT UM))"
    rf"(?:M(?P<m>\d+)(?:(?: OF)? (?P<y>20\d\d))?|{_MONTH})"
)
_OF_RELATIVE = [
    pattern(rf"(?P<d>\d{{1,2}}) (?:OF|IN) (?:THE )?{_MONTH}"),
    pattern(rf"{_MONTH}(?: ;| THE| OF)* (?P<d>\d{{1,2}})(?! U)"),
]
_END = [
    pattern(rf"(?:IN )?END (?:OF )?(?:THE )?{_MONTH}"),
    pattern(rf"LAST Ud OF (?:THE )?(?:{_MONTH}|M(?P<m>\d+){_YEAR})"),
]
_FROM = r"(?P<base>[DW]-?\d)"
_FROM_ANOTHER = [
    pattern(rf"(?P<n>\d{{1,3}}) U(?P<u>[dw]) (?:AT|AFTER|;|OF)(?: THE)* {_FROM}"),
    pattern(rf"{_FROM} U(?P<u>w)(?! NEXT)"),
    pattern(r"(?P<n>\d) U(?P<u>w) (?P<base>D[01])"),
    pattern(rf"{_FROM} IN (?P<n>8|15)(?: Ud)?(?! U)"),
]
_DAYS = r"\d{1,4} U[dwM]"
# "in 2 days 3 hours" is a length, but "dans 2 jours 15 h" an hour of that day: neither is read.
_DAYS_AHEAD = pattern(rf"IN {_DAYS}(?:(?<! Ud)|(?! \d+ Uh))|{_DAYS} FROMNOW")
_SHIFT = pattern(r"D(-?\d)")
_WEEK = pattern(r"(?:NEXT|THIS) Uw|Uw NEXT")
_WEEKDAY = pattern(
    r"(?:(?P<which>NEXT|THIS|LAST) )?W(?P<w>\d)(?: (?P<after>NEXT|LAST))?"
    r"(?:(?: THE)* (?P<d>\d{1,2}))?"
)
_OF_MONTH = pattern(r"THE (?P<d>\d{1,2})")
_ONLY_MONTH = re.compile(r"M\d+")
# From one day to another, of which only the first would be wanted.
_D = r"(?:THE )*\d{1,2}"
_TO = r" ?(?:-|to|AT|au|al|until|till|hasta) ?"
_M = r"(?:OF )?M\d+"
SPAN_OF_DAYS = pattern(rf"{_D}(?: {_M})?{_TO}{_D} {_M}|M\d+ {_D} ?(?:-|to) ?(?:M\d+ )?{_D}")
_FILLERS = {";", "THE", "OF", "AT", "-", ","}


def dates(phrase: Phrase, order: Order, today: date) -> set[date]:
    """Cut all days that can be read before the hour is."""
    days = {_from_another(match, today) for match in phrase.cut(*_FROM_ANOTHER)}
    days |= {today + timedelta(days=int(match[1])) for match in phrase.cut(_SHIFT)}
    if nth := phrase.one(_NTH):
        days.add(_nth(nth, today))
    if end := phrase.one(*_END):
        days.add(_end(end, today))
    if of_month := phrase.one(*_OF_RELATIVE):
        days.add(_in_month(of_month, int(of_month["d"]), today))
    days |= _written(phrase, order, today)
    if ahead := phrase.one(_DAYS_AHEAD):
        days.add(_days_ahead(ahead[0], today))
    return days


def _written(phrase: Phrase, order: Order, today: date) -> set[date]:
    match = phrase.one(*_DATES) or _short(phrase)
    if match is None:
        return set()
    year = match.groupdict().get("y")
    if year is None and (lone := phrase.one(_LONE_YEAR)):
        year = lone[0]
    day, month = int(match["d"]), int(match["m"])
    if match.re in (*_IN_NUMBERS, _DASHED) and "." not in match[0] and _turned(day, month, order):
        day, month = month, day
    if year:
        return {_exists(int(year) + (2000 if len(year) == 2 else 0), month, day)}
    return {_next(((later, month, day) for later in range(today.year, today.year + 9)), today)}


def _turned(day: int, month: int, order: Order) -> bool:
    """Say whether the first of two numbers is the month."""
    if order == "month first":
        return day <= 12
    return month > 12 and order == "day first"


def _short(phrase: Phrase) -> re.Match[str] | None:
    """Cut a date like 29.12. or 2-15 where an hour stands beside it, and nothing else is meant."""

    def is_date(match: re.Match[str]) -> bool:
        day, month = int(match["d"]), int(match["m"])
        rest = f"{phrase.left[: match.start()]} {phrase.left[match.end() :]}"
        dashed = match.re is _DASHED
        fits = (day > 12) != (month > 12) if dashed else 1 <= month <= 12
        return fits and has_clock(rest)

    return phrase.one(_DOTTED, _DASHED, wanted=is_date)


def _day_of_base(token: str, today: date) -> date:
    if token[0] == "D":
        return today + timedelta(days=int(token[1:]))
    return today + timedelta(days=(int(token[1]) - today.weekday() - 1) % 7 + 1)


def _from_another(match: re.Match[str], today: date) -> date:
    """Give a day counted from another: "en huit" and "en ocho" are a week."""
    parts = match.groupdict()
    number, unit = int(parts.get("n") or 1), parts.get("u")
    if unit is None:
        number, unit = {8: 1, 15: 2}[number], "w"
    return _day_of_base(match["base"], today) + timedelta(days=number * (7 if unit == "w" else 1))


def _month_of(match: re.Match[str], today: date) -> tuple[int, int]:
    later = match["which"] == "NEXT" or match["after"]
    years, month = divmod(today.month - 1 + bool(later), 12)
    return today.year + years, month + 1


def _end(match: re.Match[str], today: date) -> date:
    """Give the last day of a month."""
    year, month = _month_of(match, today)
    if named := match.groupdict().get("m"):
        month = int(named)
        year = int(match["y"]) if match["y"] else today.year + (month < today.month)
    _exists(year, month, 1)
    return date(year, month, monthrange(year, month)[1])


def _in_month(match: re.Match[str], day: int, today: date) -> date:
    """Give a day of this month or the next."""
    year, month = _month_of(match, today)
    if match["which"] or match["after"]:
        return _exists(year, month, day)
    return _of_month(day, today)


def _nth(match: re.Match[str], today: date) -> date:
    """Give the first, second, third, fourth or last such weekday of a month."""
    weekday, number = int(match["w"]), match["n"]
    if match["m"]:
        years = [int(match["y"])] if match["y"] else [today.year, today.year + 1]
        months = [(year, int(match["m"])) for year in years]
    else:
        year, month = _month_of(match, today)
        months = [(year, month), (year + month // 12, month % 12 + 1)]
    days = [_weekday_of(*each, weekday, number) for each in months]
    return next((day for day in days if match["y"] or day >= today), days[-1])


def _weekday_of(year: int, month: int, weekday: int, number: str | None) -> date:
    first = _exists(year, month, 1)
    days = monthrange(year, month)[1]
    same = range(1 + (weekday - first.weekday()) % 7, days + 1, 7)
    return first.replace(day=same[int(number) - 1 if number else -1])


def _of_month(day: int, today: date) -> date:
    months = [divmod(today.month - 1 + later, 12) for later in range(13)]
    return _next(((today.year + years, month + 1, day) for years, month in months), today)


def _next(candidates: Iterable[tuple[int, int, int]], today: date) -> date:
    for year, month, day in candidates:
        with suppress(ValueError):
            if (found := date(year, month, day)) >= today:
                return found
    raise Unclear("impossible")


def _exists(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise Unclear("impossible") from None


def _days_ahead(tokens: str, today: date) -> date:
    number, unit = re.findall(r"(\d+) U(.)", tokens)[0]
    if unit != "M":
        return today + timedelta(days=int(number) * (7 if unit == "w" else 1))
    years, month = divmod(today.month - 1 + int(number), 12)
    return _exists(today.year + years, month + 1, today.day)


def weekdays(phrase: Phrase, days: set[date], today: date) -> set[date]:
    """Add the days that remain to be read, and check that all that was said is one day.

    Raises Unclear for what is left of the phrase then.
    """
    week, weekday = phrase.one(_WEEK), phrase.one(_WEEKDAY)
    of_month = [match["d"] for match in (weekday, *phrase.cut(_OF_MONTH)) if match]
    left = [token for token in phrase.left.split() if token not in _FILLERS]
    if left or (week and not weekday):
        only_month = not (days or of_month or weekday) and all(map(_ONLY_MONTH.fullmatch, left))
        unknown = next((token for token in left if token.isalpha() and token.islower()), "")
        raise Unclear("no_day" if left and only_month else "unreadable", word=unknown)
    days = days | {_of_month(int(number), today) for number in of_month if number}
    if weekday:
        days = days or {_weekday(weekday, week, today)}
    if len(days) > 1:
        raise Unclear("impossible")
    for day in days:
        if weekday and day.weekday() != int(weekday["w"]):
            raise Unclear("weekday", day)
    return days


def _weekday(match: re.Match[str], week: re.Match[str] | None, today: date) -> date:
    ahead = int(match["w"]) - today.weekday()
    if week:
        ahead += 7 if "NEXT" in week[0] else 0
    elif "LAST" in match[0]:
        ahead = ahead % 7 - 7
    else:
        ahead = ahead % 7 if match["which"] == "THIS" else (ahead - 1) % 7 + 1
    return today + timedelta(days=ahead)
