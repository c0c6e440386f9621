"""Keeps a few words by name for a platform, for all processes on a database."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from storage import Storage, Transaction

DAY = timedelta(days=1)


class PlatformKeyValues:
    """The words a platform keeps; `days` says how long, by the beginning of their names."""

    def __init__(
        self,
        storage: Storage,
        platform: str,
        days: Mapping[str, int],
        now: Callable[[], datetime],
    ) -> None:
        self.storage = storage
        self.platform = platform
        self.days = days
        self.now = now
        self._forgot = now()

    async def get(self, name: str) -> str:
        """Give what is kept under a name, or nothing."""
        return await self.storage.look(lambda open: open.key_values.get(f"{self.platform}:{name}"))

    async def put(self, name: str, words: str) -> None:
        """Keep words in the place of those before; empty ones are forgotten."""
        own, now = f"{self.platform}:{name}", self.now()
        await self.storage.change(lambda open: open.key_values.put(own, words, now))

    async def first(self, name: str) -> bool:
        """Take a name for good, and say whether nobody had taken it before."""
        own, now = f"{self.platform}:{name}", self.now()
        if now - self._forgot > DAY:
            await self.forget()
        return await self.storage.change(lambda open: open.key_values.first(own, now))

    async def forget(self) -> None:
        """Forget what is of no use any more."""
        now = self._forgot = self.now()

        def prune(open: Transaction) -> None:
            for name, days in self.days.items():
                open.key_values.prune(f"{self.platform}:{name}:", now - DAY * days)

        await self.storage.change(prune)
