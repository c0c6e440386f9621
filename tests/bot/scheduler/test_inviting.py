"""Shows that many who come are added to the thread of a session in lots, each of them once."""

from collections.abc import Iterator, Sequence
from datetime import timedelta

import pytest

from bot.app.parts import all_groups
from bot.chat import Account, Place
from bot.domain.threads import LOT
from bot.groups import merged
from bot.scheduler.outbox import Outbox
from storage import Storage
from storage.deliveries import Wanted
from storage.sessions import Session
from tests.bot.scheduler.test_threads import Threading
from tests.toys import Watch

NOTICES = merged(group.notices for group in all_groups())
COMING = 2 * LOT + 5


class InvitingPlatform(Threading):
    """A platform that adds people to threads, unless these are full."""

    def __init__(self) -> None:
        super().__init__()
        self.added: list[list[str]] = []
        self.full = False

    async def invite(self, thread: Place, people: Sequence[Account]) -> Sequence[Account]:
        """Note who is added."""
        assert thread.thread == "1"
        settled = [] if self.full else people
        self.added.append([one.id for one in settled])
        return settled


class Full:
    """A session many come to, and what goes out to it."""

    def __init__(self, url: str) -> None:
        self.storage, self.watch, self.platform = Storage(url), Watch(), InvitingPlatform()
        self.outbox = Outbox(self.storage, NOTICES, {"toy": self.platform}, self.watch)

    def begin(self) -> None:
        """Announce it, and have them all answer."""
        now = self.watch()
        at = now + timedelta(days=5)
        planned = Session(
            title="Seeds", starts_at=at, wall=f"{at:%Y-%m-%d %H:%M}", zone="UTC", minutes=60,
            created_at=now, state="announced", announce_at=now, told_at=now,
        )  # fmt: skip
        with self.storage.write() as transaction:
            home = transaction.community_at("toy", "home", now, "en", "UTC")
            records = transaction.records(home.id)
            records.sessions.add(planned)
            place = records.channels.meet("toy", "home", "general", "general")
            first = Wanted("first", now, channel_id=place.id)
            records.deliveries.send(planned.about, "session.announced", first)
            for number in range(COMING):
                who = records.members.meet("toy", "home", f"u{number}", f"U {number}", now)
                records.rsvps.answer(planned.id, who.id, "yes", now)
            records.touched.clear()

    async def turns(self, count: int) -> None:
        """Send what falls due, some times."""
        for _ in range(count):
            await self.outbox.turn()
            self.watch.forward(seconds=3)


@pytest.fixture
def full(sqlite_url: str) -> Iterator[Full]:
    made = Full(sqlite_url)
    made.begin()
    yield made
    made.storage.close()


async def test_many_are_added_in_lots_and_each_of_them_once(full: Full) -> None:
    await full.turns(8)
    assert [len(lot) for lot in full.platform.added] == [LOT, LOT, 5]
    assert len({id for lot in full.platform.added for id in lot}) == COMING


async def test_thread_that_takes_nobody_is_not_asked_again_at_once(full: Full) -> None:
    full.platform.full = True
    await full.turns(8)
    assert full.platform.added == [[]]
