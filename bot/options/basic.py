"""Knows the plain kinds of argument: how text, numbers and choices are read and asked for."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, ClassVar

from bot.chat import Link, Option
from bot.errors import Unreadable
from bot.folding import folded, normalized
from bot.i18n import Text, render, t
from bot.protocol import Widget
from bot.signs import cleaned
from storage import Records
from storage.sight import Sight

HOST = re.compile(r"(?:[\w-]+\.)+[^\W\d_]{2,}(?::\d{1,5})?/\S+", re.IGNORECASE)
"""A web address as people say it, from the host's name on: no file has such a name."""
HELD = 1_000_000
"""Characters of a value that a form holds; what is longer is given anew."""
MOST = 20_000
"""Characters of one value that are read: more than anything that is kept has."""


@dataclass(frozen=True, slots=True)
class Reading:
    """In whose language and zone an argument is read, when, where, and what it may refer to.

    `sight` is who asks: they may name what they may see. `vouched` are the people and channels that
    the platform found there, as in the call. Where it does not gather people, no channel is
    asked for.
    """

    locale: str
    zone: str
    now: datetime
    platform: str
    workspace: str
    records: Records
    sight: Sight
    vouched: Mapping[str, str] = field(default_factory=dict)
    gathers: bool = True


def bounded(raw: str, most: int = MOST) -> str:
    """Let words pass that are no longer than anything anybody writes. Raises Unreadable."""
    if len(raw) > most:
        raise _too_long(len(raw), most)
    return raw


def _too_long(length: int, limit: int) -> Unreadable:
    said = t(
        "This is {length} characters long. Please shorten it to {limit}.",
        length=length,
        limit=limit,
    )
    return Unreadable(said)


@dataclass(frozen=True, slots=True)
class Kind:
    """What every kind of argument has: a label, a hint, and a widget that asks for it.

    `empty` is the value of a field that somebody emptied in a form; None leaves things as they are.
    """

    label: Text
    hint: Text = field(default_factory=lambda: Text(""))
    widget: Widget = "text"
    limit: int = 0
    empty: Any = None
    ends: ClassVar[bool] = False
    """Whether it can be told from the words before it at the end of a typed line."""
    asked: ClassVar[bool] = True
    """Whether a form asks for it, also where nobody gave it."""
    reads: ClassVar[int] = MOST
    """Characters of a value that are read."""

    def read(self, raw: str, reading: Reading) -> Any:
        """Give the value. Raises Unreadable with one sentence on what is expected."""
        return raw

    def raw(self, value: Any, reading: Reading) -> str:
        """Write a value as `read` would take it: what a form is filled in with."""
        return str(value)

    def at_end(self, words: Sequence[str], reading: Reading) -> tuple[int, int] | None:
        """Say how many words stand before a value at their end, and with which one it begins."""
        return None

    def offered(self, typed: str, reading: Reading) -> Sequence[Option]:
        """Suggest values for what was typed so far, 25 at most."""
        return ()

    def fixed(self, reading: Reading) -> tuple[Option, ...]:
        """List all values, for kinds that have a closed list of them."""
        return ()


@dataclass(frozen=True, slots=True)
class Line(Kind):
    """A line of text.

    What cannot be seen is taken out.
    """

    limit: int = 150
    empty: Any = ""

    def read(self, raw: str, reading: Reading) -> str:
        return self.fitting(cleaned(raw))

    def fitting(self, words: str) -> str:
        """Let words pass that can be seen and are not too long. Raises Unreadable."""
        if not words:
            raise Unreadable(t("Please write something here."))
        if len(words) > self.limit:
            raise _too_long(len(words), self.limit)
        return words


@dataclass(frozen=True, slots=True)
class Sought(Line):
    """A line of text that something is looked for by."""


@dataclass(frozen=True, slots=True)
class LongText(Line):
    """Text of several lines."""

    limit: int = 3000
    widget: Widget = "long"

    def read(self, raw: str, reading: Reading) -> str:
        return self.fitting("\n".join(cleaned(line) for line in raw.splitlines()).strip())


