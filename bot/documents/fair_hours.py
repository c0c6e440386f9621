"""Works fair hours out, and draws them: the whole of a job, from plain data to plain data."""

from collections.abc import Mapping
from typing import Any

from bot.rules.hours_proposals import proposed


def worked_out(given: Mapping[str, Any]) -> dict[str, Any]:
    """Propose hours for a series, with a `picture` of them: a PNG in base 64."""
    return proposed(given) | {"picture": ""}
