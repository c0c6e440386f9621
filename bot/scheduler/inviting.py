"""Adds attendees to the thread of their session, a batch after each edit of its post."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime

import structlog

from bot.chat import Account, Place
from bot.domain import threads
from bot.domain.reminders import ANNOUNCED
from bot.errors import PostError
from bot.protocol import Adapter, Invites
from storage import Rank, Storage
from storage.deliveries import Delivery
from storage.engine import DatabaseTrouble

log = structlog.get_logger()
Guests = Mapping[Account, int]
"""Members, by the account under which a platform adds them."""


class Inviting:
    """Adds people to threads outside of any transaction, and remembers whom."""

    def __init__(
        self, storage: Storage, adapters: Mapping[str, Adapter], now: Callable[[], datetime]
    ) -> None:
        self.storage = storage
        self.adapters = adapters
        self.now = now
        self.under_way: set[int] = set()

    async def after(self, rows: Iterable[Delivery]) -> None:
        """Add those who are missing beneath the announcements that were edited, or read the same.

        What goes wrong is tried again with the next edit: nobody waits for it.
        """
        if not any(isinstance(adapter, Invites) for adapter in self.adapters.values()):
            return
        for row in rows:
            post = row.post_id
            if post is None or row.notice != ANNOUNCED or post in self.under_way:
                continue
            self.under_way.add(post)
            try:
                await self._invite(row.community_id, post)
            except (DatabaseTrouble, PostError) as error:
                log.info("not added", action="invite", post=post, error=str(error)[:200])
            finally:
                self.under_way.discard(post)

    async def _invite(self, community: int, post: int) -> None:
        thread, guests = await self.storage.run(lambda: self._missing(community, post), Rank.OUTBOX)
        adapter: object = self.adapters.get(thread.platform)
        if not guests or not isinstance(adapter, Invites):
            return
        settled = await adapter.invite(thread, [*guests])
        members = [guests[account] for account in settled]
        await self.storage.run(lambda: self._note(community, post, members), Rank.OUTBOX)

    def _missing(self, community: int, id: int) -> tuple[Place, Guests]:
        """Read where the thread of a post is, and who is missing there."""
        with self.storage.read() as transaction:
            records = transaction.records(community)
            post = records.posts.find(id)
            if post is None:
                return Place("", "", ""), {}
            known = threads.missing(records, post, self.now())
            there = Place(post.platform, post.workspace, post.channel, thread=post.thread)
            accounts = {Account(a.platform, a.workspace, a.account): a.member_id for a in known}
            return there, accounts

    def _note(self, community: int, id: int, members: Sequence[int]) -> None:
        with self.storage.write() as transaction:
            records = transaction.records(community)
            if post := records.posts.find(id):
                threads.added(records, post, members, self.now())
