"""Makes the list of commands that Discord is told of from the groups, and a digest of it."""

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import discord

from bot.adapters.discord.shortcuts import label, shortcuts
from bot.adapters.discord.wording import Wording
from bot.calls import Reader
from bot.commands import Argument, Command, Group
from bot.i18n import SOURCE, Text, joined, spoken
from bot.kinds import Line, Number, OneOf
from bot.plainly import shortened

Body = dict[str, Any]

NAME, DESCRIPTION, CHOICES, TYPED = 32, 100, 25, 6000
ALLOWED = re.compile(r"[-_'\w]{1,32}")
SUBCOMMAND, STRING, INTEGER, BOOLEAN, USER, CHANNEL = 1, 3, 4, 5, 6, 7
TYPES = {"number": INTEGER, "yesno": BOOLEAN, "person": USER, "place": CHANNEL}
TEXT_CHANNELS = [0, 5]
IN_SERVER, ALONE = 0, 1
MENUS = {"person": 2, "message": 3}


def tree(groups: Iterable[Group]) -> list[Body]:
    """Give the whole list as it is sent to Discord, options that are needed before the others.

    None is marked as required: a command without its arguments opens a form, and what Discord
    requires it asks for one by one, before the bot hears of it.
    """
    known = tuple(groups)
    listed = [(group, shown) for group in known if (shown := _listed(group))]
    return [*_apart([_top(group, shown) for group, shown in listed]), *_menus(known)]


def digest(commands: Sequence[Body]) -> str:
    """Give a short name of a list: the same list has the same one."""
    words = json.dumps(commands, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(words.encode()).hexdigest()[:16]


def _listed(group: Group) -> list[Command]:
    return [command for command in group.commands.values() if command.listed]


def _top(group: Group, commands: Sequence[Command]) -> Body:
    place = {"type": 1, "contexts": [IN_SERVER, ALONE], "integration_types": [0]}
    if alone := group.commands.get(""):
        return {**_named(group.name, alone.help), **place, "options": _options(alone)}
    own = [
        {**_named(one.verb, one.help), "type": SUBCOMMAND, "options": _options(one)}
        for one in commands
    ]
    return {**_named(group.name, group.title), **place, "options": _apart(own)}


def _menus(groups: Iterable[Group]) -> Iterator[Body]:
    for name, command in shortcuts(groups).items():
        labels = {locale: label(command, locale) for locale in locales()}
        differing = {locale: words for locale, words in labels.items() if words != name}
        yield {
            "name": name,
            **({"name_localizations": differing} if differing else {}),
            "type": MENUS[command.on],
            "contexts": [IN_SERVER],
            "integration_types": [0],
        }


def _named(name: str, about: Text) -> Body:
    return {
        "name": name,
        **_localised_name(Text(f"/{name}")),
        "description": _said(about, SOURCE, DESCRIPTION),
        **_localised("description_localizations", about, DESCRIPTION),
    }


def _options(command: Command) -> list[Body]:
    ordered = sorted(command.arguments, key=lambda one: not one.required)
    return _apart([_option(one) for one in ordered])


def _option(argument: Argument) -> Body:
    kind = argument.kind
    about = joined((kind.label, kind.hint), ". ") if kind.hint else kind.label
    return {
        "name": argument.name,
        **_localised_name(kind.label),
        "description": _said(about, SOURCE, DESCRIPTION),
        **_localised("description_localizations", about, DESCRIPTION),
        "type": TYPES.get(kind.widget, STRING),
        **_narrowed(argument),
    }


def _narrowed(argument: Argument) -> Body:
    """Say what of a value can be known before it is sent."""
    kind = argument.kind
    if isinstance(kind, OneOf) and len(kind.options) <= CHOICES:
        return {"choices": [_choice(one.value, one.label) for one in kind.options]}
    if isinstance(kind, Number):
        return {"min_value": kind.least, "max_value": kind.most}
    if kind.widget in ("look", "one"):
        return {"autocomplete": True}
    if kind.widget == "place":
        return {"channel_types": TEXT_CHANNELS}
    return {"max_length": min(kind.limit, TYPED)} if isinstance(kind, Line) else {}


def _choice(value: str, label: Text) -> Body:
    name = _said(label, SOURCE, DESCRIPTION)
    return {"name": name, "value": value, **_localised("name_localizations", label, DESCRIPTION)}


def _said(text: Text, locale: str, limit: int) -> str:
    return shortened(Wording(Reader(locale)).plain(text), limit)


def _localised(key: str, text: Text, limit: int) -> Body:
    """Translate for each locale of Discord there is a catalogue for; English is the default."""
    english = _said(text, SOURCE, limit)
    found = {locale: _said(text, locale, limit) for locale in locales()}
    differing = {locale: words for locale, words in found.items() if words != english}
    return {key: differing} if differing else {}


def _localised_name(text: Text) -> Body:
    """Translate a name, where the translation can be one: one word of letters, in small ones."""
    words = {locale: _as_name(_said(text, locale, NAME)) for locale in locales()}
    english = _as_name(_said(text, SOURCE, NAME))
    usable = {locale: name for locale, name in words.items() if name and name != english}
    return {"name_localizations": usable} if usable else {}


def _as_name(words: str) -> str:
    name = "-".join(words.lstrip("/").lower().split())
    return name if ALLOWED.fullmatch(name) else ""


def _apart(named: list[Body]) -> list[Body]:
    """Take translated names away that two neighbours share."""
    for locale in locales():
        names = [one.get("name_localizations", {}).get(locale, one["name"]) for one in named]
        for one, name in zip(named, names, strict=True):
            if names.count(name) > 1:
                one.get("name_localizations", {}).pop(locale, None)
    return [{key: value for key, value in one.items() if value != {}} for one in named]


def locales() -> Sequence[str]:
    """Name the locales of Discord that a catalogue serves, other than English."""
    served = (str(one.value) for one in discord.Locale)
    return [one for one in served if spoken(one, "") not in ("", SOURCE)]


def ids(answer: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """Read from Discord's answer which id each command was given."""
    return {str(one["name"]): str(one["id"]) for one in answer}
