"""Tells the coordinators of a workspace what to do about something in a platform's settings."""

from collections.abc import Callable
from datetime import datetime

from bot.domain.trouble import warn
from bot.i18n import SOURCE, Text
from storage import Storage, Transaction
from storage.deliveries import Wanted


class Advice:
    """Advice for the coordinators of one platform's workspaces, as deliveries to each of them."""

    def __init__(self, storage: Storage, platform: str, now: Callable[[], datetime]) -> None:
        self.storage = storage
        self.platform = platform
        self.now = now

    async def give(self, workspace: str, words: Text) -> None:
        """Tell the coordinators of a workspace what to do about something."""
        now = self.now()

        def tell(open: Transaction) -> None:
            home = open.community_at(self.platform, workspace, now, SOURCE, "UTC")
            records = open.records(home.id)
            advice = Wanted(f"advice:{now.timestamp():.0f}", now, args={"advice": words.template})
            warn(records, f"community:{home.id}", advice)

        await self.storage.change(tell)
