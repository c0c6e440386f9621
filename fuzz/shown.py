"""Shows hostile messages and forms on all three platforms: within limits, whole, and inert."""

import io
import json
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any
from zipfile import ZipFile

from bot.adapters.discord.forms import modal as discord_modal
from bot.adapters.discord.forms import pages
from bot.adapters.discord.render import FILES, sheet
from bot.adapters.discord.wording import URL
from bot.adapters.discord.wording import DiscordWording as DiscordWording
from bot.adapters.local.render import Renderer
from bot.adapters.slack import blocks as slack
from bot.adapters.slack import forms as slack_forms
from bot.adapters.slack.pages import PER_PAGE, Origin, of_form
from bot.adapters.slack.wording import SlackWording as SlackWording
from bot.chat import File, Message
from bot.protocol import Form, Reader
from fuzz.area import Take, ensure
from fuzz.corpus import ZONES
from fuzz.dice import Dice
from fuzz.making import Maker
from tests.fakes.discord_spec import wrong_message, wrong_modal
from tests.fakes.slack.checks import wrong_blocks, wrong_view

ALIVE = re.compile(r"<(?:[@#!]|t:|a?:|/|id:)|\]\(|<https?:")
"""What Discord reads as more than words, where no backslash stands before it."""
LIVE_ON_SLACK = re.compile(r"<(?![@#]|!date)")
SECTION, TEXT = 3000, 4000


@contextmanager
def world(dice: Dice) -> Iterator[Take]:
    """Show each input on all platforms."""
    yield show


def show(dice: Dice) -> None:
    """Make a message or a form, and see how it is shown."""
    made = Maker(dice, rich=dice.one_in(2))
    reader = Reader(dice.choice(("en", "es", "fr")), dice.choice(ZONES))
    if dice.one_in(4):
        form = made.form()
        form_on_slack(form, reader)
        form_on_discord(form, reader)
        Renderer("local", "local", reader, public=False).form(form)
        return
    message = made.message()
    on_slack(message, reader, made)
    on_discord(message, reader, made)
    here(message, reader, made)


def letters(words: str) -> str:
    """Give what anybody would miss: letters and digits."""
    return "".join(filter(str.isalnum, words))


def whole(where: str, said: Sequence[str], shown: str) -> None:
    """Ensure that all that was said is there."""
    seen = letters(shown)
    for words in said:
        ensure(letters(words) in seen, f"{where} loses {words[:200]!r} of {len(words)} characters")


def on_slack(message: Message, reader: Reader, made: Maker) -> None:
    """Turn a message into Slack's blocks."""
    found = slack.parts(message, SlackWording(reader, "T1"))
    for part in found:
        wrong = wrong_blocks(part.blocks) if part.blocks else []
        ensure(not wrong, f"Slack refuses {wrong[:3]}")
        ensure(len(part.text) <= slack.FALLBACK, "the text for Slack's notifications is too long")
        weight = len(json.dumps(part.blocks, ensure_ascii=False))
        most = slack.WEIGHT + 2 * slack.PER_MESSAGE + 2
        ensure(len(part.blocks) == 1 or weight <= most, "too heavy for Slack")
        json.dumps(part.blocks).encode()
    leaves = [leaf for part in found for leaf in _leaves(part.blocks)]
    whole("Slack", made.said, "".join(str(leaf.get("text", "")) for leaf in leaves))
    if not made.rich:
        kinds = {leaf["type"] for leaf in leaves} - {"text", "plain_text"}
        ensure(not kinds, f"words became {kinds} on Slack")
        texts = "\n".join(part.text for part in found)
        ensure(not LIVE_ON_SLACK.search(texts), f"alive in Slack's notification: {texts[:300]!r}")


def _leaves(value: Any) -> Iterator[dict[str, Any]]:  # noqa: ANN401
    """Go through all that is read in blocks, but for what one presses and chooses from."""
    if isinstance(value, list):
        for one in value:
            yield from _leaves(one)
    elif isinstance(value, dict) and value.get("type") not in ("actions", "divider"):
        inside = [value["elements"]] if "elements" in value else []
        inside += [value["text"]] if isinstance(value.get("text"), dict) else []
        yield from (_leaves(inside) if inside else iter([value]))


def on_discord(message: Message, reader: Reader, made: Maker) -> None:
    """Lay a message out for Discord."""
    laid = sheet(message, DiscordWording(reader, "1", {"session plan": "5"}), alone=True)
    views = [view.to_components() for view in (laid.view, *laid.rest)]
    for components in views:
        wrong = list(wrong_message({"components": components}))
        ensure(not wrong, f"Discord refuses {wrong[:3]}")
        json.dumps(components).encode()
    ensure(len(laid.attachments) <= FILES, "too many files for Discord")
    ensure(not laid.ring and laid.mentions.everyone in (False, None), "somebody is rung")
    words = "\n".join(one["content"] for view in views for one in view if one["type"] == 10)
    whole("Discord", made.said, "\n".join((words, *_texts(laid.attachments))))
    if not made.rich:
        ensure(not alive(words), f"alive on Discord: {alive(words)}")


def _texts(files: Sequence[File]) -> Iterator[str]:
    """Give what stands in the file that holds what was cut, packed with others or not."""
    for one in files:
        if one.name.endswith("text.txt"):
            yield one.content.decode()
        elif one.name.endswith("more.zip"):
            with ZipFile(io.BytesIO(one.content)) as packed:
                named = [name for name in packed.namelist() if name.endswith("text.txt")]
                yield from (packed.read(name).decode() for name in named)


def alive(words: str) -> list[str]:
    """Find what Discord takes for a mention or a link, outside addresses that stand as they are."""
    bare = re.sub(r"\\.", "", URL.sub("", words), flags=re.DOTALL)
    return [bare[max(found.start() - 30, 0) : found.end() + 30] for found in ALIVE.finditer(bare)]


def here(message: Message, reader: Reader, made: Maker) -> None:
    """Word a message as the local platform shows it."""
    shown = Renderer("local", "local", reader, public=True).message(message)
    words = "\n".join((shown.title, shown.text))
    whole("the local chat", made.said, words)
    ensure(not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]", words), "a terminal would obey this")


def form_on_slack(form: Form, reader: Reader) -> None:
    """Turn a form into Slack's modals."""
    for begin in range(0, len(form.fields) or 1, PER_PAGE):
        carried = of_form(form, Origin(), begin)
        view = slack_forms.modal(form, SlackWording(reader, "T1"), carried, begin)
        wrong = wrong_view(view)
        ensure(not wrong, f"Slack refuses {wrong[:3]}")


def form_on_discord(form: Form, reader: Reader) -> None:
    """Turn a form into Discord's modals."""
    for page in pages(form, DiscordWording(reader, "1")):
        wrong = list(wrong_modal(discord_modal(page, "form", {}).to_dict()))
        ensure(not wrong, f"Discord refuses {wrong[:3]}")
