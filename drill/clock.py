"""Steps the clock while deliveries fall due: nothing early, nothing lost, and how late."""

import asyncio
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.rows import Figure
from bot.chat import Message, MessageRef, Place
from bot.i18n import Text
from bot.protocol import Reader, Target
from bot.scheduler.outbox import Outbox
from bot.scheduler.trusted_clock import TrustedClock
from drill.toys import toy
from storage import Storage
from storage.deliveries import Wanted
from storage.engine import migrate

STEPS = {
    "standing still": timedelta(0),
    "stepped by an hour": timedelta(hours=1),
    "stepped back by an hour": timedelta(hours=-1),
    "stepped by a day": timedelta(days=1),
    "stepped back by a day": timedelta(days=-1),
    "stepped by a year": timedelta(days=365),
    "stepped back by a year": timedelta(days=-365),
}
SLEPT = timedelta(hours=1)
SETTING_UP, PATIENCE = 4.0, 60.0
"""Seconds before the first falls due, and that the last ones are given at the most."""
FAR = [timedelta(minutes=30), timedelta(hours=20), timedelta(days=30), timedelta(days=360)]
"""How far ahead those are that must not go out."""


class DrillMachine:
    """A machine whose clock is set at will, and that can sleep; what is true goes on beside it."""

    def __init__(self) -> None:
        self.off = self.slept = timedelta(0)

    def true(self) -> datetime:
        """Tell the time as it is."""
        return datetime.now(UTC) + self.slept

    def wall(self) -> datetime:
        """Tell the time as this machine has it."""
        return self.true() + self.off

    def steady(self) -> float:
        """Count the seconds this machine was awake."""
        return time.monotonic()


@dataclass(slots=True)
class DrillPlatform:
    """A platform that knows the time, and notes when it was given what."""

    machine: DrillMachine
    shown: list[tuple[str, datetime]] = field(default_factory=list)
    name = "toy"
    gap = 0.0
    edits = finds = gathers = founds = True

    async def start(self, listen: bool = True) -> None:
        """Need no connection."""

    async def stop(self) -> None:
        """Need no end."""

    async def post(self, target: Target, message: Message, reader: Reader, key: str) -> MessageRef:
        """Note a message."""
        self.shown.append((key, self.machine.true()))
        return MessageRef(Place("toy", "home", "x"), key)

    async def edit(self, ref: MessageRef, message: Message, reader: Reader) -> None:
        """Take an edit."""

    async def find(self, target: Target, key: str, since: datetime) -> MessageRef | None:
        """Find nothing."""
        return None

    async def obstacle(self, place: Place) -> Text | None:
        """Know of nothing in the way."""
        return None

    async def time(self) -> datetime | None:
        """Tell the true time."""
        return self.machine.true()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a scenario showed; `late` is in seconds, the worst but one in a hundred."""

    early: int
    lost: int
    doubled: int
    late: float


@dataclass(frozen=True, slots=True)
class Scenario:
    """Deliveries over so many seconds, in the middle of which something befalls the clock."""

    file: Path
    step: timedelta = timedelta(0)
    slept: timedelta = timedelta(0)
    seconds: float = 12.0
    deliveries: int = 120

    async def play(self, begin: datetime) -> Outcome:
        """Send what falls due from then on, and look at what was shown when."""
        url = f"sqlite:///{self.file}"
        migrate(url)
        storage, machine = Storage(url), DrillMachine()
        platform, watch = DrillPlatform(machine), TrustedClock(machine.wall, machine.steady)
        outbox = Outbox(storage, toy.notices, {"toy": platform}, watch)
        outbox.sure = lambda: watch.sure([platform.time])
        due = self._fill(storage, begin)
        sending = asyncio.create_task(outbox.run())
        middle = begin + timedelta(seconds=self.seconds / 2)
        await asyncio.sleep((middle - machine.true()).total_seconds())
        machine.off, machine.slept = self.step, self.slept
        struck = machine.true()
        await asyncio.sleep(self.seconds / 2)
        await _nothing_before(outbox, machine.true())
        outbox.stop()
        await sending
        storage.close()
        return self._seen(due, platform.shown, struck)

    def _fill(self, storage: Storage, begin: datetime) -> dict[str, datetime]:
        """Want the deliveries, some of them long after the end; gives when each is due."""
        near = [self.seconds * n / self.deliveries for n in range(self.deliveries)]
        moments = [*(begin + timedelta(seconds=n) for n in near), *(begin + far for far in FAR)]
        if self.slept:
            moments += [begin + self.slept * n / 20 for n in range(1, 20)]
        with storage.write() as transaction:
            home = transaction.community_at("toy", "home", begin, "en", "UTC").id
            records = transaction.records(home)
            places = [records.channels.meet("toy", "home", str(n)).id for n in range(20)]
            wanted = [Wanted(str(n), at, channel_id=places[n % 20]) for n, at in enumerate(moments)]
            records.deliveries.want("drill:1", "drill.told", wanted, begin)
            rows = records.deliveries.about("drill:1")
            return {f"{row.id:x}": row.due_at for row in rows}

    def _seen(
        self, due: dict[str, datetime], shown: list[tuple[str, datetime]], struck: datetime
    ) -> Outcome:
        """Compare; what fell due while the machine slept could not go out before it woke.

        Nor could all that fell due in the second before.
        """
        asleep = struck - self.slept - timedelta(seconds=1)
        possible = {key: struck if asleep < at < struck else at for key, at in due.items()}
        end = struck + timedelta(seconds=self.seconds / 2)
        times = Counter(key for key, _ in shown)
        late = sorted((at - possible[key]).total_seconds() for key, at in shown)
        return Outcome(
            early=sum(at < due[key] for key, at in shown),
            lost=sum(at <= end and not times[key] for key, at in due.items()),
            doubled=sum(number > 1 for number in times.values()),
            late=late[int(len(late) * 0.99)],
        )


async def _nothing_before(outbox: Outbox, end: datetime) -> None:
    """Wait until all that was due before an instant has been settled, but not for ever."""
    async with asyncio.timeout(PATIENCE):
        while True:
            ahead = await outbox.ahead()
            if ahead.left is None and (ahead.due is None or ahead.due > end):
                return
            await asyncio.sleep(0.1)


async def played(seconds: float = 12.0) -> dict[str, Outcome]:
    """Play all scenarios side by side."""
    with TemporaryDirectory() as folder:
        scenarios = {
            what: Scenario(Path(folder) / f"{at}.db", step=step, seconds=seconds)
            for at, (what, step) in enumerate(STEPS.items())
        }
        scenarios["asleep for an hour"] = Scenario(
            Path(folder) / "slept.db", slept=SLEPT, seconds=seconds
        )
        begin = datetime.now(UTC) + timedelta(seconds=SETTING_UP)
        seen = await asyncio.gather(*(one.play(begin) for one in scenarios.values()))
    return dict(zip(scenarios, seen, strict=True))


def rows() -> list[Figure]:
    """Play all scenarios, and say what each showed."""
    found = []
    for what, seen in asyncio.run(played()).items():
        wrong = seen.early + seen.lost + seen.doubled
        numbers = f"{seen.early} early, {seen.lost} lost, {seen.doubled} doubled"
        found.append(Figure(f"clock {what}: early, lost or doubled", wrong, 0, "", True, numbers))
        bound = 2 if what == "standing still" else 10
        late = f"clock {what}: lateness, 99th percentile"
        found.append(Figure(late, seen.late, bound, "s", True))
    return found
