"""Makes the list of commands that Discord is told of from the groups, and a digest of it."""

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import discord

from bot.adapters.discord.shortcuts import label, shortcuts
from bot.adapters.discord.wording import DiscordWording
from bot.arguments import Argument
from bot.chat import Option
from bot.commands import Command
from bot.groups import Group
from bot.i18n import SOURCE, Text, joined, supported_language
from bot.options.basic import Line, Number, OneOf
from bot.plain_text import shortened
from bot.protocol import Reader

Body = dict[str, Any]

DESCRIPTION, CHOICES, TYPED = 100, 25, 6000
LABEL, OPTION = 75, 80
TOTAL = 8000
"""Characters that all texts of a command have together, of each the longest translation."""
SHORTER = (50, 30, 20)
"""How long the descriptions of options are where they would be too long together."""
SHORT = 60
"""How long those of commands are where that is still too much."""
TRANSLATED = "name_localizations"
ALLOWED = re.compile(r"[-_'\w]{1,32}")
SUBCOMMAND, STRING, INTEGER, BOOLEAN, USER, CHANNEL, ATTACHMENT = 1, 3, 4, 5, 6, 7, 11
TYPES = {
    "number": INTEGER,
    "yesno": BOOLEAN,
    "person": USER,
    "place": CHANNEL,
    "file": ATTACHMENT,
}
TEXT_CHANNELS = [0, 5]
IN_SERVER, ALONE = 0, 1
MENUS = {"person": 2, "message": 3}
Word = Callable[[Text, str], str]


def said(text: Text, locale: str) -> str:
    """Word a text in a language."""
    return DiscordWording(Reader(locale)).plain(text)


def tree(groups: Iterable[Group], word: Word = said) -> list[Body]:
    """Give the whole list as it is sent to Discord, options that are needed before the others.

    None is marked as required: a command without its arguments opens a form, and what Discord
    requires it asks for one by one, before the bot hears of it. `word` puts texts into languages.
    """
    known = tuple(groups)
    listed = [(group, shown) for group in known if (shown := group.listed())]
    growing = _Tree(word)
    return [*growing.apart(growing.fitting(*one) for one in listed), *growing.menus(known)]


def size(body: Body) -> int:
    """Count the characters of all texts of a command, of each the longest translation."""
    own = sum(
        max(map(len, (body[key], *body.get(f"{key}_localizations", {}).values())))
        for key in ("name", "description")
        if key in body
    )
    values = sum(len(str(one["value"])) for one in body.get("choices", ()))
    return own + values + sum(map(size, (*body.get("options", ()), *body.get("choices", ()))))


