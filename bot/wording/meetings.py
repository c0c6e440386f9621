"""Words what sessions and programmes say of themselves alike."""

from collections.abc import Sequence
from typing import Protocol

from bot.authored import (
    WithAgenda,
    WithDescription,
    WithQuestion,
    agenda_of,
    description_of,
    question_of,
)
from bot.chat import Block, Context, Heading, Items, Link, Paragraph, Quote
from bot.i18n import LanguageName, Text, joined, plain, t
from bot.options.meetings import FORMATS


class HeldMeeting(WithQuestion, WithDescription, WithAgenda, Protocol):
    """A session, or what all sessions of a programme have in common."""

    @property
    def format(self) -> str:
        """How people meet."""

    @property
    def languages(self) -> list[str]:
        """In which languages."""


class PlacedMeeting(Protocol):
    """A meeting online, on site, or both."""

    @property
    def link(self) -> str:
        """Where people meet online."""

    @property
    def place(self) -> str:
        """Where people meet on site."""


def where(meeting: PlacedMeeting) -> list[tuple[Text, Text]]:
    """Give where people meet; which is for whom, where some are on site and others online."""
    link = [(t("Link"), plain(Link(meeting.link)))] if meeting.link else []
    place = [(t("Place"), plain(meeting.place))] if meeting.place else []
    if link and place:
        return [(t("On site"), place[0][1]), (t("Online"), link[0][1])]
    return [*place, *link]


def kind_of(meeting: HeldMeeting, length: Sequence[Text]) -> tuple[Context, ...]:
    """Give in small print how long it takes, how people meet, and in which languages."""
    kind = [*length]
    if meeting.format:
        kind.append(FORMATS.get(meeting.format, plain(meeting.format)))
    if meeting.languages:
        kind.append(joined([plain(LanguageName(code)) for code in meeting.languages], ", "))
    return (Context(joined(kind, " · ")),) if kind else ()


def body(meeting: HeldMeeting) -> list[Block]:
    """Give what it is about: its question, description and agenda."""
    items = tuple(plain(item) for item in agenda_of(meeting))
    agenda: list[Block] = [Heading(t("Agenda")), Items(items)] if items else []
    return [*theme(meeting), *agenda]


def theme(meeting: HeldMeeting) -> list[Block]:
    """Give its question and description."""
    blocks: list[Block] = []
    if question_of(meeting):
        blocks.append(Quote(plain(question_of(meeting))))
    if description_of(meeting):
        blocks.append(Paragraph(plain(description_of(meeting))))
    return blocks
