"""Takes out one part of the delivery at a time: what the drill promises must break then."""

import secrets
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import update

from bench.rows import Row
from bot.calls import Reader, Target
from bot.chat import Message, MessageRef
from bot.scheduler import clock
from bot.scheduler.outbox import Pace
from drill.databases import sqlite
from drill.edges import Struck
from drill.forks import side_by_side
from drill.ledger import Temper
from drill.ordeal import Ordeal, suffer
from drill.world import AS_THEY_ARE, Load, Parts
from storage.deliveries import Delivery
from storage.queue import Queue

HIDING = Temper(swallowed=0.1, broken=0.1, slow=0.5, delay=0.3, hidden=1.0, hiding=1.5)
IN_FLIGHT = ("during post", "after post", "before sent")
PACE = Pace(batch=20, poll=0.25, lease=0.8, grace=2.5, again=1)
KILLED = Ordeal(
    Load(160, channels=20, people=0), strikes=12, processes=2, lasting=0.4, edges=IN_FLIGHT,
    temper=HIDING, pace=PACE, most=20, settling=30,
)  # fmt: skip
SUSPENDED = Ordeal(
    Load(160, channels=40, people=0, platforms=("slack",)), strikes=1, processes=3, asleep=4,
    edges=("after claim",), at_random=False, temper=Temper(slow=0.5, delay=0.2), pace=PACE,
    most=20, settling=30,
)  # fmt: skip


class Unfenced(Queue):
    """A queue that lets everybody send and end what he once held."""

    def begin_sending(self, rows: Sequence[Delivery], owner: str) -> Sequence[Delivery]:
        """Mark rows as going out, whoever holds them."""
        self.session.execute(
            update(Delivery)
            .where(Delivery.id.in_([row.id for row in rows]))
            .values(state="sending")
            .execution_options(synchronize_session=False)
        )
        return rows

    def finish(self, row: Delivery, holder: str, **values: Any) -> bool:
        """Write how a delivery ended, whoever holds it."""
        self.session.execute(update(Delivery).where(Delivery.id == row.id).values(**values))
        return True


class Timeless:
    """A clock that never says that a lease is over."""

    def __call__(self) -> datetime:
        """Tell the time."""
        return clock.now()

    def latest(self) -> datetime:
        """Say that it is long ago."""
        return datetime(2000, 1, 1, tzinfo=UTC)


class Unmarked(Struck):
    """A platform on which each message gets a mark of no meaning."""

    async def post(self, target: Target, message: Message, reader: Reader, key: str) -> MessageRef:
        """Post a message under another key. Raises a PostError."""
        return await super().post(target, message, reader, secrets.token_hex(6))


class Unsearched(Struck):
    """A platform in which nothing is ever found."""

    async def find(self, target: Target, key: str, since: datetime) -> MessageRef | None:
        """Find nothing."""
        return None


MUTATIONS: dict[str, tuple[Ordeal, Parts]] = {
    "nothing": (KILLED, AS_THEY_ARE),
    "nothing, suspended": (SUSPENDED, AS_THEY_ARE),
    "the fence": (SUSPENDED, Parts(queue=Unfenced, now=Timeless())),
    "the grace": (replace(KILLED, pace=replace(PACE, grace=0, again=0)), AS_THEY_ARE),
    "the nonce": (replace(KILLED, temper=replace(HIDING, nonce=0)), AS_THEY_ARE),
    "the mark": (KILLED, Parts(around=Unmarked)),
    "the look-up": (KILLED, Parts(around=Unsearched)),
}
SOUND = ("nothing", "nothing, suspended")


def broken(names: Sequence[str] = tuple(MUTATIONS)) -> dict[str, int]:
    """Count what is lost or doubled with each part taken out."""
    works: dict[str, Callable[[], Any]] = {name: _work(name) for name in names}
    return side_by_side(works)


def _work(name: str) -> Callable[[], int]:
    ordeal, parts = MUTATIONS[name]
    # What breaks breaks soon; what is broken may never settle.
    chosen = ordeal if name in SOUND else replace(ordeal, settling=6)

    def work() -> int:
        with sqlite() as url:
            after = suffer(url, chosen, parts)
        return after.lost + after.doubled

    return work


def rows() -> list[Row]:
    """Take each part out, and see that it is missed."""
    found = broken()
    return [
        Row(f"lost or doubled with {name} taken out", found[name], 0, "", True)
        if name in SOUND
        else Row(f"lost or doubled with {name} taken out", found[name], 1, "")
        for name in MUTATIONS
    ]
