"""Holds what begins a migration to a file that stands behind the last one."""

from pathlib import Path

import pytest

from storage.engine import revisions
from tools.migration import main, written


def test_next_migration_stands_behind_the_last_one(tmp_path: Path) -> None:
    file = written("Keep nothing new", tmp_path)
    last = revisions()[-1]
    assert file.name == f"{int(last) + 1:04}_keep_nothing_new.py"
    words = file.read_text()
    assert f"down_revision = '{last}'" in words
    assert '"""Keep nothing new."""' in words


def test_migration_without_words_is_not_begun(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 1
    assert "Say what it does" in capsys.readouterr().out
