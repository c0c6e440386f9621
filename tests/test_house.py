"""Guards the house: holds everything that is loaded, and how it is written, to what was settled."""

import ast
import inspect
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from bot.adapters.discord.tree import tree
from bot.chat import Option
from bot.commands import Argument, Command, Group, Notice
from bot.config import load
from bot.desk import home
from bot.handlers import groups
from bot.i18n import Text, languages
from bot.kinds import Kind, worded
from storage import metadata
from storage.engine import open_engine
from tests.reading import ROOT, Bound, bindings, names, notices, strings, trees
from tools import catalogues, commands
from tools.sizes import FUNCTION, MODULE, functions, modules, spread

README = (ROOT / "README.md").read_text(encoding="utf-8")
CODE = ["bot", "storage", "tests", "tools", "bench", "drill"]
BANNED = [
    *("cog", "plugin", "backend", "connector", "ctx", "payload", "repo", "manager", "service"),
    *("utils", "helpers", "common", "base", "misc", "data", "process"),
]
MEDIAN = {"bot": 7, "storage": 7, "tests": 12}
NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
GROUPS = (*groups(), *home(groups()))
COMMANDS = {one.name: one for group in GROUPS for one in group.commands.values()}
NOTICES = {one.name: one for group in GROUPS for one in group.notices.values()}
ARGUMENTS = [
    pytest.param(argument, id=f"{command.name}-{argument.name}")
    for command in COMMANDS.values()
    for argument in command.arguments
]
each_command = pytest.mark.parametrize("command", COMMANDS.values(), ids=COMMANDS)
each_group = pytest.mark.parametrize("group", GROUPS, ids=lambda group: group.name)


def worded_everywhere(text: Text) -> list[str]:
    return [worded(text, language) for language in languages()]


def listed(wrong: Iterable[object]) -> str:
    return "\n".join(map(str, wrong))


# What is declared


def test_names_of_commands_are_unique() -> None:
    assert len(COMMANDS) == sum(len(group.commands) for group in GROUPS)
    assert len({group.name for group in GROUPS}) == len(GROUPS)


@each_group
def test_group_is_named_as_people_type_it_and_titled(group: Group) -> None:
    assert NAME.fullmatch(group.name)
    assert group.title
    assert len(group.commands) == 1 or "" not in group.commands


@each_command
def test_command_is_named_as_people_type_it_and_says_what_it_does(command: Command) -> None:
    assert NAME.fullmatch(command.verb or command.group)
    assert command.help.template.endswith(".")


@pytest.mark.parametrize("argument", ARGUMENTS)
def test_option_is_named_as_people_type_it_and_labelled(argument: Argument) -> None:
    assert NAME.fullmatch(argument.name.replace("_", "-"))
    assert argument.kind.label
    values = [option.value for option in fixed(argument.kind)]
    assert len(set(values)) == len(values)


@pytest.mark.parametrize("notice", NOTICES.values(), ids=NOTICES)
def test_notice_is_named_like_its_function_and_says_what_it_is_for(notice: Notice) -> None:
    assert NAME.fullmatch(notice.name.split(".")[1].replace("_", "-"))
    assert (inspect.getdoc(notice.word) or "").endswith(".")


def fixed(kind: Kind) -> tuple[Option, ...]:
    return kind.fixed(commands.NOWHERE)


# What platforms take: nothing of a declaration is cut, in no language


@each_group
def test_group_fits_into_a_command_of_discord(group: Group) -> None:
    listed = [command for command in group.commands.values() if command.listed]
    assert len(listed) <= 25
    assert all(len(title) <= 75 for title in worded_everywhere(group.title)), "a menu has 75"


@each_command
def test_command_fits_on_every_platform(command: Command) -> None:
    assert all(len(said) <= 100 for said in worded_everywhere(command.help)), "Discord has 100"
    assert len(command.arguments) <= 25
    assert len(command.name) <= 60, "a button has 100 for the name and its options"


@pytest.mark.parametrize("argument", ARGUMENTS)
def test_option_fits_on_every_platform(argument: Argument) -> None:
    kind = argument.kind
    assert len(argument.name) <= 32
    assert all(len(label) <= 45 for label in worded_everywhere(kind.label)), "a form has 45"
    assert all(len(hint) <= 100 for hint in worded_everywhere(kind.hint)), "a form has 100"
    labels = [label for one in fixed(kind) for label in worded_everywhere(one.label)]
    assert all(0 < len(label) <= 75 for label in labels), "a menu of Slack has 75"
    assert len(fixed(kind)) <= 25, "a menu of Discord has 25"


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


