"""Turns messages into blocks, cut and split to what Slack takes of each."""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from bot.adapters.slack.wording import Leaf, SlackWording, divided, escaped, marked, words
from bot.chat import (
    Actions,
    Block,
    Button,
    Choice,
    Context,
    Fields,
    File,
    Heading,
    Items,
    Message,
    Option,
    Paragraph,
    Picture,
    Quote,
    Rule,
)
from bot.i18n import Text, labelled
from bot.plain_text import shortened

Blocks = list[dict[str, Any]]

SECTION, CONTEXT, HEADER, LABEL, PLACEHOLDER = 3000, 2000, 150, 75, 150
PER_MESSAGE, PER_HOME, PER_ROW, PER_MENU = 50, 100, 25, 100
# Slack refuses more than some 13,000 characters of blocks, containers included, with
# msg_blocks_too_long (slackapi/bolt-js issues 2509 and 2867); the figure is not documented.
WEIGHT = 10_000
FALLBACK = 3000
HALF = re.compile(r"(<[^<>]*|&[a-z]*)\Z")


@dataclass(frozen=True, slots=True)
class Part:
    """As much of a message as Slack takes at once; `text` is for notifications and readers."""

    text: str
    blocks: Blocks


def parts(message: Message, wording: SlackWording) -> list[Part]:
    """Turn a message into the posts it takes, one unless it is very long."""
    found = blocks(message, wording)
    if not found:
        names = ", ".join(one.name for one in files(message))
        return [Part(escaped(names) or "…", [])]
    if len(found) <= PER_MESSAGE and _weight(found) <= WEIGHT:
        return [Part(_text(found), found)]
    return [Part(_text(chunk), chunk) for chunk in _chunks(found, PER_MESSAGE)]


def files(message: Message) -> tuple[File, ...]:
    """Give all files of a message, its pictures included."""
    pictures = (block.file for block in message.blocks if isinstance(block, Picture))
    return (*message.files, *pictures)


def blocks(message: Message, wording: SlackWording) -> Blocks:
    """Turn a whole message into blocks."""
    return number(_all(message, wording))


def number(found: Iterable[dict[str, Any]]) -> Blocks:
    """Make action ids unique over everything that stands together."""
    numbered = list(found)
    for place, block in enumerate(numbered):
        for element in block.get("elements", ()) if block["type"] == "actions" else ():
            element["action_id"] = f"{place}.{element['action_id']}"
    return numbered


def _all(message: Message, wording: SlackWording) -> Iterator[dict[str, Any]]:
    yield from _title(message.title, wording)
    for block in message.blocks:
        yield from _block(block, wording)
    rung = [wording.mention(person) for person in message.notify if wording.known(person)]
    yield from sections([leaf for mention in rung for leaf in (mention, words(" "))])
    yield from row(message.buttons, message.choices, wording)


def _title(title: Text, wording: SlackWording) -> Iterator[dict[str, Any]]:
    line = " ".join(wording.plain(title).split())
    if len(line) > HEADER:
        yield from sections(wording.leaves(title, bold=True))
    elif line:
        yield {"type": "header", "text": plain(line)}


def _block(block: Block, wording: SlackWording) -> Iterator[dict[str, Any]]:
    match block:
        case Paragraph(text) | Heading(text) | Picture(alt=text):
            yield from sections(wording.leaves(text, bold=isinstance(block, Heading)))
        case Fields(pairs):
            yield from sections(_fields(pairs, wording))
        case Items(items, numbered):
            yield from _lists([wording.leaves(item) for item in items], numbered=numbered)
        case Quote(text):
            yield from sections(wording.leaves(text), "rich_text_quote")
        case Context(text):
            yield from context(text, wording)
        case Rule():
            yield {"type": "divider"}
        case Actions(buttons, choices):
            yield from row(buttons, choices, wording)


def sections(leaves: Iterable[Leaf], kind: str = "rich_text_section") -> Iterator[dict[str, Any]]:
    """Put words into as many blocks as they take, none where there is nothing to read."""
    for lot in divided(leaves, SECTION):
        if any(leaf["type"] != "text" or leaf["text"].strip() for leaf in lot):
            yield {"type": "rich_text", "elements": [{"type": kind, "elements": lot}]}


def context(text: Text, wording: SlackWording) -> Iterator[dict[str, Any]]:
    """Put words into small print, as plain text: its markup would take people's words for some."""
    if words := wording.plain(text).strip():
        yield {"type": "context", "elements": [plain(shortened(words, CONTEXT))]}


def _fields(pairs: Iterable[tuple[Text, Text]], wording: SlackWording) -> Iterator[Leaf]:
    for place, (name, value) in enumerate(pairs):
        yield from [words("\n")] if place else []
        yield from wording.leaves(labelled(name), bold=True)
        yield words(" ")
        yield from wording.leaves(value)


