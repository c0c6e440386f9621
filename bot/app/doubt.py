"""Keeps it where coordinators find it that nothing is sent, because nobody confirms the time."""

from bot.scheduler.trusted_clock import TrustedClock
from storage import Rank, Storage
from storage.undelivered import DOUBTED


class Doubt:
    """Whether the time is in doubt for longer than at a usual start, as it was kept last."""

    def __init__(self, storage: Storage, watch: TrustedClock) -> None:
        self.storage = storage
        self.watch = watch
        self._kept: bool | None = None

    async def keep(self) -> None:
        """Keep how it is now, when that has changed, or nothing was kept by this process yet."""
        silent = self.watch.silent
        if silent is self._kept:
            return
        words, now = "yes" if silent else "", self.watch()
        await self.storage.change(
            lambda open: open.key_values.put(DOUBTED, words, now), Rank.OUTBOX
        )
        self._kept = silent
