"""Reads at which hours of the week somebody can come, as people write it in three languages."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from bot.moments.hours_words import hour_tokens
from bot.moments.phrase import Unclear

LONGEST_HOURS = 500
"""Characters."""
MOST_SPANS = 12
DAY = 24 * 60
EVERY_DAY = "1234567"
PARTS = {
    "MORN": (8 * 60, 12 * 60),
    "PM": (12 * 60, 18 * 60),
    "EVE": (18 * 60, 22 * 60),
    "NOCHE": (20 * 60, DAY),
    "NIGHT": (22 * 60, 6 * 60),
}
"""What people call a part of the day, in minutes of it: una noche begins later than an evening."""
AWAKE = 7 * 60, 23 * 60
"""From when "before nine" is possible, and until when "after six": nobody means the night."""
HourSpan = tuple[str, str, str]
"""Weekdays (ISO, "12345"), from which to which hour ("14:00"); past midnight if it is not later."""
Kind = Literal["days", "clock", "part", ",", "AND"]


class SaidPart(NamedTuple):
    """What stands for something in a clause: weekdays, hours, or a sign between them."""

    kind: Kind
    days: str = ""
    hours: tuple[int, int] = (0, 0)


@dataclass(slots=True)
class Clause:
    """The spans of a clause as far as it was read.

    `days` have hours behind them once they are `taken`; `bare` hours wait for days, those of
    `behind` have some.
    """

    spans: list[tuple[str, int, int]] = field(default_factory=list)
    days: str = ""
    bare: list[tuple[int, int]] = field(default_factory=list)
    taken: bool = False
    behind: list[tuple[int, int]] = field(default_factory=list)


def _clock(name: str) -> str:
    """Give the pattern of an hour: 9, 9:30, 9h30, 0930, 9 pm."""
    return (
        rf"(?:(?:AT|;) )*(?P<{name}h>\d{{1,2}}?)(?:(?:[:.]| Uh )?(?P<{name}m>\d\d)(?!\d))?(?!\d)"
        rf"(?: Uh)?(?: (?P<{name}p>AM|MORN|PM|EVE|NOCHE|NIGHT)(?!\S))?"
    )


_BIND = r"(?:(?:EACH|MANY|THE|OF|IN|AT|;) )*"
_BETWEEN = rf"(?:(?:OF|;) )*BETWEEN {_clock('b')} (?:AND|Y) {_clock('e')}"
_FROM_TO = rf"(?:(?:OF|FROM) )*{_clock('b')}(?: ?- ?| (?:TO|AT|UNTIL) ){_clock('e')}"
_END = r"(?![\w:])"
_WEEKDAYS = re.compile(rf"{_BIND}W(?P<a>\d)(?: (?:-|TO|AT|UNTIL) {_BIND}W(?P<z>\d))?{_END}")
_SPANS = [re.compile(form + _END) for form in (_BETWEEN, _FROM_TO)]
_OPEN = re.compile(rf"(?P<side>AFTER|FROM|BEFORE|UNTIL) (?:OF )?{_clock('b')}(?: ONWARDS)?{_END}")
_PART = re.compile(rf"{_BIND}(?P<part>MORN|PM|EVE|NOCHE|NIGHT){_END}")
_BUT = rf"(?: EXCEPT (?P<but>{_BIND}W\d(?: (?:AND|Y|,) {_BIND}W\d)*))?"
_GROUP = re.compile(rf"{_BIND}(?P<days>WORK|WEND|ALL|WHOLE){_BUT}{_END}")
_SIGN = re.compile(r"(?P<sign>,|AND|Y)(?!\S)")
_FILLER = re.compile(r"(?:;|THE|OF|IN|EACH)(?!\S)")
_GROUPS = {"WORK": "12345", "WEND": "67", "ALL": EVERY_DAY, "WHOLE": EVERY_DAY}


def read_hours(raw: str, *, locale: str, possible: bool = False) -> tuple[HourSpan, ...]:
    """Read "weekdays 14:00-17:00", "mornings; Fri after 18:00" or "none".

    Where they say when something is `possible`, "always" says no more than nothing does, and the
    night has to be named; elsewhere they may begin with "never". Raises Unclear, with the `word`
    that was not understood: "several" for too many spans.
    """
    if len(raw) > LONGEST_HOURS:
        raise Unclear("unreadable")
    spans: list[tuple[str, int, int]] = []
    for words in re.split(r"[;\n]", raw):
        tokens = hour_tokens(words, locale)
        said = tokens if possible else re.sub(r"^(?:;|NO|NEVER) (?=.)", "", tokens)
        if said in ("NO", "ALWAYS" if possible else "NEVER", ""):
            continue
        try:
            spans += _clause("ALL" if said == "ALWAYS" else said, possible)
        except Unclear as unclear:
            raise Unclear(unclear.reason, word=words.strip()) from None
    return _gathered(spans)


def _clause(tokens: str, possible: bool) -> list[tuple[str, int, int]]:
    """Read what stands between two semicolons: days before their hours, or behind them."""
    clause, before = Clause(), ""
    for item in _items(tokens, possible):
        if item.kind == "days":
            _take_days(clause, item.days, before)
        elif item.kind in ("clock", "part"):
            _take_hours(clause, item, before)
        before = item.kind
    _finish(clause)
    return clause.spans


def _take_days(clause: Clause, days: str, before: str) -> None:
    """Take weekdays: those right behind hours are theirs, others wait for theirs."""
    if clause.bare and before in ("clock", "part"):
        clause.behind, clause.bare = clause.bare, []
    if clause.behind:
        if clause.bare:
            raise Unclear("unreadable")
        clause.spans += [(days, *hours) for hours in clause.behind]
    elif clause.days and not clause.taken:
        clause.days += days
    else:
        clause.days, clause.taken = days, False


def _take_hours(clause: Clause, item: SaidPart, before: str) -> None:
    """Take hours: of the weekdays before them, unless a sign says that they are others."""
    if clause.behind and before == "days":
        raise Unclear("unreadable")  # "9-12 Mon and Tue 14-16" may be either
    apart = before == "AND" or (before == "," and item.kind == "part")
    if clause.days and not clause.taken and apart:
        clause.spans.append((clause.days, 0, DAY))
        clause.days = ""
    if clause.days:
        clause.spans.append((clause.days, *item.hours))
        clause.taken = True
    else:
        clause.bare.append(item.hours)


def _finish(clause: Clause) -> None:
    """Take days without hours for whole days, and hours without days for those of every day."""
    if clause.days and not clause.taken:
        clause.spans.append((clause.days, 0, DAY))
    clause.spans += [(EVERY_DAY, *hours) for hours in clause.bare]
    if not clause.spans or (clause.behind and clause.bare):
        raise Unclear("unreadable")


def _items(tokens: str, possible: bool) -> Iterator[SaidPart]:
    """Take tokens apart from the left to the right. Raises Unclear for what is none of these."""
    at = 0
    while at < len(tokens):
        match, item = _next(tokens, at, possible)
        if item:
            yield item
        at = match.end() + (tokens[match.end() : match.end() + 1] == " ")


def _next(tokens: str, at: int, possible: bool) -> tuple[re.Match[str], SaidPart | None]:
    for form, item in _FORMS:
        if match := form.match(tokens, at):
            return match, item(match, possible)
    raise Unclear("unreadable")


def _some_days(match: re.Match[str], possible: bool) -> SaidPart:
    return SaidPart("days", _weekdays(int(match["a"]), int(match["z"] or match["a"])))


def _group(match: re.Match[str], possible: bool) -> SaidPart:
    if match["days"] == "WHOLE" and not match["but"]:
        return SaidPart("clock", hours=(0, DAY))
    left_out = {str(int(day) + 1) for day in re.findall(r"\d", match["but"] or "")}
    days = [day for day in _GROUPS[match["days"]] if day not in left_out]
    if not days:
        raise Unclear("impossible")
    return SaidPart("days", "".join(days))


def _span(match: re.Match[str], possible: bool) -> SaidPart:
    return SaidPart("clock", hours=_from_to(match))


def _open_span(match: re.Match[str], possible: bool) -> SaidPart:
    return SaidPart("part", hours=_open(match, possible))


def _day_part(match: re.Match[str], possible: bool) -> SaidPart:
    return SaidPart("part", hours=PARTS[match["part"]])


def _sign(match: re.Match[str], possible: bool) -> SaidPart:
    return SaidPart("," if match["sign"] == "," else "AND")


def _nothing(match: re.Match[str], possible: bool) -> None:
    return None


def _weekdays(first: int, last: int) -> str:
    return "".join(str((first + more) % 7 + 1) for more in range((last - first) % 7 + 1))


def _from_to(span: re.Match[str]) -> tuple[int, int]:
    """Give the minutes of two hours: in "3-4 pm" both are in the afternoon, in "9-5 pm" one is."""
    end = _minutes(span, "e", span["ep"])
    if span["bp"] or not span["ep"] or int(span["bh"]) > 12:
        begin = _minutes(span, "b", span["bp"])
    else:
        begin = _minutes(span, "b", span["ep"])
        begin = begin if begin % DAY < end else (begin + DAY // 2) % DAY
    if begin % DAY == end == 0:
        return 0, DAY
    if begin % DAY == end:
        raise Unclear("unreadable")
    return begin % DAY, end


def _open(side: re.Match[str], possible: bool) -> tuple[int, int]:
    at, (morning, evening) = _minutes(side, "b", side["bp"]) % DAY, AWAKE
    if side["side"] in ("AFTER", "FROM"):
        return at, evening if possible and at < evening else DAY
    return morning if possible and at > morning else 0, at or DAY


def _minutes(match: re.Match[str], name: str, part: str | None) -> int:
    """Give the minute of the day, 0 to 1440, that an hour in a part of the day is."""
    hour, minute = int(match[f"{name}h"]), int(match[f"{name}m"] or 0)
    if hour * 60 + minute > DAY or minute > 59 or (part and hour > 12 and part in ("AM", "MORN")):
        raise Unclear("impossible")
    if part in ("AM", "MORN"):
        hour %= 12
    elif part and hour <= 12:
        small = hour < 6 or hour == 12
        late = part in ("NIGHT", "NOCHE") and small
        hour = hour % 12 if late else hour % 12 + 12
    return hour * 60 + minute


def _gathered(spans: Iterable[tuple[str, int, int]]) -> tuple[HourSpan, ...]:
    """Give each span of hours once, with all its weekdays. Raises Unclear for too many."""
    days: dict[tuple[int, int], set[str]] = {}
    for weekdays, begin, end in spans:
        days.setdefault((begin, end % DAY), set()).update(weekdays)
    if len(days) > MOST_SPANS:
        raise Unclear("several")
    named = [("".join(sorted(on)), _written(a), _written(z)) for (a, z), on in days.items()]
    return tuple(sorted(named))


def _written(minutes: int) -> str:
    return "{:02}:{:02}".format(*divmod(minutes, 60))


_FORMS: Sequence[tuple[re.Pattern[str], Callable[[re.Match[str], bool], SaidPart | None]]] = (
    (_WEEKDAYS, _some_days),
    *((form, _span) for form in _SPANS),
    (_OPEN, _open_span),
    (_PART, _day_part),
    (_GROUP, _group),
    (_SIGN, _sign),
    (_FILLER, _nothing),
)
"""What may stand next, and what it means; the first that matches counts."""
