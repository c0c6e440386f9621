"""Reads moments, days, lengths and time zones as people write them."""

import re
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from bot import moments
from bot.chat import CommandRef, Day, Moment, Option
from bot.errors import FieldError, Unreadable
from bot.folding import folded, normalized
from bot.i18n import Text, joined, plain, t, zone_name
from bot.options.basic import Kind, Reading
from bot.protocol import Widget
from bot.signs import cleaned

SUGGESTIONS = 25


def past(field: str, when: datetime) -> FieldError:
    """Make the error for a moment that has passed, as it was understood."""
    words = t("That time has passed: {when}. Please choose a later one.", when=Moment(when))
    return FieldError(field, words)


@dataclass(frozen=True, slots=True)
class MomentKind(Kind):
    """A date with a time, as people write it, in the person's zone."""

    widget: Widget = "moment"
    ends: ClassVar[bool] = True

    def read(self, raw: str, reading: Reading) -> Any:
        return _clear(moments.read_moment, raw, reading)

    def at_end(self, words: Sequence[str], reading: Reading) -> tuple[int, int] | None:
        here = {"locale": reading.locale, "zone": reading.zone}
        return moments.moment_at_end(words, **here, now=reading.now)

    def raw(self, value: Any, reading: Reading) -> str:
        return moments.wall(value, reading.zone)


@dataclass(frozen=True, slots=True)
class WallTimeKind(MomentKind):
    """A date with a time, kept as it was written beside the moment that it is."""

    def read(self, raw: str, reading: Reading) -> Any:
        return _clear(moments.read_wall_time, raw, reading)

    def raw(self, value: Any, reading: Reading) -> str:
        return moments.wall(value.at, reading.zone)


@dataclass(frozen=True, slots=True)
class WallTimeOrDay(WallTimeKind):
    """A date with a time, or a day alone: then the hour stays what it is."""

    def read(self, raw: str, reading: Reading) -> Any:
        try:
            return _read(moments.read_wall_time, raw, reading)
        except moments.Unclear as unclear:
            if unclear.reason != "no_time":
                raise Unreadable(_unclear(unclear, raw, MOMENT)) from None
        return _clear(moments.read_day, raw, reading, DAY)

    def raw(self, value: Any, reading: Reading) -> str:
        return str(value) if isinstance(value, date) else moments.wall(value.at, reading.zone)


@dataclass(frozen=True, slots=True)
class DayKind(Kind):
    """A calendar day, as people write it."""

    widget: Widget = "day"

    def read(self, raw: str, reading: Reading) -> Any:
        return _clear(moments.read_day, raw, reading, DAY)


MOMENT, DAY = t("next Wednesday 3pm"), t("20 December")
"""How a moment and a day may be written."""
ZONE_LIKE = re.compile("[A-Z]{2,5}")


def _read(read: Callable[..., Any], raw: str, reading: Reading) -> Any:
    return read(raw, locale=reading.locale, zone=reading.zone, now=reading.now)


def _clear(read: Callable[..., Any], raw: str, reading: Reading, example: Text = MOMENT) -> Any:
    try:
        return _read(read, raw, reading)
    except moments.Unclear as unclear:
        raise Unreadable(_unclear(unclear, raw, example)) from None


def _unclear(unclear: moments.Unclear, raw: str, example: Text) -> Text:
    """Say what was not understood, and what to write instead."""
    if unclear.reason == "several":
        different = dict.fromkeys(_shown(reading) for reading in unclear.readings)
        readings = joined([plain(reading) for reading in different], " / ")
        return t("That can mean several things: {readings}. Which one?", readings=readings)
    if unclear.word:
        return _unknown(unclear.word, raw, example)
    day = Day(unclear.day) if unclear.day else ""
    return {
        "weekday": t("That date is {day}. Please check the day of the week.", day=day),
        "impossible": t("That date or time doesn't exist. Please check it."),
        "no_time": t("The time of day is missing. Write it like {example}.", example=example),
        "no_day": t("The day is missing. Write it like {example}.", example=example),
        "span": t("Please write only when it starts, without an end: {example}.", example=example),
        "length": t("That's how long it takes. When does it start? Write it like {example}.",
                    example=example),
        "series": t("That comes again and again. A series is planned with {command}.",
                    command=CommandRef("programme", "plan")),
        "too_far": t("That's too far away: ten years ahead at most."),
    }.get(unclear.reason) or t(
        "I didn't understand this date. Write it like {example}.", example=example
    )  # fmt: skip


