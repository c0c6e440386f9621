"""Gives the arguments of commands that are called on a person or on a message."""

from bot.commands import Command
from bot.options.basic import WebLink


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
