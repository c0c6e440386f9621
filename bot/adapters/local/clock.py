"""Is the clock of the local platform: it ticks or stands still, and can be moved forward."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta


def _real() -> datetime:
    return datetime.now(UTC)


class Clock:
    """A clock that never goes back.

    With `start` it stands there and moves only when told to. Without, it is the real time: one
    that was stepped over a moment waits until the real time has caught up.
    """

    def __init__(self, start: datetime | None = None, real: Callable[[], datetime] = _real) -> None:
        self.stands = start is not None
        self._real = real
        self._ahead = timedelta(0)
        self._reached = start or real()

    def now(self) -> datetime:
        """Give the present instant in UTC."""
        if not self.stands:
            self._reached = max(self._reached, self._real() + self._ahead)
        return self._reached

    def step(self, to: datetime) -> None:
        """Reach an instant at once; an earlier one changes nothing."""
        self._reached = max(self.now(), to)

    def go_on(self) -> None:
        """Tick on from the instant reached, as after moving far."""
        self._ahead = max(self._ahead, self._reached - self._real())
