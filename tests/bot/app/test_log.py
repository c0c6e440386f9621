"""Shows that lines look as the console writes them, whatever stands in them."""

import io
import sys
from collections.abc import Iterator
from contextlib import redirect_stderr

import pytest
import structlog

from bot.app.log import set_up_log

EVENTS: list[dict[str, object]] = [
    {"event": "call", "action": "session.show", "asked": False, "community": 5},
    {"event": "delivery", "error": "", "late": 0.5, "attempts": None},
    {"event": "call failed", "trace": 'Traceback:\n  x = "y"', "odd": "a=b", "spaced": "a b"},
    {"event": "an event whose name is longer than the place for it", "what": "Élodie’s"},
    {"event": "alone"},
]


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    """Leave the log as it was found."""
    before = structlog.get_config()
    yield
    structlog.configure(**before)


def written(event: dict[str, object]) -> str:
    """Log an event as the running bot does, without its moment."""
    with redirect_stderr(io.StringIO()) as out:
        set_up_log()
        structlog.get_logger().info(**event)
    return out.getvalue().partition(" ")[2]


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: str(event["event"]))
def test_line_looks_as_on_the_console(event: dict[str, object]) -> None:
    console = structlog.dev.ConsoleRenderer(colors=False)
    line = str(console(None, "info", {"timestamp": "now", "level": "info", **event}))
    assert written(event).split() == line.split()[1:]


def test_error_is_written_with_its_traceback() -> None:
    with redirect_stderr(io.StringIO()) as out:
        set_up_log()
        try:
            sys.exit("why")
        except SystemExit:
            structlog.get_logger().exception("it ended")
    assert "Traceback" in out.getvalue()
    assert "SystemExit: why" in out.getvalue()
