"""Holds what writing a text in another language asks, checks and keeps, for all that have one."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar

from bot.authored import ANNOUNCEMENT
from bot.domain import texts
from bot.domain.texts import Thing
from bot.errors import FieldError
from bot.i18n import t
from bot.options.basic import Line, ListText, LongText
from bot.options.languages import Language
from bot.rules.agenda_lines import titles
from storage import Records

Tongue = Annotated[str, Language(t("Language"))]
Title = Annotated[str, Line(t("Title"))]
Description = Annotated[str, LongText(t("Description"))]
Question = Annotated[str, Line(t("Guiding question"), limit=300)]
ITEMS = t("One item per line. Times and names stay as in the original.")
Agenda = Annotated[str, ListText(t("Agenda"), ITEMS)]
Announcement = Annotated[
    str, LongText(t("Announcement"), t("What stands first in the public announcement"))
]


@dataclass(frozen=True, slots=True)
class Source(Language):
    """A language, by its name: the one of the original, for which no form asks."""

    asked: ClassVar[bool] = False


Original = Annotated[str, Source(t("Language of the original"))]


def given(options: Mapping[str, Any]) -> Mapping[str, str | None]:
    """Give what was written of all that can be, and the language of the original."""
    return {name: options[name] for name in (*texts.WRITTEN, ANNOUNCEMENT, "original")}


def as_it_is(thing: Thing, code: str) -> Mapping[str, Any]:
    """Give what is written in a language, by option."""
    columns = (*texts.WRITTEN, ANNOUNCEMENT)
    return {column: texts.text_of(thing, column, code) for column in columns}


def source_of(records: Records, thing: Thing, code: str) -> str:
    """Give the language of the original where nobody said it, and there is to be a text in one.

    That is the community's. Where the text is to be in that, it is the one of whoever planned it.
    """
    language = texts.original_language(records, thing)
    if thing.written_in or code != language:
        return language
    planner = records.members.find(thing.organiser_id or 0)
    return texts.without_region(planner.effective_locale) if planner else language


def values_of(
    records: Records, thing: Thing, code: str, given: Mapping[str, str | None]
) -> tuple[dict[str, Any], dict[str, str]] | None:
    """Give the columns that keep a text, and what stood there before that is another now.

    `given` may name the language of the `original`. None where that is the language of the text.
    Raises FieldError for an agenda with another number of items.
    """
    words = {c: w for c, w in given.items() if w is not None and c != "original"}
    source = given["original"] or (
        source_of(records, thing, code)
        if words.keys() - {ANNOUNCEMENT}
        else texts.original_language(records, thing)
    )
    if code == source and words.keys() - {ANNOUNCEMENT}:
        return None
    _as_many_items(thing, words.get("agenda", ""))
    before = {column: texts.text_of(thing, column, code) for column in words}
    replaced = {column: was for column, was in before.items() if was not in ("", words[column])}
    kept = {"texts": texts.with_texts(thing, code, words, source), "written_in": source}
    return (kept if words or given["original"] else {}), replaced


def _as_many_items(thing: Thing, agenda: str) -> None:
    original, own = len(titles(thing.agenda)), len(titles(agenda))
    if agenda and original != own:
        words = t(
            "Items in the original: {original}. Items here: {own}. Write one line for each.",
            original=original,
            own=own,
        )
        raise FieldError("agenda", words)
