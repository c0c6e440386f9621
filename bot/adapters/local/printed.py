"""Prints what is seen: for programs as lines of JSON, for people in colour."""

import json
import re
from collections.abc import Iterator
from datetime import datetime
from typing import Protocol, TextIO

from rich.console import Console
from rich.text import Text as Words

from bot.adapters.local.render import harmless
from bot.adapters.local.shown import Shown, ShownField, ShownFile, ShownForm, Side
from bot.i18n import Text, render, t

BAR = "▌ "
CHANNEL, PRIVATE, WRONG, FAINT = "cyan", "magenta", "red", "dim"
BUTTONS = {"": "bold", "primary": "bold green", "danger": "bold red"}
WIDEST = 100
OBEYED = re.compile("[\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""What a terminal obeys and JSON would let pass."""


class Printer(Protocol):
    """Where a chat appears."""

    def show(self, shown: Shown) -> None:
        """Print what appeared, at once."""

    def done(self, line: int) -> None:
        """Tell that a line has been carried out, counted from 1."""


class JsonLines:
    """Prints one JSON object a line."""

    def __init__(self, out: TextIO) -> None:
        self._out = out

    def show(self, shown: Shown) -> None:
        """Print what appeared."""
        self._print(shown.as_json())

    def done(self, line: int) -> None:
        """Print `{"line": n}`."""
        self._print({"line": line})

    def _print(self, keys: object) -> None:
        line = json.dumps(keys, ensure_ascii=False)
        self._out.write(OBEYED.sub(lambda sign: f"\\u{ord(sign[0]):04x}", line) + "\n")
        self._out.flush()


class Screens:
    """Prints for people: who sees it, what it says, what can be pressed."""

    def __init__(self, console: Console | None = None, locale: str = "en") -> None:
        self._console = console or Console(highlight=False)
        self._locale = locale

    def show(self, shown: Shown) -> None:
        """Print what appeared."""
        if shown.error:
            self._console.print(_words(f"✗ {shown.error}", WRONG))
        elif not shown.to:
            self._console.print(*map(_told, shown.text.splitlines()), sep="\n")
        else:
            self._print_seen(shown)
        self._console.file.flush()

    def done(self, line: int) -> None:
        """Print nothing: people see that it is done."""

    def _print_seen(self, shown: Shown) -> None:
        colour = PRIVATE if shown.private else CHANNEL
        width = min(self._console.width, WIDEST) - len(BAR)
        self._console.print(self._head(shown, colour))
        for words in _body(shown, width):
            for line in words.wrap(self._console, width):
                self._console.print(Words.assemble((BAR, colour), line))
        self._console.print()

    def _head(self, shown: Shown, colour: str) -> Words:
        """Say on whose screen it is, and when."""
        head = _words(shown.to, f"bold {colour}")
        if shown.workspace:
            head.append(harmless(f"  {shown.workspace}"), style=FAINT)
        if shown.private:
            only = t("only {name} sees this", name=shown.to.removeprefix("@"))
            head.append(f"  {self._word(only)}", style=colour)
        at = datetime.fromisoformat(shown.at)
        head.append(f"  {at:%a %d %b %Y %H:%M} UTC", style=FAINT)
        if shown.thread:
            head.append(f"  {self._word(t('thread {number}', number=shown.thread))}", style=FAINT)
        if shown.edits:
            head.append(f"  {self._word(t('edited'))}", style=FAINT)
        return head

    def _word(self, text: Text) -> str:
        return render(text, self._locale, str)


def _words(words: str, style: str = "") -> Words:
    """Give words to print, whoever wrote them: none of them moves the cursor or turns the line."""
    return Words(harmless(words), style=style)


def _told(line: str) -> Words:
    """Give a line of the chat itself; an example stands before the dash."""
    example, dash, meaning = harmless(line).partition(" — ")
    return Words.assemble((example, "bold green"), dash, meaning) if dash else _words(line)


def _body(shown: Shown, width: int) -> Iterator[Words]:
    if shown.title:
        yield _words(shown.title, "bold")
    for part in shown.printed():
        if isinstance(part, Side):
            yield from _row(part, width)
        else:
            yield _words(part)
    for file in shown.files:
        yield _file(file)
    if shown.form:
        yield from _form(shown.form)


def _row(row: Side, width: int) -> Iterator[Words]:
    """Give the buttons side by side, and each menu on a line of its own."""
    buttons = [_words(f"[{one.label}]", BUTTONS[one.style]) for one in row.buttons]
    yield from _packed(Words(), buttons, width)
    for menu in row.choices:
        options = [_words(f"[{option.label}]", "blue") for option in menu.options]
        yield from _packed(_words(f"{menu.label} ▸ ", "blue bold"), options, width)


def _packed(line: Words, pieces: list[Words], width: int) -> Iterator[Words]:
    """Put pieces side by side as long as there is room, none of them broken."""
    for piece in pieces:
        if line and line.cell_len + piece.cell_len > width:
            yield line
            line = Words("  ")
        line = Words.assemble(line, piece, " ")
    if line:
        yield line


def _file(file: ShownFile) -> Words:
    size = f"{max(1, round(len(file.content) / 1024))} kB"
    return Words.assemble(("▤ ", FAINT), (harmless(file.name), "underline"), (f"  {size}", FAINT))


def _form(form: ShownForm) -> Iterator[Words]:
    yield _words(form.title, "bold")
    for field in form.fields:
        yield from _field(field)


def _field(field: ShownField) -> Iterator[Words]:
    mark = "*" if field.required else ""
    name, value = (f"({field.typed or field.name})", FAINT), harmless(field.value)
    line = Words.assemble(f"  {harmless(field.label)}{mark} ", name, f": {value}")
    labels = " | ".join(option.label for option in field.options)
    yield line.append(harmless(f"  {labels or field.hint}"), style=FAINT)
    if field.error:
        yield _words(f"    ✗ {field.error}", WRONG)
