"""Finds commands by what they are called in any language."""

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import cache, cached_property
from itertools import product

from bot.commands import Command
from bot.folding import folded
from bot.i18n import Text, languages, render
from bot.protocol import Call

NAME = 60
"""Characters that are compared: no command's name is as long, and more take their square."""


@cache
def called(name: str) -> tuple[str, ...]:
    """Give the name of a group or a verb in each language."""
    return tuple(letters(render(Text(f"/{name}"), locale, str)) for locale in languages())


def letters(words: str) -> str:
    """Give words as names are compared: small, without accents, a space for any other sign."""
    return folded(re.sub(r"[\W_]+", " ", words)).strip()


class Names:
    """The names of commands in each language, also of a group in one and a verb in another."""

    def __init__(self, commands: Mapping[str, Command]) -> None:
        self.commands = commands

    def known(self, call: Call) -> Call:
        """Give a call under the name of its command, whatever language that was typed in."""
        if call.command in self.commands:
            return call
        if name := self.find(call.command):
            return replace(call, command=name)
        head, _, rest = call.command.partition(".")
        if alone := self.find(head):
            return replace(call, command=alone, words=f"{rest} {call.words}".strip())
        return call

    def find(self, written: str) -> str:
        """Give the command that is written like this in some language, or nothing."""
        return self._names.get(letters(written[:NAME]), "")

    @cached_property
    def _names(self) -> Mapping[str, str]:
        names: dict[str, str] = {}
        for command in self.commands.values():
            for group, verb in product(called(command.group), called(command.verb)):
                names.setdefault(f"{group} {verb}".strip(), command.name)
        return names
