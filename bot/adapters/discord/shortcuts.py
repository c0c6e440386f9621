"""Knows the commands that stand in the menu of a person or a message, and what they are told."""

from collections.abc import Iterable, Mapping

from bot.adapters.discord.wording import Wording
from bot.calls import Reader
from bot.commands import Command, Group
from bot.i18n import SOURCE
from bot.kinds import WebLink
from bot.plainly import shortened

LIMIT = 32


def label(help: str) -> str:
    """Name a command as it stands in a menu: its help, without the stop."""
    return shortened(help.rstrip("."), LIMIT)


def shortcuts(groups: Iterable[Group]) -> Mapping[str, Command]:
    """Give the commands that stand in menus, by their English names."""
    offered = (one for group in groups for one in group.commands.values() if one.on)
    english = Wording(Reader(SOURCE))
    return {label(english.plain(command.help)): command for command in offered}


def about_person(command: Command, person: str) -> dict[str, str]:
    """Give the arguments of a command called on a person, who is written `<@id|name>`."""
    return _first(command, person=person)


def about_message(command: Command, text: str, link: str, author: str) -> dict[str, str]:
    """Give the arguments of a command called on a message: words, address, and who wrote it."""
    links = [one.name for one in command.arguments if isinstance(one.kind, WebLink)]
    return _first(command, long=text, person=author) | dict.fromkeys(links[:1], link)


def _first(command: Command, **values: str) -> dict[str, str]:
    """Give each value to the first option that asks for it with that widget."""
    found: dict[str, str] = {}
    for widget, value in values.items():
        names = [one.name for one in command.arguments if one.kind.widget == widget]
        found |= {name: value for name in names[:1] if value}
    return found
