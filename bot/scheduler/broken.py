"""Says how deliveries end that break something while they are worded."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from storage.deliveries import Delivery

UNWORDED = "Unworded"
"""How the error of a row begins that broke something while it was worded, with how often."""
PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 480))
"""How long such a row waits until it is tried again, each time; after that it is dead."""


def broken(row: Delivery, error: Exception, now: datetime) -> Mapping[str, Any]:
    """Say how a row ends that broke something while it was worded: tried again, at last dead.

    An edit is dead at once, for the next change of what it shows asks for another.
    """
    kind, _, _ = row.error.partition(":")
    times = 1 + (int(kind.removeprefix(UNWORDED)) if kind.startswith(UNWORDED) else 0)
    words = f"{UNWORDED} {times}: {type(error).__name__}: {error}"
    if row.post_id is None and times <= len(PAUSES):
        again = now + PAUSES[times - 1]
        if row.expires_at is None or again <= row.expires_at:
            return {"state": "pending", "due_at": again, "error": words}
    return {"state": "dead", "error": words}
