"""Makes the components of a message just as Discord takes them: plain data, no objects between."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from bot.adapters.discord.ids import LIMIT, Bound
from bot.adapters.discord.parts import ActionRow, Part
from bot.adapters.discord.wording import DiscordWording
from bot.chat import Button, Choice, Option, Picture, Rule
from bot.i18n import t
from bot.plain_text import shortened

Component = dict[str, Any]

LABEL, OPTION, PLACEHOLDER, PER_ROW, PER_MENU, ALT = 80, 100, 150, 5, 25, 1024
ROW, BUTTON, MENU, TEXT, GALLERY, FILE, SEPARATOR = 1, 2, 3, 10, 12, 13, 14
COLOURS = {"": 2, "primary": 1, "danger": 4}
MORE = "~more"


def text(words: str) -> Component:
    """Make a text."""
    return {"type": TEXT, "content": words}


def file(name: str) -> Component:
    """Make what shows an attached file."""
    return {"type": FILE, "file": {"url": f"attachment://{name}"}}


def weight(components: Sequence[Component]) -> int:
    """Count components as Discord does, those in rows included."""
    return len(components) + sum(len(one.get("components", ())) for one in components)


@dataclass(slots=True)
class Layout:
    """Makes the components of one message, each custom id once."""

    wording: DiscordWording
    workspace: str
    used: dict[str, int] = field(default_factory=dict)

    def all(self, found: Iterable[Part]) -> list[Component]:
        """Make the components of all parts, in their order."""
        return [one for part in found for one in self._of(part)]

    def _of(self, part: Part) -> Iterator[Component]:
        match part:
            case str(words):
                yield text(words)
            case ActionRow():
                yield from self._rows(part)
            case Rule():
                yield {"type": SEPARATOR}
            case Picture(shown, alt):
                item = {"media": {"url": f"attachment://{shown.name}"}}
                words = shortened(self.wording.plain(alt), ALT)
                yield {"type": GALLERY, "items": [item | ({"description": words} if words else {})]}

    def _rows(self, row: ActionRow) -> Iterator[Component]:
        buttons = [self._button(one) for one in row.buttons]
        for begin in range(0, len(buttons), PER_ROW):
            yield {"type": ROW, "components": buttons[begin : begin + PER_ROW]}
        for choice in row.choices:
            yield from self._menus(choice)
        yield from self._gathered(row.gathered)

    def _button(self, one: Button) -> Component:
        label = shortened(self.wording.plain(one.label) or "…", LABEL)
        colour, id = COLOURS[one.style], self._id(one.call)
        return {"type": BUTTON, "style": colour, "label": label, "custom_id": id}

    def _menus(self, choice: Choice) -> Iterator[Component]:
        listed = list({one.value: one for one in choice.options if one.value}.values())
        label = self.wording.plain(choice.label)
        for begin in range(0, len(listed), PER_MENU):
            options = [self._option(one) for one in listed[begin : begin + PER_MENU]]
            yield self._menu(label, self._id(choice.call, choice.option), options)

    def _gathered(self, gathered: Sequence[tuple[Button, str]]) -> Iterator[Component]:
        label = self.wording.plain(t("Choose what to do"))
        each = list({one.call: (one, above) for one, above in reversed(gathered)}.values())[::-1]
        for begin in range(0, len(each), PER_MENU):
            options = [self._told(*one) for one in each[begin : begin + PER_MENU]]
            yield self._menu(label, self._id(MORE), options)

    def _told(self, one: Button, above: str) -> Component:
        """Make an option of a button, with what it belongs to."""
        label = shortened(self.wording.plain(one.label) or "…", OPTION)
        described = {"description": shortened(above, OPTION)} if above else {}
        return {"label": label, "value": one.call, **described}

    def _menu(self, label: str, id: str, options: list[Component]) -> Component:
        shown = shortened(label or "…", PLACEHOLDER)
        menu = {"type": MENU, "custom_id": id, "placeholder": shown, "options": options}
        return {"type": ROW, "components": [menu]}

    def _option(self, one: Option) -> Component:
        label = shortened(self.wording.plain(one.label) or one.value, OPTION)
        return {"label": label, "value": one.value}

    def _id(self, call: str, option: str = "") -> str:
        """Write what something is bound to, with its server where that fits, and only once."""
        if not option and not self.workspace and call not in self.used and len(call) <= LIMIT:
            self.used[call] = 0
            return call
        id = Bound(call, option, self.workspace)
        id = id if id.fits_often else replace(id, workspace="")
        words = str(id)
        number = self.used[words] = self.used.get(words, -1) + 1
        return str(replace(id, number=number)) if number else words
