"""Looks over the examples for servers, as far as that goes without a server."""

import asyncio
import itertools
import json
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.__main__ import app
from bot.app.platforms import PLATFORMS
from bot.app.roles import SCHEDULER, ProcessState, Roles
from bot.app.web import Monitor
from bot.config import WebSection as Section
from bot.config import load
from bot.scheduler.alarm import now
from storage import Storage
from tests.reading import ROOT

FOLDER = ROOT / "examples" / "deploy"
UNIT = (FOLDER / "convener.service").read_text(encoding="utf-8")
CONTAINER = (FOLDER / "Containerfile").read_text(encoding="utf-8").replace("\\\n", " ")
COMPOSE = (FOLDER / "compose.yaml").read_text(encoding="utf-8")
COMMANDS = {one.name or (one.callback and one.callback.__name__) for one in app.registered_commands}
KEYS = {
    "build", "cap_drop", "command", "depends_on", "env_file", "environment", "healthcheck", "image",
    "init", "profiles", "read_only", "restart", "security_opt", "stop_grace_period", "volumes",
}  # fmt: skip
"""What https://github.com/compose-spec/compose-spec has for services, as far as it is used."""


@pytest.fixture
def unit(tmp_path: Path) -> Path:
    """Give the unit with a Python that is there."""
    file = tmp_path / "convener.service"
    file.write_text(UNIT.replace("/srv/convener/.venv/bin/convener", sys.executable))
    return file


