"""Knows the commands that stand in the menu of a person or a message."""

from collections.abc import Iterable, Mapping

from bot.adapters.discord.wording import DiscordWording
from bot.commands import Command
from bot.groups import Group
from bot.i18n import SOURCE
from bot.plain_text import shortened
from bot.protocol import Reader

LIMIT = 32


def label(title: str) -> str:
    """Name a command as it stands in a menu: by its title."""
    return shortened(title, LIMIT)


def shortcuts(groups: Iterable[Group]) -> Mapping[str, Command]:
    """Give the commands that stand in menus, by their English names."""
    offered = (one for group in groups for one in group.commands.values() if one.on)
    english = DiscordWording(Reader(SOURCE))
    return {label(english.plain(command.title)): command for command in offered}
