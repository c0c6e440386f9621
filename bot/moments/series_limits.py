"""What bounds a series, in tokens: from which day, until which day, how often, in which months."""

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from bot.moments.grammar import Style, understood
from bot.moments.phrase import Phrase, Unclear, pattern

_LEAD = r"(?:(?:IN|THE|OF|AT|;|,) )*"
_YEAR = r"(?:(?: OF| ,)* 20\d\d)?"
# "until June, the 1st and 15th" and "until June every second Monday" name no day of June
_NO_DAY = (
    r"(?! (?:Uh|OC|[AP]M|MORN|NIGHT|TIMES|U\w|W\d)(?!\S))"
    r"(?! (?:AND|Y) (?:THE )*\d{1,2}(?!\S)(?!(?: OF)? M\d))"
)
_DAY = (
    rf"(?:(?:THE|;|W\d) )*\d{{1,2}}(?: OF)? M\d+(?: NEXT)?{_YEAR}"
    r"|(?:W\d )?M\d+(?: (?:THE )+(?!\d{1,2}(?: (?:AND|Y|THE|LAST|PENULT|#?[1-5]))* W)| )"
    rf"\d{{1,2}}(?!\S){_NO_DAY}(?:(?: ,)? 20\d\d)?"
    r"|(?:W\d )?(?:\d{4}-\d\d?-\d\d?|\d{1,2}/\d{1,2}(?:/\d{2,4})?|\d{1,2}[-.]\d{1,2}[-.]\d{4})"
)
_STRETCH = (
    rf"(?:END (?:(?:OF|THE|;) )*)?(?:M\d+{_YEAR}|(?:(?:NEXT|THIS) )?U[wMY](?: NEXT)?)"
    r"|D-?\d|(?:(?:THE|NEXT|THIS) )*W\d(?: NEXT)?"
)
_ANY = rf"(?:{_DAY}|{_STRETCH})"
_WHOLE = re.compile(
    r"(?P<end>END )?(?:(?:OF|THE|;) )*(?:M(?P<m>\d+)(?:(?: OF| ,)* (?P<y>20\d\d))?"
    r"|(?:(?P<next>NEXT)|THIS)? ?U(?P<u>[wMY])(?P<after> NEXT)?)"
)
_TO = r" (?:TO|UNTIL|-) "
_NOT_THE_END = r"(?<!UNTIL )(?<!TO )(?<!UNTIL THE )(?<!TO THE )"
_SPANS = [
    pattern(rf"{_NOT_THE_END}(?:(?:AT|OF|;) )+(?P<begin>{_DAY}) AT {_LEAD}(?P<until>{_DAY})"),
    pattern(rf"{_NOT_THE_END}(?:(?:AT|OF|;) )*(?P<begin>{_DAY}){_TO}{_LEAD}(?P<until>{_DAY})"),
]
_SPAN_OF_MONTHS = pattern(
    rf"{_NOT_THE_END}(?<!END )(?:(?:(?:AT|IN|;) )+(?:OF )?|"
    r"(?<!\s\d )(?<!\s\d\d )(?<!^\d )(?<!^\d\d )OF )"
    rf"(?P<begin>M\d+{_YEAR})(?:{_TO}| AT ){_LEAD}"
    rf"(?P<until>M\d+{_YEAR})(?!(?: THE)* \d{{1,2}}(?!\S))"
)
_UNTIL = pattern(rf"(?:UNTIL|TO) {_LEAD}(?P<until>{_ANY})")
_BEGIN = pattern(rf"AT {_LEAD}(?P<begin>{_ANY})")
_DATE = pattern(rf"(?P<each>EACH )?(?P<date>{_DAY})")
_YEARLY = pattern(r"(?:EACH|REG) (?:\d+ )?UY")
_LIST = re.compile(r"(?<!\S)(?:AND|Y) $")
_BARE_YEAR = pattern(r"20[2-4]\d")
_BEFORE = re.compile(rf"(?<!\S)(?:UNTIL|TO) {_LEAD}$")
_PERIOD = pattern(r"(?:FOR|UNTIL IN) (?:(?:THE|NEXT|;) )*(?P<n>\d{1,4}) U(?P<u>[dwMQY])")
_PER = pattern(r"(?P<n>\d{1,2}) TIMES 1 U(?P<u>[wM])(?! APART)")
# "six Tuesdays", but not "every 2 Tuesdays", "at 9 Tuesdays" or "March 5 Tuesdays"
_COUNT = pattern(
    r"(?P<n>\d{1,4})(?: TIMES|(?<!EACH \d)(?<!EACH \d\d)(?<!THE \d)(?<!AT \d)(?<!AT \d\d)"
    r"(?<!M\d \d)(?<!M\d\d \d)(?<!M\d \d\d)(?<!M\d\d \d\d)(?<!\d{4})(?<!Uh \d\d)(?= MANY W))"
)
_MANY = pattern("MANY")
_BETWEEN = r"(?: (?:AND|Y|;|,|IN|OF|THE))*"
_LISTED = (
    rf"M\d+(?:(?:{_BETWEEN}| (?:TO|AT|-){_BETWEEN}) M\d+)*"
    r"(?! \d{1,2}(?!\S)(?! (?:Uh|Um|[AP]M|W\d)))"
)
_EXCEPT = pattern(rf"EXCEPT(?: (?:IN|OF|THE|;|AT|UM))* (?P<months>{_LISTED})")
_ONE_DAY = pattern(rf"EXCEPT {_LEAD}(?:{_DAY})")
_MONTHS = pattern(rf"(?:(?:IN|OF|THE|;|UM|EACH) )+(?P<months>{_LISTED})")
_MONTH = re.compile(r"(?P<to>(?:TO|AT|-) (?:(?:IN|OF|THE) )*)?M(?P<m>\d+)")
_MONTHS_LONG = {"M": 1, "Q": 3, "Y": 12}


