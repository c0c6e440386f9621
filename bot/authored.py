"""What people wrote of a thing, picked in the language of whoever reads it."""

from collections.abc import Sequence
from typing import Protocol

from bot.i18n import Authored


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


def title_of(thing: Titled) -> Authored:
    """Give what a thing is called."""
    return Authored(thing.title)


def question_of(thing: WithQuestion) -> Authored:
    """Give the guiding question of a thing."""
    return Authored(thing.guiding_question)


def description_of(thing: WithDescription) -> Authored:
    """Give what is said of a thing."""
    return Authored(thing.description)


def agenda_of(thing: WithAgenda) -> Sequence[Authored]:
    """Give the items of an agenda, without the signs people put before them."""
    lines = (line.strip(" -*•") for line in thing.agenda.splitlines() if line.strip())
    return [Authored(line) for line in lines]


def paragraphs_of(thing: WithDescription) -> Sequence[Authored]:
    """Give what is said of a thing, a line each."""
    return [Authored(line) for line in thing.description.splitlines()]
