"""Suggests how to go on with what somebody types: commands, options, names, labels."""

from collections.abc import Callable, Iterable, Iterator, Mapping

from bot.adapters.local.kept import parted
from bot.adapters.local.shown import Shown
from bot.adapters.local.stage import Stage
from bot.commands import Command
from bot.groups import Group
from bot.i18n import Text, render
from bot.protocol import Complete

WORDS = (
    "press",
    "choose",
    "as",
    "in",
    "time",
    "form",
    "save",
    "dismiss",
    "join",
    "who",
    "help",
    "quit",
)
LABELS = 25
Pair = tuple[str, str]
"""What is put in, and what is said of it."""


class Suggestions:
    """Suggests to whoever `me` gives, in the language `locale`."""

    def __init__(
        self,
        stage: Stage,
        groups: Mapping[str, Group],
        complete: Complete,
        me: Callable[[], str],
        locale: str,
    ) -> None:
        self.stage = stage
        self.groups = groups
        self.complete = complete
        self.me = me
        self.locale = locale

    async def following(self, typed: str) -> tuple[str, list[Pair]]:
        """Give the word that is begun, and what it can become."""
        last = typed.rpartition(" ")[2]
        if last.startswith(("@", "#")):
            return last, self.names(last[0])
        if typed.startswith("/"):
            return await self._command(typed)
        head, workspace, rest = typed.partition(" ")
        if not workspace:
            return typed, [(word, "") for word in WORDS]
        return rest, list(self._behind(head))

    def names(self, sign: str) -> list[Pair]:
        """List the people (`@`) or channels (`#`) of one's workspace."""
        workspace, platform = parted(self.me())[1], self.stage.platform
        if sign == "@":
            people = [one for one in platform.people.values() if one.workspace == workspace]
            return [(f"@{one.name}", one.zone) for one in people]
        channels = [one for one in platform.channels.values() if one.workspace == workspace]
        return [(f"#{one.channel}", "") for one in channels]

    def _behind(self, head: str) -> Iterator[Pair]:
        seen = [posted.shown for posted in self.stage.platform.visible(self.me())]
        if head == "press":
            yield from _labels(seen)
        elif head == "choose":
            yield from _menus(seen)
        elif head == "as":
            yield from ((name, "") for name in self.stage.platform.people)
        elif head == "save":
            yield from {file.name: "" for shown in seen for file in shown.files}.items()
        elif head == "in":
            yield from self.names("#")

    async def _command(self, typed: str) -> tuple[str, list[Pair]]:
        """Complete a command: its group, its verb, the names of its options, their values."""
        head, *words = typed.removeprefix("/").split(" ")
        group = self.groups.get(head)
        if not words:
            return typed, [(f"/{one.name}", self._say(one.title)) for one in self.groups.values()]
        if group is None:
            return words[-1], []
        alone = group.commands.get("")
        if len(words) == 1 and alone is None:
            return words[0], [(one.verb, self._say(one.help)) for one in group.listed()]
        command = alone or group.commands.get(words[0])
        return (words[-1], []) if command is None else await self._option(command, words[-1])

    async def _option(self, command: Command, last: str) -> tuple[str, list[Pair]]:
        name, given, value = last.partition("=")
        if not given:
            kinds = {one.name: one.kind.label for one in command.arguments}
            return last, [(f"{name}=", self._say(label)) for name, label in kinds.items()]
        return value, await self.values(command.name, name, value.strip('"'))

    async def values(self, command: str, option: str, typed: str) -> list[Pair]:
        """Look up what an option can be."""
        alone = self.stage.alone(self.stage.somebody(self.me()))
        call = self.stage.call(self.me(), alone, command)
        found = await self.complete(call, option, typed)
        return [(_quoted(label if value.isdigit() else value), label) for value, label in found]

    def _say(self, text: Text) -> str:
        return render(text, self.locale, str)


def _labels(seen: Iterable[Shown]) -> Iterator[Pair]:
    """List the labels of buttons, the newest first."""
    labels: dict[str, str] = {}
    for shown in seen:
        for one in shown.buttons:
            labels.setdefault(one.label, shown.title)
    yield from ((f'"{label}"', title) for label, title in list(labels.items())[:LABELS])


def _menus(seen: Iterable[Shown]) -> Iterator[Pair]:
    menus = [menu for shown in seen for menu in shown.choices][:LABELS]
    for menu in menus:
        yield from ((f'"{menu.label}" = "{option.label}"', "") for option in menu.options)


def _quoted(words: str) -> str:
    return f'"{words}"' if " " in words else words
