"""Holds the measure of modules and functions to counting lines as people do."""

from pathlib import Path

from tools.sizes import Size, functions, modules, spread

CODE = '@early\ndef outer():\n    """Doc."""\n    def inner():\n        pass\n    return inner\n'


def test_functions_are_measured_from_def_to_their_last_line(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text(CODE)
    assert list(functions(tmp_path)) == [Size(5, "a.py:2 outer"), Size(2, "a.py:4 inner")]


def test_modules_are_measured_whole(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text(CODE)
    assert list(modules(tmp_path)) == [Size(6, "a.py")]


def test_migrations_are_not_measured(tmp_path: Path) -> None:
    (tmp_path / "versions").mkdir()
    (tmp_path / "versions" / "0001.py").write_text(CODE)
    assert list(modules(tmp_path)) == []


def test_spread_is_median_nine_in_ten_and_longest() -> None:
    assert spread([Size(lines, "") for lines in range(1, 12)]) == (6, 10, 11)
