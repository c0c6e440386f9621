"""Plays the programmes of real communities through `python -m bot chat`."""

import json
import subprocess
import sys
from collections import defaultdict
from typing import Any

import pytest

from tests.examples import Example, examples


@pytest.mark.parametrize("example", examples(), ids=lambda example: example.name)
def test_example_shows_everybody_what_it_says(example: Example) -> None:
    shown, status = _played(example)
    errors = [one["error"] for line in shown.values() for one in line if "error" in one]
    assert (errors, status) == ([], 0)
    missing = [
        (line, who, words)
        for line, who, words in example.seen()
        if not any(one["to"] == who and words in _words(one) for one in shown[line])
    ]
    assert missing == []


def test_examples_say_what_is_seen() -> None:
    assert all(len(example.seen()) >= 5 for example in examples())


def _played(example: Example) -> tuple[dict[int, list[dict[str, Any]]], int]:
    """Play an example in a process of its own; gives what each line showed."""
    command = [sys.executable, "-m", "bot", "chat", "--json", "--db", ":memory:"]
    done = subprocess.run(
        [*command, "--clock", example.clock],
        input="\n".join(example.lines) + "\n",
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    shown: dict[int, list[dict[str, Any]]] = defaultdict(list)
    waiting: list[dict[str, Any]] = []
    for words in done.stdout.splitlines():
        one = json.loads(words)
        if set(one) == {"line"}:
            shown[one["line"]], waiting = waiting, []
        else:
            waiting.append(one)
    return shown, done.returncode


def _words(one: dict[str, Any]) -> str:
    words = " ".join(str(one.get(key, "")) for key in ("title", "text"))
    form = one.get("form") or {}
    fields = " ".join(f"{f['label']} {f.get('value', '')}" for f in form.get("fields", ()))
    return f"{words} {form.get('title', '')} {fields}".replace("\u202f", " ").replace("\u00a0", " ")
