"""Hours of a day and lengths of time, in tokens."""

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from bot.moments.phrase import Phrase, Unclear, pattern

Clock = Literal["12", "12 spoken", "24"]
"""How a bare hour is meant: "at 3" is the afternoon to people who count to twelve.

Some do so only where an hour is spoken: "a las 3:30", but not "3:30".
"""
_AND = "(?:AND |Y )?"
HOURS = rf"(?:\d{{1,4}}(?:[.,]\d{{1,2}})? Uh(?: P30)?(?: {_AND}\d\d?(?: Um)?)?|\d{{1,4}} Um)"
_PARTS = "AM|PM|MORN|NOON|NIGHT|MIDNIGHT"
PART = pattern(_PARTS)
_QUARTERS = {"P15": 15, "P30": 30, "L15": -15}
_QUARTER = "|".join(_QUARTERS)
CLOCK = pattern(
    rf"(?P<at>AT )?(?:(?P<before>{_QUARTER}) )?(?P<h>\d{{1,2}})"
    r"(?:(?P<sign>[:.]| Uh | Y )(?P<m>\d\d)(?::[0-5]\d)?(?: Um)?)?(?P<unit> Uh| OC)?"
    rf"(?: (?P<after>{_QUARTER}))?(?P<part>(?= (?:{_PARTS})(?!\S)))?"
)
_DURATION = re.compile(
    r"(?:(?P<h>\d{0,4}(?:[.,]\d{1,2})?) ?Uh)?"
    rf" ?(?:(?<=Uh ){_AND})?(?:(?P<q>P15|P30)|(?P<m>\d{{1,4}})(?: Um)?)?"
)
# "at 1530", "730 pm", "0900" and "at ten thirty" are hours and minutes.
_WRITTEN = [
    (
        re.compile(r"(?<!\S)AT (\d{1,2}) ?([0-5]\d)(?!\S)(?! (?:Um|U[hdwM]|(?:OF )?M\d))"),
        r"AT \1:\2",
    ),
    (re.compile(r"(?<!\S)(\d{1,2}) ?([0-5]\d)(?= [AP]M(?!\S))"), r"\1:\2"),
    (re.compile(r"(?<!\S)(5|10|20|25) PAST (\d{1,2})(?!\S)"), r"AT \2:0\1"),
    (re.compile(r":0(?=\d\d)"), ":"),
    (re.compile(r"(?<!\S)(?<!IN )(\d\d)([0-5]\d)(?= Uh(?!\S))"), r"\1:\2"),
]  # fmt: skip
_BARE = re.compile(r"(?<!\S)(?<!IN )(?!20[2-4]\d)([01]\d|2[0-3])([0-5]\d)(?!\S)(?! U)")
_BARE_OR_YEAR = re.compile(r"(?<!\S)(?<!IN )([01]\d|2[0-3])([0-5]\d)(?!\S)(?! U)")
# "3 pm, 90 min": how long it takes stands behind when it begins.
_TAIL = re.compile(rf"(?:; |FOR )*(?P<long>{HOURS}|Uh P30)|- ?(?P<minutes>\d{{1,3}} Um)")


_TIME = r"(?:AT )?\d{1,2}(?:[:.]\d\d)?(?: Uh(?: \d\d)?)?(?: (?:AM|PM|MORN|NIGHT))?"
_MARKED = rf"(?=(?:AT )?\d{{1,2}}(?:[:.]| Uh| [AP]M)){_TIME}"
_TO = r" ?(?:-|to|until|till|hasta|jusqu AT|TO|UNTIL) ?"
SPANS = [
    pattern(rf"(?:OF |AT )?(?P<begin>{_MARKED})(?:{_TO}| AT (?:AT )?)(?P<end>{_TIME})"),
    pattern(rf"(?P<begin>{_TIME}){_TO}(?P<end>{_MARKED})"),
    pattern(rf"(?:OF|AT|entre|between) (?P<begin>{_TIME}){_TO}(?P<end>{_TIME})"),
    pattern(rf"OF (?P<begin>{_TIME}) AT (?P<end>{_TIME})"),
    pattern(rf"(?:entre|between) (?P<begin>{_TIME}) (?:AND|Y) (?P<end>{_TIME})"),
]
"""From one time to another."""
TWO_TIMES = pattern(rf"AT {_TIME} AT {_TIME}|(?:OF|AT) {_TIME} (?:AND|Y) {_TIME}")
_ENDED = re.compile(r"(?:\d|Uh|OC|Um|[AP]M|MORN|NOON|NIGHT)$")


