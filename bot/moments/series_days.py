"""On which days a series comes, in tokens: weekdays, days of a month, and how often."""

import re
from dataclasses import dataclass
from typing import Literal

from bot.moments.phrase import Phrase, Unclear, pattern

Unit = Literal["d", "w", "M", "Q", "Y"]
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_BETWEEN = r"(?: (?:AND|Y|;|,|THE|OF|IN|EACH))*"
_NUMBER = r"\d{1,2}(?!\S)(?! (?:[AP]M|MORN|NIGHT|OC|U\w|W\d|WORK|TIMES)(?!\S))"
_RHYTHMS = [
    pattern(rf"(?:EACH|REG) (?:(?:THE |#)*(?P<n>\d{{1,4}}) )?U(?P<u>[dwMQY])(?!(?<=Ud) {_NUMBER})"),
    pattern(r"(?:AT )?(?P<n>\d{1,4}) U(?P<u>[dwM])(?: ;)? APART"),
    pattern(r"(?:1 )?U(?P<u>[dwMY]) (?P<n>OTHERS)"),
]
_ALTERNATE = pattern(r"(?:1 |EACH )?W(?P<w>\d) OTHERS")
_TWOFOLD = pattern(r"BI U(?P<u>[wM])")
_SCOPE = pattern(r"(?:OF|IN) (?:(?:THE|EACH|1) )*U(?P<u>[MQY])")
_ORDINAL = r"(?:#[1-5]|THE [1-5]|LAST|PENULT)"
_WEEKDAY = r"(?:W[0-6]|WORK)"
_NTH = pattern(
    rf"(?P<each>(?:(?:EACH|;) )*EACH )?(?:(?:THE|;|OF) )*"
    rf"(?P<ordinals>{_ORDINAL}(?:{_BETWEEN} {_ORDINAL})*) (?:EACH )?"
    rf"(?P<days>{_WEEKDAY}(?:{_BETWEEN} {_WEEKDAY})*)(?! (?:OTHERS|NEXT|LAST)(?!\S))"
)
_LAST_DAY = pattern(r"(?:(?:EACH|THE) )*(?P<which>LAST|THE 1) (?:EACH )?Ud")
_OF_MONTH = pattern(
    rf"(?:(?:EACH|THE|OF) )*(?:THE|Ud) (?:THE )*(?P<days>{_NUMBER}"
    rf"(?:(?: (?:AND|Y|;|,|THE|EACH|Ud))* {_NUMBER})*)"
)
_NO_DATE = r"(?! NEXT)(?!(?: THE)* \d{1,2}(?: OF)? M\d)(?! M\d)"
_RANGES = [
    pattern(
        r"(?:(?:EACH|MANY|OF|AT|;) )*W(?P<first>\d) (?:TO|-) (?:(?:THE|MANY) )*"
        rf"W(?P<last>\d){_NO_DATE}"
    ),
    pattern(rf"(?<!EACH )(?<!MANY )(?:OF )?W(?P<first>\d) AT W(?P<last>\d){_NO_DATE}"),
]
_WEEKDAYS = pattern(
    rf"(?P<each>(?:EACH )*EACH )?(?P<the>THE )?(?:(?<=EACH )(?P<n>\d{{1,2}}) )?(?:EACH )?"
    rf"(?P<days>{_WEEKDAY}(?:{_BETWEEN} {_WEEKDAY})*)"
)


_BUT = pattern(rf"EXCEPT (?:(?:THE|EACH|;|OF) )*(?P<days>W[0-6](?:{_BETWEEN} W[0-6])*)")
_SOME_DAY = pattern(r"(?:1|EACH) W\d 1 U[wM]")


@dataclass(slots=True)
class Days:
    """What is said of the days of a series.

    `unit` and `every` are how often, as in every 2 "w"eeks; `scope` is that of "first Monday of
    the month". `nth` are weekdays counted in a month, as BYDAY has them.
    """

    unit: Unit | None = None
    every: int = 1
    twofold: Unit | None = None
    scope: Unit | None = None
    nth: tuple[str, ...] = ()
    working: tuple[int, ...] = ()
    nth_of_each: bool = False
    weekdays: tuple[int, ...] = ()
    of_month: tuple[int, ...] = ()
    each: bool = False
    the: bool = False

    @property
    def said(self) -> bool:
        """Say whether a day is said at all."""
        return bool(self.nth or self.working or self.weekdays or self.of_month)

    @property
    def comes_again(self) -> bool:
        """Say whether it is said that it comes more than once."""
        several = len(self.weekdays) + len(self.of_month) > 1
        return bool(self.unit or self.twofold or self.scope or self.each or several)

    @property
    def counted(self) -> bool:
        """Say whether weekdays are counted in a month."""
        return bool(self.nth or self.working)


