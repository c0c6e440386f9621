"""Gives what is pressed on other platforms as links: each leads to a page with that chosen."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from bot.chat import Actions, Button, Choice, Message
from bot.i18n import Text


@dataclass(frozen=True, slots=True)
class ButtonRow:
    """Links that belong together, each a label and the call it stands for, under a `label`."""

    links: Sequence[tuple[Text, str]]
    label: Text | None = None


def rows(buttons: Sequence[Button], choices: Sequence[Choice]) -> Iterator[ButtonRow]:
    """Give buttons, then one row for each menu."""
    if buttons:
        yield ButtonRow([(button.label, button.call) for button in buttons])
    for choice in choices:
        calls = [(option.label, _chosen(choice, option.value)) for option in choice.options]
        yield ButtonRow(calls, choice.label)


def address(page: str, call: str, label: str) -> str:
    """Give where a link leads, which says there what was written on it."""
    return f"{page}/do/{call}{'&' if '?' in call else '?'}{urlencode({'label': label})}"


def calls_of(message: Message) -> Sequence[str]:
    """List all that somebody can ask for from a message."""
    feet = [block for block in message.blocks if isinstance(block, Actions)]
    shown = [*feet, Actions(message.buttons, message.choices)]
    every = (row for foot in shown for row in rows(foot.buttons, foot.choices))
    return [call for row in every for _, call in row.links]


def _chosen(choice: Choice, value: str) -> str:
    given = urlencode({choice.option: value}, safe=":")
    return f"{choice.call}{'&' if '?' in choice.call else '?'}{given}"
