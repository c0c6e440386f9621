"""Takes out one part of the delivery at a time: what the drill promises must break then."""

import secrets
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from time import monotonic
from typing import Any

from sqlalchemy import update
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm.attributes import set_committed_value

from bench.rows import Figure
from bot.adapters.discord import Discord
from bot.chat import Message, MessageRef
from bot.protocol import IN_TIME, Adapter, Reader, Target
from bot.scheduler import alarm
from bot.scheduler.outbox import Pace
from drill.databases import copied, sqlite
from drill.edges import Doom, Struck
from drill.forks import side_by_side
from drill.ledger import Temper
from drill.ordeal import Aftermath, Ordeal, suffer
from drill.world import AS_THEY_ARE, Load, Parts
from storage.deliveries import Delivery
from storage.queue import Ahead, Queue

PACE = Pace(batch=20, poll=0.25, lease=0.8, grace=10.5, again=1, longest=1.5)
SWALLOWING = Temper(first=("swallowed",), slow=0.5, delay=0.3, hidden=1, hiding=10)
"""A platform that takes the first message of each channel without an answer, and shows it late."""
STUTTERING = Temper(first=("broken", "swallowed"), hidden=1, hiding=600, nonce=600)
"""One whose first answer breaks, so that discord.py asks again; what it took it never shows."""
SWALLOWED = Ordeal(
    Load(20, channels=10, people=0), strikes=0, temper=SWALLOWING, pace=PACE, settling=60
)
REPEATED = Ordeal(
    Load(10, channels=10, people=0, platforms=("discord",)), strikes=0,
    temper=STUTTERING, pace=replace(PACE, grace=5, longest=4), settling=60,
)  # fmt: skip
SUSPENDED = Ordeal(
    Load(60, channels=60, people=0, platforms=("slack",)), strikes=2, processes=4, asleep=10,
    edges=("after claim", "after begin_sending"), at_random=False,
    temper=Temper(slow=0.5, delay=0.2), pace=replace(PACE, grace=2.5), most=60, settling=60,
)  # fmt: skip

HELD_UP = replace(SUSPENDED, edges=("at the last look",), temper=Temper(), asleep=20)
"""One whose processes are suspended when they are about to write a request."""

AWAY = Ordeal(
    Load(20, channels=20, people=0, platforms=("slack",), resting=25), strikes=0, temper=Temper(),
    pace=replace(PACE, lease=3, grace=2, again=0.3, early=60), settling=60,
)  # fmt: skip
"""One whose sender waits until it may send, loses the database meanwhile, and comes back to it.

It takes its own rows over, for nobody held on to them, and has each of them twice in hand. It
makes ready early what has to rest, as it does for a rest that begins once it has claimed.
"""


class QueueAway(Queue):
    """A queue that is out of reach once sending has begun, until leases and grace are over.

    No heartbeat gets through before the sender has looked for what was left behind.
    """

    since = 0.0
    taken = False

    def begin_sending(self, rows: Sequence[Delivery], owner: str) -> Sequence[Delivery]:
        """Mark leased rows as going out, the last thing that is done for now."""
        mine = super().begin_sending(rows, owner)
        QueueAway.since = QueueAway.since or monotonic()
        return mine

    def ahead(self, now: datetime) -> Ahead:
        """Look at what is next. Raises OperationalError."""
        over = AWAY.pace.lease + AWAY.pace.grace + 0.5
        _reach(not QueueAway.since or monotonic() > QueueAway.since + over)
        return super().ahead(now)

    def take_over(
        self, owner: str, now: datetime, lease: timedelta, grace: timedelta, limit: int
    ) -> Sequence[Delivery]:
        """Take what was being sent."""
        rows = super().take_over(owner, now, lease, grace, limit)
        QueueAway.taken = QueueAway.taken or bool(rows)
        return rows

    def beat(self, owner: str, until: datetime) -> Mapping[tuple[int, int], datetime]:
        """Hold on to what an owner has. Raises OperationalError."""
        _reach(QueueAway.taken)
        return super().beat(owner, until)


def _reach(there: bool) -> None:
    if not there:
        raise OperationalError("away", None, ConnectionError())


class Unraised(QueueAway):
    """One that takes rows over under the number they have."""

    def _hold(
        self, rows: Sequence[Delivery], state: str, owner: str, until: datetime, tries: int = 0
    ) -> None:
        super()._hold(rows, state, owner, until, tries)
        if rows:
            before = self._held(rows).values(fence=Delivery.fence - 1)
            self.db.execute(before.execution_options(synchronize_session=False))
        for row in rows:
            set_committed_value(row, "fence", row.fence - 1)


class Unfenced(Queue):
    """A queue that lets everybody send and end what he once held."""

    def still(self, rows: Sequence[Delivery], owner: str, state: str) -> set[int]:
        """Say that nothing was ever taken over."""
        return {row.id for row in rows}

    def finish(self, row: Delivery, holder: str, **values: Any) -> bool:
        """Write how a delivery ended, whoever holds it."""
        self.db.execute(update(Delivery).where(Delivery.id == row.id).values(**values))
        return True


