"""What tokens of a moment mean together; a phrase is understood to its last word or not at all."""

import re
from calendar import monthrange
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

Reason = Literal["unreadable", "impossible", "weekday", "no_time", "no_day", "span", "too_far"]


class Unclear(ValueError):
    """What was written is no moment, day or duration; `reason` says why.

    `day` is the date that does not fall on the "weekday" written beside it.
    """

    def __init__(self, reason: Reason, day: date | None = None) -> None:
        super().__init__(reason)
        self.reason: Reason = reason
        self.day = day


@dataclass(frozen=True, slots=True)
class Said:
    """What a phrase says: a day, a time of that day, or how many minutes from now.

    `clock` is counted from the start of the day and reaches past 24 hours for a midnight.
    """

    day: date | None
    clock: timedelta | None
    ahead: int | None


def _pattern(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\S)(?:{pattern})(?!\S)")


_AND = "(?:AND |Y )?"
_HOURS = rf"(?:\d{{1,4}}(?:[.,]\d{{1,2}})? Uh(?: P30)?(?: {_AND}\d\d?(?: Um)?)?|\d{{1,4}} Um)"
_AHEAD = _pattern(rf"IN (?P<in>{_HOURS})|(?P<from>{_HOURS}) FROMNOW")
_DAYS = r"\d{1,4} U[dwM]"
# "in 2 days 3 hours" is a length, but "dans 2 jours 15 h" an hour of that day: neither is read.
_DAYS_AHEAD = _pattern(rf"IN {_DAYS}(?! \d+ Uh)|{_DAYS} FROMNOW")
_DAY_FIRST = [
    _pattern(r"(?P<d>\d{1,2})([-/.])(?P<m>\d{1,2})\2(?P<y>\d{4})"),
    _pattern(r"(?P<d>\d{1,2})/(?P<m>\d{1,2})(?:/(?P<y>\d\d))?"),
]
_DATES = [
    _pattern(r"(?P<y>\d{4})([-/.])(?P<m>\d{1,2})\2(?P<d>\d{1,2})"),
    *_DAY_FIRST,
    _pattern(r"(?P<d>\d{1,2})(?: OF)? M(?P<m>\d+)(?:(?: OF)? (?P<y>\d{4}))?"),
    # "march 3pm" says an hour and no day, "march 3 in the afternoon at 4" says both.
    _pattern(
        r"M(?P<m>\d+)(?: THE)* (?P<d>\d{1,2})(?! Uh(?!\S))(?! [AP]M(?!\S)(?!.*\d))"
        r"(?:(?:, ?| )(?P<y>\d{4}))?"
    ),
]
_NTH = _pattern(r"(?:#(?P<n>\d)|LAST) W(?P<w>\d) (?:OF|IN) M(?P<m>\d+)(?:(?: OF)? (?P<y>\d{4}))?")
_MONTH = re.compile(r"M\d+")
_SHIFT = _pattern(r"D(-?\d)")
_WEEK = _pattern(r"(?:NEXT|THIS) Uw|Uw NEXT")
_WEEKDAY = _pattern(
    r"(?:(?P<which>NEXT|THIS|LAST) )?W(?P<w>\d)(?: (?P<after>NEXT|LAST))?"
    r"(?:(?: THE)* (?P<d>\d{1,2}))?"
)
_OF_MONTH = _pattern(r"THE (?P<d>\d{1,2})")
_PARTS = "AM|PM|MORN|NOON|NIGHT|MIDNIGHT"
_PART = _pattern(_PARTS)
_QUARTERS = {"P15": 15, "P30": 30, "L15": -15}
_QUARTER = "|".join(_QUARTERS)
_CLOCK = _pattern(
    rf"(?P<at>AT )?(?:(?P<before>{_QUARTER}) )?(?P<h>\d{{1,2}})"
    r"(?:(?P<sign>[:.]| Uh | Y )(?P<m>\d\d)(?::[0-5]\d)?(?: Um)?)?(?P<unit> Uh)?"
    rf"(?: (?P<after>{_QUARTER}))?(?P<part>(?= (?:{_PARTS})(?!\S)))?"
)
_TIME = r"(?:AT )?\d{1,2}(?:[:.]\d\d)?(?: Uh(?: \d\d)?)?(?: (?:AM|PM|MORN|NIGHT))?"
_MARKED = rf"(?=(?:AT )?\d{{1,2}}(?:[:.]| Uh| [AP]M)){_TIME}"
_TO = r" ?(?:-|to|until|till|hasta|jusqu AT) ?"
# From one time to another, of which only the first would be wanted.
_SPAN = _pattern(
    rf"{_MARKED}(?:{_TO}| AT (?:AT )?){_TIME}|{_TIME}{_TO}{_MARKED}"
    rf"|(?:OF|from|entre|between) {_TIME}(?:{_TO}| AT | AND | Y ){_TIME}"
)
_FILLERS = {";", "THE", "OF", "AT", "-", ","}
_DURATION = re.compile(
    r"(?:(?P<h>\d{0,4}(?:[.,]\d{1,2})?) ?Uh)?"
    rf" ?(?:(?<=Uh ){_AND})?(?:(?P<q>P15|P30)|(?P<m>\d{{1,4}})(?: Um)?)?"
)


