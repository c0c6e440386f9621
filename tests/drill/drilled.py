"""Runs the short drill."""

import json
from threading import Timer
from typing import Any

from tests.forked import piped

SECONDS = 240


def drilled(what: str, url: str) -> dict[str, Any]:
    """Run the short drill in a process of its own, which may fork as it likes."""
    with piped(what, url, module="drill.short") as (drill, _, seen):
        patience = Timer(SECONDS, drill.kill)
        patience.start()
        words = seen.read()
        patience.cancel()
        assert drill.wait() == 0
    found: dict[str, Any] = json.loads(words)
    return found