def weekdays_named(tokens: str) -> str:
    """Name all days where one weekday goes "to" another."""

    def between(span: re.Match[str]) -> str:
        first, last = int(span["first"]), int(span["last"])
        days = [(first + more) % 7 for more in range((last - first) % 7 + 1)]
        return " ".join(["EACH", *(f"W{day}" for day in days)])

    for span in _RANGES:
        tokens = span.sub(between, tokens)
    return tokens


def days_of(phrase: Phrase) -> Days:
    """Cut all that says on which days a series comes. Raises Unclear."""
    days = Days()
    if _SOME_DAY.search(phrase.left):  # one Monday a month
        raise Unclear("which_day")
    excepted = phrase.one(_BUT)
    if twofold := phrase.one(_TWOFOLD):
        days.twofold = _unit(twofold["u"])
    if scope := phrase.one(_SCOPE):
        days.scope = _unit(scope["u"])
    _rhythm(phrase, days)
    for match in phrase.cut(_NTH):
        _nth(match, days)
    _numbers(phrase, days)
    _weekdays(phrase, days)
    if excepted:
        _leave_out({int(day) for day in re.findall(r"\d", excepted["days"])}, days)
    days.nth = tuple(sorted({*days.nth}, key=_place))
    return days


def _unit(token: str) -> Unit:
    units: dict[str, Unit] = {"d": "d", "w": "w", "M": "M", "Q": "Q", "Y": "Y"}
    return units[token]


def _rhythm(phrase: Phrase, days: Days) -> None:
    if alternate := phrase.one(_ALTERNATE):
        days.unit, days.every, days.weekdays = "w", 2, (int(alternate["w"]),)
    if rhythm := phrase.one(*_RHYTHMS):
        if days.unit:
            raise Unclear("unreadable")
        number = rhythm["n"] or "1"
        days.unit, days.every = _unit(rhythm["u"]), 2 if number == "OTHERS" else int(number)
        if not days.every:
            raise Unclear("impossible")


def _numbers(phrase: Phrase, days: Days) -> None:
    """Take days of a month by their number, or the last one."""
    for match in phrase.cut(_LAST_DAY):
        days.of_month += (-1 if match["which"] == "LAST" else 1,)
    for match in phrase.cut(_OF_MONTH):
        days.of_month += tuple(map(int, re.findall(r"\d+", match["days"])))
        days.each |= "EACH" in match[0]
    days.of_month = tuple(sorted({*days.of_month}, key=lambda day: day % 100))
    if any(not (day == -1 or 1 <= day <= 31) for day in days.of_month):
        raise Unclear("impossible")


def _nth(match: re.Match[str], days: Days) -> None:
    """Take weekdays that are counted: the first and third Tuesday."""
    numbers = [
        {"LAST": -1, "PENULT": -2}.get(word) or int(word)
        for word in re.findall(r"[1-5]|LAST|PENULT", match["ordinals"])
    ]
    weekdays = re.findall(_WEEKDAY, match["days"])
    if "WORK" in weekdays:
        if len(weekdays) > 1 or days.working:
            raise Unclear("unreadable")
        days.working = _in_order(numbers)
    else:
        pairs = [(int(day[1]), number) for day in weekdays for number in _in_order(numbers)]
        days.nth += tuple(f"{number}{DAYS[day]}" for day, number in pairs)
    # "every second Tuesday" may be every two weeks, "every first Tuesday" is not
    days.each |= bool(match["each"])
    days.nth_of_each |= bool(match["each"]) and len(numbers) == 1 and numbers[0] > 1


def _leave_out(excepted: set[int], days: Days) -> None:
    """Take days of the week out of those that are said, or out of all."""
    daily = days.unit == "d" and days.every == 1 and not days.weekdays
    said = range(7) if daily else days.weekdays
    days.weekdays = tuple(day for day in said if day not in excepted)
    if not days.weekdays or len(days.weekdays) == len(said):
        raise Unclear("impossible" if said else "unreadable")


def _place(day: str) -> tuple[int, int]:
    return DAYS.index(day[-2:]), int(day[:-2]) % 100


def _in_order(numbers: list[int]) -> tuple[int, ...]:
    return tuple(sorted({*numbers}, key=lambda number: number % 100))


def _weekdays(phrase: Phrase, days: Days) -> None:
    for match in phrase.cut(_WEEKDAYS):
        if match["n"]:
            if days.unit:
                raise Unclear("unreadable")
            days.unit, days.every = "w", int(match["n"])
        days.each |= bool(match["each"])
        days.the |= bool(match["the"])
        for name in re.findall(_WEEKDAY, match["days"]):
            days.each |= name == "WORK"
            days.weekdays += tuple(range(5)) if name == "WORK" else (int(name[1]),)
    days.weekdays = tuple(sorted({*days.weekdays}))
