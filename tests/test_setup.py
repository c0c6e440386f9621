"""Makes sure that a fresh clone gets exactly what was pinned, and nothing from anywhere named."""

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LOCKS = ["requirements.lock", "requirements-dev.lock"]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def pinned(lock: str) -> dict[str, str]:
    text = (ROOT / lock).read_text(encoding="utf-8")
    return dict(re.findall(r"(?m)^([a-z0-9-]+)==(\S+)", text))


def names(requirements: list[str]) -> set[str]:
    found = (re.match(r"[\w.-]+", requirement) for requirement in requirements)
    return {re.sub(r"[._]", "-", match[0]) for match in found if match}


@pytest.mark.parametrize("lock", LOCKS)
def test_lock_holds_versions_and_hashes_and_no_address(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    assert re.fullmatch(r"([a-z0-9-]+==[^\\/]+\\\n( +--hash=sha256:[0-9a-f]{64}( \\)?\n)+)+", text)


def test_lock_pins_everything_the_bot_needs() -> None:
    extras = PROJECT["project"]["optional-dependencies"]
    wanted = [*PROJECT["project"]["dependencies"], *extras["slack"], *extras["discord"]]
    assert names(wanted) <= pinned("requirements.lock").keys()


def test_lock_for_developers_pins_the_same_and_more() -> None:
    everything = pinned("requirements-dev.lock")
    assert pinned("requirements.lock").items() <= everything.items()
    assert names(PROJECT["dependency-groups"]["dev"]) <= everything.keys()


@pytest.mark.processes
def test_lock_is_complete_though_pip_is_told_not_to_look_for_more() -> None:
    command = [sys.executable, "-m", "pip", "check", "--disable-pip-version-check"]
    checked = subprocess.run(command, capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stdout


def environment(folder: Path, python: str) -> subprocess.CompletedProcess[str]:
    script = ROOT / "tools" / "environment.sh"
    command = ["/bin/sh", str(script), "requirements.lock"]
    return subprocess.run(
        command, cwd=folder, env={"PYTHON": python}, capture_output=True, text=True, check=False
    )


@pytest.mark.processes
def test_environment_is_refused_in_plain_words_without_a_suitable_python(tmp_path: Path) -> None:
    shutil.copy(ROOT / "requirements.lock", tmp_path)
    refused = environment(tmp_path, "/bin/false")
    assert refused.returncode == 1
    assert "Python 3.11 or newer" in refused.stderr


@pytest.mark.processes
def test_environment_that_holds_the_lock_already_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / ".venv").mkdir()
    for folder in (tmp_path, tmp_path / ".venv"):
        shutil.copy(ROOT / "requirements.lock", folder)
    assert environment(tmp_path, "/bin/false").returncode == 0
