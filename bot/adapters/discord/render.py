"""Turns messages into what Discord shows, cut to its limits; what does not fit goes in a file."""

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any
from zlib import crc32

import discord
from discord import ui

from bot.adapters.discord.layout import Component, Layout, file, text, weight
from bot.adapters.discord.parts import ActionRow, Part, parts, whole_text
from bot.adapters.discord.wording import DiscordWording, cut
from bot.chat import File, Message, Picture
from bot.i18n import t

TEXT, COMPONENTS, FILES = 4000, 40, 10
UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")
HANGING = re.compile(r"\n#{2,3} [^\n]*\Z")
NOBODY = discord.AllowedMentions.none()


class Laid(ui.LayoutView):
    """Components as they go to Discord. discord.py need not remember them: ids say what to do.

    Not embeds: components are as wide as any message on a phone, a screen reader reads them as
    text, they stay where people have switched embeds off, and buttons stand beneath what they
    belong to.
    """

    timeout = None

    def __init__(self, components: Sequence[Component]) -> None:
        self.components = components  # what a view keeps besides costs more than all of this

    def to_components(self) -> list[Any]:
        """Give the components."""
        return list(self.components)

    def has_components_v2(self) -> bool:
        """Say that they are of the newer kind."""
        return True

    def is_finished(self) -> bool:
        """Say that nobody waits for them."""
        return True

    def is_dispatchable(self) -> bool:
        """Say that nobody waits for them."""
        return False


@dataclass(frozen=True, slots=True)
class Sheet:
    """A message as it goes to Discord; `ring` are those whose mention may ring.

    `rest` are menus there was no room for, in messages of their own.
    """

    view: Laid
    attachments: tuple[File, ...] = ()
    ring: tuple[str, ...] = ()
    rest: tuple[Laid, ...] = ()

    @property
    def files(self) -> list[discord.File]:
        """The files, to be sent once."""
        return [discord.File(io.BytesIO(one.content), one.name) for one in self.attachments]

    @property
    def mentions(self) -> discord.AllowedMentions:
        """Who may be rung: the people named, and nobody else."""
        if not self.ring:
            return NOBODY
        people = [discord.Object(int(id)) for id in self.ring]
        return discord.AllowedMentions(everyone=False, roles=False, users=people)


def sheet(
    message: Message, wording: DiscordWording, *, alone: bool = False, key: str = ""
) -> Sheet:
    """Lay a message out. `alone`: in direct messages, where buttons have to name their server.

    `key` is written into the message where nobody sees it, so that `marked_with` knows it again.
    Raises Refused when a button is bound to more than Discord carries.
    """
    message = _renamed(message)
    found, whole = _fitting(message, wording)
    files = _packed((*message.files, *_pictures(message), *whole))
    downloads = [file(one.name) for one in files if not _pictured(one, message)]
    workspace = wording.workspace if alone else ""
    components = [*Layout(wording, workspace).all(found), *downloads]
    if weight(components) > COMPONENTS:
        components = [*downloads, *Layout(wording, workspace).all(_condensed(found))]
    first, *rest = _divided(components or [text("…")])
    if key:
        first[0]["id"] = mark(key)
    ring = tuple(filter(None, map(wording.known, message.notify)))
    return Sheet(Laid(first), files, ring, tuple(map(Laid, rest)))


def _divided(components: Sequence[Component]) -> list[list[Component]]:
    """Put components into as many messages as they take; all but menus fit into the first."""
    chunks: list[list[Component]] = [[]]
    for one in components:
        if weight([*chunks[-1], one]) > COMPONENTS:
            chunks.append([])
        chunks[-1].append(one)
    return chunks


def mark(key: str) -> int:
    """Give the number by which a message is known again: the id of its first component."""
    return crc32(key.encode()) & 0x7FFFFFFF or 1


def marked_with(message: discord.Message, key: str) -> bool:
    """Say whether a message was posted with a key."""
    first = message.components[0] if message.components else None
    return str(message.nonce) == key or getattr(first, "id", None) == mark(key)


def _fitting(message: Message, wording: DiscordWording) -> tuple[list[Part], tuple[File, ...]]:
    """Cut the text to what one message takes; the whole of it goes in a file then.

    Each text counts one more, for the new line where texts are joined when rows are gathered.
    """
    found = parts(message, wording)
    if sum(len(part) + 1 for part in found if isinstance(part, str)) <= TEXT:
        return found, ()
    note = wording.marked(t("There's more: it's all in the attached file."))
    kept: list[Part] = []
    left = TEXT - len(note) - 2
    for part in found:
        if not isinstance(part, str):
            kept.append(part)
        elif left > 0:
            end = cut(part, left)
            kept.append(part if end == len(part) else _ended(part[:end]))
            left = left - end - 1 if end == len(part) else 0
    last = max(place for place, part in enumerate(kept) if isinstance(part, str))
    kept[last] = f"{kept[last]}\n{note}"
    words = whole_text(message, wording)
    return kept, (File("text.txt", words.encode(), "text/plain"),)


def _ended(words: str) -> str:
    """End words that were cut, without a heading beneath which nothing is left."""
    return HANGING.sub("", words.rstrip())


def _condensed(found: Sequence[Part]) -> Iterator[Part]:
    """Gather all buttons in menus at the foot: Discord takes no more than 40 components."""
    texts: list[str] = []
    rows = [part for part in found if isinstance(part, ActionRow)]
    for part in found:
        if isinstance(part, str):
            texts.append(part)
        elif isinstance(part, Picture):
            yield from ("\n".join(texts), part) if texts else (part,)
            texts = []
    yield "\n".join(texts) or "…"
    options = tuple((one, row.above()) for row in rows for one in dict.fromkeys(row.buttons))
    yield ActionRow(choices=tuple(one for row in rows for one in row.choices), gathered=options)


def _pictures(message: Message) -> tuple[File, ...]:
    return tuple(block.file for block in message.blocks if isinstance(block, Picture))


def _pictured(file: File, message: Message) -> bool:
    return any(file is picture for picture in _pictures(message))


def _renamed(message: Message) -> Message:
    """Give files names that Discord leaves as they are, each its own."""
    if not message.files and not _pictures(message):
        return message
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
