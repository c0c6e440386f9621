"""Says what a chat is, without any platform in it: people, places, moments, messages."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from typing import Literal, Protocol
from urllib.parse import parse_qsl, urlencode

from bot.i18n import Text

MAX_BUTTON = 100


@dataclass(frozen=True, slots=True)
class Account:
    """How one platform knows somebody; `workspace` is the workspace or server."""

    platform: str
    workspace: str
    id: str


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody, by name; platforms show an account of theirs as they show people."""

    name: str
    accounts: tuple[Account, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """A channel or a thread in it; with an empty channel, the workspace itself."""

    platform: str
    workspace: str
    channel: str
    name: str = ""
    thread: str = ""


@dataclass(frozen=True, slots=True)
class MessageRef:
    """Where a posted message stands; `channel` is where the platform put a direct message.

    `below` is the thread beneath it, where one is always open for whoever answers, and what
    follows about the same thing stands in the channel.
    """

    place: Place
    id: str
    below: str = ""


@dataclass(frozen=True, slots=True)
class Moment:
    """An instant, shown in the reader's own zone, or in `zone` when that is the point."""

    at: datetime
    zone: str = ""
    style: Literal["full", "hour", "relative"] = "full"


@dataclass(frozen=True, slots=True)
class Day:
    """A calendar day, the same for everybody."""

    day: date


@dataclass(frozen=True, slots=True)
class Link:
    """A web address (http or https only) under a label."""

    url: str
    label: str = ""

    @property
    def safe(self) -> bool:
        """Say whether it can be shown as a link: nothing in it ends the link early."""
        web = self.url.lower().startswith(("https://", "http://"))
        return web and not set(self.url) & set(" \n<>|\"'")


@dataclass(frozen=True, slots=True)
class CommandRef:
    """A command, named as one types it on the reader's platform."""

    group: str
    command: str = ""


class Named(Protocol):
    """What a button can be bound to: a declared command."""

    @property
    def name(self) -> str:
        """Name it as calls do."""


def encoded(command: Named | str, args: Mapping[str, object]) -> str:
    """Write a command bound to arguments as `group.command?args`.

    Raises ValueError above 100 characters, which is what every platform can carry.
    """
    name = command if isinstance(command, str) else command.name
    words = _bound(name, tuple((key, str(value)) for key, value in args.items()))
    if len(words) > MAX_BUTTON:
        raise ValueError(f"a button carries at most {MAX_BUTTON} characters: {words}")
    return words


@lru_cache(maxsize=4096)
def _bound(name: str, args: tuple[tuple[str, str], ...]) -> str:
    return f"{name}?{urlencode(args, safe=':')}".rstrip("?")


def decoded(words: str) -> tuple[str, dict[str, str]]:
    """Read `group.command?args` back."""
    name, _, args = words.partition("?")
    return name, dict(parse_qsl(args, keep_blank_values=True))


Style = Literal["", "primary", "danger"]


@dataclass(frozen=True, slots=True)
class Button:
    """A bound command under a label."""

    label: Text
    call: str
    style: Style = ""


def button(label: Text, command: Named | str, /, style: Style = "", **args: object) -> Button:
    """Bind a command to a button."""
    return Button(label, encoded(command, args), style)


@dataclass(frozen=True, slots=True)
class Option:
    """One of the things that can be chosen."""

    value: str
    label: Text


@dataclass(frozen=True, slots=True)
class Choice:
    """A menu: a bound command whose `option` is still to be chosen."""

    label: Text
    call: str
    option: str
    options: tuple[Option, ...]


def choice(
    label: Text, command: Named | str, option: str, options: tuple[Option, ...], /, **args: object
) -> Choice:
    """Bind a command to a menu that gives its missing option."""
    return Choice(label, encoded(command, args), option, options)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text."""

    text: Text


@dataclass(frozen=True, slots=True)
class Heading:
    """A line that names what stands right beneath it."""

    text: Text


@dataclass(frozen=True, slots=True)
class Fields:
    """Names with values, side by side where there is room."""

    pairs: tuple[tuple[Text, Text], ...]


@dataclass(frozen=True, slots=True)
class Items:
    """A list."""

    items: tuple[Text, ...]
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of somebody else, long ones included."""

    text: Text


@dataclass(frozen=True, slots=True)
class Context:
    """Small print that helps to read the rest, as plain text: it holds no moments."""

    text: Text


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture with the words that stand for it."""

    file: "File"
    alt: Text


@dataclass(frozen=True, slots=True)
class Rule:
    """A line between two parts."""


@dataclass(frozen=True, slots=True)
class Actions:
    """Buttons and menus that belong to what stands right above them."""

    buttons: tuple[Button, ...] = ()
    choices: tuple[Choice, ...] = ()


Block = Paragraph | Heading | Fields | Items | Quote | Context | Picture | Rule | Actions


@dataclass(frozen=True, slots=True)
class File:
    """A file to hand over; `content` is text in UTF-8 or bytes."""

    name: str
    content: bytes
    kind: str = "text/plain"


EventState = Literal["on", "cancelled", "over"]


@dataclass(frozen=True, slots=True)
class CalendarEvent:
    """What a message announces, for platforms that keep a calendar; `key` is the same each time.

    One that people get as an entry for their own calendar says with `changed_at` when it last
    changed, and with `sequence` how often; it is shown there on the clock of `zone`.
    """

    key: str
    title: Text
    starts_at: datetime
    ends_at: datetime
    location: Text = field(default_factory=lambda: Text(""))
    about: Text = field(default_factory=lambda: Text(""))
    state: EventState = "on"
    changed_at: datetime | None = None
    sequence: int = 0
    zone: str = "UTC"

    @property
    def uid(self) -> str:
        """How calendars know it, the same in every one."""
        return f"{self.key.replace(':', '-')}@convener"


@dataclass(frozen=True, slots=True)
class Message:
    """What is said: a title, blocks, buttons and choices at its foot, files.

    `notify` names those who get a mention that rings; nobody else ever does. `thread` opens a
    thread beneath it, where platforms have them, for what follows about the same thing.
    """

    title: Text = field(default_factory=lambda: Text(""))
    blocks: tuple[Block, ...] = ()
    buttons: tuple[Button, ...] = ()
    choices: tuple[Choice, ...] = ()
    files: tuple[File, ...] = ()
    notify: tuple[Person, ...] = ()
    event: CalendarEvent | None = None
    thread: bool = False


def said(text: Text, *buttons: Button) -> Message:
    """Make a message of one paragraph."""
    return Message(blocks=(Paragraph(text),), buttons=buttons)