def _lists(items: Sequence[list[Leaf]], *, numbered: bool) -> Iterator[dict[str, Any]]:
    """Put items into lists of a weight that divides well; numbers go on from list to list."""
    made = {"type": "rich_text_list", "style": "ordered" if numbered else "bullet"}
    lots = [lot for item in items for lot in (list(divided(item, SECTION)) or [[]])]
    begin = 0
    while begin < len(lots):
        end, weight = begin, 0
        while end < len(lots) and (end == begin or weight + _weight(lots[end]) <= SECTION):
            weight += _weight(lots[end])
            end += 1
        shown = [{"type": "rich_text_section", "elements": lot} for lot in lots[begin:end]]
        offset = {"offset": begin} if numbered and begin else {}
        yield {"type": "rich_text", "elements": [{**made, **offset, "elements": shown}]}
        begin = end


def _weight(value: object) -> int:
    return len(json.dumps(value, ensure_ascii=False))


def row(
    buttons: Sequence[Button], choices: Sequence[Choice], wording: SlackWording
) -> Iterator[dict[str, Any]]:
    """Turn buttons and menus into rows of what a row holds."""
    made = [_button(place, one, wording) for place, one in enumerate(buttons)]
    made += [menu for one in choices for menu in _menus(one, wording)]
    for place, menu in enumerate(made):
        menu["action_id"] = f"{place}.{menu['action_id']}"
    for begin in range(0, len(made), PER_ROW):
        yield {"type": "actions", "elements": made[begin : begin + PER_ROW]}


def _button(place: int, one: Button, wording: SlackWording) -> dict[str, Any]:
    label = shortened(wording.plain(one.label) or "…", LABEL)
    made = {"type": "button", "text": plain(label), "action_id": "press", "value": one.call}
    return made | ({"style": one.style} if one.style else {})


def _menus(one: Choice, wording: SlackWording) -> Iterator[dict[str, Any]]:
    label = shortened(wording.plain(one.label) or "…", PLACEHOLDER)
    for begin in range(0, len(one.options), PER_MENU):
        yield {
            "type": "static_select",
            "placeholder": plain(label),
            "action_id": f"{one.option}.{one.call}",
            "options": options(one.options[begin : begin + PER_MENU], wording),
        }


def options(listed: Iterable[Option], wording: SlackWording) -> Blocks:
    """Turn options into Slack's."""
    return [option(one.value, wording.plain(one.label)) for one in listed if one.value]


def option(value: str, label: str) -> dict[str, Any]:
    """Make one option; a label that is too long is shortened."""
    return {"text": plain(shortened(label or value, LABEL)), "value": value[:150]}


def plain(words: str) -> dict[str, Any]:
    """Make a text object without markup; not even `:smile:` is taken for anything else."""
    return {"type": "plain_text", "text": words, "emoji": False}


def _chunks(found: Blocks, most: int) -> Iterator[Blocks]:
    """Divide blocks into what fits into one message each."""
    chunk: Blocks = []
    weight = 0
    for block in found:
        own = _weight(block)
        if chunk and (len(chunk) == most or weight + own > WEIGHT):
            held = [chunk.pop()] if _belongs(chunk, block) else []
            yield chunk
            chunk, weight = held, sum(map(_weight, held))
        chunk.append(block)
        weight += own
    yield chunk


def _belongs(chunk: Blocks, block: dict[str, Any]) -> bool:
    """Say whether the last block of a chunk goes with the next one, which begins another message.

    A heading stands above something, and menus stand below words.
    """
    last = chunk[-1]
    goes = block["type"] == "actions" or _heads(last)
    return goes and len(chunk) > 1 and _weight(last) + _weight(block) <= WEIGHT


def _heads(block: dict[str, Any]) -> bool:
    """Say whether a block is a heading: nothing but bold words."""
    leaves = [leaf for one in block.get("elements", ()) for leaf in one.get("elements", ())]
    return bool(leaves) and all(leaf.get("style") == {"bold": True} for leaf in leaves)


def _text(chunk: Blocks) -> str:
    """Say in plain markup what a chunk says, or begins with, for notifications and readers."""
    said = "\n".join(line for block in chunk for line in _spoken(block))
    if len(said) > FALLBACK:
        said = HALF.sub("", said[: FALLBACK - 1]) + "…"
    return said or "…"


def _spoken(block: dict[str, Any]) -> Iterator[str]:
    """Give the lines of a block."""
    if block["type"] == "header":
        yield escaped(block["text"]["text"])
    if block["type"] == "context":
        yield from (escaped(element["text"]) for element in block["elements"])
    for element in block["elements"] if block["type"] == "rich_text" else ():
        listed = element["type"] == "rich_text_list"
        for section in element["elements"] if listed else [element]:
            line = "".join(map(marked, section["elements"]))
            yield f"• {line}" if listed else line