class _Phrase:
    """A phrase from which is cut what has been understood."""

    def __init__(self, tokens: str) -> None:
        self.left = tokens

    def cut(
        self, *patterns: re.Pattern[str], wanted: Callable[[re.Match[str]], bool] = bool
    ) -> list[re.Match[str]]:
        found = []
        for pattern in patterns:
            found += [match for match in pattern.finditer(self.left) if wanted(match)]
            self.left = pattern.sub(lambda match: ";" if wanted(match) else match[0], self.left)
        return found

    def one(
        self, *patterns: re.Pattern[str], wanted: Callable[[re.Match[str]], bool] = bool
    ) -> re.Match[str] | None:
        found = self.cut(*patterns, wanted=wanted)
        if len(found) > 1:
            raise Unclear("unreadable")
        return found[0] if found else None


def understood(tokens: str, locale: str, today: date) -> Said:
    """Say what the tokens of a phrase mean on that day.

    Raises Unclear for a word that has no place in it and for days or hours that do not exist.
    """
    try:
        return _understood(tokens, locale, today)
    except Unclear as unclear:
        if unclear.reason == "unreadable" and _SPAN.search(tokens):
            raise Unclear("span") from None
        raise


def _understood(tokens: str, locale: str, today: date) -> Said:
    phrase = _Phrase(tokens)
    days = _dates(phrase, locale, today)
    ahead = phrase.one(_AHEAD)
    clock = _clock(phrase)
    days = _weekdays(phrase, days, today)
    if ahead and (days or clock is not None or _PART.search(tokens)):
        raise Unclear("unreadable")
    minutes = length(ahead["in"] or ahead["from"]) if ahead else None
    return Said(days.pop() if days else None, clock, minutes)


def _dates(phrase: _Phrase, locale: str, today: date) -> set[date]:
    days = {today + timedelta(days=int(match[1])) for match in phrase.cut(_SHIFT)}
    if nth := phrase.one(_NTH):
        days.add(_nth(nth, today))
    if dated := phrase.one(*_DATES):
        days.add(_dated(dated, locale, today))
    if ahead := phrase.one(_DAYS_AHEAD):
        days.add(_days_ahead(ahead[0], today))
    return days


def _dated(match: re.Match[str], locale: str, today: date) -> date:
    day, month, year = int(match["d"]), int(match["m"]), match["y"]
    if month > 12 and match.re in _DAY_FIRST and not locale.startswith(("es", "fr")):
        day, month = month, day  # 12/25/2026 can only be the American order
    if year:
        return _exists(int(year) + (2000 if len(year) == 2 else 0), month, day)
    return _next(((later, month, day) for later in range(today.year, today.year + 9)), today)


