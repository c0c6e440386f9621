"""Guards the house: holds what is written, and what is kept beside it, to what was settled."""

import ast
import re
import tomllib
from collections.abc import Collection, Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from bot.config import EXAMPLE, load
from bot.i18n import Text
from storage import metadata
from storage.engine import open_engine
from storage.migrations.later import ADDED_LATER, compared
from storage.tables import Thing
from tests.declared import COMMANDS, GROUPS, NOTICES, TIMERS, hold, listed, short
from tests.reading import ROOT, bindings, names, notices, strings, trees
from tools import catalogues, commands, privacy
from tools.sizes import FUNCTION, MODULE, functions, modules, spread

ARCHITECTURE = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
README = (ROOT / "README.md").read_text(encoding="utf-8")
CODE = ["bot", "storage", "tests", "tools", "bench", "drill", "fuzz"]
BANNED = [
    *("cog", "plugin", "backend", "connector", "ctx", "payload", "repo", "manager", "service"),
    *("utils", "helpers", "common", "base", "misc", "data", "process"),
]
MEDIAN = {"bot": 7, "storage": 7, "tests": 12}


# What the code refers to by its name


def test_buttons_are_bound_to_commands_and_their_options() -> None:
    bound = [*bindings("bot")]
    assert bound
    hold(
        (
            f"{one.place} {one.command}",
            {
                "is a command with these options": one.command in COMMANDS
                and one.options <= {option.name for option in COMMANDS[one.command].arguments},
                "a button has 75": short(Text(one.label), 75),
            },
        )
        for one in bound
    )


def test_names_of_commands_and_notices_are_those_of_declared_ones() -> None:
    nouns = "|".join(group.name for group in GROUPS)
    looks_like_one = re.compile(rf"({nouns})\.[a-z]+([_-][a-z]+)*")
    known = COMMANDS.keys() | NOTICES.keys() | TIMERS.keys()
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


@pytest.mark.slow
def test_names_say_something() -> None:
    empty = re.compile(rf"_*({'|'.join(BANNED)}|handle_.+)", re.IGNORECASE)
    wrong = [one for folder in CODE for one in names(folder) if empty.fullmatch(one[1])]
    assert not wrong, listed(wrong)


def test_modules_say_in_one_sentence_why_they_exist() -> None:
    said = {
        file: ast.get_docstring(one) or "" for where in CODE for file, one in trees(where).items()
    }
    wrong = [one for one in said.items() if not re.fullmatch(r"[A-Z][^\n]*[.]", one[1])]
    assert not wrong, listed(wrong)


def test_tests_use_no_patches() -> None:
    words = re.compile(r"mock[.]|monkeypatch[.]setattr")
    files = [file for file in (ROOT / "tests").rglob("*.py") if file != Path(__file__)]
    wrong = [file for file in files if words.search(file.read_text(encoding="utf-8"))]
    assert not wrong, listed(wrong)


def test_what_goes_on_beside_the_rest_is_started_in_one_place() -> None:
    """There it is heard how it ends; a task of one's own would end unheard."""
    ways = {"create_task", "ensure_future", "run_in_executor", "to_thread", "Thread", "TaskGroup"}
    assert _callers("bot", ways) == {"bot/background.py"}


def test_threads_have_one_queue() -> None:
    """A thread beside it would have a turn at the database without a rank."""
    ways = {"Thread", "ThreadPoolExecutor", "Condition", "PriorityQueue"}
    assert _callers("storage", ways) == {"storage/worker.py"}


def test_nothing_goes_around_sqlalchemy() -> None:
    """How a connection is set up, and how a transaction begins, is the driver's alone."""
    ways = {"exec_driver_sql", "raw_connection", "cursor", "executescript"}
    assert _callers("bot", ways) == set()
    assert _callers("storage", ways) <= {"storage/engine.py", "storage/sqlite.py"}


def _callers(folder: str, names: Collection[str]) -> set[str]:
    """Name the files in which something of one of these names is called."""
    return {
        str(file.relative_to(ROOT))
        for file, module in trees(folder).items()
        for node in ast.walk(module)
        if isinstance(node, ast.Call)
        and getattr(node.func, "attr", getattr(node.func, "id", "")) in names
    }


def test_every_area_has_the_same_rooms() -> None:
    """A folder with its group, and the words that people read there."""
    inside = (ROOT / "bot" / "handlers").iterdir()
    areas = [one for one in inside if one.name not in ("__init__.py", "__pycache__")]
    rooms = ("__init__.py", "group.py", "words/__init__.py")
    missing = [one / room for one in areas for room in rooms if not (one / room).is_file()]
    assert not missing, listed(missing)


def test_what_follows_from_an_act_is_wanted_where_it_is_followed() -> None:
    """Handlers touch what they change; reminders, posts and deliveries follow in `bot/domain`."""
    called = {
        (str(file.relative_to(ROOT)), node.func.attr)
        for file, module in trees("bot").items()
        for node in ast.walk(module)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
        if isinstance(node.func.value, ast.Attribute) and node.func.value.attr == "deliveries"
    }
    found = {file for file, name in called if name in ("want", "refresh", "cancel")}
    assert all(file.startswith("bot/domain/") for file in found), found


