"""Takes a message apart into words and rows of buttons, in the order in which they are read."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from bot.adapters.discord.wording import DiscordWording
from bot.chat import (
    Actions,
    Block,
    Button,
    Choice,
    Context,
    Fields,
    Heading,
    Items,
    Message,
    Paragraph,
    Picture,
    Quote,
    Rule,
)
from bot.i18n import labelled


@dataclass(frozen=True, slots=True)
class ActionRow:
    """Buttons and menus; `above` says what they belong to, `gathered` are those of other rows."""

    buttons: tuple[Button, ...] = ()
    choices: tuple[Choice, ...] = ()
    above: Callable[[], str] = str
    gathered: tuple[tuple[Button, str], ...] = ()


Part = str | ActionRow | Picture | Rule


def parts(message: Message, wording: DiscordWording) -> list[Part]:
    """Take a message apart; words that follow each other are one part."""
    found: list[Part] = []
    for part in _parts(message, wording):
        if isinstance(part, str) and found and isinstance(found[-1], str):
            found[-1] = f"{found[-1]}\n{part}"
        else:
            found.append(part)
    return found


def _parts(message: Message, wording: DiscordWording) -> Iterator[Part]:
    if title := _line(wording.marked(message.title)):
        yield f"## {title}"
    above: Block = Paragraph(message.title)
    for block in message.blocks:
        if isinstance(block, Actions):
            yield ActionRow(block.buttons, block.choices, partial(_above, above, wording))
        elif isinstance(block, Picture | Rule):
            yield block
        elif words := _words(block, wording):
            yield words
            above = block
    if rung := [f"<@{id}>" for person in message.notify if (id := wording.known(person))]:
        yield " ".join(rung)
    if message.buttons or message.choices:
        yield ActionRow(message.buttons, message.choices)


def _words(block: Block, wording: DiscordWording) -> str:
    match block:
        case Paragraph(text):
            return wording.marked(text)
        case Heading(text):
            return f"### {_line(wording.marked(text))}"
        case Fields(pairs):
            named = ((wording.label(name), wording.marked(value)) for name, value in pairs)
            return "\n".join(f"**{label}** {value}" for label, value in named)
        case Items(items, numbered):
            lines = (wording.marked(item).replace("\n", "\n  ") for item in items)
            signs = (
                (f"{place}." if numbered else "-", line) for place, line in enumerate(lines, 1)
            )
            return "\n".join(f"{sign} {line}" for sign, line in signs)
        case Context(text):
            return "\n".join(f"-# {line}" for line in wording.marked(text).splitlines())
        case Quote(text):
            return "\n".join(f"> {line}" for line in wording.marked(text).splitlines())
    return ""


def whole_text(message: Message, wording: DiscordWording) -> str:
    """Word a whole message without markup, for a file."""
    blocks = (_plain(block, wording) for block in message.blocks)
    return "\n\n".join(filter(None, (wording.plain(message.title), *blocks))) + "\n"


def _plain(block: Block, wording: DiscordWording) -> str:
    match block:
        case Paragraph(text) | Heading(text) | Quote(text) | Context(text):
            return wording.plain(text)
        case Fields(pairs):
            return "\n".join(
                f"{wording.plain(labelled(name))} {wording.plain(value)}" for name, value in pairs
            )
        case Items(items):
            return "\n".join(f"- {wording.plain(item)}" for item in items)
    return ""


def _above(block: Block, wording: DiscordWording) -> str:
    return _line(_plain(block, wording))


def _line(words: str) -> str:
    return " ".join(words.split())
