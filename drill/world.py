"""Holds a small world to send in: two communities, what is wanted there, and what came of it."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from sqlalchemy import func, select

from bot.protocol import Adapter
from bot.scheduler import alarm
from bot.scheduler.outbox import Pace
from drill import discordish, slackish
from drill.edges import Doom, Struck
from drill.fakes import Fakes, Told
from storage import Records, Storage
from storage.deliveries import OPEN, Delivery, Wanted
from storage.queue import Queue

SPACES = {"slack": slackish.TEAM, "discord": discordish.SPACE}
Lane = tuple[int | None, int | None]
"""A channel, or a member."""
Around = Callable[[Adapter, Doom], Adapter]
"""Puts edges around an adapter."""


@dataclass(frozen=True, slots=True)
class Parts:
    """What a sending process is made of, where a drill may choose."""

    queue: type[Queue] = Queue
    around: Around = Struck
    now: Callable[[], datetime] = alarm.now


AS_THEY_ARE = Parts()


@dataclass(frozen=True, slots=True)
class DrillWorld:
    """A database, the platforms beside it, and how processes are to work on them."""

    url: str
    fakes: Fakes
    pace: Pace
    parts: Parts


@dataclass(frozen=True, slots=True)
class Load:
    """Deliveries wanted: how many, in how many channels and to how many people of each platform.

    They fall due one after the other within so many seconds. For `resting` ones the platforms want
    to be left alone.
    """

    deliveries: int
    channels: int = 100
    people: int = 20
    over: float = 0.0
    platforms: tuple[str, ...] = ("slack", "discord")
    resting: float = 0.0


def fill(url: str, load: Load) -> None:
    """Want the deliveries, numbered from 1 in the order they fall due."""
    storage = Storage(url)
    begin = datetime.now(UTC)
    with storage.write() as transaction:
        for at, platform in enumerate(load.platforms):
            founded = transaction.community_at(platform, SPACES[platform], begin, "en", "UTC")
            founded.quiet_from = founded.quiet_to = time(0)  # what comes late is not put off
            records = transaction.records(founded.id)
            lanes = [*_channels(records, platform, load), *_people(records, platform, load, begin)]
            numbers = range(1 + at, load.deliveries + 1, len(load.platforms))
            wanted = [
                Wanted(
                    str(number),
                    begin + timedelta(seconds=load.over * number / load.deliveries),
                    channel_id=lanes[place % len(lanes)][0],
                    member_id=lanes[place % len(lanes)][1],
                )
                for place, number in enumerate(numbers)
            ]
            records.deliveries.want("drill:1", "drill.told", wanted, begin - timedelta(days=1))
            rests = begin + timedelta(seconds=load.resting)
            transaction.queue.rate_limits.put({(founded.id, False): rests})
    storage.close()


def _channels(records: Records, platform: str, load: Load) -> list[Lane]:
    names = [_id(platform, "C", number) for number in range(load.channels)]
    met = [records.channels.meet(platform, SPACES[platform], name, name) for name in names]
    return [(one.id, None) for one in met]


def _people(records: Records, platform: str, load: Load, now: datetime) -> list[Lane]:
    names = [_id(platform, "U", number) for number in range(load.people)]
    met = [records.members.meet(platform, SPACES[platform], name, name, now) for name in names]
    return [(None, one.id) for one in met]


def _id(platform: str, kind: str, number: int) -> str:
    """Give the id of a channel or a person: Discord's are numbers."""
    return f"{kind}{number:05}" if platform == "slack" else f"{'59'[kind == 'U']}{number:05}"


def lost(told: Sequence[Told], wanted: int) -> int:
    """Count the deliveries that were never shown."""
    return wanted - len({number for number, *_ in told})


def doubled(told: Sequence[Told]) -> int:
    """Count the deliveries that are shown more than once."""
    return sum(times > 1 for times in Counter(number for number, *_ in told).values())


def disordered(told: Sequence[Told]) -> int:
    """Count the deliveries shown after one of their channel that fell due later."""
    newest: dict[str, int] = {}
    late = 0
    for number, channel, _ in told:
        late += number < newest.get(channel, 0)
        newest[channel] = max(number, newest.get(channel, 0))
    return late


def states(url: str) -> dict[str, int]:
    """Count the deliveries in each state."""
    storage = Storage(url)
    with storage.read() as transaction:
        asked = select(Delivery.state, func.count()).group_by(Delivery.state)
        found = dict(row.tuple() for row in transaction.db.execute(asked))
    storage.close()
    return found


def is_empty(url: str) -> bool:
    """Say whether nothing is left to be sent."""
    return not set(states(url)) & set(OPEN)
