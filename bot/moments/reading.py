"""Reads moments and days for somebody: in their language, their zone, as they write dates."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Literal, TypeVar
from zoneinfo import ZoneInfo

from bot.moments.foreign import foreign
from bot.moments.grammar import Said, Style, understood
from bot.moments.hours import Clock
from bot.moments.phrase import Unclear
from bot.moments.places import known_zones
from bot.moments.walls import WallTime, settled, unusual, wall
from bot.moments.words import canonical, fold
from bot.moments.zones import cut_zone, fixed_zone

YEARS_AHEAD = 10
# A minus after a space is no offset: "2026-12-02 10:00-12:00" is how people write a span of time.
_ISO = re.compile(
    r"(\d{4}-\d\d-\d\d)(?:[Tt]|\s+(?!.*\d-))(\d\d:\d\d)(?::[0-5]\d(?:\.\d+)?)?"
    r"(?:([Zz])|([+-])(0\d|1[0-4])(?::?([0-5]\d))?)?",
    re.ASCII,
)
# As calendar files write it (RFC 5545, section 3.3.5).
_STAMP = re.compile(
    r"(?:DT(?:START|END)(?:;TZID=([\w/+-]+))?:)?(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)\d\d(Z?)",
    re.ASCII,
)
_FRENCH = re.compile(
    r"(?<![a-z])(?:heures?|demain|aujourd hui|matin|soir|midi|minuit|prochaine?|derniere?|dans|le"
    r"|du|au|vers|ce|cet|cette|semaine|jours?|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche"
    r"|janvier|fevrier|juin|juillet|aout|septembre|octobre|novembre|decembre)(?![a-z])"
)
CLOCKS: dict[str, Clock] = {"en": "12", "es": "12 spoken"}
_AGAIN = re.compile(r"\s*(?:,|/|=|;|\()\s*(?=\d{1,2}(?:[:.h]\d\d)?\s?(?:[aApP]|h|[A-Za-z(]))")
Read = TypeVar("Read")


@dataclass(frozen=True, slots=True)
class MomentReader:
    """Who writes, and when: their locale and their zone (IANA).

    `en-US` is for those whose dates begin with the month; `en` may mean either.
    """

    locale: str
    zone: str
    now: datetime

    @property
    def own(self) -> ZoneInfo:
        """The zone in which they mean what they write."""
        return ZoneInfo(self.zone)

    def moment(self, text: str) -> WallTime:
        """Read a moment, with the same in another zone behind it or not. Raises Unclear."""
        for begin, again in _said_twice(text):
            first = self._try(begin, self.now)
            same = self._try(again, first.at - timedelta(hours=12)) if first else None
            if first and same and same.at == first.at:
                return first
        return self._moment(text, self.now)

    def day(self, text: str) -> date:
        """Read a day. Raises Unclear, also where an hour is said."""
        here = self.now.astimezone(self.own)
        tokens = canonical(fold(text), self.locale)
        try:
            days = _each(
                lambda style: _only_day(understood(tokens, style, here.date())), self._styles(text)
            )
            day = _only(days)
        except Unclear as unclear:
            if unclear.reason != "unreadable":
                raise
            day = self._foreign(text, here, unclear).date()
        near(day, self.now)
        return day

    def _try(self, text: str, now: datetime) -> WallTime | None:
        try:
            return self._moment(text, now)
        except Unclear:
            return None

    def _moment(self, text: str, now: datetime) -> WallTime:
        try:
            naive, zone = _stamped(text, self.own)
            return self._settled(naive, zone)
        except LookupError:
            pass
        try:
            return _only(self._readings(text, now))
        except Unclear as unclear:
            if unclear.reason != "unreadable":
                raise
            parsed = self._foreign(text, now.astimezone(self.own), unclear, "time")
            return self._settled(parsed.replace(tzinfo=None), parsed.tzinfo or self.own)

    def _foreign(
        self, text: str, here: datetime, unclear: Unclear, period: Literal["time", "day"] = "day"
    ) -> datetime:
        """Read another language; where that is none, what was `unclear` stays so."""
        try:
            return foreign(text, self.locale, here, period)
        except Unclear as other:
            raise (unclear if other.reason == "unreadable" else other) from None

    def _readings(self, text: str, now: datetime) -> list[WallTime]:
        named = cut_zone(fold(text), self.own, now)
        tokens = canonical(named.rest, self.locale)
        today = now.astimezone(self.own).date()
        phrases = _each(lambda style: understood(tokens, style, today), self._styles(text))
        return [
            self._at(said, zone, named.abbreviation, now)
            for zone in named.zones or (None,)
            for said in phrases
        ]

    def _styles(self, text: str) -> Sequence[Style]:
        return styles(fold(text), self.locale)

    def _at(self, said: Said, named: tzinfo | None, abbreviation: str, now: datetime) -> WallTime:
        zone = named or self.own
        minute = now.astimezone(UTC).replace(second=0, microsecond=0)
        if said.ahead is not None:
            return self._settled((minute + timedelta(minutes=said.ahead)).replace(tzinfo=None), UTC)
        if said.clock is None:
            raise Unclear("no_time" if said.day else "unreadable")
        day = said.day or minute.astimezone(zone).date()
        near(day, now)
        naive = datetime.combine(day, time()) + said.clock
        if not said.day and settled(naive, zone) < minute:
            naive += timedelta(days=1)
        at = self._settled(naive, zone, abbreviation)
        if said.other is not None and named is None:
            at = replace(at, other=settled(naive - said.clock + said.other, zone))
        return replace(at, minutes=said.minutes)

    def _settled(self, naive: datetime, zone: tzinfo, abbreviation: str = "") -> WallTime:
        naive = naive.replace(second=0, microsecond=0)
        at = settled(naive, zone, abbreviation)
        near(at, self.now)
        if not isinstance(zone, ZoneInfo):
            return WallTime(at, wall(at, self.zone), self.zone)
        twice = abbreviation and unusual(naive, zone) == "twice"
        written = wall(at, zone.key) if twice else naive.isoformat(" ", "minutes")
        return WallTime(at, written, zone.key)


def styles(text: str, locale: str) -> Sequence[Style]:
    """Give the ways in which somebody may mean folded text: two where the month may come first."""
    language, _, region = locale.replace("_", "-").partition("-")
    clock: Clock = "24"
    if language in CLOCKS and not _FRENCH.search(text):
        clock = CLOCKS[language]
    if language in ("es", "fr"):
        return (Style("day first always", clock),)
    if language != "en" or region.upper() not in ("", "US"):
        return (Style("day first", clock),)
    if region:
        return (Style("month first", clock),)
    return Style("day first", clock), Style("month first", clock)


def _each(read: Callable[[Style], Read], styles: Sequence[Style]) -> list[Read]:
    """Read in each way that works. Raises the Unclear of the first one where none does."""
    readings, errors = [], []
    for style in styles:
        try:
            readings.append(read(style))
        except Unclear as unclear:
            errors.append(unclear)
    if not readings:
        raise errors[0]
    return readings


def _only(readings: Sequence[Read]) -> Read:
    """Give what all readings agree in. Raises Unclear where they do not."""
    if len(set(readings)) > 1:
        raise Unclear("several", readings=readings)
    return readings[0]


def _only_day(said: Said) -> date:
    if said.day is None or said.clock is not None:
        raise Unclear("unreadable")
    return said.day


def near(day: date, now: datetime) -> None:
    """Refuse what is too far away. Raises Unclear."""
    if not date.min.year < day.year <= now.year + YEARS_AHEAD:
        raise Unclear("too_far")


def _said_twice(text: str) -> Iterator[tuple[str, str]]:
    """Give the ways to divide a text into a moment and an hour that may be the same elsewhere."""
    for match in _AGAIN.finditer(text):
        yield text[: match.start()], text[match.end() :].rstrip(") ")


def _stamped(text: str, own: ZoneInfo) -> tuple[datetime, tzinfo]:
    """Read what a machine wrote. Raises LookupError for other words."""
    if match := _ISO.fullmatch(text):
        day, clock, zulu, sign, hours, minutes = match.groups()
        zone: tzinfo = fixed_zone(sign, hours, minutes) if zulu or sign else own
    elif match := _STAMP.fullmatch(text):
        key, day, clock, zulu = (
            match[1],
            "-".join(match.group(2, 3, 4)),
            f"{match[5]}:{match[6]}",
            match[7],
        )
        zone = UTC if zulu else _zone(key, own)
    else:
        raise LookupError(text)
    try:
        return datetime.fromisoformat(f"{day} {clock}"), zone
    except ValueError:
        raise Unclear("impossible") from None


def _zone(key: str | None, own: ZoneInfo) -> ZoneInfo:
    if key is not None and key not in known_zones():
        raise Unclear("unreadable", word=key)
    return ZoneInfo(key) if key else own