def _nth(match: re.Match[str], today: date) -> date:
    """Give the first, second, third, fourth or last such weekday of a month."""
    month, year = int(match["m"]), match["y"]
    years = [int(year)] if year else [today.year, today.year + 1]
    found = [_weekday_of(year, month, int(match["w"]), match["n"]) for year in years]
    return next((day for day in found if year or day >= today), found[-1])


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


def _weekdays(phrase: _Phrase, days: set[date], today: date) -> set[date]:
    """Add the days that remain to be read, and check that all that was said is one day."""
    week, weekday = phrase.one(_WEEK), phrase.one(_WEEKDAY)
    of_month = [match["d"] for match in (weekday, *phrase.cut(_OF_MONTH)) if match]
    left = set(phrase.left.split()) - _FILLERS
    if left or (week and not weekday):
        only_month = not (days or of_month or weekday) and all(map(_MONTH.fullmatch, left))
        raise Unclear("no_day" if left and only_month else "unreadable")
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


def _is_hour(match: re.Match[str]) -> bool:
    """Tell an hour from a bare number, which may be anything."""
    marks = ("at", "before", "after", "unit", "part")
    return match["sign"] in (":", " Uh ") or any(match[mark] is not None for mark in marks)


def _clock(phrase: _Phrase) -> timedelta | None:
    match = phrase.one(_CLOCK, wanted=_is_hour)
    parts = {part[0] for part in phrase.cut(_PART)}
    if not match:
        return timedelta(hours=_hour(12, parts)) if parts & {"NOON", "MIDNIGHT"} else None
    hour, minute = int(match["h"]), int(match["m"] or 0)
    if hour > 23 or minute > 59:
        raise Unclear("impossible")
    quarters = [_QUARTERS[match[side]] for side in ("before", "after") if match[side]]
    clock = timedelta(hours=_hour(hour, parts), minutes=minute + sum(quarters))
    if len(quarters) + bool(match["m"]) > 1 or clock < timedelta():
        raise Unclear("unreadable")
    return clock


def _hour(hour: int, parts: set[str]) -> int:
    """Give the hour, 0 to 24, that a number on a clock means in a part of the day."""
    early = parts & {"AM", "MORN"}
    if not parts:
        return hour
    if early and parts - early:
        raise Unclear("unreadable")
    return _before_noon(hour, early) if early else _after_noon(hour, parts)


def _before_noon(hour: int, parts: set[str]) -> int:
    if hour > 12:
        raise Unclear("impossible")
    if hour == 12 and "AM" not in parts:  # "las 12 de la mañana" is noon to some
        raise Unclear("unreadable")
    return hour % 12


def _after_noon(hour: int, parts: set[str]) -> int:
    night = parts & {"NIGHT", "MIDNIGHT"}
    if night and hour in (0, 12):
        return 24
    if (night and hour < 5) or ("NOON" in parts and hour % 12 > 3) or "MIDNIGHT" in parts:
        raise Unclear("unreadable")
    if not hour:
        raise Unclear("impossible")
    return hour if hour >= 12 else hour + 12


def length(tokens: str) -> int:
    """Read tokens as a length of time, in minutes."""
    tokens = re.sub(r"^(\d+):(\d\d)(?: Uh)?$", r"\1 Uh \2", tokens)
    match = _DURATION.fullmatch(re.sub(r"(\d+) P30 Uh", r"\1.5 Uh", tokens))
    if not match or not tokens:
        raise Unclear("unreadable")
    hours, minutes = match["h"], _QUARTERS.get(match["q"]) or int(match["m"] or 0)
    if hours is None:
        return minutes
    if minutes and hours and not hours.isdecimal():
        raise Unclear("unreadable")
    if minutes > 59:
        raise Unclear("impossible")
    return round(float(hours.replace(",", ".") or 1) * 60) + minutes
