"""What tokens of a moment mean together; a phrase is understood to its last word or not at all."""

from dataclasses import dataclass
from datetime import date, timedelta

from bot.moments.days import SPAN_OF_DAYS, Order, dates, weekdays
from bot.moments.hours import (
    HOURS,
    PART,
    SPANS,
    TWO_TIMES,
    Clock,
    hour_of,
    length,
    without_length,
    written_out,
)
from bot.moments.phrase import Phrase, Unclear, pattern

_AHEAD = pattern(rf"IN (?P<in>{HOURS})|(?P<from>{HOURS}) FROMNOW")
_ONLY_LENGTH = pattern(rf"(?:\d{{1,4}} )?Uh(?: P30)?|{HOURS}")


@dataclass(frozen=True, slots=True)
class Style:
    """How somebody writes dates in numbers and bare hours."""

    order: Order = "day first"
    clock: Clock = "24"


@dataclass(frozen=True, slots=True)
class Said:
    """What a phrase says: a day, a time of that day, or how many minutes from now.

    `clock` is counted from the start of the day and reaches past 24 hours for a midnight; `other`
    is what the same hour may mean as well. `minutes` is how long it takes, 0 where that is not
    said.
    """

    day: date | None
    clock: timedelta | None
    ahead: int | None
    other: timedelta | None = None
    minutes: int = 0


def understood(tokens: str, style: Style, today: date) -> Said:
    """Say what the tokens of a phrase mean on that day.

    Raises Unclear for a word that has no place in it and for days or hours that do not exist.
    """
    tokens = written_out(tokens)
    if style.clock != "24" and _ONLY_LENGTH.fullmatch(tokens):
        raise Unclear("length")
    try:
        return _understood(tokens, style, today)
    except Unclear as unclear:
        if unclear.reason not in ("unreadable", "no_day", "impossible"):
            raise
        begin, minutes = without_length(tokens)
        if minutes:
            return _understood(begin, style, today, minutes)
        if any(span.search(tokens) for span in (SPAN_OF_DAYS, *SPANS, TWO_TIMES)):
            raise Unclear("span") from None
        raise


def _understood(tokens: str, style: Style, today: date, minutes: int = 0) -> Said:
    phrase = Phrase(tokens)
    days = dates(phrase, style.order, today)
    ahead = phrase.one(_AHEAD)
    hour = hour_of(phrase, style.clock, dated=bool(days))
    days = weekdays(phrase, days, today)
    if ahead and (days or hour is not None or PART.search(tokens)):
        raise Unclear("unreadable")
    from_now = length(ahead["in"] or ahead["from"]) if ahead else None
    day = days.pop() if days else None
    if hour is None:
        return Said(day, None, from_now, None, minutes)
    return Said(day, hour.clock, from_now, hour.other, minutes)
