"""Holds words back until somebody reads them: a text is put into a language at the end."""

import gettext
import io
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from functools import lru_cache
from importlib import resources
from string import Formatter
from typing import Any, Literal
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError
from babel import dates as babel_dates
from babel.lists import format_list
from babel.messages.pofile import read_po
from babel.numbers import format_decimal

SOURCE = "en"
BARE = "{words}"
"""The template of a value alone."""
SIGNS = 30
"""Combining signs on one letter, at most."""
LONGEST = 40_000
"""Characters of one value that are shown: as many as the longest post of a platform has."""
NAMED_IN_ITSELF = ("ar", "pt", "de", "it", "nl", "ru", "zh", "sw", "hi", "bn", "tr", "uk")


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
class LanguageName:
    """A language, named in the reader's own, or in itself when `own`."""

    code: str
    own: bool = False


@dataclass(frozen=True, slots=True)
class TimeOfDay:
    """An hour and a minute, the same for everybody."""

    at: time


def format_minutes(minutes: int) -> Text:
    """Say a length of time."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return t("{minutes} min", minutes=rest)
    return (
        t("{hours} h {minutes} min", hours=hours, minutes=rest)
        if rest
        else t("{hours} h", hours=hours)
    )


def joined(parts: "list[Text] | tuple[Text, ...]", between: str = " ") -> Text:
    """Put several texts one behind the other."""
    template = between.join(f"{{p{number}}}" for number in range(len(parts)))
    return Text(template, {f"p{number}": part for number, part in enumerate(parts)})


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
    if isinstance(value, Text):
        return render(value, locale, show, literal)
    if isinstance(value, LanguageName):
        return literal((own_name if value.own else language_name)(value.code, locale))
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
    day = babel_dates.format_skeleton("yMMMEd", local, locale=supported_language(locale))
    hour = babel_dates.format_time(local.time(), "short", locale=supported_language(locale))
    return f"{day}, {hour} ({zone_label(zone)})" if name_zone else f"{day}, {hour}"


@lru_cache(maxsize=4096)
def format_hour(at: datetime, locale: str, zone: str) -> str:
    """Write only the hour of an instant, in a zone and a language."""
    local = at.astimezone(ZoneInfo(zone))
    return babel_dates.format_time(local.time(), "short", locale=supported_language(locale))


@lru_cache(maxsize=1024)
def format_day(day: date, locale: str) -> str:
    """Write a day with its weekday in a language."""
    return babel_dates.format_skeleton("yMMMEd", day, locale=supported_language(locale))


def format_time(hour: time, locale: str) -> str:
    """Write a time of day in a language."""
    return babel_dates.format_time(hour, "short", locale=supported_language(locale))


def zone_label(zone: str) -> str:
    """Name a zone as people say it: the city of `Africa/Nairobi`, or the name itself."""
    name = zone_name(zone)
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
        found = Locale.parse(language, sep="-").get_language_name()
    except (UnknownLocaleError, ValueError):
        found = None
    return found or language_name(language, locale)


def folded(words: str) -> str:
    """Take capitals and accents away, to compare what people type with what is meant."""
    parts = normalized("NFKD", words)
    return "".join(sign for sign in parts if not unicodedata.combining(sign)).casefold()


def normalized(form: Literal["NFC", "NFKC", "NFKD"], words: str) -> str:
    """Normalise words, leaving each letter as many signs as “stream-safe text” does (UAX #15).

    Sorting the signs of one letter takes the square of their number.
    """
    return words if words.isascii() else unicodedata.normalize(form, "".join(_carried(words)))


def _carried(words: str) -> Iterator[str]:
    """Leave out the combining signs that are too many for one letter."""
    row = 0
    for sign in words:
        row = row + 1 if unicodedata.combining(sign) else 0
        if row <= SIGNS:
            yield sign


def language_called(words: str) -> str | None:
    """Find the code of a language named in English, Spanish, French or itself; None if unknown."""
    return _language_names().get(folded(words.strip()))


@lru_cache(maxsize=1)
def _language_names() -> dict[str, str]:
    names: dict[str, str] = {}
    for reader in languages():
        for code, name in Locale(reader).languages.items():
            if len(code) <= 3:
                names.setdefault(folded(str(name)), str(code))
                names.setdefault(folded(str(code)), str(code))
    for code in (*NAMED_IN_ITSELF, *languages()):
        names[folded(Locale(code).get_language_name() or code)] = code
    return names


def format_names(names: list[str], locale: str) -> str:
    """Join names as a language does: "a, b and c"."""
    return format_list(names, locale=supported_language(locale))