def digest(commands: Sequence[Body]) -> str:
    """Give a short name of a list: the same list has the same one."""
    words = json.dumps(commands, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(words.encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class _Tree:
    """Makes commands, in English and in each locale of Discord there is a catalogue for."""

    word: Word
    option_limit: int = OPTION
    names_options: bool = True
    limit: int = DESCRIPTION

    def fitting(self, group: Group, commands: Sequence[Command]) -> Body:
        """Make a command with as much on its options as all its texts together leave room for."""
        shorter = [replace(self, option_limit=limit) for limit in SHORTER]
        plain = replace(shorter[-1], names_options=False)
        made = (one.top(group, commands) for one in (self, *shorter, plain))
        shortest = replace(plain, limit=SHORT)
        return next((body for body in made if size(body) <= TOTAL), None) or shortest.top(
            group, commands
        )

    def top(self, group: Group, commands: Sequence[Command]) -> Body:
        place = {"type": 1, "contexts": [IN_SERVER, ALONE], "integration_types": [0]}
        name = self.names(group.name, f"/{group.name}")
        if alone := group.commands.get(""):
            return {**name, **self.about(alone.help), **place, "options": self.options(alone)}
        own = self.apart(self.verb(one) for one in commands)
        return {**name, **self.about(group.title), **place, "options": own}

    def verb(self, one: Command) -> Body:
        name = self.names(one.verb, f"/{one.verb}")
        return {
            **name, **self.about(one.help), "type": SUBCOMMAND, "options": self.options(one)
        }  # fmt: skip

    def options(self, command: Command) -> list[Body]:
        ordered = sorted(command.arguments, key=lambda one: not one.required)
        return self.apart(self.option(one) for one in ordered)

    def option(self, argument: Argument) -> Body:
        kind = argument.kind
        about = joined((kind.label, kind.hint), ". ") if kind.hint else kind.label
        name = self.names(argument.name, f"{argument.name}=")
        return {
            **(name if self.names_options else {"name": argument.name}),
            **self.texts("description", about, self.option_limit),
            "type": TYPES.get(kind.widget, STRING),
            **self.narrowed(argument),
        }

    def narrowed(self, argument: Argument) -> Body:
        """Say what of a value can be known before it is sent."""
        kind = argument.kind
        if isinstance(kind, OneOf) and len(kind.options) <= CHOICES:
            return {"choices": [self.choice(one) for one in kind.options]}
        if isinstance(kind, Number):
            return {"min_value": kind.least, "max_value": kind.most}
        if kind.widget in ("look", "one"):
            return {"autocomplete": True}
        if kind.widget == "place":
            return {"channel_types": TEXT_CHANNELS}
        return {"max_length": min(kind.limit, TYPED)} if isinstance(kind, Line) else {}

    def choice(self, one: Option) -> Body:
        return {**self.texts("name", one.label, LABEL), "value": one.value}

    def menus(self, groups: Iterable[Group]) -> Iterator[Body]:
        place = {"contexts": [IN_SERVER], "integration_types": [0]}
        for name, command in shortcuts(groups).items():
            labels = {locale: label(self.word(command.title, locale)) for locale in locales()}
            place = {"contexts": [IN_SERVER], "integration_types": [0]}
            yield {
                "name": name,
                **_differing("name", name, labels),
                "type": MENUS[command.on],
                **place,
            }

    def about(self, text: Text) -> Body:
        return self.texts("description", text, self.limit)

    def texts(self, key: str, text: Text, most: int = DESCRIPTION) -> Body:
        """Word something in English and, where it differs, in each locale."""
        english = shortened(self.word(text, SOURCE), most)
        found = {one: shortened(self.word(text, one), most) for one in locales()}
        return {key: english, **_differing(key, english, found)}

    def names(self, name: str, id: str) -> Body:
        """Give a name, and its translations where they can be names: small letters, no spaces.

        Translators find it under `id`, as it is typed: `/plan` a command, `when=` an option.
        """
        found = {one: self.word(Text(id), one).strip("/=") for one in locales()}
        usable = {one: words for one, words in found.items() if _is_name(words)}
        return {"name": name, **_differing("name", name, usable)}

    def apart(self, named: Iterable[Body]) -> list[Body]:
        """Take translated names away that two neighbours share."""
        made = list(named)
        for locale in locales():
            while shared := _shared([_called(one, locale) for one in made]):
                for one in made:
                    if _called(one, locale) in shared:
                        one.get(TRANSLATED, {}).pop(locale, None)
        return [{key: value for key, value in one.items() if value != {}} for one in made]


def _differing(key: str, english: str, found: Mapping[str, str]) -> Body:
    differing = {locale: words for locale, words in found.items() if words not in ("", english)}
    return {f"{key}_localizations": differing} if differing else {}


def _called(one: Body, locale: str) -> str:
    return str(one.get(TRANSLATED, {}).get(locale, one["name"]))


def _shared(names: Sequence[str]) -> set[str]:
    return {name for name in names if names.count(name) > 1}


def _is_name(words: str) -> bool:
    return bool(ALLOWED.fullmatch(words)) and words == words.lower()


def locales() -> Sequence[str]:
    """Name the locales of Discord that a catalogue serves, other than English."""
    served = (str(one.value) for one in discord.Locale)
    return [one for one in served if supported_language(one, "") not in ("", SOURCE)]


def ids(answer: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """Read from Discord's answer under which id each command can be mentioned, as it is typed."""
    found: dict[str, str] = {}
    for one in answer:
        verbs = [part["name"] for part in one.get("options") or () if part["type"] == SUBCOMMAND]
        names = [f"{one['name']} {verb}" for verb in verbs] or [one["name"]]
        found |= dict.fromkeys(names, str(one["id"]))
    return found
