"""Shows where tests write, and that nothing of it is left."""

import os
import tempfile
from pathlib import Path

import pytest

from tests.folders import DISK, MEMORY, NAME, Folder, claim, folder_for, sweep


def test_memory_is_taken_where_there_is_room(tmp_path: Path) -> None:
    assert folder_for(tmp_path, Path("/disk"), room=1) == tmp_path
    assert folder_for(tmp_path, Path("/disk"), room=2**60) == Path("/disk")
    assert folder_for(tmp_path / "nothing", Path("/disk"), room=1) == Path("/disk")


def test_what_is_temporary_goes_where_it_was_chosen(tmp_path: Path) -> None:
    run = Path(os.environ["TMPDIR"])
    assert run in tmp_path.resolve().parents
    assert tempfile.gettempdir() == str(run)
    assert run.name.startswith(NAME)


@pytest.mark.skipif(not os.access(MEMORY, os.W_OK), reason="there is no memory to write to")
def test_disk_is_not_in_memory(disk_path: Path) -> None:
    assert MEMORY not in disk_path.parents
    assert disk_path.stat().st_dev != MEMORY.stat().st_dev


def test_folder_is_gone_at_the_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("TMPDIR", DISK):
        monkeypatch.setenv(name, os.environ[name])
    before = tempfile.tempdir
    made = Folder(tmp_path)
    made.use()
    Path(tempfile.mkdtemp(), "file").touch()
    made.end()
    tempfile.tempdir = before
    assert list(tmp_path.iterdir()) == []


def test_what_was_left_by_the_dead_is_swept_and_nothing_else(tmp_path: Path) -> None:
    names = [f"{NAME}dead", f"{NAME}alive", "of-somebody-else"]
    for name in names:
        (tmp_path / name).mkdir()
    alive = claim(tmp_path / names[1])
    sweep(tmp_path)
    os.close(alive)
    assert sorted(file.name for file in tmp_path.iterdir()) == sorted(names[1:])
