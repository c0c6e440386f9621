"""Holds every command, option and notice that is declared to what people and platforms take."""

import inspect
import re
from collections.abc import Iterator
from typing import Any

from bot.adapters.discord.tree import tree
from bot.chat import Option
from bot.i18n import languages
from bot.options.basic import Kind, worded
from tests.declared import ARGUMENTS, COMMANDS, GROUPS, NOTICES, hold, short, worded_everywhere
from tools import commands

NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")


def fixed(kind: Kind) -> tuple[Option, ...]:
    return kind.fixed(commands.NOWHERE)


def test_names_of_commands_are_unique() -> None:
    assert len(COMMANDS) == sum(len(group.commands) for group in GROUPS)
    assert len({group.name for group in GROUPS}) == len(GROUPS)


def test_groups_are_named_as_people_type_them_and_titled() -> None:
    hold(
        (
            group.name,
            {
                "is named as people type": bool(NAME.fullmatch(group.name)),
                "has a title": bool(group.title),
                "has verbs, or is a command": len(group.commands) == 1 or "" not in group.commands,
            },
        )
        for group in GROUPS
    )


def test_commands_are_named_as_people_type_them_and_say_what_they_do() -> None:
    hold(
        (
            name,
            {
                "is named as people type": bool(NAME.fullmatch(command.verb or command.group)),
                "says what it does in a sentence": command.help.template.endswith("."),
            },
        )
        for name, command in COMMANDS.items()
    )


def test_commands_have_titles_that_are_told_apart_and_words_for_sending_their_forms() -> None:
    hold(
        (
            name,
            {
                "has a title": all(worded_everywhere(command.title)),
                "a button has 24 for the title": short(command.title, 24),
                "a form has a word for sending it": not command.arguments
                or all(worded_everywhere(command.submit)),
                "a form has 24 for sending it": short(command.submit, 24),
            },
        )
        for name, command in COMMANDS.items()
    )
    hold(
        (
            f"{group.name} in {language}: {titles}",
            {"tells its commands apart": len({*titles}) == len(titles)},
        )
        for group in GROUPS
        for language in languages()
        for titles in [[worded(one.title, language) for one in group.listed()]]
    )


def test_options_are_named_as_people_type_them_and_labelled() -> None:
    hold(
        (
            place,
            {
                "is named as people type": bool(NAME.fullmatch(one.name.replace("_", "-"))),
                "has a label": bool(one.kind.label),
                "offers everything once": len({o.value for o in fixed(one.kind)})
                == len(fixed(one.kind)),
            },
        )
        for place, one in ARGUMENTS.items()
    )


def test_notices_are_named_like_their_functions_and_say_what_they_are_for() -> None:
    hold(
        (
            name,
            {
                "is named like a function": bool(
                    NAME.fullmatch(name.split(".")[1].replace("_", "-"))
                ),
                "says what it is for": (inspect.getdoc(notice.word) or "").endswith("."),
            },
        )
        for name, notice in NOTICES.items()
    )


# Nothing of a declaration is cut by any platform, in any language


def test_groups_fit_into_commands_of_discord() -> None:
    hold(
        (
            group.name,
            {
                "Discord has 25": sum(one.listed for one in group.commands.values()) <= 25,
                "a menu has 75": short(group.title, 75),
            },
        )
        for group in GROUPS
    )


def test_commands_fit_on_every_platform() -> None:
    hold(
        (
            name,
            {
                "Discord has 100": short(command.help, 100),
                "Discord has 25 options": len(command.arguments) <= 25,
                "a button has 100 for the name and its options": len(name) <= 60,
            },
        )
        for name, command in COMMANDS.items()
    )


def test_options_fit_on_every_platform() -> None:
    hold(
        (
            place,
            {
                "Discord has 32 for the name": len(one.name) <= 32,
                "a form has 45 for the label": short(one.kind.label, 45),
                "a form has 100 for the hint": short(one.kind.hint, 100),
                "a menu of Slack has 75": all(short(o.label, 75) for o in fixed(one.kind)),
                "a menu has words": all(all(worded_everywhere(o.label)) for o in fixed(one.kind)),
                "a menu of Discord has 25": len(fixed(one.kind)) <= 25,
            },
        )
        for place, one in ARGUMENTS.items()
    )


def named(body: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield body
    for below in (*body.get("options", ()), *body.get("choices", ())):
        yield from named(below)


def weight(body: dict[str, Any]) -> int:
    """Count as Discord does: of each field its longest localisation (“Application commands”)."""
    fields = ("name", "description", "value")
    longest = [
        max(map(len, (str(one.get(field, "")), *one.get(f"{field}_localizations", {}).values())))
        for one in named(body)
        for field in fields
    ]
    return sum(longest)


def test_commands_of_discord_hold_what_discord_takes() -> None:
    for body in tree(GROUPS):
        assert weight(body) <= 8000, body["name"]
    hold(
        (
            f"{body['name']} {one['name']}",
            {"has up to 25 options, each once": len({*below}) == len(below) <= 25},
        )
        for body in tree(GROUPS)
        for one in named(body)
        for below in [[option["name"] for option in one.get("options", ())]]
    )