def _unknown(word: str, raw: str, example: Text) -> Text:
    """Name the word that has no meaning in a date, as it was typed."""
    typed = as_typed(word, raw)
    if ZONE_LIKE.fullmatch(typed):
        return t("I don't know the time zone “{word}”. Try a city, like Chicago.", word=typed)
    return t(
        "I don't understand “{word}” in a date. Write it like {example}.",
        word=typed,
        example=example,
    )


def as_typed(word: str, raw: str) -> str:
    """Give a folded word as it was typed."""
    return next((each for each in re.findall(r"[^\W\d_]+", raw) if folded(each) == word), word)


def _shown(reading: Any) -> Moment | Day:
    if isinstance(reading, moments.WallTime):
        return Moment(reading.at, reading.zone)
    return Day(reading)


@dataclass(frozen=True, slots=True)
class Duration(Kind):
    """A length of time.

    Its value is in minutes.
    """

    def read(self, raw: str, reading: Reading) -> int:
        try:
            return moments.read_duration(raw, locale=reading.locale)
        except moments.Unclear:
            expected = t(
                "I didn't understand this length. Write it like 90m or 1h30, one day at most."
            )
            raise Unreadable(expected) from None

    def raw(self, value: Any, reading: Reading) -> str:
        hours, minutes = divmod(int(value), 60)
        return (f"{hours}h{minutes:02}" if minutes else f"{hours}h") if hours else f"{minutes}m"


@dataclass(frozen=True, slots=True)
class Hour(Kind):
    """A time of day."""

    widget: Widget = "time"

    def read(self, raw: str, reading: Reading) -> time:
        words = normalized("NFKC", raw).strip().lower().replace("h", ":").rstrip(":")
        hours, _, minutes = words.partition(":")
        try:
            return time(int(hours), int(minutes or 0))
        except (ValueError, OverflowError):
            raise Unreadable(t("I didn't understand this time. Write it like 22:00.")) from None

    def raw(self, value: Any, reading: Reading) -> str:
        return f"{value:%H:%M}"


@dataclass(frozen=True, slots=True)
class Zone(Kind):
    """A time zone: its IANA name, a place in it, or its distance from UTC."""

    widget: Widget = "look"

    def read(self, raw: str, reading: Reading) -> str:
        words = cleaned(raw)[:40]
        try:
            return moments.read_zone(raw, zone=reading.zone, now=reading.now)
        except moments.Unclear as unclear:
            if unclear.reason == "impossible":
                several = t(
                    "I can't tell which time zone “{words}” is. Try a city, like Chicago.",
                    words=words,
                )
                raise Unreadable(several) from None
            unknown = t(
                "I don't know the time zone “{words}”. Write it like Africa/Nairobi.", words=words
            )
            raise Unreadable(unknown) from None

    def raw(self, value: Any, reading: Reading) -> str:
        return zone_name(value)

    def offered(self, typed: str, reading: Reading) -> Sequence[Option]:
        words = folded(typed.strip()).replace(" ", "_")
        zones = (zone for zone in moments.known_zones() if not zone.startswith("Etc/GMT"))
        found = sorted(zone for zone in zones if words in zone.casefold())
        found.sort(key=lambda zone: not zone.casefold().rsplit("/", 1)[-1].startswith(words))
        with suppress(Unreadable):
            found.insert(0, self.read(typed, reading))
        shown = list(dict.fromkeys(found))[:SUGGESTIONS]
        hour = {zone: f"{reading.now.astimezone(ZoneInfo(zone)):%H:%M}" for zone in shown}
        named = {zone: zone_name(zone) for zone in shown}
        return tuple(Option(named[one], plain(f"{named[one]} ({hour[one]})")) for one in shown)
