"""Has ten thousand deliveries fall due at once, on a platform that takes one a second."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.rows import Figure
from bot.scheduler.outbox import Pace
from drill.databases import postgresql, sqlite
from drill.fakes import Told, fakes
from drill.forks import done
from drill.ledger import Temper
from drill.pack import Pack
from drill.world import AS_THEY_ARE, DrillWorld, Load, disordered, fill

CHANNELS, DELIVERIES = 200, 10_000
LIMIT = DELIVERIES / CHANNELS - 1
"""Seconds between the first and the last message of a channel that takes one a second."""
HUNG = "C00100"


@dataclass(frozen=True, slots=True)
class Rush:
    """Who sends, where, on a platform of which temper; `limit` is what it allows, in seconds."""

    processes: int
    temper: Temper
    load: Load
    limit: float


ONE_A_SECOND = Temper(pace=1.0, slow=1.0, delay=0.05)
FULL = Rush(1, ONE_A_SECOND, Load(DELIVERIES, CHANNELS, 0, platforms=("slack",)), LIMIT)


def rows() -> list[Figure]:
    """Send in one process, in three, and beside a channel that hangs."""
    hanging = replace(FULL, temper=replace(ONE_A_SECOND, hanging=HUNG))
    with sqlite() as alone, sqlite() as beside, postgresql() as many:
        return [
            *_rows("1 process on SQLite", sent(alone, FULL), FULL),
            *_rows("3 processes on PostgreSQL", sent(many, replace(FULL, processes=3)), FULL),
            *_rows("beside a channel that hangs", sent(beside, hanging), hanging),
        ]


def sent(url: str, rush: Rush) -> list[Told]:
    """Send it all, and give what was told where when; what hangs is not waited for."""
    wanted = rush.load.deliveries
    if rush.temper.hanging:
        wanted -= wanted // rush.load.channels
    with TemporaryDirectory() as folder:
        log = Path(folder) / "complaints"
        done(lambda: fill(url, rush.load), log)
        with fakes(rush.temper, 7, log) as there:
            world = DrillWorld(url, there, Pace(), AS_THEY_ARE)
            pack = Pack(world, rush.processes, log)
            hanging = rush.temper.hanging
            pack.finish(lambda: there.shown(but=hanging) >= wanted, 3 * rush.limit + 30)
            return there.told()


@dataclass(frozen=True, slots=True)
class Findings:
    """How long it took, how far apart the channels ended, and what came out of turn."""

    seconds: float
    spread: float
    disordered: int
    shown: int


def findings(told: Sequence[Told], hanging: str = "") -> Findings:
    """Look at what was told, leaving out the channel that hangs."""
    counted = [one for one in told if one[1] != hanging]
    ends: defaultdict[str, float] = defaultdict(float)
    for _, channel, at in counted:
        ends[channel] = max(ends[channel], at)
    first = min(at for *_, at in counted)
    last = max(ends.values())
    return Findings(last - first, last - min(ends.values()), disordered(counted), len(counted))


def _rows(where: str, told: Sequence[Told], rush: Rush) -> list[Figure]:
    found = findings(told, rush.temper.hanging)
    wanted = rush.load.deliveries
    wanted -= wanted // rush.load.channels if rush.temper.hanging else 0
    seen = f"{rush.limit:.0f} s are what the platform allows"
    return [
        Figure(f"{where}: {wanted:,} due at once, all out", found.seconds, rush.limit * 1.05, "s",
            True, seen),
        Figure(f"{where}: of them shown", found.shown, wanted, ""),
        Figure(f"{where}: out of order in their channel", found.disordered, 0, "", True),
        Figure(f"{where}: from the first channel done to the last", found.spread, 2.5, "s", True),
    ]  # fmt: skip
