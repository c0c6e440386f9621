"""Turns messages and forms into what is seen, in the language and the zone of who sees it."""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

from bot.adapters.local.shown import (
    Passage,
    Shown,
    ShownButton,
    ShownChoice,
    ShownField,
    ShownFile,
    ShownForm,
    ShownOption,
    Side,
)
from bot.chat import (
    Account,
    Actions,
    Block,
    Button,
    Choice,
    CommandRef,
    Context,
    Day,
    Fields,
    File,
    Heading,
    Items,
    Link,
    Message,
    Moment,
    Option,
    Paragraph,
    Person,
    Picture,
    Place,
    Quote,
)
from bot.i18n import Text, format_day, format_hour, format_moment, labelled, render, zone_label
from bot.plain_text import slashed
from bot.protocol import Field, Form, Reader
from bot.signs import TURNING


@dataclass(frozen=True, slots=True)
class Renderer:
    """Words things for one reader; in a `public` place the moments are given in UTC as well.

    `names` are those of people who are known elsewhere, by their accounts.
    """

    platform: str
    workspace: str
    reader: Reader
    public: bool
    names: Mapping[Account, str] = field(default_factory=dict)

    def message(self, message: Message) -> Shown:
        """Word a message. Nothing is cut: there is room for everything here."""
        parts = [part for block in message.blocks for part in self._block(block) if part]
        rung = tuple(dict.fromkeys(self._show(person) for person in message.notify))
        told = " ".join(str(part) for part in parts if not isinstance(part, Side)).split()
        unnamed = " ".join(name for name in rung if name not in told)
        foot = self._row(message.buttons, message.choices)
        files = (*message.files, *_pictures(message))
        return Shown(
            title=self.words(message.title),
            parts=tuple(part for part in (*parts, unnamed, foot) if part),
            files=tuple(ShownFile(one.name, one.content, one.kind) for one in files),
            rings=tuple(name.removeprefix("@") for name in rung),
            locale=self.reader.locale,
        )

    def form(self, form: Form) -> ShownForm:
        """Word a form."""
        fields = tuple(self._field(one) for one in form.fields)
        return ShownForm(
            title=self.words(form.title),
            command=form.command,
            fields=fields,
            bound=dict(form.bound),
            intro=self.words(form.intro),
            draft=form.draft,
            about=self.words(form.about),
            submit=self.words(form.submit),
        )

    def words(self, text: Text) -> str:
        """Word a text."""
        return render(text, self.reader.locale, self._show)

    def _block(self, block: Block) -> Sequence[str | Passage | Side | None]:
        match block:
            case Paragraph(text):
                return [self.words(text)]
            case Heading(text) | Context(text):
                words, kind = self.words(text), type(block)
                return [Passage("heading" if kind is Heading else "small", words)] if words else []
            case Fields(pairs):
                named = ((labelled(name), value) for name, value in pairs)
                return [Passage("pair", self.words(two), self.words(one)) for one, two in named]
            case Items(items, numbered):
                marks = (f"{n}." if numbered else "-" for n in count(1))
                marked = zip(marks, items, strict=False)
                return [Passage("item", self.words(item), mark) for mark, item in marked]
            case Quote(text):
                words = self.words(text)
                return [Passage("quote", words)] if words else []
            case Picture(file, alt):
                return [Passage("picture", self.words(alt), file.name)]
            case Actions(buttons, choices):
                return [self._row(buttons, choices)]
        return [Passage("rule")]

    def _row(self, buttons: tuple[Button, ...], choices: tuple[Choice, ...]) -> Side | None:
        if not buttons and not choices:
            return None
        return Side(
            tuple(ShownButton(self.words(one.label), one.call, one.style) for one in buttons),
            tuple(
                ShownChoice(self.words(one.label), one.call, one.option, self._options(one.options))
                for one in choices
            ),
        )

    def _options(self, options: tuple[Option, ...]) -> tuple[ShownOption, ...]:
        return tuple(ShownOption(option.value, self.words(option.label)) for option in options)

    def _field(self, one: Field) -> ShownField:
        return ShownField(
            one.name,
            self.words(one.label),
            one.widget,
            one.value,
            self.words(one.error) if one.error else "",
            self._options(one.options),
            self.words(one.hint),
            one.required,
            self.words(Text(f"{one.name}=")).strip("="),
        )

    def _show(self, value: Any) -> str:
        match value:
            case Person(name, accounts):
                return f"@{self._handle(name, accounts)}"
            case Place(channel=channel, name=name, thread=thread):
                return f"#{name or channel}/{thread}".rstrip("/")
            case Moment():
                return self._moment(value)
            case Day(day):
                return format_day(day, self.reader.locale)
            case Link(url, label):
                return f"{harmless(label)} ({harmless(url)})" if label else harmless(url)
            case CommandRef():
                return slashed(value, self.reader.locale)
        return harmless(str(value))

    def _handle(self, name: str, accounts: tuple[Account, ...]) -> str:
        """Name a person as one types it here, where they have an account here."""
        here = (self.platform, self.workspace)
        ids = [known.id for known in accounts if (known.platform, known.workspace) == here]
        ids += [self.names[known] for known in accounts if known in self.names]
        return ids[0] if ids else harmless(name)

    def _moment(self, moment: Moment) -> str:
        """Write a moment in the reader's zone; where many read it, in UTC as well."""
        zone, locale = moment.zone or self.reader.zone, self.reader.locale
        if not self.public or moment.zone or zone == "UTC":
            write = format_hour if moment.style == "hour" else format_moment
            return write(moment.at, locale, zone)
        hour = f"{format_hour(moment.at, locale, zone)} ({zone_label(zone, locale)})"
        words = hour if moment.style == "hour" else format_moment(moment.at, locale, zone)
        return f"{words}, {_in_utc(moment.at, locale, zone)}"


def _in_utc(at: datetime, locale: str, zone: str) -> str:
    """Write the hour in UTC, with the day where it is another one than in `zone`."""
    hour, day = format_hour(at, locale, "UTC"), at.astimezone(UTC).date()
    same = day == at.astimezone(ZoneInfo(zone)).date()
    return f"{hour} UTC" if same else f"{format_day(day, locale)}, {hour} UTC"


def _pictures(message: Message) -> tuple[File, ...]:
    return tuple(block.file for block in message.blocks if isinstance(block, Picture))


def harmless(words: str) -> str:
    """Take out what a terminal would obey: control characters, and what turns words around."""
    if words.isprintable():
        return words
    return "".join(sign for sign in words if sign in "\n\t" or not _is_obeyed(sign))


def _is_obeyed(sign: str) -> bool:
    return sign in TURNING or unicodedata.category(sign) in ("Cc", "Cs")
