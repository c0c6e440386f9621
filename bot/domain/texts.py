"""Keeps what is said of sessions and programmes in other languages, and knows what is missing."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from hashlib import sha256
from typing import Any

from bot.authored import ANNOUNCEMENT
from bot.rules.agenda_lines import titles
from storage import Records
from storage.programmes import Programme
from storage.sessions import Session

Thing = Session | Programme
Texts = Mapping[str, Mapping[str, Sequence[str]]]
"""Words by language and column, each with the digest of the original they were made of."""
WRITTEN = ("title", "description", "guiding_question", "agenda")
"""The columns that have an original; what is written for an announcement has its own."""
COLUMNS = ("texts", "written_in")
"""The columns that texts are kept in."""


def without_region(locale: str) -> str:
    """Give the code of a language without its region."""
    return locale.replace("_", "-").split("-")[0].lower()


def original_language(records: Records, thing: Thing) -> str:
    """Give the language in which the original is written."""
    return thing.written_in or without_region(records.community.locale)


def original_of(thing: Thing, column: str, language: str) -> str:
    """Give the original of a text; that of an announcement stands among the texts."""
    if column == ANNOUNCEMENT:
        return text_of(thing, column, language)
    original: str = getattr(thing, column)
    return original


def text_of(thing: Thing, column: str, code: str) -> str:
    """Give a text in a language, or nothing."""
    kept: Sequence[str] = thing.texts.get(code, {}).get(column, ("",))
    return kept[0]


def digest(column: str, original: str) -> str:
    """Say in eight characters of what a text is made: of an agenda, what its items are called."""
    words = "\n".join(titles(original)) if column == "agenda" else original
    return sha256(words.encode()).hexdigest()[:8]


def missing(thing: Thing, code: str, language: str) -> list[str]:
    """Name the columns that have an original and no text in a language."""
    columns = (*WRITTEN, ANNOUNCEMENT)
    return [
        column
        for column in columns
        if original_of(thing, column, language) and not text_of(thing, column, code)
    ]


def older(thing: Thing, code: str, language: str) -> list[str]:
    """Name the columns whose text in a language is of an original that has changed since."""
    return [
        column
        for column, (_, made_of) in thing.texts.get(code, {}).items()
        if code != language and made_of != digest(column, original_of(thing, column, language))
    ]


def others(thing: Thing, language: str) -> list[str]:
    """Name the languages that have a text beside the original."""
    return [code for code in thing.texts if code != language]


def languages_of(records: Records, thing: Thing) -> list[str]:
    """Name the languages of the community, and those with a text, but for the original's."""
    home, language = records.community, original_language(records, thing)
    spoken = [*(home.languages or ()), without_region(home.locale), *thing.texts]
    return [code for code in dict.fromkeys(map(without_region, spoken)) if code != language]


def with_texts(thing: Thing, code: str, given: Mapping[str, str], language: str) -> dict[str, Any]:
    """Give the texts of a thing with some in a language; an empty one is taken away."""
    own = dict(thing.texts.get(code, {}))
    for column, words in given.items():
        original = words if code == language else original_of(thing, column, language)
        own[column] = [words, digest(column, original)]
    kept = {column: text for column, text in own.items() if text[0]}
    rest = {other: texts for other, texts in thing.texts.items() if other != code}
    return {**rest, **({code: kept} if kept else {})}


def spread(programme: Programme, dates: Iterable[Session], before: Texts) -> Sequence[Session]:
    """Have dates take over what changed in the texts of their programme, where theirs is the same.

    Gives those that did. A date keeps what was written for itself, and the texts of what it says
    otherwise.
    """
    after: Texts = programme.texts
    changed = [
        (code, column)
        for code in {*before, *after}
        for column in (*WRITTEN, ANNOUNCEMENT)
        if _kept(before, code, column) != _kept(after, code, column)
    ]
    return [date for date in dates if _takes(programme, date, changed, before)]


def _kept(texts: Texts, code: str, column: str) -> Sequence[str] | None:
    return texts.get(code, {}).get(column)


def _takes(
    programme: Programme, date: Session, changed: Collection[tuple[str, str]], before: Texts
) -> bool:
    texts = {code: dict(kept) for code, kept in date.texts.items()}
    for code, column in changed:
        now, becomes = _kept(texts, code, column), _kept(programme.texts, code, column)
        same = column == ANNOUNCEMENT or getattr(date, column) == getattr(programme, column)
        if not same or now not in (None, _kept(before, code, column)):
            continue
        if becomes is not None:
            texts.setdefault(code, {})[column] = list(becomes)
        elif now is not None and "texts" not in date.own:
            del texts[code][column]
    texts = {code: kept for code, kept in texts.items() if kept}
    if texts == date.texts:
        return False
    date.texts = texts
    return True


def for_all(programme: Programme, date: Session) -> dict[str, Any]:
    """Give the texts of a programme with those of a date whose original is the same there."""
    texts = {code: dict(kept) for code, kept in programme.texts.items()}
    for code, kept in date.texts.items():
        for column, text in kept.items():
            if column == ANNOUNCEMENT or getattr(date, column) == getattr(programme, column):
                texts.setdefault(code, {})[column] = list(text)
    return texts
