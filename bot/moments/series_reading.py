"""Reads series for somebody: in their language and zone, to the last word or not at all."""

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

from bot.moments.grammar import Style
from bot.moments.hours import HOURS, SPANS, ClockHour, hour_of, length, span_of, written_out
from bot.moments.phrase import LONGEST_TEXT, Phrase, Reason, Unclear, pattern
from bot.moments.reading import MomentReader, near, styles
from bot.moments.series import Series
from bot.moments.series_days import Days, days_of, weekdays_named
from bot.moments.series_limits import SeriesLimits, limits_of
from bot.moments.series_rules import rules_of
from bot.moments.series_words import OF_SERIES, tokens_of
from bot.moments.words import fold
from bot.moments.zones import ZoneNamed, cut_zone, place_within, zone_called

LONGEST_SERIES = 300
"""Characters of a rule as it is said."""
_BOTH_NAMES = "|".join(
    sorted(
        (name for name, token in OF_SERIES.tokens.items() if re.fullmatch(r"[WM]\d+", token)),
        key=len,
        reverse=True,
    )
)
_TO = re.compile(rf"(?i)\b({_BOTH_NAMES})\s*[-‐-―]\s*(?=(?:{_BOTH_NAMES})\b)")
_AND = re.compile(rf"(?i)\s*&\s*|(?<=\w)\s*[/+]\s*(?=(?:{_BOTH_NAMES})\b)")
_LONG = pattern(rf"FOR (?P<long>{HOURS})|(?:OF |; )*(?P<minutes>\d{{1,3}} Um)(?: EACH)?")
_MISSING = pattern("ONLY|SHORT|ODD")
_FILLERS = {";", "THE", "OF", "AT", "IN", "FOR", "AND", "Y", ",", "-", "EACH"}
_AGAIN = pattern("EACH|MANY|REG|BI|OTHERS|APART")
_A_DAY = timedelta(days=1)
OF_SERIES_ALONE: frozenset[Reason] = frozenset(
    ("several", "no_time", "which_day", "two_ends", "except_day", "midnight")
)


def read_series(raw: str, *, locale: str, zone: str, now: datetime) -> Series:
    """Read when a series comes, written in English, Spanish or French.

    The hour is meant in `zone` (IANA) unless another one is named; days and hours are those that
    `read_moment` reads. "Until June" goes on to its last day, and what has no year is the next.
    Raises Unclear: "several" with the readings where words mean two rules, as "every second
    Tuesday" and "on the 31st" do; "one_date" for a single moment.
    """
    if len(raw) > LONGEST_SERIES:
        raise Unclear("unreadable")
    return SeriesReader(locale, zone, now).read(raw.strip())


def is_series(text: str, reader: MomentReader) -> bool:
    """Say whether a text says that it comes again and again, clear or not."""
    if not _AGAIN.search(tokens_of(fold(text), reader.locale)):
        return False
    try:
        read_series(text, locale=reader.locale, zone=reader.zone, now=reader.now)
    except Unclear as unclear:
        return unclear.reason in OF_SERIES_ALONE
    return True