@pytest.mark.parametrize("body", tree(GROUPS), ids=lambda body: body["name"])
def test_command_of_discord_holds_what_discord_takes(body: dict[str, Any]) -> None:
    assert weight(body) <= 8000
    for one in named(body):
        siblings = [below["name"] for below in one.get("options", ())]
        assert len(set(siblings)) == len(siblings) <= 25


# What the code refers to by its name


@pytest.mark.parametrize("bound", [*bindings("bot")], ids=lambda bound: bound.place)
def test_button_is_bound_to_a_command_and_its_options(bound: Bound) -> None:
    assert bound.command in COMMANDS
    assert bound.options <= {argument.name for argument in COMMANDS[bound.command].arguments}
    assert all(len(label) <= 75 for label in worded_everywhere(Text(bound.label)))


def test_names_of_commands_and_notices_are_those_of_declared_ones() -> None:
    nouns = "|".join(group.name for group in GROUPS)
    looks_like_one = re.compile(rf"({nouns})\.[a-z]+([_-][a-z]+)*")
    known = COMMANDS.keys() | NOTICES.keys()
    named = [one for one in strings("bot") if looks_like_one.fullmatch(one[1])]
    wrong = [one for one in named if one[1] not in known]
    assert not wrong, listed(wrong)


def test_deliveries_name_declared_notices() -> None:
    wanted = [*notices("bot")]
    assert wanted
    wrong = [one for one in wanted if one[1] not in NOTICES]
    assert not wrong, listed(wrong)


# How it is written


@pytest.mark.parametrize("folder", MEDIAN)
def test_functions_and_modules_are_short(folder: str) -> None:
    inside = [*functions(ROOT / folder)]
    middle, most, _ = spread(inside)
    wrong = [one for one in inside if one.lines > FUNCTION]
    wrong += [one for one in modules(ROOT / folder) if one.lines > MODULE]
    assert not wrong, listed(wrong)
    assert middle <= MEDIAN[folder]
    assert most <= 20


@pytest.mark.parametrize("folder", CODE)
def test_names_say_something(folder: str) -> None:
    empty = re.compile(rf"_*({'|'.join(BANNED)}|handle_.+)", re.IGNORECASE)
    wrong = [one for one in names(folder) if empty.fullmatch(one[1])]
    assert not wrong, listed(wrong)


@pytest.mark.parametrize("folder", CODE)
def test_modules_say_in_one_sentence_why_they_exist(folder: str) -> None:
    said = [(str(file), ast.get_docstring(module) or "") for file, module in trees(folder).items()]
    wrong = [one for one in said if not re.fullmatch(r"[A-Z][^\n]*[.]", one[1])]
    assert not wrong, listed(wrong)


def test_tests_use_no_patches() -> None:
    words = re.compile(r"mock[.]|monkeypatch[.]setattr")
    files = [file for file in (ROOT / "tests").rglob("*.py") if file != Path(__file__)]
    wrong = [file for file in files if words.search(file.read_text(encoding="utf-8"))]
    assert not wrong, listed(wrong)


# What is kept beside the code


def test_every_text_has_its_translations() -> None:
    assert catalogues.main(ROOT, ["--check"]) == 0


def test_page_of_commands_is_up_to_date() -> None:
    assert commands.main(["--check"]) == 0


def test_example_of_the_settings_loads() -> None:
    assert load(ROOT / "config.example.toml", {}).log.level == "info"


def test_models_are_what_the_migrations_make(database_url: str) -> None:
    engine = open_engine(database_url)
    with engine.connect() as connection:
        compared = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(compared, metadata) == []
    engine.dispose()


def readme_commands() -> Iterator[str]:
    """List the commands the README names; behind the first one, verbs stand alone."""
    for group, first, more in re.findall(r"`/([a-z]+)(?: ([a-z-]+))?`((?:, `[a-z-]+`)*)", README):
        yield f"{group}.{first}" if first else group
        yield from (f"{group}.{verb}" for verb in re.findall(r"[a-z-]+", more))


@pytest.mark.parametrize("name", [*readme_commands()])
def test_command_of_the_readme_exists(name: str) -> None:
    assert name in COMMANDS


@pytest.mark.parametrize("target", sorted(set(re.findall(r"(?m)(?:`|^)make ([a-z]+)", README))))
def test_make_target_of_the_readme_exists(target: str) -> None:
    assert re.search(rf"(?m)^{target}:", (ROOT / "Makefile").read_text(encoding="utf-8"))


@pytest.mark.parametrize("file", sorted(set(re.findall(r"\]\(([^):#]+)\)", README))))
def test_file_the_readme_links_to_exists(file: str) -> None:
    assert (ROOT / file).exists()
