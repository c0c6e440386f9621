"""Takes note of who leaves a workspace and who is back, as its platform tells it."""

from collections.abc import Callable
from datetime import datetime

from bot.domain.follow import follow, follow_or_later
from bot.domain.leaving import come_back, leave
from storage import Storage, Transaction
from storage.people import Member


class MembershipNews:
    """Who is in the workspaces of one platform; of people nobody knows here nothing is kept."""

    def __init__(self, storage: Storage, platform: str, now: Callable[[], datetime]) -> None:
        self.storage = storage
        self.platform = platform
        self.now = now

    async def tell(self, workspace: str, account: str, there: bool) -> None:
        """Take note that somebody is in a workspace, or has left it."""
        whose = (self.platform, workspace, account)

        def is_news(open: Transaction) -> bool:
            member = open.known(*whose)
            return member is not None and _is_there(member, whose) is not there

        def note(open: Transaction) -> None:
            member = open.known(*whose)
            if member is None or _is_there(member, whose) is there:
                return
            records, now = open.records(member.community_id), self.now()
            (come_back if there else leave)(records, member, member.account_at(*whose), now)
            follow_or_later(records, now, follow)

        if await self.storage.look(is_news):
            await self.storage.change(note)


def _is_there(member: Member, whose: tuple[str, str, str]) -> bool:
    return member.account_at(*whose).left_at is None
