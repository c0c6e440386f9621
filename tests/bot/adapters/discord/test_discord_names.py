"""Shows what commands, groups and options are called in other languages, and when they are not."""

from collections.abc import Mapping
from typing import Any

import pytest

from bot.adapters.discord.tree import said, tree
from bot.app.parts import all_groups
from bot.i18n import Text
from tests.bot.adapters.discord.test_discord_menus import kept
from tests.fakes import discord_spec as spec
from tests.toys import toy

SPANISH = {
    "/toy": "/juguete", "/add": "/añadir", "/see": "/ver", "title=": "título=", "size=": "tamaño=",
    "Add a toy.": "Añadir un juguete.", "Title": "Título",
}  # fmt: skip


def translated(catalogue: Mapping[str, str]) -> list[dict[str, Any]]:
    """Make the list of commands with a Spanish catalogue."""

    def word(text: Text, locale: str) -> str:
        own = catalogue.get(text.template) if locale.startswith("es") else None
        return own or said(text, "en")

    return tree([toy], word)


def spanish(named: Mapping[str, Any]) -> str:
    return str(named.get("name_localizations", {}).get("es-ES", named["name"]))


def own(name: str, catalogue: Mapping[str, str]) -> dict[str, Any]:
    """Give a command of the toys."""
    [top] = translated(catalogue)
    return next(one for one in top["options"] if one["name"] == name)


def test_group_command_and_options_have_translated_names() -> None:
    [top] = translated(SPANISH)
    add = own("add", SPANISH)
    assert (spanish(top), spanish(add)) == ("juguete", "añadir")
    assert [spanish(one) for one in add["options"]] == ["título", "tamaño", "colour"]


def test_both_kinds_of_spanish_are_served() -> None:
    assert set(own("add", SPANISH)["name_localizations"]) == {"es-ES", "es-419"}


def test_descriptions_are_translated_beside_names() -> None:
    assert own("add", SPANISH)["description_localizations"]["es-ES"] == "Añadir un juguete."


@pytest.mark.parametrize(
    "words", ["", "/", "/Añadir", "/añadir ya", "/añadir!", "/" + "a" * 33, "/ÑANDÚ"]
)
def test_translation_that_cannot_be_a_name_is_not_sent(words: str) -> None:
    assert "name_localizations" not in own("add", SPANISH | {"/add": words})


def test_name_that_is_not_translated_stays_english() -> None:
    assert "name_localizations" not in own("change", SPANISH)


@pytest.mark.parametrize(
    "alike",
    [
        {"/add": "/ver", "/see": "/ver"},
        {"/add": "/see"},
        {"/add": "/x", "/see": "/x", "/change": "/add"},
    ],
)
def test_neighbours_are_never_called_alike(alike: Mapping[str, str]) -> None:
    [top] = translated(alike)
    names = [spanish(one) for one in top["options"]]
    assert len(set(names)) == len(names)


def test_list_with_the_longest_translations_is_one_discord_takes() -> None:
    def word(text: Text, locale: str) -> str:
        words = said(text, "en")
        if locale == "en":
            return words
        named = words.startswith("/") or words.endswith("=")
        return (words.strip("/=") * 32)[:32] if named else (words * 100)[:100]

    assert list(spec.wrong_commands(tree(all_groups(), word))) == []


def test_menu_of_a_message_is_translated_too() -> None:
    def word(text: Text, locale: str) -> str:
        return said(text, "en") if locale == "en" else "Garder ceci comme jouet"

    [menu] = [one for one in tree([kept], word) if one["type"] == 3]
    assert menu["name"] == "Keep this as a toy"
    assert menu["name_localizations"]["fr"] == "Garder ceci comme jouet"


def test_without_a_command_on_messages_no_menu_is_offered() -> None:
    assert [one["type"] for one in tree([toy])] == [1]
