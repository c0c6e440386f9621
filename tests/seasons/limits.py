"""Whether everything fits on both platforms: in each language, and in one that is 40 % longer."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass, replace
from typing import Any

from bot.adapters.discord.forms import modal as discord_modal
from bot.adapters.discord.forms import pages
from bot.adapters.discord.render import sheet
from bot.adapters.discord.wording import DiscordWording as DiscordWording
from bot.adapters.slack import forms as slack_forms
from bot.adapters.slack.blocks import parts
from bot.adapters.slack.pages import PER_PAGE, Origin, of_form
from bot.adapters.slack.wording import SlackWording as SlackWording
from bot.chat import Actions, Message
from bot.i18n import Text, languages
from bot.i18n.texts import BARE
from bot.protocol import Form, Reader
from tests.fakes.discord_spec import wrong_message, wrong_modal
from tests.seasons.ledger import Entry

LONGER = "en-x-longer"
"""A made-up language: English with two fifths more of everything."""
LABEL = 75
"""How many characters of a button both platforms show."""
SLACK = {
    "header": 150,
    "section": 3000,
    "button": 75,
    "option": 75,
    "placeholder": 150,
    "hint": 2000,
}
MOST_BLOCKS = {"message": 50, "modal": 100}


def stretched(value: Any) -> Any:
    """Give a message, a form or a part of one as the made-up language says it."""
    if isinstance(value, Text):
        values = {name: stretched(one) for name, one in value.values.items()}
        if value.template == BARE:
            return replace(value, values=values)
        template, plural = _longer(value.template), _longer(value.plural)
        return replace(value, values=values, template=template, plural=plural)
    if isinstance(value, tuple):
        return tuple(map(stretched, value))
    if is_dataclass(value) and not isinstance(value, type):
        own = {one.name: stretched(getattr(value, one.name)) for one in fields(value)}
        return replace(value, **own)
    return value


def _longer(template: str) -> str:
    return template + "~" * (len(template) * 2 // 5)


class PlatformLimits:
    """Looks at messages and forms as Slack and Discord get them, each shape once."""

    def __init__(self) -> None:
        self.known: set[object] = set()

    def faults(self, one: Entry) -> Iterator[str]:
        """Say what a platform would refuse, or show cut."""
        shown = one.message or one.form
        if shown is None or (shape := _shape(shown)) in self.known:
            return
        self.known.add(shape)
        for locale in (*languages(), LONGER):
            said = stretched(shown) if locale == LONGER else shown
            reader = Reader(locale, one.reader.zone)
            if isinstance(said, Message):
                found = [*_message(said, reader), *_labels(said, reader)]
            else:
                found = [*_form(said, reader)]
            yield from (f"{locale}: {fault}: {one.short}" for fault in found)


def _shape(value: Any) -> object:
    """Give what two messages have in common whose words alone differ, roughly in length."""
    if isinstance(value, Text):
        inner = tuple(_shape(one) for one in value.values.values())
        return (value.template, inner)
    if isinstance(value, str):
        return len(value) // 100
    if isinstance(value, tuple):
        return tuple(map(_shape, value))
    if is_dataclass(value) and not isinstance(value, type):
        return (type(value).__name__, *(_shape(getattr(value, one.name)) for one in fields(value)))
    return type(value).__name__


def _message(message: Message, reader: Reader) -> Iterator[str]:
    for part in parts(message, SlackWording(reader, "T0HOME")):
        yield from _slack(part.blocks, MOST_BLOCKS["message"])
    laid = sheet(message, DiscordWording(reader, "1"), alone=True)
    for view in (laid.view, *laid.rest):
        yield from (f"Discord: {f}" for f in wrong_message({"components": view.to_components()}))


def _slack(blocks: Sequence[Mapping[str, Any]], most: int) -> Iterator[str]:
    """Say what Slack would refuse for its length; its schema is checked where it is played."""
    if len(blocks) > most:
        yield f"Slack: {len(blocks)} blocks"
    for block in blocks:
        for kind, text in _texts(block):
            if not 0 < len(text) <= SLACK[kind]:
                yield f"Slack: a {kind} of {len(text)} characters"


def _texts(block: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Give the words of a block that Slack has a limit for."""
    if block["type"] == "header":
        yield "header", block["text"]["text"]
    elif block["type"] == "rich_text":
        yield "section", _longest(block)
    elif block["type"] == "input":
        yield "button", block["label"]["text"]
        yield "hint", block.get("hint", {"text": "."})["text"]
        yield from _choices(block["element"])
    for element in block.get("elements", ()) if block["type"] == "actions" else ():
        if element["type"] == "button":
            yield "button", element["text"]["text"]
        yield from _choices(element)


def _choices(element: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    if "placeholder" in element:
        yield "placeholder", element["placeholder"]["text"]
    for option in element.get("options", ()):
        yield "option", option["text"]["text"]


def _longest(block: Mapping[str, Any]) -> str:
    """Give the words of the longest section of rich text; markup counts little."""
    said = (str(section.get("elements")) for section in block["elements"])
    leaves = (
        "".join(str(leaf.get("text", "")) for leaf in section["elements"])
        for section in block["elements"]
        if section["type"] != "rich_text_list"
    )
    return max(leaves, key=len, default="") or "." if any(said) else ""


def _labels(message: Message, reader: Reader) -> Iterator[str]:
    """Say which words both platforms would show cut."""
    wording = SlackWording(reader, "T0HOME")
    for text, most in _short_words(message):
        words = wording.plain(text)
        if len(words) > most:
            yield f"“{words}” has {len(words)} characters, {most} are shown"


def _short_words(message: Message) -> Iterator[tuple[Text, int]]:
    rows: list[Message | Actions] = [message]
    rows += [block for block in message.blocks if isinstance(block, Actions)]
    for row in rows:
        yield from ((one.label, LABEL) for one in row.buttons)
        yield from ((one.label, LABEL) for one in row.choices)


def _form(form: Form, reader: Reader) -> Iterator[str]:
    wording = SlackWording(reader, "T0HOME")
    for begin in range(0, len(form.fields) or 1, PER_PAGE):
        view = slack_forms.modal(form, wording, of_form(form, Origin(), begin), begin)
        yield from _slack(view["blocks"], MOST_BLOCKS["modal"])
        if len(view["title"]["text"]) > 24:
            yield f"Slack: a title of {len(view['title']['text'])} characters"
    for page in pages(form, DiscordWording(reader, "1")):
        body = discord_modal(page, "form", {}).to_dict()
        yield from (f"Discord: {fault}" for fault in wrong_modal(body))
