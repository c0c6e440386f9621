"""Holds words back until somebody reads them: a text is put into a language at the end."""

import gettext
import io
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import time
from functools import lru_cache
from importlib import resources
from string import Formatter
from typing import Any

from babel.messages.pofile import read_po

from bot.i18n.calendar import CalendarName
from bot.i18n.locales import (
    SOURCE,
    format_number,
    format_series,
    format_time,
    language_name,
    own_name,
    region_name,
    supported_language,
    zone_label,
)

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
        return bool(self.original) or any(self.others.values())

    def read_in(self, locale: str) -> str:
        """Give it in the language of a reader, else as it was written."""
        return self.in_language(supported_language(locale))

    def in_language(self, code: str) -> str:
        """Give it in a language, else as it was written."""
        return self.others.get(code, self.original)

    def shortened(self, limit: int) -> "Authored":
        """Cut it to some characters, with a sign that there was more."""
        others = {code: _shortened(words, limit) for code, words in self.others.items()}
        return replace(self, original=_shortened(self.original, limit), others=others)


def _shortened(words: str, limit: int) -> str:
    return words if len(words) <= limit else f"{words[: limit - 1]}…"


@dataclass(frozen=True, slots=True)
class LanguageName:
    """A language, named in the reader's own, or in itself when `own`; without a code theirs."""

    code: str
    own: bool = False

    def read_in(self, locale: str) -> str:
        """Name it in the language of a reader."""
        code = self.code or supported_language(locale)
        return (own_name if self.own else language_name)(code, locale)


@dataclass(frozen=True, slots=True)
class ByLanguage:
    """Texts for the readers of some languages, by their codes, and one for all others."""

    texts: Mapping[str, Text] = field(hash=False)
    otherwise: Text

    def read_in(self, locale: str) -> Text:
        """Give the text for a reader, which may be empty."""
        return self.texts.get(supported_language(locale), self.otherwise)


@dataclass(frozen=True, slots=True)
class ZoneName:
    """A time zone, named by its city as the reader calls it."""

    zone: str

    def read_in(self, locale: str) -> str:
        """Name it in the language of a reader."""
        return zone_label(self.zone, locale)


@dataclass(frozen=True, slots=True)
class RegionName:
    """A region, as its people call it, or a part of the world by its UN M49 code."""

    name: str

    def read_in(self, locale: str) -> str:
        """Name it in the language of a reader."""
        return region_name(self.name, locale)


@dataclass(frozen=True, slots=True)
class TimeOfDay:
    """An hour and a minute, the same for everybody."""

    at: time

    def read_in(self, locale: str) -> str:
        """Name it in the language of a reader."""
        return format_time(self.at, locale)


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
    if isinstance(value, Authored | ByLanguage | RegionName):
        return _worded(value.read_in(locale), locale, show, literal)
    if isinstance(value, Text):
        return render(value, locale, show, literal)
    if isinstance(value, tuple):
        return format_series([render(part, locale, show, literal) for part in value], locale)
    if isinstance(value, LanguageName | ZoneName | TimeOfDay | CalendarName):
        return literal(value.read_in(locale))
    if isinstance(value, bool) or not isinstance(value, int | float):
        return show(value)
    return literal(format_number(value, locale))
