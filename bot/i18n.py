"""Holds words back until somebody reads them: a text is put into a language at the end."""

import gettext
import io
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from functools import lru_cache
from importlib import resources
from string import Formatter
from typing import Any
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError
from babel import dates as babel_dates
from babel.messages.pofile import read_po
from babel.numbers import format_decimal

SOURCE = "en"
AMERICAN = "en-US"
"""English with the dates and hours of the United States."""
BARE = "{words}"
"""The template of a value alone."""
LONGEST = 40_000
"""Characters of one value that are shown: as many as the longest post of a platform has."""


@dataclass(frozen=True, slots=True)
class Text:
    """A message id with typed values, not yet in any language.

    `plural` and `count` are set when the wording depends on a number.
    """

    template: str
    values: Mapping[str, Any] = field(default_factory=dict, hash=False)
    plural: str = ""
    count: int = 0

    def __bool__(self) -> bool:
        return bool(self.template)

    def __hash__(self) -> int:
        return hash((self.template, self.count))


def t(template: str, /, **values: Any) -> Text:
    """Mark a text for translation, with the values it names in braces."""
    return Text(template, values)


def tn(one: str, many: str, count: int, /, **values: Any) -> Text:
    """Mark a text whose wording depends on `count`, which it may name as `{count}`."""
    return Text(one, {"count": count, **values}, many, count)


def plain(words: object) -> Text:
    """Wrap words somebody wrote, or a value alone, which are nobody's to translate."""
    return Text(BARE, {"words": words})


@dataclass(frozen=True, slots=True)
class Authored:
    """What somebody wrote: as they wrote it, and in other languages, by the codes of these."""

    original: str
    language: str = ""
    others: Mapping[str, str] = field(default_factory=dict, hash=False)

    def __bool__(self) -> bool:
        return bool(self.original)

    def read_in(self, locale: str) -> str:
        """Give it in the language of a reader, else as it was written."""
        return self.others.get(supported_language(locale), self.original)

    def shortened(self, limit: int) -> "Authored":
        """Cut it to some characters, with a sign that there was more."""
        others = {code: _shortened(words, limit) for code, words in self.others.items()}
        return replace(self, original=_shortened(self.original, limit), others=others)


def _shortened(words: str, limit: int) -> str:
    return words if len(words) <= limit else f"{words[: limit - 1]}…"


@dataclass(frozen=True, slots=True)
class LanguageName:
    """A language, named in the reader's own, or in itself when `own`."""

    code: str
    own: bool = False


@dataclass(frozen=True, slots=True)
class ZoneName:
    """A time zone, named by its city as the reader calls it."""

    zone: str


@dataclass(frozen=True, slots=True)
class TimeOfDay:
    """An hour and a minute, the same for everybody."""

    at: time


def format_minutes(minutes: int) -> Text:
    """Say a length of time."""
    hours, rest = divmod(minutes, 60)
    if hours and rest:
        return t("{hours} h {minutes} min", hours=hours, minutes=rest)
    return t("{hours} h", hours=hours) if hours else t("{minutes} min", minutes=rest)


def joined(parts: "list[Text] | tuple[Text, ...]", between: str = " ") -> Text:
    """Put several texts one behind the other."""
    template = between.join(f"{{p{number}}}" for number in range(len(parts)))
    return Text(template, {f"p{number}": part for number, part in enumerate(parts)})


def series(parts: Iterable[Text]) -> Text:
    """Name several things in a sentence, as a language does: "a, b and c"."""
    return plain(texts) if (texts := tuple(parts)) else Text("")


def labelled(name: Text) -> Text:
    """Put the sign behind a label that leads to its value: a colon, French with a space before."""
    return t("{label}:", label=name)


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


class Catalogue:
    """The translations into one language; `source` is what a file of gettext's holds."""

    def __init__(self, language: str, source: bytes) -> None:
        read = read_po(io.BytesIO(source), locale=language)
        self.words: dict[str, Any] = {_key(entry.id): entry.string for entry in read if entry.id}
        self.plural: Callable[[int], int] = gettext.c2py(read.plural_expr)

    def find(self, text: Text) -> str:
        """Give the template for a text, in English where there is no other."""
        found = self.words.get(text.template)
        if not text.plural:
            return str(found or text.template)
        if isinstance(found, tuple) and all(found):
            return str(found[min(self.plural(text.count), len(found) - 1)])
        return text.template if text.count == 1 else text.plural


def _key(message_id: object) -> str:
    return str(message_id[0]) if isinstance(message_id, tuple | list) else str(message_id)


@lru_cache(maxsize=32)
def _catalogue(language: str) -> Catalogue:
    file = resources.files("bot") / "locale" / f"{language}.po"
    return Catalogue(language, b"" if language == SOURCE else file.read_bytes())


@lru_cache(maxsize=4096)
def _template(one: str, many: str, count: int, locale: str) -> str:
    return _catalogue(supported_language(locale)).find(Text(one, plural=many, count=count))


@lru_cache(maxsize=4096)
def _parts(template: str) -> tuple[tuple[str, str | None], ...]:
    return tuple((literal, name) for literal, name, _, _ in Formatter().parse(template))


def render(
    text: Text, locale: str, show: Callable[[Any], str], literal: Callable[[str], str] = str
) -> str:
    """Word a text in a language.

    `show` puts a value that is neither number nor text into the platform's own form; `literal`
    does the same for the words of the catalogue. A template without values is never taken apart.
    """
    if text.template == BARE:
        return _worded(text.values["words"], locale, show, literal)
    template = _template(text.template, text.plural, text.count if text.plural else 0, locale)
    if not text.values:
        return literal(template)
    out = []
    for words, name in _parts(template):
        if words:
            out.append(literal(words))
        if name is not None:
            out.append(_worded(text.values[name], locale, show, literal))
    return "".join(out)


def _worded(
    value: object, locale: str, show: Callable[[Any], str], literal: Callable[[str], str]
) -> str:
    if isinstance(value, str):
        return show(value if len(value) <= LONGEST else f"{value[:LONGEST]}…")
    if isinstance(value, Authored):
        return _worded(value.read_in(locale), locale, show, literal)
    if isinstance(value, Text):
        return render(value, locale, show, literal)
    if isinstance(value, tuple):
        parts = [render(part, locale, show, literal) for part in value]
        return format_list(parts, locale=supported_language(locale))
    if isinstance(value, LanguageName):
        return literal((own_name if value.own else language_name)(value.code, locale))
    if isinstance(value, ZoneName):
        return literal(zone_label(value.zone, locale))
    if isinstance(value, TimeOfDay):
        return literal(format_time(value.at, locale))
    if isinstance(value, bool) or not isinstance(value, int | float):
        return show(value)
    return literal(_number(value, supported_language(locale)))


@lru_cache(maxsize=1024)
def _number(value: float, locale: str) -> str:
    return format_decimal(value, locale=locale)


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