@dataclass(frozen=True, slots=True)
class SeriesReader:
    """Who writes, and when."""

    locale: str
    zone: str
    now: datetime

    def read(self, text: str) -> Series:
        """Read a series. Raises Unclear."""
        clauses = re.split(r"[,;]\s+", _AND.sub(" and ", _TO.sub(r"\1 to ", text)))
        try:
            readings = tuple(dict.fromkeys(self._readings([*map(fold, clauses)])))
        except Unclear as unclear:
            if unclear.reason in ("unreadable", "no_day") and self._is_date(text):
                raise Unclear("one_date") from None
            raise
        if len(readings) > 1:
            raise Unclear("several", readings=readings)
        return readings[0]

    def _is_date(self, text: str) -> bool:
        """Say whether a text is one day, with its hour or not."""
        reader = MomentReader(self.locale, self.zone, self.now)
        for read in (reader.moment, reader.day):
            with suppress(Unclear):
                read(text[:LONGEST_TEXT])
                return True
        return False

    def _readings(self, clauses: list[str]) -> Iterator[Series]:
        """Give all that may be meant. Raises the first Unclear where nothing can be."""
        named = [self._zones(clause) for clause in clauses]
        zones = [zone for each in named for zone in each.zones]
        if len(zones) > max(len(each.zones) for each in named):
            raise Unclear("unreadable")
        tokens = " , ".join(tokens_of(each.rest, self.locale) for each in named)
        folded = " ".join(clauses)
        readings: list[Series] = []
        errors: list[Unclear] = []
        for style in styles(folded, self.locale):
            try:
                readings += self._said(weekdays_named(tokens), style)
            except Unclear as unclear:
                errors.append(unclear)
        if not readings:
            raise errors[0]
        for key in [self._key(zone) for zone in zones] or [self.zone]:
            yield from (replace(reading, zone=key) for reading in readings)

    def _zones(self, clause: str) -> ZoneNamed:
        named = cut_zone(clause, ZoneInfo(self.zone), self.now)
        return named if named.zones else place_within(clause)

    def _key(self, zone: tzinfo) -> str:
        """Name the zone that is always so far from UTC, if it has none of its own."""
        if isinstance(zone, ZoneInfo):
            return zone.key
        ahead = self.now.astimezone(zone).utcoffset() or timedelta()
        minutes = abs(ahead) // timedelta(minutes=1)
        words = f"utc{'-' if ahead < timedelta() else '+'}{minutes // 60}:{minutes % 60:02}"
        key = zone_called(words, ZoneInfo(self.zone), self.now)
        if not key:
            raise Unclear("impossible")
        return key

    def _said(self, tokens: str, style: Style) -> list[Series]:
        phrase = Phrase(tokens)
        missing = phrase.one(_MISSING)
        limits = limits_of(phrase, style, self.now.astimezone(ZoneInfo(self.zone)).date())
        days = days_of(phrase)
        hour, minutes = _time(phrase, style)
        self._check(phrase, days, limits)
        if hour is None:
            raise Unclear("no_time")
        if hour.clock >= _A_DAY:
            raise Unclear("midnight")
        past = hour.clock // timedelta(minutes=1)
        at = f"{past // 60:02}:{past % 60:02}"
        return [
            Series(rule, at, self.zone, meant.begin, minutes)
            for meant in limits.meant()
            for rule in rules_of(days, meant, missing[0] if missing else "")
        ]

    def _check(self, phrase: Phrase, days: Days, limits: SeriesLimits) -> None:
        """Raise Unclear for what is left of a phrase, or what is no series."""
        left = [token for token in phrase.left.split() if token not in _FILLERS]
        if left:
            unknown = (token for token in left if token.isalpha() and token.islower())
            raise Unclear("unreadable", word=next(unknown, ""))
        for day in (limits.begin, limits.until):
            if day:
                near(day, self.now)
        if limits.count and limits.until:
            raise Unclear("two_ends")
        of_one_month = days.counted and not days.each and len(limits.months) == 1
        again = days.comes_again or (days.counted and not of_one_month)
        if not (again or limits.said or self._each_in_french(days)):
            raise Unclear("one_date" if days.said or limits.begin else "no_day")

    def _each_in_french(self, days: Days) -> bool:
        """Say whether "le mardi" is meant, which is each Tuesday."""
        return self.locale.startswith("fr") and days.the and bool(days.weekdays)


def _time(phrase: Phrase, style: Style) -> tuple[ClockHour | None, int]:
    """Cut the hour, and how long each date takes, 0 where that is not said."""
    phrase.left = written_out(phrase.left)
    long = phrase.one(_LONG)
    minutes = length(long["long"] or long["minutes"]) if long else 0
    if span := phrase.one(*SPANS):
        if minutes:
            raise Unclear("unreadable")
        hour, minutes = span_of(span, style.clock)
        return hour, minutes
    if minutes > 1440 or (long and not minutes):
        raise Unclear("impossible")
    return hour_of(phrase, style.clock, dated=True), minutes