@pytest.mark.processes
@pytest.mark.parametrize("looked", [["verify"], ["security", "--offline=true", "--threshold=20"]])
def test_unit_is_sound_and_hardened(unit: Path, looked: list[str]) -> None:
    tool = shutil.which("systemd-analyze")
    if tool is None:
        pytest.skip("systemd-analyze is not here")
    done = subprocess.run([tool, *looked, str(unit)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_page_on_operations_names_the_places_of_the_unit() -> None:
    page = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    lines = [line for line in page.splitlines() if "/bin/convener " in line and "/srv/" in line]
    assert {re.findall(r"/bin/convener (\w+)", line)[0] for line in lines} == {
        "backup",
        "check",
        "restore",
    }
    for part in ("/srv/convener/.venv/bin/convener", "/etc/convener/config.toml"):
        assert part in UNIT
        assert all(part in line for line in lines)
    assert "WorkingDirectory=/var/lib/convener\n" in UNIT
    assert "cd /srv/convener " not in page


def test_page_on_operations_names_services_of_the_compose_file() -> None:
    page = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    for name, command in re.findall(r"compose run .*?([a-z]+) (backup|restore|check)", page):
        assert f"  {name}:\n" in COMPOSE
        assert command in COMMANDS


def test_unit_gives_the_bot_time_to_end() -> None:
    assert int(re.findall(r"TimeoutStopSec=(\d+)", UNIT)[0]) > 10
    assert re.findall(r"/bin/convener (\w+)", UNIT) == ["run"]


def instructions(name: str) -> list[str]:
    """Give what stands behind an instruction of the Containerfile, each time."""
    return re.findall(rf"(?m)^{name} (.*)$", CONTAINER)


def test_container_is_not_run_by_root_and_holds_what_was_pinned() -> None:
    assert instructions("USER") == ["10001"]
    assert "--require-hashes" in next(one for one in instructions("RUN") if "requirements" in one)
    assert set(json.loads(instructions("CMD")[-1])) <= COMMANDS


def test_container_is_made_from_what_is_there_and_sent_to_it() -> None:
    sent = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    for copied in instructions("COPY"):
        source = copied.split()[0]
        if not source.startswith("--from"):
            assert (ROOT / source).exists()
            assert f"!{source}" in sent


def test_settings_of_the_container_are_settings() -> None:
    named = dict(one.split("=", 1) for one in instructions("ENV"))
    settings = load(environ={key: value for key, value in named.items() if "CONVENER" in key})
    assert settings.web
    assert f":{settings.web.port}/health" in "".join(re.findall("HEALTHCHECK.*", CONTAINER))


@pytest.fixture
async def web(sqlite_url: str) -> AsyncIterator[Monitor]:
    storage = Storage(sqlite_url)
    shown = Monitor(Section(port=0), storage, {}, ProcessState(Roles()), now)
    await shown.start()
    yield shown
    await shown.stop()
    storage.close()


@pytest.mark.processes
async def test_container_that_is_well_is_found_well(web: Monitor) -> None:
    [asked] = re.findall(r"(?m)^HEALTHCHECK .*? CMD (\[.*\])$", CONTAINER)
    command = json.loads(asked.replace("9464", str(web.port)))
    child = await asyncio.create_subprocess_exec(sys.executable, *command[1:])
    assert await child.wait() == 0
    await web.stop()
    child = await asyncio.create_subprocess_exec(
        sys.executable, *command[1:], stderr=asyncio.subprocess.DEVNULL
    )
    assert await child.wait() != 0


class Yaml:
    """Reads the little YAML that the example needs: maps, one-line values, anchors."""

    def __init__(self, text: str) -> None:
        stripped = [line for line in text.splitlines() if line.split("#")[0].strip()]
        self.lines = [(len(line) - len(line.lstrip()), line.strip()) for line in stripped]
        self.anchors: dict[str, Any] = {}

    def block(self, indent: int = 0) -> Any:
        """Read what stands at an indent."""
        if self.lines[0][1].startswith("- "):
            return [self.lines.pop(0)[1][2:] for _ in self._here(indent)]
        found: dict[str, Any] = {}
        for _ in self._here(indent):
            key, _, value = self.lines.pop(0)[1].partition(": ")
            if key == "<<":
                found |= self.anchors[value.removeprefix("*")]
            else:
                found[key.rstrip(":").partition(": &")[0]] = self._value(key, value)
        return found

    def _here(self, indent: int) -> Iterator[None]:
        while self.lines and self.lines[0][0] == indent:
            yield

    def _value(self, key: str, value: str) -> Any:
        if value and not value.startswith("&"):
            return json.loads(value) if value[0] in '["{' else value
        below = self.block(self.lines[0][0])
        self.anchors[value.removeprefix("&")] = below
        return below


@pytest.fixture
def services() -> dict[str, dict[str, Any]]:
    """Give the services of the example."""
    read: dict[str, dict[str, Any]] = Yaml(COMPOSE).block()["services"]
    return read


def test_services_know_their_keys_and_each_other(services: dict[str, dict[str, Any]]) -> None:
    for one in services.values():
        assert one.keys() <= KEYS
        assert one.get("depends_on", {}).keys() <= services.keys()


def test_services_share_the_work_among_them(services: dict[str, dict[str, Any]]) -> None:
    roles = set()
    for one in services.values():
        words = one.get("command", [])
        assert set(words[:1]) <= COMMANDS
        roles |= {after for word, after in itertools.pairwise(words) if word == "--only"}
    assert roles == {SCHEDULER, *PLATFORMS} - {"mail"}  # which takes no calls of its own


def test_services_have_settings_and_no_secret(services: dict[str, dict[str, Any]]) -> None:
    for one in services.values():
        settings: dict[str, str] = one.get("environment", {})
        assert all("${" in value for key, value in settings.items() if "PASSWORD" in key)
        url = settings.get("CONVENER__DATABASE__URL", "")
        assert re.fullmatch(r"(postgresql://\w+:\$\{DATABASE_PASSWORD:\?[\w .]+\}@\w+/\w+)?", url)
        ours = {key: value for key, value in settings.items() if key.startswith("CONVENER")}
        assert load(environ=ours).slack is None


@pytest.mark.processes
def test_compose_takes_the_file(tmp_path: Path) -> None:
    tool = shutil.which("docker-compose")
    if tool is None:
        pytest.skip("docker-compose is not here")
    (tmp_path / "convener.env").write_text("")
    (tmp_path / ".env").write_text("DATABASE_PASSWORD=x")
    shutil.copy(FOLDER / "compose.yaml", tmp_path)
    command = shlex.split(f"{tool} --profile slack --profile discord config --quiet")
    subprocess.run(command, cwd=tmp_path, check=True, timeout=60)
