"""Renders what pages show: an answer of the bot, or a few words of our own."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import SimpleNamespace

from aiohttp import web

from bot.commands import Command
from bot.i18n import Text, supported_language
from bot.protocol import Answer, Ask, Field, Reader
from bot.web import words
from bot.web.rendering import PageReader, page
from bot.web.sections import COORDINATING, SECTIONS, sections
from bot.web.tables import Overview
from bot.web.visitors import HiddenFields, Visitor

HOME = "my.week"


@dataclass(frozen=True, slots=True)
class PageAction:
    """The one button of a page: where it leads, and what it sends."""

    path: str
    label: Text
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Words:
    """A page with a title, paragraphs and at most one button."""

    title: Text
    paragraphs: Sequence[Text] = ()
    action: PageAction | None = None
    status: int = 200
    home: str = ""


class Views:
    """Makes pages; `root` is what the paths of links begin with."""

    def __init__(self, root: str, commands: Mapping[str, Command]) -> None:
        self.root = root
        self.commands = commands

    def answered(self, visitor: Visitor, answer: Answer, here: str) -> web.Response:
        """Show what was answered: a message, or a form."""
        reads = PageReader(answer.reader, self.root)
        if isinstance(answer.reply, Ask):
            form = answer.reply.form
            shown = self._frame(reads, form.title, visitor, here) | {"form": form}
            return _html(page("form.html", reads, shown))
        message = answer.reply.message
        shown = self._frame(reads, message.title, visitor, here) | {"message": message}
        return _html(page("message.html", reads, shown))

    def overview(self, visitor: Visitor, shown: Overview, here: str) -> web.Response:
        """Show tables."""
        reads = PageReader(visitor.reader, self.root)
        values = self._frame(reads, shown.title, visitor, here) | {"page": shown}
        return _html(page("overview.html", reads, values))

    def plain(self, reader: Reader, shown: Words, visitor: Visitor | None = None) -> web.Response:
        """Show some words, with the menu where they are for a visitor."""
        reads = PageReader(reader, self.root)
        values: dict[str, object] = {"paragraphs": shown.paragraphs, "action": shown.action}
        if shown.home:
            values["home"] = shown.home
        text = page("words.html", reads, self._frame(reads, shown.title, visitor) | values)
        return _html(text, shown.status)

    def asked(
        self, reader: Reader, shown: Words, fields: Sequence[Field], path: str
    ) -> web.Response:
        """Show a form of our own, which is sent to a path."""
        reads = PageReader(reader, self.root)
        values = {"fields": fields, "path": self.root + path, "home": shown.home}
        text = page("asked.html", reads, self._frame(reads, shown.title) | values)
        return _html(text, shown.status)

    def _frame(
        self, reads: PageReader, title: Text, visitor: Visitor | None = None, here: str = ""
    ) -> dict[str, object]:
        """Give what stands around the content of a page."""
        home = visitor.home if visitor and visitor.home else "Convener"
        return {
            "title": reads.say(title).striptags() or home,
            "home": home,
            "nav": self._places(visitor) if visitor else (),
            "settings": self._menu(visitor, words.SETTINGS) if visitor else (),
            "here": here,
            "sections": self._sections(visitor, here) if visitor else (),
            "hidden": HiddenFields.of(visitor, words.CHOOSE) if visitor else None,
            "words": SimpleNamespace(**words.LAYOUT),
        }

    def _places(self, visitor: Visitor) -> Sequence[tuple[str, Text]]:
        """List where a visitor may go, the pages for coordinators last, under one entry."""
        leads = sections(visitor.sight)[:1]
        return [*self._menu(visitor, words.PLACES), *((path, COORDINATING) for path, _ in leads)]

    def _menu(self, visitor: Visitor, menu: Mapping[str, Text]) -> Sequence[tuple[str, Text]]:
        """List where a visitor may go, with what each place is called."""
        return [
            ("/" if name == HOME else f"/do/{name}", label)
            for name, label in menu.items()
            if name in self.commands and visitor.sight.is_at_least(self.commands[name].who)
        ]

    def _sections(self, visitor: Visitor, here: str) -> Sequence[tuple[str, Text]]:
        """Give the second menu, on the pages it leads to."""
        paths = [section.path for section in SECTIONS]
        return sections(visitor.sight) if here in paths else ()


def guest(request: web.Request) -> Reader:
    """Give the language of somebody we don't know, as their browser says it."""
    languages = request.headers.get("Accept-Language", "")
    return Reader(supported_language(languages[:2].lower()))


def _html(text: str, status: int = 200) -> web.Response:
    return web.Response(text=text, content_type="text/html", status=status)
