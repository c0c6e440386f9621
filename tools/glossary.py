"""Holds texts and their translations to the words of docs/glossary.md."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from babel.messages import Catalog, Message

PAGE = Path(__file__).parents[1] / "docs" / "glossary.md"
ROW = re.compile(r"\| (?P<en>[^|]+) \| (?P<es>[^|]+) \| (?P<fr>[^|]+) \|")
NOT_SAID = re.compile(r"^(?P<language>English|Spanish|French): (?P<phrases>.+?)\n\n", re.M | re.S)
CODES = {"English": "en", "Spanish": "es", "French": "fr"}
NAMED = re.compile(r"\{\w+\}|`[^`]*`|^/?[\w-]+=?$")


@dataclass(frozen=True, slots=True)
class Glossary:
    """The terms by language, and the phrases that no text has."""

    terms: Sequence[tuple[re.Pattern[str], dict[str, re.Pattern[str]]]]
    refused: dict[str, re.Pattern[str]]


@cache
def glossary() -> Glossary:
    """Read the page."""
    page = PAGE.read_text(encoding="utf-8") + "\n\n"
    rows = [row for row in ROW.finditer(page) if row["en"] not in ("English", "---")]
    terms = [
        (_pattern(row["en"], plural="s?"), {code: _pattern(row[code]) for code in ("es", "fr")})
        for row in rows
    ]
    phrases = {CODES[found["language"]]: found["phrases"] for found in NOT_SAID.finditer(page)}
    return Glossary(
        terms, {code: _pattern(" ".join(said.split()), " · ") for code, said in phrases.items()}
    )


def _pattern(cell: str, between: str = " / ", plural: str = "") -> re.Pattern[str]:
    """Make a pattern of alternatives; a `…` stands for any ending."""
    words = (re.escape(word.strip()).replace("…", r"\w*") for word in cell.split(between))
    return re.compile(rf"(?<![\w-])(?:{'|'.join(words)}){plural}(?!\w)", re.IGNORECASE)


def faults(catalogue: Catalog, language: str) -> Iterator[str]:
    """Name each text with a phrase that is not said, and each translation with another word."""
    for message in catalogue:
        if message.id:
            yield from (f"{fault}: {message.id!r}" for fault in _faults(message, language))


def _faults(message: Message, language: str) -> Iterator[str]:
    english, translated = _whole(message.id), _whole(message.string)
    for code, words in (("en", english), (language, translated)):
        refused = glossary().refused.get(code)
        if refused and (found := refused.search(words)):
            yield f"{found[0]!r} is not said"
    for term, forms in glossary().terms:
        if translated and term.search(english) and not forms[language].search(translated):
            yield f"{term.search(english)[0]!r} has another word in the glossary"  # type: ignore[index]


def _whole(words: object) -> str:
    """Give all forms of a text, without the names in it: of values, of options and commands."""
    forms = words if isinstance(words, tuple | list) else (words,)
    return " ".join(NAMED.sub("", str(form or "")) for form in forms)
