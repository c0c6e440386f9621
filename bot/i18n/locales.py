"""Languages and regions: how each writes dates, hours, numbers, and names what it speaks of."""

import re
from collections.abc import Sequence
from datetime import date, datetime, time
from functools import lru_cache
from importlib import resources
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError
from babel import dates as babel_dates
from babel.lists import format_list
from babel.numbers import format_decimal

SOURCE = "en"
AMERICAN = "en-US"
"""English with the dates and hours of the United States."""


@lru_cache(maxsize=1)
def languages() -> tuple[str, ...]:
    """Name the languages there is a catalogue for, the source language first."""
    folder = resources.files("bot") / "locale"
    others = sorted(entry.name[:-3] for entry in folder.iterdir() if entry.name.endswith(".po"))
    return (SOURCE, *others)


@lru_cache(maxsize=256)
def supported_language(locale: str | None, otherwise: str = SOURCE) -> str:
    """Give the catalogue that serves a locale (`es-419` → `es`), else `otherwise`."""
    language = (locale or "").replace("_", "-").split("-")[0].lower()
    return language if language in languages() else otherwise


def regional(locale: str, otherwise: str) -> str:
    """Give a locale with its region (`en-US`) where its language is supported, else `otherwise`."""
    tag = locale.replace("_", "-")
    return tag if supported_language(tag, "") else otherwise


@lru_cache(maxsize=1024)
def format_number(value: float, locale: str) -> str:
    """Write a number in a language."""
    return format_decimal(value, locale=supported_language(locale))


@lru_cache(maxsize=4096)
def format_moment(at: datetime, locale: str, zone: str, *, name_zone: bool = True) -> str:
    """Write an instant in a zone, in a language: weekday, date, hour and the zone's name."""
    local = at.astimezone(ZoneInfo(zone))
    words = f"{format_day(local.date(), locale)}, {format_hour(at, locale, zone)}"
    return f"{words} ({zone_label(zone, locale)})" if name_zone else words


@lru_cache(maxsize=4096)
def format_hour(at: datetime, locale: str, zone: str) -> str:
    """Write only the hour of an instant, in a zone and a language; UTC has 24 hours for all."""
    local = at.astimezone(ZoneInfo(zone)).time()
    return f"{local:%H:%M}" if zone == "UTC" else format_time(local, locale)


@lru_cache(maxsize=1024)
def format_day(day: date, locale: str) -> str:
    """Write a day with its weekday: Wed 2 Dec 2026, or as it is written in the United States."""
    language = supported_language(locale)
    if language == "es" or (language == SOURCE and locale != AMERICAN):
        return babel_dates.format_date(day, "EEE d MMM y", locale=language)
    words = babel_dates.format_skeleton("yMMMEd", day, locale=language)
    return words.replace(" 1 ", " 1er ", 1) if language == "fr" and day.day == 1 else words


def format_time(hour: time, locale: str) -> str:
    """Write a time of day in a language."""
    language = supported_language(locale)
    if language == SOURCE and locale != AMERICAN:
        return f"{hour:%H:%M}"
    return babel_dates.format_time(hour, "short", locale=language)


@lru_cache(maxsize=1024)
def zone_label(zone: str, locale: str = SOURCE) -> str:
    """Name a zone as people say it: the city of `Africa/Nairobi`, or the name itself."""
    name, language = zone_name(zone), supported_language(locale)
    if language != SOURCE and (city := Locale(language).time_zones.get(zone, {}).get("city")):
        return str(city).partition(" (")[0]  # "Tripoli (Libye)"
    return name.rsplit("/", 1)[-1].replace("_", " ") if "/" in name else name


def zone_name(zone: str) -> str:
    """Give the name of a zone; people write GMT+3 for `Etc/GMT-3`, whose sign is that of POSIX."""
    posix = re.fullmatch(r"Etc/GMT([+-])(\d+)", zone)
    return f"GMT{'-' if posix[1] == '+' else '+'}{posix[2]}" if posix and posix[2] != "0" else zone


@lru_cache(maxsize=1024)
def language_name(language: str, locale: str) -> str:
    """Name a language in the reader's own."""
    names = Locale(supported_language(locale)).languages
    code = language.replace("-", "_")
    return str(names.get(code) or names.get(code.split("_")[0]) or language)


@lru_cache(maxsize=1024)
def own_name(language: str, locale: str) -> str:
    """Name a language in itself; in the reader's own where its own name is not known."""
    try:
        own = Locale.parse(language, sep="-")
        found = own.languages.get(str(own)) or own.get_language_name()
    except (UnknownLocaleError, ValueError):
        found = None
    return found or language_name(language, locale)


def format_series(parts: Sequence[str], locale: str) -> str:
    """Name several things one behind the other, as a language does: "a, b and c"."""
    return format_list(parts, locale=supported_language(locale))


@lru_cache(maxsize=1024)
def region_name(name: str, locale: str) -> str:
    """Name a part of the world by its UN M49 code; any other name stays as it is."""
    return str(Locale(supported_language(locale)).territories.get(name, name))
