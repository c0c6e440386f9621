"""Has today's version work on what each release has left: its database, buttons and export."""

from pathlib import Path
from zipfile import ZipFile

import pytest

from bot import __version__
from tests.bot.app.conftest import Typed
from tests.bot.app.conftest import typed as typed
from tools.kept import FOLDER, unpack, versions

LATER = ("--clock", "2026-11-03T09:00Z")
each_release = pytest.mark.parametrize("version", versions())


@each_release
@pytest.mark.slow
def test_database_of_a_release_goes_on(version: str, typed: Typed) -> None:
    unpack(version, Path("old.db"))
    assert typed("migrate", "--db", "old.db").exit_code == 0
    checked = typed("check", "--database", "--db", "old.db")
    assert (checked.exit_code, checked.output.count("✗")) == (0, 0)
    lines = "david: /session list\ndavid: press session.rsvp?answer=yes\n"
    played = typed("chat", "--json", "--db", "old.db", *LATER, lines=lines)
    assert played.exit_code == 0
    assert "Seeds of the dry season" in played.output
    assert "Coming: 1 · Maybe: 0" in played.output


@each_release
@pytest.mark.slow
def test_export_of_a_release_is_brought_in(version: str, typed: Typed) -> None:
    with ZipFile(FOLDER / f"{version}.zip") as archive:
        archive.extractall("export")
    assert "Brought in" in typed("import", "export", "--db", "new.db").output
    assert typed("check", "--database", "--db", "new.db").exit_code == 0
    lines = "join david zone=Asia/Manila locale=en\ndavid: /session list\n"
    played = typed("chat", "--json", "--db", "new.db", *LATER, lines=lines)
    assert "Seeds of the dry season" in played.output


def test_this_version_is_kept_and_small() -> None:
    assert __version__ in versions()
    assert sum(file.stat().st_size for file in FOLDER.glob(f"{__version__}.*")) < 200_000
