"""Turns messages into blocks, cut and split to what Slack takes of each."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from bot.adapters.slack.wording import Wording, escaped, pieces, shortened
from bot.chat import (
    Actions,
    Block,
    Button,
    Choice,
    Fields,
    File,
    Items,
    Message,
    Option,
    Paragraph,
    Picture,
    Quote,
    Rule,
)
from bot.i18n import Text

Blocks = list[dict[str, Any]]

SECTION, FIELD, HEADER, LABEL, PLACEHOLDER = 3000, 2000, 150, 75, 150
PER_MESSAGE, PER_HOME, PER_ROW, PER_FIELDS, PER_MENU = 50, 100, 25, 10, 100
# Slack refuses more than some 13,000 characters of blocks, containers included, with
# msg_blocks_too_long (slackapi/bolt-js issues 2509 and 2867); the figure is not documented.
WEIGHT = 10_000
FALLBACK = 3000


@dataclass(frozen=True, slots=True)
class Part:
    """As much of a message as Slack takes at once; `text` is for notifications and readers."""

    text: str
    blocks: Blocks


def parts(message: Message, wording: Wording) -> list[Part]:
    """Turn a message into the posts it takes, one unless it is very long."""
    made = [Part(_text(chunk), chunk) for chunk in _chunks(blocks(message, wording), PER_MESSAGE)]
    names = ", ".join(one.name for one in files(message))
    return made or [Part(names or "…", [])]


def files(message: Message) -> tuple[File, ...]:
    """Give all files of a message, its pictures included."""
    pictures = (block.file for block in message.blocks if isinstance(block, Picture))
    return (*message.files, *pictures)


def blocks(message: Message, wording: Wording) -> Blocks:
    """Turn a whole message into blocks."""
    return number(_all(message, wording))


def number(found: Iterable[dict[str, Any]]) -> Blocks:
    """Make action ids unique over everything that stands together."""
    numbered = list(found)
    for place, block in enumerate(numbered):
        for element in block.get("elements", ()) if block["type"] == "actions" else ():
            element["action_id"] = f"{place}.{element['action_id']}"
    return numbered


def _all(message: Message, wording: Wording) -> Iterator[dict[str, Any]]:
    yield from _title(message.title, wording)
    for block in message.blocks:
        yield from _block(block, wording)
    rung = [person for person in message.notify if wording.known(person)]
    if rung:
        yield from sections(" ".join(wording.mention(person) for person in rung))
    yield from _row(message.buttons, message.choices, wording)


def _title(title: Text, wording: Wording) -> Iterator[dict[str, Any]]:
    words = " ".join(wording.plain(title).split())
    if len(words) > HEADER:
        yield from sections(wording.mrkdwn(title))
    elif words:
        yield {"type": "header", "text": plain(words)}


def _block(block: Block, wording: Wording) -> Iterator[dict[str, Any]]:
    match block:
        case Paragraph(text) | Picture(alt=text):
            yield from sections(wording.mrkdwn(text))
        case Fields(pairs):
            yield from _fields(pairs, wording)
        case Items(items, numbered):
            lines = [wording.mrkdwn(item) for item in items]
            marks = [f"{place}." if numbered else "•" for place in range(1, len(lines) + 1)]
            yield from sections("\n".join(map(" ".join, zip(marks, lines, strict=True))))
        case Quote(text):
            for piece in pieces(wording.mrkdwn(text), SECTION // 2):
                yield from sections("\n".join(f">{line}" for line in piece.splitlines()))
        case Rule():
            yield {"type": "divider"}
        case Actions(buttons, choices):
            yield from _row(buttons, choices, wording)


def sections(words: str) -> Iterator[dict[str, Any]]:
    """Put marked words into as many sections as they take."""
    for piece in pieces(words, SECTION):
        yield {"type": "section", "text": marked(piece)}


def _fields(pairs: Sequence[tuple[Text, Text]], wording: Wording) -> Iterator[dict[str, Any]]:
    """Put pairs side by side; one with a long value gets a section of its own."""
    row: list[dict[str, Any]] = []
    for name, value in pairs:
        words = f"*{wording.mrkdwn(name)}*\n{wording.mrkdwn(value)}"
        long = len(words) > FIELD
        if row and (long or len(row) == PER_FIELDS):
            yield {"type": "section", "fields": row}
            row = []
        if long:
            yield from sections(words)
        else:
            row.append(marked(words))
    if row:
        yield {"type": "section", "fields": row}


def _row(
    buttons: Sequence[Button], choices: Sequence[Choice], wording: Wording
) -> Iterator[dict[str, Any]]:
    made = [_button(place, one, wording) for place, one in enumerate(buttons)]
    made += [menu for one in choices for menu in _menus(one, wording)]
    for place, menu in enumerate(made):
        menu["action_id"] = f"{place}.{menu['action_id']}"
    for begin in range(0, len(made), PER_ROW):
        yield {"type": "actions", "elements": made[begin : begin + PER_ROW]}


def _button(place: int, one: Button, wording: Wording) -> dict[str, Any]:
    label = shortened(wording.plain(one.label) or "…", LABEL)
    made = {"type": "button", "text": plain(label), "action_id": "press", "value": one.call}
    return made | ({"style": one.style} if one.style else {})


def _menus(one: Choice, wording: Wording) -> Iterator[dict[str, Any]]:
    label = shortened(wording.plain(one.label) or "…", PLACEHOLDER)
    for begin in range(0, len(one.options), PER_MENU):
        yield {
            "type": "static_select",
            "placeholder": plain(label),
            "action_id": f"{one.option}.{one.call}",
            "options": options(one.options[begin : begin + PER_MENU], wording),
        }


def options(listed: Iterable[Option], wording: Wording) -> Blocks:
    """Turn options into Slack's."""
    return [option(one.value, wording.plain(one.label)) for one in listed if one.value]


def option(value: str, label: str) -> dict[str, Any]:
    """Make one option; a label that is too long is shortened."""
    return {"text": plain(shortened(label or value, LABEL)), "value": value[:150]}


def plain(words: str) -> dict[str, Any]:
    """Make a text object without markup; not even `:smile:` is taken for anything else."""
    return {"type": "plain_text", "text": words, "emoji": False}


def marked(words: str) -> dict[str, Any]:
    """Make a text object with our markup only: Slack looks for no links or names by itself."""
    return {"type": "mrkdwn", "text": words, "verbatim": True}


def _chunks(found: Blocks, most: int) -> Iterator[Blocks]:
    """Divide blocks into what fits into one message each."""
    chunk: Blocks = []
    weight = 0
    for block in found:
        own = len(json.dumps(block, ensure_ascii=False))
        if chunk and (len(chunk) == most or weight + own > WEIGHT):
            yield chunk
            chunk, weight = [], 0
        chunk.append(block)
        weight += own
    if chunk:
        yield chunk


def _text(chunk: Blocks) -> str:
    """Say in plain markup what a chunk says, for notifications and screen readers."""
    words = "\n".join(word for block in chunk for word in _spoken(block))
    return (pieces(words, FALLBACK) or ["…"])[0]


def _spoken(block: dict[str, Any]) -> Iterator[str]:
    for text in (block.get("text"), *block.get("fields", ())):
        if text:
            yield escaped(text["text"]) if text["type"] == "plain_text" else text["text"]
