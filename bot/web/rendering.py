"""Renders pages: templates with the texts, moments and files of messages in a reader's language."""

from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, partial

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from bot.chat import CommandRef, File, Link, Moment
from bot.i18n import Text, render
from bot.plain_text import as_plain_text, slashed
from bot.protocol import Reader


@dataclass(frozen=True, slots=True)
class PageReader:
    """Who reads a page; `root` is what the paths of its links begin with."""

    reader: Reader
    root: str = ""

    def say(self, text: Text) -> Markup:
        """Write a text, whatever people wrote in it escaped."""
        words = render(text, self.reader.locale, self._show, _escaped)
        return Markup(words)  # noqa: S704  what is not ours was escaped by the two functions

    def _show(self, value: object) -> str:
        if isinstance(value, Moment):
            shown = as_plain_text(value, self.reader)
            return Markup('<time datetime="{}">{}</time>').format(value.at.isoformat(), shown)
        if isinstance(value, Link) and value.safe:
            label = value.label or value.url
            return Markup('<a href="{}" rel="noreferrer">{}</a>').format(value.url, label)
        if isinstance(value, CommandRef):
            alone = f"help?about={value.group}"
            path = f"{value.group}.{value.command}" if value.command else alone
            shown = slashed(value, self.reader.locale)
            return Markup('<a href="{}/do/{}">{}</a>').format(self.root, path, shown)
        return _escaped(as_plain_text(value, self.reader))


def page(template: str, reader: PageReader, values: Mapping[str, object]) -> str:
    """Render a template for a reader."""
    say = partial(reader.say)
    return (
        _environment()
        .get_template(template)
        .render(say=say, root=reader.root, locale=reader.reader.locale, data_url=data_url, **values)
    )


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("bot.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def data_url(file: File) -> str:
    """Give a file as an address that has all of it inside: nobody else can ask for it."""
    return f"data:{file.kind};base64,{b64encode(file.content).decode()}"


def _escaped(words: str) -> str:
    return str(escape(words))