@dataclass(slots=True)
class SeriesLimits:
    """What bounds a series; `per` is how often it comes in a "w"eek or a "M"onth.

    `dates` are days that come each year. `on_a_day` is said of a begin that is no whole month.
    """

    begin: date | None = None
    until: date | None = None
    count: int = 0
    months: frozenset[int] = frozenset()
    per: tuple[int, str] | None = None
    dates: tuple[date, ...] = ()
    on_a_day: bool = False
    months_or_span: bool = False

    @property
    def said(self) -> bool:
        """Say whether something is said that only a series can have."""
        return bool(self.until or self.count or self.per or self.dates or len(self.months) > 1)

    def meant(self) -> "Iterator[SeriesLimits]":
        """Give what may be meant: "from March to June" is said of this year or of each."""
        if not self.months_or_span:
            yield self
            return
        yield replace(self, months=frozenset())
        yield replace(self, begin=None, until=None)


def limits_of(phrase: Phrase, style: Style, today: date) -> SeriesLimits:
    """Cut all that bounds a series. Raises Unclear."""
    limits = SeriesLimits()
    _times(phrase, limits)
    _months(phrase, limits)
    _span(phrase, style, today, limits)
    if begin := phrase.one(_BEGIN):
        _begin(begin["begin"], style, today, limits)
    _plain_dates(phrase, style, today, limits)
    _end(phrase, style, today, limits)
    if in_months := phrase.one(_MONTHS):
        if limits.months:
            raise Unclear("unreadable")
        limits.months = frozenset(_listed(in_months["months"]))
    if _BARE_YEAR.search(phrase.left):
        raise Unclear("unreadable")  # until 2028: with it, or without?
    return limits


def _times(phrase: Phrase, limits: SeriesLimits) -> None:
    if per := phrase.one(_PER):
        limits.per = (int(per["n"]), per["u"])
    count = phrase.one(_COUNT)
    phrase.left = _MANY.sub("EACH", phrase.left)
    if count:
        limits.count = int(count["n"])
        if not limits.count:
            raise Unclear("impossible")


def _months(phrase: Phrase, limits: SeriesLimits) -> None:
    if phrase.cut(_ONE_DAY):
        raise Unclear("except_day")
    excepted = [month for each in phrase.cut(_EXCEPT) for month in _listed(each["months"])]
    if excepted:
        limits.months = frozenset(range(1, 13)) - set(excepted)
        if not limits.months:
            raise Unclear("impossible")


