"""Types what the page on operations says, and looks whether it does what is written there."""

import re
import shutil
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import pytest
import structlog
from typer.testing import CliRunner

from bot.__main__ import app
from tests.bot.app.conftest import Typed
from tests.reading import ROOT

LINES = """join amina zone=Africa/Nairobi locale=en role=coordinator
amina in #general: /session plan title=Hello when="2027-12-02 15:00"
amina: press "Announce now"
"""


@pytest.fixture(scope="module")
def community(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Have a community in a file, for others to be copied from."""
    file = tmp_path_factory.mktemp("begun") / "old.db"
    done = CliRunner().invoke(app, ["chat", "--json", "--db", str(file)], input=LINES)
    structlog.reset_defaults()
    assert done.exit_code == 0
    return file


@pytest.fixture
def begun(typed: Typed, community: Path) -> Typed:
    """Have it in the folder one is in."""
    shutil.copy(community, "old.db")
    return typed


@pytest.mark.parametrize("page", ["docs/operations.md", "docs/slack.md", "docs/discord.md"])
def test_commands_and_files_of_a_page_exist(page: str) -> None:
    words = (ROOT / page).read_text(encoding="utf-8")
    known = {
        one.name or (one.callback and one.callback.__name__.replace("_", "-"))
        for one in app.registered_commands
    }
    typed = re.findall(r"(?m)(?:^|`|/bin/)convener\s([a-z][a-z-]*)", words)
    assert {*typed} - known == set()
    assert typed
    linked = re.findall(r"\]\((?!https?:|#)([^)#]+)", words)
    assert [file for file in linked if not (ROOT / "docs" / file).exists()] == []


@pytest.mark.slow
def test_backup_comes_back(begun: Typed) -> None:
    assert "rows to all.zip" in begun("backup", "all.zip", "--db", "old.db").output
    assert "Brought back" in begun("restore", "all.zip", "--db", "new.db").output
    sound = begun("check", "--database", "--db", "new.db")
    assert sound.exit_code == 0
    assert "whole and fits together" in sound.output
    shown = begun("chat", "--json", "--db", "new.db", lines='amina: press "Coming"\n')
    assert "You're coming to" in shown.output


def test_community_moves(begun: Typed) -> None:
    home = begun("export", "leaving", "--db", "old.db").output.strip()
    assert "Brought in" in begun("import", home, "--db", "new.db").output
    again = begun("import", "leaving", "--db", "new.db")
    assert again.exit_code == 1
    assert "already" in str(again.output)
    assert "INSERT" not in str(again.output)


def test_export_is_for_its_owner_alone(begun: Typed) -> None:
    home = Path(begun("export", "leaving", "--db", "old.db").output.strip())
    assert home.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("command", "where", "said"),
    [
        ("backup", "there/already", "is there already"),
        ("backup", "nowhere/all.zip", "There is no backup"),
        ("restore", "there", "There is no file there"),
        ("restore", "there/already", "not a whole backup"),
        ("import", "there", "holds nothing"),
        ("export", "there/already", "already"),
    ],
)
def test_mistake_ends_in_one_plain_sentence(
    begun: Typed, command: str, where: str, said: str
) -> None:
    Path("there").mkdir()
    Path("there/already").write_text("")
    failed = begun(command, where, "--db", "new.db" if command == "restore" else "old.db")
    assert failed.exit_code == 1
    assert said in failed.output
    assert len(failed.output.splitlines()) == 1


@pytest.mark.parametrize("command", [("export", "out"), ("check", "--database")])
def test_what_the_database_refuses_is_one_plain_sentence(
    begun: Typed, command: Sequence[str]
) -> None:
    with closing(sqlite3.connect("old.db")) as file:
        file.execute("ALTER TABLE communities RENAME TO guarded")
    failed = begun(*command, "--db", "old.db")
    assert failed.exit_code == 1
    assert "The database does not do that. It said: no such table" in failed.output


@pytest.mark.parametrize(
    "command", [("check", "--database"), ("export", "out"), ("backup", "all.zip"), ("rotate-keys",)]
)
def test_database_that_is_not_there_is_said_and_not_made(
    typed: Typed, command: Sequence[str]
) -> None:
    Path("config.toml").write_text(f'[secrets]\nkeys = ["{"A" * 43}="]\n')
    looked = typed(*command, "--db", "mistyped.db")
    assert looked.exit_code == 1
    assert "There is no database file mistyped.db" in looked.output
    assert [file.name for file in Path().iterdir()] == ["config.toml"]


def test_database_that_is_behind_is_said_not_to_be_looked_at(typed: Typed) -> None:
    Path("old.db").touch()
    looked = typed("check", "--database", "--db", "old.db")
    assert looked.exit_code == 1
    assert "nothing was looked at" in looked.output


def spoilt(table: str) -> None:
    """Spoil the page that a table of the file begins on."""
    with closing(sqlite3.connect("old.db")) as file:
        file.execute("PRAGMA journal_mode = DELETE")
        (size,) = file.execute("PRAGMA page_size").fetchone()
        query = "SELECT rootpage FROM sqlite_master WHERE name = ?"
        (page,) = file.execute(query, (table,)).fetchone()
    with Path("old.db").open("r+b") as pages:
        pages.seek((page - 1) * size)
        pages.write(b"\xff" * size)


@pytest.mark.parametrize("table", ["members", "alembic_version", ""])
def test_damaged_pages_are_found_and_said(begun: Typed, table: str) -> None:
    if table:
        spoilt(table)
    else:
        Path("old.db").write_bytes(Path("old.db").read_bytes()[:4096])
    looked = begun("check", "--database", "--db", "old.db")
    assert looked.exit_code == 1
    assert "restore the last good backup" in looked.output
    kept = begun("backup", "all.zip", "--db", "old.db")
    assert "damaged pages" in kept.output
    assert not Path("all.zip").exists()
