"""Shows that the examples are what plays of the seasons, and play in a chat of their own."""

import json
import subprocess
import sys

import pytest

from tests.seasons.examples import FOLDER, outdated
from tests.seasons.reading import CLOCK, seasons


def test_examples_are_what_plays_of_the_seasons() -> None:
    names = [season.name for season in seasons()]
    assert [season.name for season in seasons() if outdated(season)] == [], "run `make docs`"
    assert sorted(file.stem for file in FOLDER.glob("0*.txt")) == names


@pytest.mark.nightly
@pytest.mark.processes
@pytest.mark.slow
def test_example_plays_in_a_chat_of_its_own() -> None:
    example = min(FOLDER.glob("0*.txt")).read_text(encoding="utf-8")
    clock = CLOCK.search(example)
    assert clock
    command = [sys.executable, "-m", "bot", "chat", "--json", "--db", ":memory:"]
    done = subprocess.run(
        [*command, "--clock", clock[1]],
        input=example,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    shown = [json.loads(line) for line in done.stdout.splitlines()]
    assert ([one["error"] for one in shown if "error" in one], done.returncode) == ([], 0)
    assert shown[-1] == {"line": len(example.splitlines())}