class Timeless:
    """A clock that never says that a lease is over."""

    def __call__(self) -> datetime:
        """Tell the time."""
        return alarm.now()

    def latest(self) -> datetime:
        """Say that it is long ago."""
        return datetime(2000, 1, 1, tzinfo=UTC)


class Unmarked(Struck):
    """A platform on which each message gets a mark of no meaning."""

    async def post(self, target: Target, message: Message, reader: Reader, key: str) -> MessageRef:
        """Post a message under another key. Raises a PostError."""
        return await super().post(target, message, reader, secrets.token_hex(6))


class Hasty(Struck):
    """A platform to which everything may go out, however late."""

    async def post(self, target: Target, message: Message, reader: Reader, key: str) -> MessageRef:
        """Post a message. Raises a PostError."""
        IN_TIME.set(lambda: True)
        return await super().post(target, message, reader, key)


class Unsearched(Struck):
    """A platform in which nothing is ever found."""

    async def find(self, target: Target, key: str, since: datetime) -> MessageRef | None:
        """Find nothing."""
        return None


class Nameless(Struck):
    """A Discord that is told of no nonce."""

    def __init__(self, adapter: Adapter, doom: Doom) -> None:
        super().__init__(adapter, doom)
        if isinstance(adapter, Discord):
            adapter.client.http.request = partial(  # type: ignore[method-assign]
                self.request, adapter.client.http.request
            )

    async def request(self, request: Callable[..., Awaitable[Any]], *what: Any, **more: Any) -> Any:
        """Ask Discord for something; it may then be asked for the same thing several times."""
        self.rename(more.get("json") or {})
        return await request(*what, **more)

    def rename(self, body: dict[str, Any]) -> None:
        """Take the nonce out of a message, and the one that discord.py would make itself."""
        body.pop("nonce", None)
        body.pop("enforce_nonce", None)


class Renamed(Nameless):
    """A Discord whose nonces are made up anew each time a message is sent, as discord.py does."""

    def rename(self, body: dict[str, Any]) -> None:
        """Put another nonce in the place of ours."""
        if "nonce" in body:
            body["nonce"] = secrets.token_hex(8)


MUTATIONS: dict[str, tuple[Ordeal, Parts]] = {
    "nothing": (SWALLOWED, AS_THEY_ARE),
    "nothing, suspended": (SUSPENDED, AS_THEY_ARE),
    "nothing, held up": (HELD_UP, AS_THEY_ARE),
    "nothing, repeated": (REPEATED, AS_THEY_ARE),
    "nothing, away": (AWAY, Parts(queue=QueueAway)),
    "the fence": (SUSPENDED, Parts(queue=Unfenced, now=Timeless())),
    "the raising of the fence": (AWAY, Parts(queue=Unraised)),
    "the last look at the time": (HELD_UP, Parts(around=Hasty)),
    "the grace": (replace(SWALLOWED, pace=replace(PACE, grace=0, again=0)), AS_THEY_ARE),
    "the nonce": (REPEATED, Parts(around=Nameless)),
    "the key in the nonce": (REPEATED, Parts(around=Renamed)),
    "the mark": (SWALLOWED, Parts(around=Unmarked)),
    "the look-up": (SWALLOWED, Parts(around=Unsearched)),
}
SOUND = tuple(name for name in MUTATIONS if name.startswith("nothing"))


def broken(template: str, names: Sequence[str]) -> dict[str, Aftermath]:
    """See what becomes of the deliveries with each part taken out, on copies of a SQLite file."""
    found = side_by_side({name: _work(template, name) for name in names})
    return {name: Aftermath(**after) for name, after in found.items()}


def _work(template: str, name: str) -> Callable[[], dict[str, Any]]:
    ordeal, parts = MUTATIONS[name]

    def work() -> dict[str, Any]:
        with copied(template) as url:
            return suffer(url, replace(ordeal, until_doubled=name not in SOUND), parts).plain()

    def again() -> dict[str, Any]:
        """Once more where nothing was missed: a busy machine may have kept the strike away."""
        return found if (found := work())["doubled"] else work()

    return work if name in SOUND else again


def rows() -> list[Figure]:
    """Take each part out, and see that it is missed."""
    with sqlite() as template:
        found = broken(template, tuple(MUTATIONS))
    return [_row(name, after) for name, after in found.items()]


def _row(name: str, after: Aftermath) -> Figure:
    sound = name in SOUND
    lost = f"{after.lost} lost, " if sound else ""
    seen = f"{lost}{after.doubled} doubled of {after.wanted}"
    what = f"lost or doubled with {name} taken out"
    return Figure(what, wrong(name, after), not sound, "", sound, seen)


def wrong(name: str, after: Aftermath) -> int:
    """Count what went wrong; what ended at the first double had no time to send the rest."""
    return after.doubled + (after.lost if name in SOUND else 0)
