"""Reads languages by their names."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from babel import Locale

from bot.chat import Option
from bot.errors import Unreadable
from bot.folding import folded
from bot.i18n import Text, joined, language_name, languages, own_name, plain, render, t
from bot.options.basic import Kind, Reading, among
from bot.options.times import SUGGESTIONS
from bot.protocol import Widget
from bot.signs import cleaned

NAMED_IN_ITSELF = ("ar", "pt", "de", "it", "nl", "ru", "zh", "sw", "hi", "bn", "tr", "uk")


OFTEN = (
    *("en", "es", "fr", "pt", "ar", "sw", "hi", "bn", "ur", "id", "zh", "ru"),
    *("de", "it", "nl", "tr", "uk", "fa", "am", "ha", "qu", "gn"),
)
FEW = 24
"""As many languages are suggested where nothing is typed: more than that no menu shows."""


def language_called(words: str) -> str | None:
    """Find the code of a language named in English, Spanish, French or itself; None if unknown."""
    return language_names().get(folded(words.strip()))


@lru_cache(maxsize=1)
def language_names() -> dict[str, str]:
    """Give the codes of languages by their names, folded."""
    names: dict[str, str] = {}
    for reader in languages():
        for code, name in Locale(reader).languages.items():
            if len(code) <= 3:
                names.setdefault(folded(str(name)), str(code))
                names.setdefault(folded(str(code)), str(code))
    for code in (*NAMED_IN_ITSELF, *languages()):
        names[folded(Locale(code).get_language_name() or code)] = code
    return names


@lru_cache
def _codes(locale: str) -> tuple[str, ...]:
    """List the codes of all languages that have a name in one, and no more than three letters."""
    return tuple(code for code in map(str, Locale(locale).languages) if len(code) <= 3)


@dataclass(frozen=True, slots=True)
class Language(Kind):
    """A language, by its name in English, Spanish, French or itself, or by its code."""

    widget: Widget = "look"

    def read(self, raw: str, reading: Reading) -> str:
        found = language_called(raw)
        if found is None:
            raise Unreadable(
                t(
                    "I don't know the language “{words}”. Write its name, like Spanish.",
                    words=cleaned(raw)[:40],
                )
            )
        return found

    def raw(self, value: Any, reading: Reading) -> str:
        name = language_name(value, reading.locale)
        return name if language_called(name) == value else str(value)

    def offered(self, typed: str, reading: Reading) -> Sequence[Option]:
        words = folded(typed.strip())
        known = [*reading.records.community.languages, *OFTEN]
        every = dict.fromkeys([*known, *_codes(reading.locale)] if words else known)
        named = {code: language_name(code, reading.locale) for code in every}
        found = [Option(code, plain(name)) for code, name in named.items() if words in folded(name)]
        return tuple(found[: SUGGESTIONS if words else FEW])


ACCESS: Mapping[str, Text] = {"captions": t("Captions"), "sign": t("Sign language")}
"""What somebody may need to follow a session, beside a language."""
NOTHING_NEEDED = "none"


@dataclass(frozen=True, slots=True)
class Needed(Language):
    """A language, captions or sign language; or that none of them is needed any more."""

    def read(self, raw: str, reading: Reading) -> str:
        words = folded(raw.strip())
        if words == NOTHING_NEEDED:
            return NOTHING_NEEDED
        for key, label in ACCESS.items():
            if words in (key, *(folded(render(label, locale, str)) for locale in languages())):
                return key
        return Language.read(self, raw, reading)

    def offered(self, typed: str, reading: Reading) -> Sequence[Option]:
        words = folded(typed.strip())
        known = [Option(key, label) for key, label in ACCESS.items()]
        fitting = [one for one in known if words in folded(render(one.label, reading.locale, str))]
        return (*fitting, *Language.offered(self, typed, reading))[:FEW]


@dataclass(frozen=True, slots=True)
class Languages(Language):
    """Several languages, separated by commas."""

    widget: Widget = "several"
    empty: Any = ()

    def read(self, raw: str, reading: Reading) -> Any:
        found = [Language.read(self, part, reading) for part in raw.split(",") if part.strip()]
        return list(dict.fromkeys(found))

    def offered(self, typed: str, reading: Reading) -> Sequence[Option]:
        """Suggest for the last of what was typed, with those before it."""
        before, comma, last = typed.rpartition(",")
        found = Language.offered(self, last, reading)
        if not comma:
            return found
        return tuple(
            Option(f"{before}, {option.value}", joined([plain(before), option.label], ", "))
            for option in found
        )

    def raw(self, value: Any, reading: Reading) -> str:
        return ", ".join(language_name(code, reading.locale) for code in value)


@dataclass(frozen=True, slots=True)
class Speech(Kind):
    """A language the bot itself speaks, by any of its names; or a region's form of one."""

    regions: Sequence[str] = ()
    widget: Widget = "one"

    def read(self, raw: str, reading: Reading) -> str:
        code = language_called(raw)
        return code if code in languages() else among(self.fixed(reading), raw, reading)

    def fixed(self, reading: Reading) -> tuple[Option, ...]:
        return tuple(
            Option(code, plain(own_name(code, code))) for code in (*languages(), *self.regions)
        )
