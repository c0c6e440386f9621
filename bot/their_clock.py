"""Reads what time it is from the answers of a platform: any that are its own, good and new."""

import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

NEW = 60.0
"""Seconds for which an answer tells the time."""
_RUNS_ON = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)
"""Goes on while the machine sleeps, where there is such a clock: what was told before is old."""


def _running_on() -> float:
    return time.clock_gettime(_RUNS_ON)


class TheirClock:
    """The clock of a platform, as its newest answer told it."""

    def __init__(self, steady: Callable[[], float] = _running_on) -> None:
        self.steady = steady
        self._told: tuple[datetime, float] | None = None

    def hear(self, status: int, headers: Mapping[str, str]) -> None:
        """Take the time from an answer.

        What failed may come from something between the platform and us, and what has an age was
        kept there: neither tells the time.
        """
        told = _read(headers.get("Date", ""))
        if told is not None and 200 <= status < 300 and "Age" not in headers:
            self._told = told, self.steady()

    def now(self) -> datetime | None:
        """Tell the time, to the second; None when nothing new was heard."""
        if self._told is None:
            return None
        told, since = self._told
        passed = self.steady() - since
        return told + timedelta(seconds=int(passed)) if passed <= NEW else None


def _read(words: str) -> datetime | None:
    try:
        told = parsedate_to_datetime(words)
    except ValueError:
        return None
    return told if told.tzinfo else told.replace(tzinfo=UTC)
