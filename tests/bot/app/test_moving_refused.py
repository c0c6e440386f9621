"""Shows that what is not whole, or is no backup at all, is refused and leaves nothing."""

import json
import re
import shutil
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from zipfile import ZipFile

import pytest

from bot.app import CannotStart
from bot.app.backup import backup, restore
from bot.app.export import export, import_
from tests.bot.app.test_moving import BEYOND, DEEP, plan, quietly
from tests.chatting import START, chatting
from tests.openspaces import running

pytestmark = pytest.mark.slow

AREAS = ("deliveries", "sessions", "hosting")
DAMAGES = (
    ("members.jsonl", "", "contradicts|not whole"),
    ("sessions.jsonl", "{", "not a whole backup"),
    ("sessions.jsonl", '{"id": "1", "colour": "red"}', "cannot be read"),
    ("key_values.jsonl", '{"id": "1", "name": "a", "at": "2026-11-02", "words": ""}', "not whole"),
    ("about.json", '{"format": 1, "schema": "9999", "rows": {}}', "newer version"),
    ("about.json", "{}", "not a whole backup"),
)


@pytest.fixture(scope="module")
def planned(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    """Give a file in which a session was planned, to be read by many tests."""
    file = shutil.copy(sqlite_template, tmp_path_factory.mktemp("planned") / "planned.db")
    with chatting(f"sqlite:///{file}") as chat:
        plan(chat)
    return f"sqlite:///{file}"


@pytest.fixture(scope="module")
def archive(planned: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a backup of it."""
    file = tmp_path_factory.mktemp("backup") / "all.zip"
    backup(planned, file)
    return file


@pytest.fixture(scope="module")
def season(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give what a community with an open space was exported to."""
    folder = tmp_path_factory.mktemp("season")
    url = f"sqlite:///{shutil.copy(sqlite_template, folder / 'season.db')}"
    with chatting(url) as chat:
        running(chat)
    [home] = export(url, folder / "out", quietly)
    return home


def changed(archive: Path, name: str, content: str, other: Path) -> Path:
    """Copy an archive with one member in the place of its own."""
    with ZipFile(archive) as before, ZipFile(other, "w") as after:
        for member in before.namelist():
            after.writestr(member, content if member == name else before.read(member))
    return other


def refusal(work: Callable[[], object]) -> str:
    """Say why something is refused; nothing when it is not."""
    try:
        work()
    except CannotStart as refused:
        return str(refused)
    return ""


def test_damaged_backup_is_refused_and_leaves_nothing(
    archive: Path, empty_database_url: str, tmp_path: Path
) -> None:
    found = []
    for member, content, said in DAMAGES:
        damaged = changed(archive, member, content, tmp_path / "damaged.zip")
        told = refusal(partial(restore, empty_database_url, damaged, START))
        found += [] if re.search(said, told) else [(member, content, told)]
    assert found == []
    restore(empty_database_url, archive, START)


@pytest.mark.nightly
def test_flipped_bit_is_refused_in_a_sentence(
    archive: Path, sqlite_template: Path, tmp_path: Path
) -> None:
    whole, refused = archive.read_bytes(), 0
    for at in range(0, len(whole), len(whole) // 30):
        flipped = whole[:at] + bytes([whole[at] ^ 4]) + whole[at + 1 :]
        (tmp_path / "flipped.zip").write_bytes(flipped)
        there = shutil.copy(sqlite_template, tmp_path / "there.db")
        try:
            restore(f"sqlite:///{there}", tmp_path / "flipped.zip", START)
        except CannotStart:
            refused += 1
    assert refused >= 10


def test_cut_file_is_no_backup(archive: Path, empty_database_url: str, tmp_path: Path) -> None:
    (tmp_path / "cut.zip").write_bytes(archive.read_bytes()[:-40])
    with pytest.raises(CannotStart, match="not a whole backup"):
        restore(empty_database_url, tmp_path / "cut.zip", START)


def test_community_is_not_imported_twice(planned: str, tmp_path: Path) -> None:
    export(planned, tmp_path / "out", quietly)
    with pytest.raises(CannotStart, match="already"):
        import_(planned, tmp_path / "out", quietly, START)


def incomplete(season: Path, folder: Path) -> Iterator[tuple[str, Path]]:
    """Copy what was exported without an area, also as an older version has written it."""
    for area in AREAS:
        for counted in (True, False):
            name = f"{area}, {counted=}"
            home = shutil.copytree(season, folder / name)
            if not counted:
                made = json.loads((home / "about.json").read_text())
                del made["rows"]
                (home / "about.json").write_text(json.dumps(made))
            (home / f"{area}.json").unlink()
            yield name, home


def test_incomplete_export_is_not_imported(season: Path, sqlite_url: str, tmp_path: Path) -> None:
    told = {
        name: refusal(partial(import_, sqlite_url, home, quietly, START))
        for name, home in incomplete(season, tmp_path)
    }
    assert len(told) == 6
    assert {name: said for name, said in told.items() if "is not whole" not in said} == {}


def test_export_of_another_shape_is_not_imported(
    planned: str, sqlite_url: str, tmp_path: Path
) -> None:
    told = {}
    for number, content in enumerate(("[]", "7", '{"sessions": 7}', '{"sessions": [7]}', "{")):
        [home] = export(planned, tmp_path / f"{number}", quietly)
        for name in ("sessions", "about"):
            (home / f"{name}.json").write_text(content)
            told[name, content] = refusal(partial(import_, sqlite_url, home, quietly, START))
    assert {one: said for one, said in told.items() if "not whole" not in said} == {}


def test_export_whose_rows_contradict_each_other_is_not_imported(
    season: Path, sqlite_url: str, tmp_path: Path
) -> None:
    home = Path(shutil.copytree(season, tmp_path / "out"))
    file = next(one for one in home.glob("*.json") if "posts" in json.loads(one.read_text()))
    areas = json.loads(file.read_text())
    areas["posts"][0] |= {"channel": ""}
    file.write_text(json.dumps(areas))
    told = refusal(partial(import_, sqlite_url, home, quietly, START))
    assert "contradicts itself. There are posts without a channel in it" in told
    assert import_(sqlite_url, season, quietly, START)


def test_export_that_was_broken_off_is_no_hindrance(planned: str, tmp_path: Path) -> None:
    [home] = export(planned, tmp_path / "out", quietly)
    begun = home.rename(home.with_name(f".{home.name}.part"))
    assert export(planned, tmp_path / "out", quietly) == [home]
    assert not begun.exists()


def test_folder_of_something_else_is_not_imported(sqlite_url: str, tmp_path: Path) -> None:
    with pytest.raises(CannotStart, match="holds nothing"):
        import_(sqlite_url, tmp_path, quietly, START)


def test_export_and_backup_nested_too_deeply_are_refused_in_a_sentence(
    sqlite_url: str, tmp_path: Path
) -> None:
    with chatting(sqlite_url) as chat:
        plan(chat)
    backup(sqlite_url, tmp_path / "all.zip")
    [home] = export(sqlite_url, tmp_path / "out", quietly)
    for member in ("about.json", "sessions.jsonl"):
        url, deep = (
            f"sqlite:///{tmp_path / member}.db",
            changed(tmp_path / "all.zip", member, DEEP, tmp_path / "x.zip"),
        )
        with pytest.raises(CannotStart, match="not a whole backup"):
            restore(url, deep, START)
    for name in ("sessions", "about"):
        (home / f"{name}.json").write_text(DEEP)
        with pytest.raises(CannotStart, match="not whole"):
            import_(f"sqlite:///{tmp_path / 'new.db'}", home, quietly, START)


def test_backup_with_an_id_beyond_63_bits_is_refused_in_a_sentence(
    sqlite_url: str, tmp_path: Path
) -> None:
    with chatting(sqlite_url) as chat:
        plan(chat)
    backup(sqlite_url, tmp_path / "all.zip")
    other = changed(
        tmp_path / "all.zip", "communities.jsonl", json.dumps({"id": BEYOND}), tmp_path / "x.zip"
    )
    with pytest.raises(CannotStart, match=f"communities, row {BEYOND}, field id"):
        restore(f"sqlite:///{tmp_path / 'new.db'}", other, START)


def test_backup_with_a_row_that_would_fill_all_memory_is_refused(
    archive: Path, tmp_path: Path
) -> None:
    url = f"sqlite:///{tmp_path / 'new.db'}"
    for name in ("sessions.jsonl", "about.json"):
        bomb = changed(archive, name, " " * (17 << 20), tmp_path / "x.zip")
        said = refusal(partial(restore, url, bomb, START))
        assert "has more than 16 MB" in said


@pytest.mark.parametrize(
    ("table", "field"),
    [("members", "role"), ("deliveries", "state")],
)
def test_export_with_what_the_product_never_writes_is_not_imported(
    season: Path, sqlite_url: str, tmp_path: Path, table: str, field: str
) -> None:
    home = Path(shutil.copytree(season, tmp_path / "out"))
    file = next(one for one in home.glob("*.json") if table in json.loads(one.read_text()))
    areas = json.loads(file.read_text())
    areas[table][0] |= {field: "emperor"}
    file.write_text(json.dumps(areas))
    told = refusal(partial(import_, sqlite_url, home, quietly, START))
    assert f"field {field}: 'emperor' is none of" in told
