"""Builds what is released, and looks whether it runs from nothing but that."""

import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from zipfile import ZipFile

import pytest

from bot import __version__
from bot.app.platforms import PACKAGES
from tests.bot.app.conftest import Typed
from tests.bot.app.conftest import typed as typed
from tests.reading import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
CHANGES = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
SOURCES = ("bot", "storage", "pyproject.toml", "README.md", "LICENSE")


def run(folder: Path, *command: str, lines: str = "") -> subprocess.CompletedProcess[str]:
    """Run something in a folder whose packages come first."""
    return subprocess.run(
        command,
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder)},
        input=lines,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder that holds what is in the wheel and nothing else."""
    sources, folder = tmp_path_factory.mktemp("sources"), tmp_path_factory.mktemp("installed")
    for name in SOURCES:
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, sources / name)
    build = (sys.executable, "-m", "uv", "build", "--offline", "--wheel", "--out-dir", "dist")
    built = run(sources, *build)
    if built.returncode and "setuptools" in built.stderr:
        pytest.skip("the build backend is not here: `make dist` downloads it once")
    assert built.returncode == 0, built.stderr
    [wheel] = sources.glob("dist/*.whl")
    assert wheel.name == f"convener-{__version__}-py3-none-any.whl"
    ZipFile(wheel).extractall(folder)
    return folder


@pytest.mark.processes
@pytest.mark.slow
def test_wheel_has_all_that_the_bot_needs(installed: Path) -> None:
    chat = (sys.executable, "-m", "bot", "chat", "--example", "--json", "--db", ":memory:")
    played = run(installed, *chat, lines="bruno: /my week\n")
    assert (played.returncode, played.stderr) == (0, "")
    assert "Locally led adaptation" in played.stdout
    settings = run(installed, sys.executable, "-m", "bot", "settings")
    assert "[slack]" in settings.stdout
    assert not (installed / "tests").exists()


def test_version_is_said(typed: Typed) -> None:
    assert typed("--version").output == f"Convener {__version__}\n"


@pytest.mark.processes
@pytest.mark.slow
def test_commands_are_named_as_they_are_typed(tmp_path: Path) -> None:
    script = tmp_path / "convener"
    module, _, name = PROJECT["scripts"]["convener"].partition(":")
    script.write_text(f"from {module} import {name}\n{name}()\n", encoding="utf-8")
    for first, said in ((str(script), "convener settings"), ("-m", "python -m bot settings")):
        command = (first, "bot") if first == "-m" else (first,)
        shown = run(ROOT, sys.executable, *command, "run")
        assert f"\n{said}" in shown.stderr + shown.stdout


def test_newest_release_in_the_changelog_is_this_version() -> None:
    first, second = re.findall(r"(?m)^## \[(.+?)\](?: - \d{4}-\d\d-\d\d)?$", CHANGES)[:2]
    assert (first, second) == ("Unreleased", __version__)


def test_packages_of_platforms_are_those_of_the_project() -> None:
    extras = PROJECT["optional-dependencies"]
    assert {name: [package] for name, package in PACKAGES.items()} == {
        name: extras[name] for name in PACKAGES
    }


def test_printed_settings_can_be_used(typed: Typed) -> None:
    Path("config.toml").write_text(typed("settings").output, encoding="utf-8")
    assert "it is not started" in typed("check").output
