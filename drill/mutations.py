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
from drill.databases import copied, sqlite
from drill.edges import Struck
from drill.forks import side_by_side
from drill.ledger import Temper
from drill.ordeal import Aftermath, Ordeal, suffer
from drill.world import AS_THEY_ARE, Load, Parts
from storage.deliveries import Delivery
from storage.queue import Queue

HIDING = Temper(swallowed=0.1, broken=0.1, slow=0.5, delay=0.3, hidden=1.0, hiding=2)
IN_FLIGHT = ("during post", "after post", "before sent")
PACE = Pace(batch=20, poll=0.25, lease=0.8, grace=2.5, again=1, longest=1.5)
KILLED = Ordeal(
    Load(60, channels=30, people=0), strikes=3, edges=IN_FLIGHT, at_random=False,
    temper=HIDING, pace=PACE, most=60, settling=60,
)  # fmt: skip
SUSPENDED = Ordeal(
    Load(90, channels=90, people=0, platforms=("slack",)), strikes=2, processes=4, asleep=6,
    edges=("after claim", "after begin_sending"), at_random=False,
    temper=Temper(slow=0.5, delay=0.2), pace=PACE, most=60, settling=60,
)  # fmt: skip


class Unfenced(Queue):
    """A queue that lets everybody send and end what he once held."""

    def still(self, rows: Sequence[Delivery], owner: str, state: str) -> set[int]:
        """Say that nothing was ever taken over."""
        return {row.id for row in rows}

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
    "the nonce": (
        replace(
            KILLED,
            load=Load(60, channels=60, people=0, platforms=("discord",)),
            temper=Temper(broken=0.9, nonce=0),
            pace=replace(PACE, longest=2.4),
        ),
        AS_THEY_ARE,
    ),
    "the mark": (KILLED, Parts(around=Unmarked)),
    "the look-up": (KILLED, Parts(around=Unsearched)),
}
TRIES = 3
"""A busy machine may be too slow for what is broken to show at once."""
SOUND = ("nothing", "nothing, suspended")


def broken(template: str, names: Sequence[str]) -> dict[str, Aftermath]:
    """See what becomes of the deliveries with each part taken out, on copies of a SQLite file."""
    found = side_by_side({name: _work(template, name) for name in names})
    return {name: Aftermath(**after) for name, after in found.items()}


def _work(template: str, name: str) -> Callable[[], dict[str, Any]]:
    def work() -> dict[str, Any]:
        for seed in range(1 if name in SOUND else TRIES):
            after = _tried(template, name, seed)
            if after.lost or after.doubled:
                break
        return after.plain()

    return work


def _tried(template: str, name: str, seed: int) -> Aftermath:
    ordeal, parts = MUTATIONS[name]
    with copied(template) as url:
        return suffer(url, replace(ordeal, until_doubled=name not in SOUND, seed=seed), parts)


def rows() -> list[Row]:
    """Take each part out, and see that it is missed."""
    with sqlite() as template:
        found = broken(template, tuple(MUTATIONS))
    return [_row(name, after) for name, after in found.items()]


def _row(name: str, after: Aftermath) -> Row:
    seen = f"{after.lost} lost, {after.doubled} doubled of {after.wanted}"
    what = f"lost or doubled with {name} taken out"
    sound = name in SOUND
    return Row(what, after.lost + after.doubled, not sound, "", sound, seen)