@dataclass(frozen=True, slots=True)
class ClockHour:
    """A time from the start of a day; `other` is what the same hour means to other people."""

    clock: timedelta
    other: timedelta | None = None


def written_out(tokens: str) -> str:
    """Put a colon between hours and minutes where people leave it out."""
    for form, replacement in _WRITTEN:
        tokens = form.sub(replacement, tokens)
    years = re.search(r"(?<!\S)M\d|\d[-/.]\d", tokens)
    return (_BARE if years else _BARE_OR_YEAR).sub(r"\1:\2", tokens)


def has_clock(tokens: str) -> bool:
    """Say whether an hour that can be nothing else stands in some tokens."""
    return any(is_hour(match) and match["sign"] != "." for match in CLOCK.finditer(tokens))


def is_hour(match: re.Match[str]) -> bool:
    """Tell an hour from a bare number, which may be anything."""
    marks = ("at", "before", "after", "unit", "part")
    return match["sign"] in (":", " Uh ") or any(match[mark] is not None for mark in marks)


def hour_of(phrase: Phrase, style: Clock, *, dated: bool) -> ClockHour | None:
    """Cut the hour of a phrase. With a date beside it "15.00" is one, too."""
    match = phrase.one(
        CLOCK, wanted=lambda found: is_hour(found) or (dated and found["sign"] == ".")
    )
    parts = {part[0] for part in phrase.cut(PART)}
    if not match:
        alone = parts & {"NOON", "MIDNIGHT"}
        return ClockHour(timedelta(hours=_in_part(12, parts))) if alone else None
    hour, minute = int(match["h"]), int(match["m"] or 0)
    if hour > 23 or minute > 59:
        raise Unclear("impossible")
    quarters = [_QUARTERS[match[side]] for side in ("before", "after") if match[side]]
    past = timedelta(minutes=minute + sum(quarters))
    clock = timedelta(hours=_in_part(hour, parts)) + past
    if len(quarters) + bool(match["m"]) > 1 or clock < timedelta():
        raise Unclear("unreadable")
    return ClockHour(clock) if parts else _meant(match, hour, past, style)


def _meant(match: re.Match[str], hour: int, past: timedelta, style: Clock) -> ClockHour:
    """Say what an hour without a part of the day means: 1 to 6 is the afternoon to many."""
    early, late = timedelta(hours=hour) + past, timedelta(hours=hour + 12) + past
    if not 1 <= hour <= 11:
        return ClockHour(early)
    if style == "24" or _counts_to_24(match, style):
        return ClockHour(early, late if hour < 7 else None)
    return ClockHour(late, early) if hour < 7 else ClockHour(early, late)


def _counts_to_24(match: re.Match[str], style: Clock) -> bool:
    on_a_clock = style == "12 spoken" and match["sign"] == ":" and match["at"] is None
    hours = match["h"].startswith("0") or match["unit"] == " Uh" or match["sign"] == " Uh "
    return hours or on_a_clock


def _in_part(hour: int, parts: set[str]) -> int:
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


def without_length(tokens: str) -> tuple[str, int]:
    """Take the length that stands behind an hour off some tokens; gives it in minutes, 0: none."""
    for space in re.finditer(" ", tokens):
        begin, rest = tokens[: space.start()], tokens[space.end() :]
        if (tail := _TAIL.fullmatch(rest)) and has_clock(begin) and _ENDED.search(begin):
            return begin, length(tail["long"] or tail["minutes"])
    return tokens, 0


def span_of(match: re.Match[str], style: Clock) -> tuple[ClockHour, int]:
    """Give when a span of time begins, and its minutes: "3-4 pm" are both in the afternoon."""
    begin, end = (re.sub(r"^(?:AT )?", "AT ", match[side]) for side in ("begin", "end"))
    part = re.search(r" (?:AM|PM|MORN|NIGHT)$", end)
    if part and not PART.search(begin):
        begin += part[0]
    first, last = hour_of(Phrase(begin), style, dated=True), hour_of(Phrase(end), style, dated=True)
    if first is None or last is None:
        raise Unclear("unreadable")
    length_of_it = (last.clock - first.clock) % timedelta(days=1)
    return first, length_of_it // timedelta(minutes=1)


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
