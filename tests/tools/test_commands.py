"""Holds the page of commands to saying all that a declaration says, and nothing wrong."""

from pathlib import Path

import pytest

from bot.examples import OF_KIND, example
from bot.handlers import groups
from bot.i18n import t
from bot.options.basic import Kind, worded
from bot.options.command_line import Takes, parse_line
from tests.toys import toy
from tools import commands
from tools.commands import main, page


@pytest.fixture
def written() -> str:
    return page([toy])


@pytest.mark.parametrize(
    "words",
    [
        "## toy\n\nToys.",
        "### /toy add\n\nAdd a toy. *Members.*",
        "Clear all toys. *Coordinators.*",
        "| `title` | Title | A line of text. At most 20 characters. | asked for |",
        "| `size` | Size | Please write a whole number from 0 to 10. | `3` |",
        "| `colour` | Colour | `red` (Red), `blue` (Blue). | `red` |",
        '```\n/toy look session="Locally led adaptation" who=@amina\n```',
    ],
)
def test_page_says_what_is_declared(written: str, words: str) -> None:
    assert words in written


def test_page_shows_only_the_first_paragraph_of_a_docstring(written: str) -> None:
    assert "Only the first paragraph" not in written


def test_page_names_each_command_of_every_area() -> None:
    known = groups()
    whole = page(known)
    names = [commands.typed(one) for group in known for one in group.commands.values()]
    assert [
        name for name in names if f"### {name}\n" not in whole and f"`{name}`" not in whole
    ] == []


@pytest.mark.parametrize("kind", OF_KIND, ids=lambda kind: kind.__name__)
def test_examples_are_read_as_one_value(kind: type[Kind]) -> None:
    typed = worded(example("option", kind(t("Title"))), "en")
    value = OF_KIND[kind]
    words = value if isinstance(value, str) else worded(value, "en")
    assert parse_line(typed, Takes({"option": "option"}, ["option"])).values == {"option": words}


def test_check_finds_a_page_that_fell_behind(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "docs" / "commands.md"
    assert main([], file) == 0
    assert main(["--check"], file) == 0
    file.write_text(file.read_text(encoding="utf-8") + "more", encoding="utf-8")
    assert main(["--check"], file) == 1
    assert "make docs" in capsys.readouterr().out


def test_check_finds_that_there_is_no_page(tmp_path: Path) -> None:
    assert main(["--check"], tmp_path / "commands.md") == 1
