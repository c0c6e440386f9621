"""Holds every command, form and message to Discord's limits, in all languages."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

import pytest

from bot.adapters.discord.forms import modal, pages
from bot.adapters.discord.ids import Bound
from bot.adapters.discord.render import Sheet, sheet
from bot.adapters.discord.tree import tree
from bot.adapters.discord.wording import DiscordWording
from bot.app.discord import welcome
from bot.app.parts import all_groups
from bot.chat import Actions, Message, Option, Paragraph, button
from bot.commands import Command
from bot.i18n import plain
from bot.options.basic import OneOf, SeveralOf, YesNo
from bot.protocol import Field, Form, Reader
from tests.fakes import discord_spec as spec
from tests.fakes.discord_limits import forms, limits, messages

LANGUAGES = ("en", "es", "fr")
SPACE = str(2**63 - 1)
COMMANDS = [one for group in (*all_groups(), limits) for one in group.commands.values()]
Made = TypeVar("Made")
needs_spec = pytest.mark.skipif(not spec.present(), reason=spec.REASON)


def shown(made: Sheet) -> list[Any]:
    """Give the components of what was laid out."""
    return made.view.to_components()


def posted(message: Message, locale: str, key: str = "k") -> dict[str, Any]:
    """Give the body a message is posted with, in direct messages, where ids are longest."""
    made = sheet(message, DiscordWording(Reader(locale), SPACE), alone=True, key=key)
    flags = 1 << 15
    return {"components": shown(made), "flags": flags, "nonce": key}


def wrong(message: Message, locale: str) -> list[str]:
    return spec.wrong("POST", "/channels/1/messages", posted(message, locale))


def wrong_form(form: Form, locale: str, suggested: Mapping[str, list[Option]]) -> list[str]:
    """Say what Discord would refuse about the pages of a form."""
    id = str(Bound(f"~form?draft={SPACE}&at={SPACE}&more=yes", workspace=SPACE))
    every = pages(form, DiscordWording(Reader(locale), SPACE))
    bodies = [modal(page, id, suggested).to_dict() for page in every]
    path = "/interactions/1/token/callback"
    return [one for body in bodies for one in spec.wrong("POST", path, {"type": 9, "data": body})]


def form_of(command: Command) -> Form:
    """Give the form a command opens when nothing is given."""
    fields = tuple(
        Field(
            one.name, one.kind.label, one.kind.widget, "", one.kind.hint, plain("Wrong."),
            one.required, _options(one.kind), one.kind.limit,
        )
        for one in command.arguments
    )  # fmt: skip
    return Form(command.title, command.name, fields, about=command.help, submit=command.submit)


def _options(kind: Any) -> tuple[Option, ...]:
    if isinstance(kind, YesNo):
        return kind.fixed(None)  # type: ignore[arg-type]
    return kind.options if isinstance(kind, OneOf | SeveralOf) else ()


def numbered(all_of_them: Iterable[Made]) -> dict[str, Made]:
    return {f"{number}": one for number, one in enumerate(all_of_them)}


def faults(made: Mapping[str, Made], refused: Callable[[Made, str], list[str]]) -> list[str]:
    """Name what Discord would refuse, in which language, and why."""
    return [
        f"{name}, {locale}: {fault}"
        for name, one in made.items()
        for locale in LANGUAGES
        for fault in refused(one, locale)
    ]


@needs_spec
def test_list_of_commands_is_one_discord_takes() -> None:
    commands = tree([*all_groups(), limits])
    assert spec.wrong("PUT", "/applications/1/commands", commands) == []


def test_commands_are_called_by_their_own_names() -> None:
    top = {one["name"]: one for one in tree(all_groups())}
    assert {"session", "my", "help"} <= set(top)
    assert "plan" in [one["name"] for one in top["session"]["options"]]


async def test_forms_of_all_commands_fit() -> None:
    made = {command.name: form_of(command) for command in COMMANDS}
    assert faults(made, lambda form, locale: wrong_form(form, locale, {})) == []


async def test_forms_that_are_too_much_are_divided() -> None:
    many = {"look": [Option(str(n), plain("x" * 200)) for n in range(24)]}
    made = numbered(forms())
    assert faults(made, lambda form, locale: wrong_form(form, locale, many)) == []


@needs_spec
async def test_messages_that_are_too_much_are_cut() -> None:
    assert faults(numbered([welcome(), *messages()]), wrong) == []


async def test_what_is_cut_is_in_the_file() -> None:
    made = [sheet(message, DiscordWording(Reader("en"), SPACE)) for message in messages()]
    cut = [one for one in made if any(file.name == "text.txt" for file in one.attachments)]
    assert cut
    silent = [number for number, one in enumerate(cut) if "attached file" not in str(shown(one))]
    assert silent == []


def rows(number: int, words: str, call: str) -> Message:
    """Make a message of so many rows that they are gathered, each with words before it."""
    same = button(plain("Same"), call)
    each = [Actions((button(plain("Press"), call, n=n), same)) for n in range(number)]
    return Message(blocks=tuple(one for row in each for one in (Paragraph(plain(words)), row)))


@pytest.mark.parametrize("length", [99, 133])
def test_rows_that_are_gathered_keep_their_limits(length: int) -> None:
    laid = sheet(rows(30, "x" * length, "toy.see"), DiscordWording(Reader(), SPACE))
    assert list(spec.wrong_message({"components": shown(laid)})) == []
    assert str(shown(laid)).count("'toy.see'") == 1


@needs_spec
def test_specification_refuses_what_is_wrong() -> None:
    assert spec.wrong("POST", "/channels/1/messages", {"components": "x"})
    assert spec.wrong("PUT", "/applications/1/commands", [{"name": "A b", "description": "x"}])
    assert spec.wrong("POST", "/nowhere", {})
