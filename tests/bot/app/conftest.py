"""Lets a test use the command line in an empty folder."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import structlog
from typer.testing import CliRunner, Result

from bot.__main__ import app

Typed = Callable[..., Result]


@pytest.fixture
def typed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Typed]:
    """Give what runs `python -m bot` with arguments and lines to read; mend the log after it."""
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str, lines: str = "") -> Result:
        return CliRunner().invoke(app, arguments, input=lines)

    yield run
    structlog.reset_defaults()
