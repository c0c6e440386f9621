"""What people wrote of a thing, picked in the language of whoever reads it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Protocol

from bot.i18n import Authored
from bot.rules.agenda_lines import AgendaLine, lines, retitled, titles

ANNOUNCEMENT = "announcement"
"""Under this name stands what is written by hand for the head of an announcement."""


class Titled(Protocol):
    """A thing with a title."""

    @property
    def title(self) -> str:
        """What it is called."""


class WithQuestion(Protocol):
    """A thing with a guiding question."""

    @property
    def guiding_question(self) -> str:
        """The question it is held around."""


class WithDescription(Protocol):
    """A thing with a description."""

    @property
    def description(self) -> str:
        """What it is about."""


class WithAgenda(Protocol):
    """A thing with an agenda, one item a line."""

    @property
    def agenda(self) -> str:
        """What happens in it, in order."""


class WithTexts(Protocol):
    """A thing whose words are kept in several languages."""

    @property
    def texts(self) -> Mapping[str, Any]:
        """Its words in other languages, by code and column, each with what they were made of."""


def title_of(thing: Titled) -> Authored:
    """Give what a thing is called."""
    return Authored(thing.title, others=_others(thing, "title"))


def question_of(thing: WithQuestion) -> Authored:
    """Give the guiding question of a thing."""
    return Authored(thing.guiding_question, others=_others(thing, "guiding_question"))


def description_of(thing: WithDescription) -> Authored:
    """Give what is said of a thing."""
    return Authored(thing.description, others=_others(thing, "description"))


def announcement_of(thing: WithTexts, original: str) -> Authored:
    """Give what was written by hand for the head of an announcement, in the language first."""
    others = _others(thing, ANNOUNCEMENT)
    return Authored(others.get(original, ""), others=others)


def agenda_of(thing: WithAgenda) -> Sequence[Authored]:
    """Give the items of an agenda, without the signs people put before them."""
    written = [line.strip(" -*•") for line in thing.agenda.splitlines() if line.strip()]
    others = _titles(thing, len(written))
    return [
        Authored(line, others={code: retitled(line, own[at]) for code, own in others.items()})
        for at, line in enumerate(written)
    ]


def agenda_lines_of(
    thing: WithAgenda, formats: Mapping[str, str] | None = None
) -> Sequence[AgendaLine]:
    """Read the agenda of a thing, with what each item is called in other languages."""
    read = lines(thing.agenda, formats)
    others = _titles(thing, len(read))
    if not others:
        return read
    return [
        replace(line, others={code: own[at] for code, own in others.items()})
        for at, line in enumerate(read)
    ]


def item_of(line: AgendaLine) -> Authored:
    """Give what an item of an agenda is called."""
    return Authored(line.title, others=line.others)


def item_called(thing: WithAgenda, title: str) -> Authored:
    """Give what an item of an agenda is called, by what it is called in the original."""
    same = (line for line in agenda_lines_of(thing) if line.title == title)
    return next(map(item_of, same), Authored(title))


def paragraphs_of(thing: WithDescription) -> Sequence[Authored]:
    """Give what is said of a thing, a line each."""
    written = thing.description.splitlines()
    others = {
        code: own.splitlines()
        for code, own in _others(thing, "description").items()
        if len(own.splitlines()) == len(written)
    }
    return [
        Authored(line, others={code: own[at] for code, own in others.items()})
        for at, line in enumerate(written)
    ]


def _others(thing: object, column: str) -> Mapping[str, str]:
    """Give a text of a thing in other languages, by their codes."""
    texts: Mapping[str, Any] = getattr(thing, "texts", None) or {}
    return {code: kept[column][0] for code, kept in texts.items() if column in kept}


def _titles(thing: WithAgenda, count: int) -> Mapping[str, Sequence[str]]:
    """Give what the items of an agenda are called in the languages that name all of them."""
    named = {code: titles(own) for code, own in _others(thing, "agenda").items()}
    return {code: own for code, own in named.items() if len(own) == count}
