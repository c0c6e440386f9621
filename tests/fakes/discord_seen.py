"""Reads messages and forms as Discord's app shows them: markup taken off, names and times in."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import discord

from bot.adapters.discord.ids import bound
from bot.adapters.discord.layout import MORE
from bot.chat import decoded
from bot.i18n import format_hour, format_moment
from bot.options.languages import language_called

Body = Mapping[str, Any]
ESCAPED = re.compile(r"\\([^0-9A-Za-z\s])")
BOLD = re.compile(r"(?<!\\)\*\*|^##? ", re.MULTILINE)
MENTION = re.compile(r"<([@#])(\d+)>")
COMMAND = re.compile(r"</([^:>]+):\d+>")
TIME = re.compile(r"<t:(\d+):(\w)>")
ROW, BUTTON, MENU, INPUT, TEXT, LABEL, RADIO = 1, 2, 3, 4, 10, 18, 21


def parts(components: Iterable[Body]) -> Iterator[Body]:
    """Give the components of a message one by one, those in rows too."""
    for one in components:
        yield from one["components"] if one["type"] == ROW else [one]


def labels(modal: Body) -> list[Body]:
    """Give the fields of a form, each with its label."""
    return [one for one in modal["components"] if one["type"] == LABEL]


def texts(components: Iterable[Body]) -> str:
    """Give the words of a message or of a form, as they were sent."""
    names = {TEXT: "content", LABEL: "label"}
    return "\n".join(str(one[names[one["type"]]]) for one in components if one["type"] in names)


def unmarked(words: str) -> str:
    """Take the markup off."""
    return ESCAPED.sub(r"\1", BOLD.sub("", words)).replace("\u200b", "")


@dataclass(frozen=True, slots=True)
class Eyes:
    """Whoever reads: in their language and zone; `called` gives the name of an id."""

    locale: str = "en"
    zone: str = "UTC"
    called: Callable[[str], str] = field(default=str)

    def read(self, words: str) -> str:
        """Give words as they stand on this person's screen, spaces of all kinds as one."""
        words = MENTION.sub(lambda found: found[1] + self.called(found[2]), unmarked(words))
        words = TIME.sub(self._time, COMMAND.sub(r"/\1", words))
        return words.replace("\u202f", " ").replace("\xa0", " ")

    def _time(self, found: re.Match[str]) -> str:
        """Show an instant, with the city the app leaves out since it is where the person is."""
        at = datetime.fromtimestamp(int(found[1]), UTC)
        hour = found[2] in "tT"
        return (format_hour if hour else format_moment)(at, self.locale, self.zone)


@dataclass(frozen=True, slots=True)
class Control:
    """Something to press or to choose from, on a message; `value` is an option of a menu."""

    message: discord.Message
    id: str
    label: str
    call: str
    options: tuple[Body, ...] = ()
    value: str = ""


def things(message: discord.Message, part: Body) -> Iterator[Control]:
    """Give what can be pressed in a part of a message, buttons in a menu one by one."""
    if part["type"] not in (BUTTON, MENU):
        return
    found = bound(part["custom_id"])
    assert found is not None, part
    if part["type"] == BUTTON:
        yield Control(message, part["custom_id"], part["label"], found.call)
    elif found.call == MORE:
        for one in part["options"]:
            yield Control(message, part["custom_id"], one["label"], one["value"], (), one["value"])
    else:
        label = str(part.get("placeholder"))
        yield Control(message, part["custom_id"], label, found.call, tuple(part["options"]))


def means(call: str, wanted: str) -> bool:
    """Say whether a call is of the command that is wanted, with the options that are named."""
    (command, args), (name, given) = decoded(call), decoded(wanted)
    return command == name and given.items() <= args.items()


def filled_in(field: Body, values: Mapping[str, str]) -> Any:
    """Give what is filled in, else what stands there, as the app sends it; None for nothing."""
    raw = values.get(field["custom_id"])
    if field["type"] == INPUT:
        return field.get("value") or "" if raw is None else raw
    options = field.get("options", ())
    chosen = [o["value"] for o in options if o.get("default")]
    if raw is not None:
        parts = [part.strip() for part in raw.split(",")]
        named = {raw, *parts, *map(language_called, parts)}
        chosen = [o["value"] for o in options if named & {o["value"], o["label"]}]
    return (chosen[0] if field["type"] == RADIO else chosen) if chosen else None


def in_files(posted: Any, cdn: Any) -> Iterator[str]:
    """Give what stands in the files of a message."""
    for one in posted.attachments:
        yield (cdn.get(one["url"]) or b"").decode(errors="replace")