def test_handlers_change_things_by_acts_of_the_domain() -> None:
    """What is done to a thing has one place, whoever asks for it. Timers touch what is due."""
    wrong = [
        f"{file.relative_to(ROOT)}:{node.lineno} {ast.unparse(node.func)}"
        for file, module in trees("bot/handlers").items()
        for part in module.body
        if not any(".timer(" in ast.unparse(by) for by in getattr(part, "decorator_list", ()))
        for node in ast.walk(part)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
        if node.func.attr in WRITES and ast.unparse(node.func.value).startswith("records.")
        if ast.unparse(node.func) != "records.undelivered.drop"  # nothing follows
    ]
    assert not wrong, listed(wrong)


def test_part_of_a_thing_names_its_whole() -> None:
    """What is deleted with a thing is part of it; else it can change unnoticed by what follows."""
    things = ("sessions", "open_spaces", "topics", "turns")
    parts = {
        mapper.class_
        for mapper in Thing.registry.mappers
        for key in mapper.local_table.foreign_keys
        if key.column.table.name in things and key.ondelete == "CASCADE"
    }
    assert parts
    missing = [part.__name__ for part in parts if not part.whole]
    assert not missing, listed(missing)


WRITES = (
    *("add", "remove", "put", "keep", "drop", "settle", "agrees", "answer", "toggle", "go"),
    *("go_nowhere", "wish_merger", "forget_merger", "forget_mergers", "send", "want", "cancel"),
)
"""What changes something, in `storage/`; a caller may meet or choose channels, and hold things."""


# What is kept beside the code


def test_every_text_has_its_translations() -> None:
    assert catalogues.main(ROOT, ["--check"]) == 0


def test_page_of_commands_is_up_to_date() -> None:
    assert commands.main(["--check"]) == 0


def test_page_on_privacy_is_up_to_date() -> None:
    assert privacy.main(["--check"]) == 0


def test_example_of_the_settings_loads() -> None:
    assert load(EXAMPLE, {}).log.level == "info"


def test_references_added_later_are_those_of_the_models(database_url: str) -> None:
    engine = open_engine(database_url)
    for table, column in ADDED_LATER:
        (key,) = metadata.tables[table].c[column].foreign_keys
        with engine.connect() as connection:
            if connection.dialect.name == "sqlite":
                rows = connection.exec_driver_sql(f"PRAGMA foreign_key_list({table})").mappings()
                assert key.ondelete in [r["on_delete"] for r in rows if r["from"] == column]
    engine.dispose()


def test_models_are_what_the_migrations_make(database_url: str) -> None:
    engine = open_engine(database_url)
    with engine.connect() as connection:
        options = {"compare_type": True, "include_object": compared}
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, metadata) == []
    engine.dispose()


def readme_commands() -> Iterator[str]:
    """List the commands the README names; behind the first one, verbs stand alone."""
    for group, first, more in re.findall(r"`/([a-z]+)(?: ([a-z-]+))?`((?:, `[a-z-]+`)*)", README):
        yield f"{group}.{first}" if first else group
        yield from (f"{group}.{verb}" for verb in re.findall(r"[a-z-]+", more))


def test_commands_of_the_readme_exist() -> None:
    assert {*readme_commands()} - COMMANDS.keys() == set()


@pytest.mark.parametrize("page", ["README.md", "CONTRIBUTING.md", "tests/README.md"])
def test_make_targets_of_a_page_exist(page: str) -> None:
    targets = re.findall(r"(?m)^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"))
    named = re.findall(r"(?m)(?:`|^)make ([a-z]+)", (ROOT / page).read_text(encoding="utf-8"))
    assert {*named} - {*targets} == set()


def test_readme_is_read_in_five_minutes() -> None:
    assert len(README.split()) <= 900


def test_picture_of_the_layers_shows_those_that_are_checked() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = project["tool"]["importlinter"]["contracts"]
    (checked,) = [one["layers"] for one in contracts if one["type"] == "layers"]
    picture = ARCHITECTURE.partition("flowchart")[2].partition("```")[0]
    assert re.findall(r'\["([^"]+)"\]', picture) == checked


def rooms() -> Iterator[list[str]]:
    """List the rooms of the page on architecture: the paths each sentence is about."""
    for paths, sentence in re.findall(r"(?m)^- (`[^:]+`): (.+)$", ARCHITECTURE):
        assert sentence.endswith("."), sentence
        yield re.findall(r"`([^`]+)`", paths)


@pytest.mark.parametrize("folder", ["bot", "storage"])
def test_every_module_has_its_sentence(folder: str) -> None:
    inside = [one for one in (ROOT / folder).iterdir() if not one.name.startswith("__")]
    packages = {f"{folder}/{one.name}/" for one in inside if [*one.glob("*.*")]}
    modules = {f"{folder}/{one.name}" for one in inside if one.suffix == ".py"}
    assert packages | modules <= {path for room in rooms() for path in room}


def test_sentences_are_about_modules_that_exist() -> None:
    at = (ROOT, ROOT / "bot")
    gone = [room for room in rooms() if not any([*top.glob(path)] for top in at for path in room)]
    assert gone == []


def test_pages_link_to_files_that_exist() -> None:
    pages = [*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), *ROOT.glob("tests/**/*.md")]
    linked = [
        (page.relative_to(ROOT), file)
        for page in pages
        for file in re.findall(r"\]\(([^):#]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
        if not (page.parent / file).exists()
    ]
    assert linked == []
