"""Strikes those who send, while platforms misbehave, and counts what became of the messages."""

import random
import signal
import time
from collections import Counter
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy.orm import configure_mappers

from bot.scheduler.outbox import Pace
from drill.edges import EDGES
from drill.fakes import fakes
from drill.forks import done
from drill.ledger import Temper
from drill.pack import Dooms, Pack
from drill.world import (
    AS_THEY_ARE,
    DrillWorld,
    Load,
    Parts,
    disordered,
    doubled,
    fill,
    is_empty,
    lost,
    states,
)

MISCHIEF = Temper(
    dropped=0.03, swallowed=0.05, broken=0.03, limited=0.04,
    slow=0.3, delay=0.4, hidden=0.4, hiding=0.8,
)  # fmt: skip
QUICK = Pace(batch=10, at_once=60, poll=0.5, lease=1.5, grace=2, again=1, longest=1.5)
"""A request may take less than the grace, and more than the platforms' delays."""


@dataclass(frozen=True, slots=True)
class Ordeal:
    """What is done: to how many processes, how often, while how much is to be sent.

    With `asleep` the processes are suspended for so many seconds, beside two that are left alone.
    Striking ends after `most` seconds, and `settling` ones are given to what is left then; with
    `until_doubled` all ends at once when something is.
    """

    load: Load
    strikes: int
    processes: int = 1
    lasting: float = 0.8
    asleep: float = 0.0
    edges: tuple[str, ...] = EDGES
    at_random: bool = True
    temper: Temper = MISCHIEF
    pace: Pace = QUICK
    most: float = 900.0
    settling: float = 120.0
    until_doubled: bool = False
    seed: int = 7

    def dooms(self) -> Dooms:
        """Say what strikes each process."""
        strike = signal.SIGSTOP if self.asleep else signal.SIGKILL
        dice, calm = random.Random(self.seed), 2 if self.asleep else 0
        return Dooms(dice, self.lasting, strike, self.edges, calm, self.at_random)


@dataclass(frozen=True, slots=True)
class Aftermath:
    """What an ordeal did, and what came of it.

    `struck` says how often processes were struck at each edge; `unsettled` are deliveries that
    are not marked as sent; `complaints` are the last ones that processes made.
    """

    struck: dict[str, int]
    wanted: int
    lost: int
    doubled: int
    disordered: int
    unsettled: int
    seconds: float
    complaints: str

    @property
    def strikes(self) -> int:
        """How often a process was struck."""
        return sum(self.struck.values())

    def plain(self) -> dict[str, Any]:
        """Give it as JSON knows it."""
        return asdict(self)


def _is_over(world: DrillWorld, ordeal: Ordeal) -> bool:
    broken = ordeal.until_doubled and doubled(world.fakes.told()) > 0
    return broken or is_empty(world.url)


def suffer(url: str, ordeal: Ordeal, parts: Parts = AS_THEY_ARE) -> Aftermath:
    """Put those who send on a migrated database through an ordeal."""
    began = time.monotonic()
    configure_mappers()  # once here, instead of in each process that is forked off
    with TemporaryDirectory() as folder:
        log = Path(folder) / "complaints"
        done(lambda: fill(url, ordeal.load), log)
        with fakes(ordeal.temper, ordeal.seed, log) as there:
            world = DrillWorld(url, there, ordeal.pace, parts)
            pack = Pack(world, ordeal.processes, log, ordeal.asleep)
            pack.strike(ordeal.strikes, ordeal.dooms(), ordeal.most)
            pack.finish(lambda: _is_over(world, ordeal), ordeal.settling)
            told = there.told()
        complaints = log.read_text(errors="replace") if log.exists() else ""
    found = states(url)
    wanted = ordeal.load.deliveries
    return Aftermath(
        dict(Counter(pack.struck)),
        wanted,
        lost(told, wanted),
        doubled(told),
        disordered(told),
        wanted - found.get("sent", 0),
        time.monotonic() - began,
        complaints[-3000:],
    )