@dataclass(frozen=True, slots=True)
class ListText(LongText):
    r"""A list, an item a line; where only one line can be typed, `\n` begins a new one."""

    def read(self, raw: str, reading: Reading) -> str:
        return LongText.read(self, raw.replace("\\n", "\n"), reading)


@dataclass(frozen=True, slots=True)
class WebLink(Line):
    """A web address; only http and https are taken, and https is added where none is named."""

    limit: int = 500

    def read(self, raw: str, reading: Reading) -> str:
        words = Line.read(self, raw, reading)
        if HOST.fullmatch(words):
            words = f"https://{words}"
        if not Link(words).safe or not words.partition("://")[2].strip("/"):
            raise Unreadable(
                t("I didn't understand this link. It begins with https:// and has no spaces.")
            )
        return words


@dataclass(frozen=True, slots=True)
class Number(Kind):
    """A whole number from `least` to `most`."""

    least: int = 0
    most: int = 100_000
    widget: Widget = "number"

    def read(self, raw: str, reading: Reading) -> int:
        try:
            number = int(normalized("NFKC", raw).strip())
        except ValueError:
            number = self.least - 1
        if not self.least <= number <= self.most:
            expected = t(
                "Please write a whole number from {least} to {most}.",
                least=self.least,
                most=self.most,
            )
            raise Unreadable(expected)
        return number


YES = {"yes", "y", "true", "1", "on", "si", "oui", "o", "✓"}
NO = {"no", "n", "false", "0", "off", "non"}


@dataclass(frozen=True, slots=True)
class YesNo(Kind):
    """Yes or no."""

    widget: Widget = "yesno"

    def read(self, raw: str, reading: Reading) -> bool:
        word = folded(raw.strip())
        if word not in YES | NO:
            raise Unreadable(t("Please answer yes or no."))
        return word in YES

    def raw(self, value: Any, reading: Reading) -> str:
        return "yes" if value else "no"

    def fixed(self, reading: Reading) -> tuple[Option, ...]:
        return (Option("yes", t("Yes")), Option("no", t("No")))


@dataclass(frozen=True, slots=True)
class OneOf(Kind):
    """One of a closed list."""

    options: tuple[Option, ...] = ()
    widget: Widget = "one"

    def read(self, raw: str, reading: Reading) -> str:
        return among(self.options, raw, reading)

    def fixed(self, reading: Reading) -> tuple[Option, ...]:
        return self.options


@dataclass(frozen=True, slots=True)
class SeveralOf(Kind):
    """Some of a closed list, none included; raw values are joined by commas."""

    options: tuple[Option, ...] = ()
    widget: Widget = "several"
    empty: Any = ()

    def read(self, raw: str, reading: Reading) -> list[str]:
        named = [among(self.options, part, reading) for part in raw.split(",") if part.strip()]
        return list(dict.fromkeys(named))

    def raw(self, value: Any, reading: Reading) -> str:
        return ",".join(value)

    def fixed(self, reading: Reading) -> tuple[Option, ...]:
        return self.options


def among(options: Iterable[Option], raw: str, reading: Reading) -> str:
    """Find which of the options was meant, by label or value, also said in the reader's language.

    Raises Unreadable.
    """
    listed = tuple(options)
    if any(option.value == raw for option in listed):
        return raw
    wanted = folded(raw.strip())
    for option in listed:
        value = Text(option.value.capitalize())  # yes, no and maybe, as the catalogues have them
        said = [worded(text, reading.locale) for text in (option.label, value)]
        if wanted in map(folded, (option.value, *said)):
            return option.value
    names = ", ".join(worded(option.label, reading.locale) for option in listed)
    raise Unreadable(t("Please write one of these: {names}.", names=names))


def worded(text: Text, locale: str) -> str:
    """Word a text without markup, for comparing and for choosing."""
    return render(text, locale, str)