def _span(phrase: Phrase, style: Style, today: date, limits: SeriesLimits) -> None:
    """Cut from one day to another: "from March to June" may be said of each year."""
    if span := phrase.one(*_SPANS, _SPAN_OF_MONTHS):
        _begin(span["begin"], style, today, limits)
        limits.until = _last_day(span["until"], style, limits.begin or today)
        if not re.search(r"20\d\d|(?<!M)\d", re.sub(r"M\d+", "", span[0])):
            limits.months = frozenset(_listed(f"{span['begin']} TO {span['until']}"))
            limits.months_or_span = True


def _begin(words: str, style: Style, today: date, limits: SeriesLimits) -> None:
    if limits.begin:
        raise Unclear("unreadable")
    limits.begin = _first_day(words, style, today)
    limits.on_a_day = not _WHOLE.fullmatch(words)


def _plain_dates(phrase: Phrase, style: Style, today: date, limits: SeriesLimits) -> None:
    """Cut dates that nothing stands before: "every 5 May", or else the first date."""
    yearly = _YEARLY.search(phrase.left)
    matches = phrase.cut(
        _DATE, wanted=lambda match: not _BEFORE.search(match.string[: match.start()])
    )
    if any(_LIST.search(match.string[: match.start()]) for match in matches) and not yearly:
        raise Unclear("unreadable")  # "the 1st and 15 March"
    if yearly or any(match["each"] for match in matches):
        limits.dates = tuple(_day(match["date"], style, today) for match in matches)
    elif len(matches) > 1:
        raise Unclear("unreadable")
    elif matches:
        _begin(matches[0]["date"], style, today, limits)


def _end(phrase: Phrase, style: Style, today: date, limits: SeriesLimits) -> None:
    start = limits.begin or today
    if period := phrase.one(_PERIOD):
        limits.until = _later(start, int(period["n"]), period["u"]) - timedelta(days=1)
    if until := phrase.one(_UNTIL):
        if limits.until:
            raise Unclear("unreadable")
        limits.until = _last_day(until["until"], style, start)
    if limits.until and limits.until < start:
        raise Unclear("impossible")


def _later(start: date, number: int, unit: str) -> date:
    try:
        if unit in "dw":
            return start + timedelta(days=number * (7 if unit == "w" else 1))
        years, month = divmod(start.month - 1 + number * _MONTHS_LONG[unit], 12)
        year = start.year + years
        return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))
    except (ValueError, OverflowError):
        raise Unclear("too_far") from None


def _day(words: str, style: Style, today: date) -> date:
    words = re.sub(r"^(?:(?:THE|OF|;|AT) )+(?=W\d)", "", words.replace(" ,", ""))
    said = understood(words, style, today)
    if said.day is None:
        raise Unclear("unreadable")
    return said.day


def _first_day(words: str, style: Style, today: date) -> date:
    """Give the first day of what a series begins with."""
    whole = _WHOLE.fullmatch(words)
    if not whole:
        return _day(words, style, today)
    first, last = _stretch(whole, today)
    return last if whole["end"] else max(first, today) if first <= today <= last else first


def _last_day(words: str, style: Style, today: date) -> date:
    """Give the last day of what a series goes on until."""
    whole = _WHOLE.fullmatch(words)
    return _stretch(whole, today)[1] if whole else _day(words, style, today)


def _stretch(match: re.Match[str], today: date) -> tuple[date, date]:
    """Give the first and the last day of a week, a month or a year."""
    later = bool(match["next"] or match["after"])
    if match["u"] == "w":
        monday = today - timedelta(days=today.weekday()) + timedelta(days=7 * later)
        return monday, monday + timedelta(days=6)
    if match["u"] == "Y":
        return date(today.year + later, 1, 1), date(today.year + later, 12, 31)
    if match["u"]:
        first = _later(today.replace(day=1), int(later), "M")
    else:
        month = int(match["m"])
        year = int(match["y"]) if match["y"] else today.year + (month < today.month)
        first = date(year, month, 1)
    return first, first.replace(day=monthrange(first.year, first.month)[1])


def _listed(tokens: str) -> Iterator[int]:
    """Give the months of a list; those between two as well where one goes "to" another."""
    before = 0
    for match in _MONTH.finditer(tokens):
        month = int(match["m"])
        while match["to"] and before and before != month:
            before = before % 12 + 1
            yield before
        before = month
        yield month
