"""Words values for where a platform takes no markup: titles, labels, notifications."""

import re
from collections import deque

from bot.chat import CommandRef, Day, Link, Moment, Person, Place
from bot.i18n import Text, format_day, format_hour, format_moment, render
from bot.protocol import Reader

URL = re.compile(r"https?://[^\s<>]+")


def as_plain_text(value: object, reader: Reader, slash: str = "/") -> str:
    """Word a value for a reader; `slash` stands before the commands that are named."""
    match value:
        case Person(name):
            return name
        case Place(channel=channel, name=name):
            return f"#{name or channel}"
        case Moment(at, zone, "hour"):
            return format_hour(at, reader.locale, zone or reader.zone)
        case Moment(at, zone):
            return format_moment(at, reader.locale, zone or reader.zone)
        case Day(day):
            return format_day(day, reader.locale)
        case Link(url, label):
            return f"{label} ({url})" if label else url
        case CommandRef():
            return slashed(value, reader.locale, slash)
    return str(value)


def slashed(command: CommandRef, locale: str, slash: str = "/") -> str:
    """Write a command as it is typed, by its names in a language."""
    names = (command.group, command.command)
    written = (render(Text(f"/{name}"), locale, str).removeprefix("/") for name in names if name)
    return slash + " ".join(written)


def shortened(words: str, limit: int) -> str:
    """Cut plain words to a limit, with a sign that there was more."""
    return words if len(words) <= limit else words[: uncut(words, limit - 1)].rstrip() + "…"


def uncut(words: str, end: int) -> int:
    """Move an end to before the web address it would cut, which would lead nowhere then."""
    last = deque(URL.finditer(words, 0, end), maxlen=1)
    for address in last:
        whole = URL.match(words, address.start(), end + 1)
        if whole and whole.end() > end:
            return address.start() or end
    return end
