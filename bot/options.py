"""Knows the kinds of argument that name moments, zones, languages, people, places and things."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import time
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from bot import moments
from bot.calls import Widget
from bot.chat import CommandRef, Day, Option
from bot.errors import Unreadable
from bot.i18n import (
    Text,
    folded,
    language_called,
    language_name,
    languages,
    normalized,
    own_name,
    plain,
    t,
    zone_name,
)
from bot.kinds import Kind, Reading, among
from bot.mentions import PersonKind
from bot.references import Reference, SessionKind, Unnamed
from bot.signs import cleaned
from storage.log import LogEntry
from storage.openspace import OpenSpace
from storage.people import Member
from storage.sessions import Session
from storage.topics import Topic

SUGGESTIONS = 25


@dataclass(frozen=True, slots=True)
class MomentKind(Kind):
    """A date with a time, as people write it, in the person's zone."""

    widget: Widget = "moment"

    def read(self, raw: str, reading: Reading) -> Any:
        return _clear(moments.read_moment, raw, reading)

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
class DayKind(Kind):
    """A calendar day, as people write it."""

    widget: Widget = "day"

    def read(self, raw: str, reading: Reading) -> Any:
        return _clear(moments.read_day, raw, reading)


def _clear(read: Callable[..., Any], raw: str, reading: Reading) -> Any:
    try:
        return read(raw, locale=reading.locale, zone=reading.zone, now=reading.now)
    except moments.Unclear as unclear:
        raise Unreadable(_unclear(unclear)) from None


def _unclear(unclear: moments.Unclear) -> Text:
    day = Day(unclear.day) if unclear.day else ""
    return {
        "weekday": t("That date is {day}. Please check the day of the week.", day=day),
        "impossible": t("That day or hour does not exist. Please check the date."),
        "no_time": t("The time of day is missing. Write it like 2026-12-02 15:00."),
        "no_day": t("The day is missing. Write it like 2026-12-02 15:00."),
        "span": t("Please write only when it begins, without an end: 2026-12-02 15:00."),
        "too_far": t("That is too far away: at most ten years ahead."),
    }.get(unclear.reason) or t("I could not read this date. Write it like 2026-12-02 15:00.")


@dataclass(frozen=True, slots=True)
class Duration(Kind):
    """A length of time.

    Its value is in minutes.
    """

    def read(self, raw: str, reading: Reading) -> int:
        try:
            return moments.read_duration(raw, locale=reading.locale)
        except moments.Unclear:
            expected = t("A length like 90m or 1h30 is expected, of a day at most.")
            raise Unreadable(expected) from None

    def raw(self, value: Any, reading: Reading) -> str:
        hours, minutes = divmod(int(value), 60)
        return (f"{hours}h{minutes:02}" if minutes else f"{hours}h") if hours else f"{minutes}m"


@dataclass(frozen=True, slots=True)
class Hour(Kind):
    """A time of day."""

    def read(self, raw: str, reading: Reading) -> time:
        words = normalized("NFKC", raw).strip().lower().replace("h", ":").rstrip(":")
        hours, _, minutes = words.partition(":")
        try:
            return time(int(hours), int(minutes or 0))
        except (ValueError, OverflowError):
            raise Unreadable(t("A time of day like 22:00 is expected.")) from None

    def raw(self, value: Any, reading: Reading) -> str:
        return f"{value:%H:%M}"


@dataclass(frozen=True, slots=True)
class Zone(Kind):
    """A time zone: its IANA name, a place in it, or its distance from UTC."""

    widget: Widget = "look"

    def read(self, raw: str, reading: Reading) -> str:
        try:
            return moments.read_zone(raw, zone=reading.zone, now=reading.now)
        except moments.Unclear as unclear:
            if unclear.reason == "impossible":
                asked = t("I know no time zone by that. Please name a city, like Asia/Kolkata.")
                raise Unreadable(asked) from None
            unknown = t("I do not know this time zone. Write it like Africa/Nairobi.")
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


@dataclass(frozen=True, slots=True)
class Language(Kind):
    """A language, by its name in English, Spanish, French or itself, or by its code."""

    widget: Widget = "look"

    def read(self, raw: str, reading: Reading) -> str:
        found = language_called(raw)
        if found is None:
            raise Unreadable(t("I do not know the language “{words}”.", words=cleaned(raw)[:40]))
        return found

    def offered(self, typed: str, reading: Reading) -> Sequence[Option]:
        known = (*reading.records.community.languages, "en", "es", "fr", "pt", "ar", "sw", "hi")
        named = {code: language_name(code, reading.locale) for code in known}
        words = folded(typed.strip())
        found = [Option(code, plain(name)) for code, name in named.items() if words in folded(name)]
        return tuple(found[:SUGGESTIONS])


@dataclass(frozen=True, slots=True)
class Languages(Language):
    """Several languages, separated by commas."""

    widget: Widget = "text"
    empty: Any = ()

    def read(self, raw: str, reading: Reading) -> Any:
        found = [Language.read(self, part, reading) for part in raw.split(",") if part.strip()]
        return list(dict.fromkeys(found))

    def raw(self, value: Any, reading: Reading) -> str:
        return ", ".join(language_name(code, reading.locale) for code in value)


@dataclass(frozen=True, slots=True)
class Speech(Kind):
    """A language the bot itself speaks, or none chosen."""

    widget: Widget = "one"

    def read(self, raw: str, reading: Reading) -> str:
        return among(self.fixed(reading), raw, reading)

    def fixed(self, reading: Reading) -> tuple[Option, ...]:
        return tuple(Option(code, plain(own_name(code, code))) for code in languages())


_PLAN = t("There is no session yet. Plan one: {how}", how=CommandRef("session", "plan"))
_PROPOSE = t("No topic was proposed yet. Propose one: {how}", how=CommandRef("topic", "propose"))
SessionOption = Annotated[Session, SessionKind(t("Session"), none=_PLAN)]
SpaceOption = Annotated[OpenSpace, Reference(t("Open space"), area="openspaces")]
TopicOption = Annotated[Topic, Reference(t("Topic"), area="topics", none=_PROPOSE)]
NOTHING_TO_UNDO = t("There is nothing to undo any more.")
EntryOption = Annotated[LogEntry, Unnamed(t("What was done"), area="log", none=NOTHING_TO_UNDO)]
PersonOption = Annotated[Member, PersonKind(t("Person"))]
