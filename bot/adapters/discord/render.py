"""Turns messages into what Discord shows, cut to its limits; what does not fit goes in a file.

Components V2 and not embeds: a phone shows them as wide as any message, a screen reader reads
them as its text, they stay where people have switched embeds off, and buttons stand beneath what
they belong to.
"""

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from zlib import crc32

import discord
from discord import ui

from bot.adapters.discord.ids import Bound
from bot.adapters.discord.parts import Part, Row, parts, whole_text
from bot.adapters.discord.wording import Wording, cut, shortened
from bot.chat import Button, Choice, File, Message, Option, Picture, Rule
from bot.i18n import t

TEXT, COMPONENTS, FILES = 4000, 40, 10
LABEL, OPTION, PLACEHOLDER, PER_ROW, PER_MENU = 80, 100, 150, 5, 25
COLOURS = {
    "": discord.ButtonStyle.secondary,
    "primary": discord.ButtonStyle.primary,
    "danger": discord.ButtonStyle.danger,
}
MORE = "~more"
Item = ui.Item[ui.LayoutView]
UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A message as it goes to Discord; `ring` are those whose mention may ring.

    `rest` are menus there was no room for, in messages of their own.
    """

    view: ui.LayoutView
    attachments: tuple[File, ...] = ()
    ring: tuple[str, ...] = ()
    rest: tuple[ui.LayoutView, ...] = ()

    @property
    def files(self) -> list[discord.File]:
        """The files, to be sent once."""
        return [discord.File(io.BytesIO(one.content), one.name) for one in self.attachments]

    @property
    def mentions(self) -> discord.AllowedMentions:
        """Who may be rung: the people named, and nobody else."""
        people = [discord.Object(int(id)) for id in self.ring]
        return discord.AllowedMentions(everyone=False, roles=False, users=people or False)


def sheet(message: Message, wording: Wording, *, alone: bool = False, key: str = "") -> Sheet:
    """Lay a message out. `alone`: in direct messages, where buttons have to name their server.

    `key` is written into the message where nobody sees it, so that `marked_with` knows it again.
    Raises Refused when a button is bound to more than Discord carries.
    """
    message = _renamed(message)
    found, whole = _fitting(message, wording)
    files = _packed((*message.files, *_pictures(message), *whole))
    handed: list[Item] = [
        ui.File(f"attachment://{one.name}") for one in files if not _pictured(one, message)
    ]
    space = wording.space if alone else ""
    items = [*_Layout(wording, space).all(found), *handed]
    if _weight(items) > COMPONENTS:
        items = [*handed, *_Layout(wording, space).all(_condensed(found))]
    first, *rest = _views(items or [ui.TextDisplay("…")])
    if key:
        first.children[0].id = mark(key)
    ring = tuple(filter(None, map(wording.known, message.notify)))
    return Sheet(first, files, ring, tuple(rest))


def _views(items: Sequence[Item]) -> list[ui.LayoutView]:
    """Put components into as many messages as they take; all but menus fit into the first."""
    chunks: list[list[Item]] = [[]]
    for item in items:
        if _weight([*chunks[-1], item]) > COMPONENTS:
            chunks.append([])
        chunks[-1].append(item)
    return [_view(chunk) for chunk in chunks]


def _view(items: Sequence[Item]) -> ui.LayoutView:
    """Make a view that discord.py need not remember: our custom ids say what to do."""
    view = ui.LayoutView(timeout=None)
    for item in items:
        view.add_item(item)
    view.stop()
    return view


def _weight(items: Sequence[Item]) -> int:
    return sum(item._total_count for item in items)


def mark(key: str) -> int:
    """Give the number by which a message is known again: the id of its first component."""
    return crc32(key.encode()) & 0x7FFFFFFF or 1


def marked_with(message: discord.Message, key: str) -> bool:
    """Say whether a message was posted with a key."""
    first = message.components[0] if message.components else None
    return str(message.nonce) == key or getattr(first, "id", None) == mark(key)


def _fitting(message: Message, wording: Wording) -> tuple[list[Part], tuple[File, ...]]:
    """Cut the text to what one message takes; the whole of it goes in a file then."""
    found = parts(message, wording)
    if sum(len(part) for part in found if isinstance(part, str)) <= TEXT:
        return found, ()
    note = wording.marked(t("There is more: all of it is in the attached file."))
    kept: list[Part] = []
    left = TEXT - len(note) - 1
    for part in found:
        if not isinstance(part, str):
            kept.append(part)
        elif left > 0:
            end = cut(part, left)
            kept.append(part[:end].rstrip())
            left = left - end if end == len(part) else 0
    last = max(place for place, part in enumerate(kept) if isinstance(part, str))
    kept[last] = f"{kept[last]}\n{note}"
    words = whole_text(message, wording)
    return kept, (File("text.txt", words.encode(), "text/plain"),)


def _condensed(found: Sequence[Part]) -> Iterator[Part]:
    """Gather all buttons in menus at the foot: Discord takes no more than 40 components."""
    texts: list[str] = []
    rows = [part for part in found if isinstance(part, Row)]
    for part in found:
        if isinstance(part, str):
            texts.append(part)
        elif isinstance(part, Picture):
            yield from ("\n".join(texts), part) if texts else (part,)
            texts = []
    yield "\n".join(texts) or "…"
    options = tuple((one, row.above) for row in rows for one in dict.fromkeys(row.buttons))
    yield Row(choices=tuple(one for row in rows for one in row.choices), gathered=options)


def _pictures(message: Message) -> tuple[File, ...]:
    return tuple(block.file for block in message.blocks if isinstance(block, Picture))


def _pictured(file: File, message: Message) -> bool:
    return any(file is picture for picture in _pictures(message))


def _renamed(message: Message) -> Message:
    """Give files names that Discord leaves as they are, each its own."""
    used: set[str] = set()

    def renamed(file: File) -> File:
        name = UNSAFE.sub("_", file.name).lstrip("._")[-60:] or "file"
        name = f"{len(used)}-{name}" if name in used else name
        used.add(name)
        return replace(file, name=name)

    blocks = tuple(
        replace(one, file=renamed(one.file)) if isinstance(one, Picture) else one
        for one in message.blocks
    )
    return replace(message, blocks=blocks, files=tuple(map(renamed, message.files)))


def _packed(files: Sequence[File]) -> tuple[File, ...]:
    """Put what is too many for one message in an archive."""
    if len(files) <= FILES:
        return tuple(files)
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as into:
        for place, one in enumerate(files[FILES - 1 :], FILES):
            into.writestr(f"{place}-{one.name}", one.content)
    return (*files[: FILES - 1], File("more.zip", archive.getvalue(), "application/zip"))


@dataclass(slots=True)
class _Layout:
    """Makes the components of one message, each custom id once."""

    wording: Wording
    space: str
    used: dict[str, int] = field(default_factory=dict)

    def all(self, found: Iterable[Part]) -> list[Item]:
        """Make the components of all parts, in their order."""
        return [item for part in found for item in self._items(part)]

    def _items(self, part: Part) -> Iterator[Item]:
        match part:
            case str(words):
                yield ui.TextDisplay(words)
            case Row():
                yield from self._rows(part)
            case Rule():
                yield ui.Separator()
            case Picture(file, alt):
                words = shortened(self.wording.plain(alt), 1024)
                where = f"attachment://{file.name}"
                yield ui.MediaGallery(discord.MediaGalleryItem(where, description=words or None))

    def _rows(self, row: Row) -> Iterator[Item]:
        buttons = [self._button(one) for one in row.buttons]
        for begin in range(0, len(buttons), PER_ROW):
            yield ui.ActionRow(*buttons[begin : begin + PER_ROW])
        for choice in row.choices:
            yield from self._menus(choice)
        yield from self._gathered(row.gathered)

    def _button(self, one: Button) -> ui.Button[ui.LayoutView]:
        label = shortened(self.wording.plain(one.label) or "…", LABEL)
        return ui.Button(label=label, style=COLOURS[one.style], custom_id=self._id(one.call))

    def _menus(self, choice: Choice) -> Iterator[Item]:
        listed = list({one.value: one for one in choice.options if one.value}.values())
        for begin in range(0, len(listed), PER_MENU):
            options = [self._option(one) for one in listed[begin : begin + PER_MENU]]
            label = self.wording.plain(choice.label)
            yield self._menu(label, self._id(choice.call, choice.option), options)

    def _gathered(self, gathered: Sequence[tuple[Button, str]]) -> Iterator[Item]:
        label = self.wording.plain(t("Choose what to do"))
        for begin in range(0, len(gathered), PER_MENU):
            options = [
                discord.SelectOption(
                    label=shortened(self.wording.plain(button.label) or "…", OPTION),
                    value=button.call,
                    description=shortened(above, OPTION) or None,
                )
                for button, above in gathered[begin : begin + PER_MENU]
            ]
            yield self._menu(label, self._id(MORE), options)

    def _menu(
        self, label: str, id: str, options: list[discord.SelectOption]
    ) -> ui.Item[ui.LayoutView]:
        shown = shortened(label or "…", PLACEHOLDER)
        return ui.ActionRow(ui.Select(custom_id=id, placeholder=shown, options=options))

    def _option(self, one: Option) -> discord.SelectOption:
        label = shortened(self.wording.plain(one.label) or one.value, OPTION)
        return discord.SelectOption(label=label, value=one.value)

    def _id(self, call: str, option: str = "") -> str:
        """Write what something is bound to, with its server where that fits, and only once."""
        id = Bound(call, option, self.space)
        id = id if id.fits_often else replace(id, space="")
        number = self.used[str(id)] = self.used.get(str(id), -1) + 1
        return str(replace(id, number=number))
