"""Finds commands by what they are called in any language, also with a wrong letter."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from difflib import SequenceMatcher
from functools import cache, cached_property
from itertools import product

from bot.commands import Command
from bot.folding import folded
from bot.i18n import Text, languages, render
from bot.protocol import Call

NAME = 60
"""Characters that are compared: no command's name is as long, and more take their square."""
LIKE, CLOSE, MEANT = 0.75, 0.1, 3
"""How like a name has to be, how much less than the likeliest, and how many are shown."""


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


def meant(words: str, commands: Iterable[Command]) -> list[Command]:
    """Find the commands somebody may have meant, the likeliest first, whatever language it was in.

    A verb alone will do, and a letter too many, too few or another.
    """
    said_now = letters(words)[:NAME]
    near = {c.name: (_likeness(said_now, c), c) for c in commands if c.listed}
    ranked = sorted(near.values(), key=lambda pair: -pair[0])
    best = ranked[0][0] if ranked else 0.0
    return [command for like, command in ranked if like >= max(LIKE, best - CLOSE)][:MEANT]


def _likeness(words: str, command: Command) -> float:
    """Say how near words come to the name of a command, from 0 to 1.

    Where its group is right, only the verb counts: else any verb of a long group would be like it.
    """
    pairs = list(zip(called(command.group), called(command.verb), strict=True))
    verbs = [verb for _, verb in pairs if verb]
    if rest := behind(words, called(command.group)):
        return max((likeness(rest, verb) for verb in verbs), default=0.0)
    names = [" ".join(pair).strip() for pair in pairs]
    return max(likeness(words, name) for name in (*names, *([] if " " in words else verbs)))


def behind(words: str, heads: Iterable[str]) -> str:
    """Give what stands behind one of these names, if words begin with one."""
    return next(
        (words.removeprefix(f"{head} ") for head in heads if words.startswith(f"{head} ")), ""
    )


def likeness(words: str, name: str) -> float:
    """Say how like a name the words are that stand in its place."""
    begun = " ".join(words.split()[: len(name.split())])
    return SequenceMatcher(None, begun, name).ratio()
