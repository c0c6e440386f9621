"""Kills senders by the thousand, and suspends some: nothing lost, doubled or out of order."""

import sys
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from bench.rows import Figure
from drill.databases import postgresql, sqlite
from drill.edges import EDGES
from drill.forks import side_by_side
from drill.ordeal import Aftermath, Ordeal, suffer
from drill.world import Load

KILLS, DELIVERIES, SUSPENSIONS = 1000, 20_000, 40
MANY = Ordeal(
    Load(DELIVERIES, channels=300, people=100, over=300),
    KILLS,
    processes=3,
    lasting=0.6,
    most=3600,
    settling=600,
)
"""What is to be sent falls due for as long as the strikes take on a machine that does no more."""
ALONE = replace(MANY, load=replace(MANY.load, over=450), processes=1, lasting=0.4)
ASLEEP = Ordeal(Load(2000, over=80), SUSPENSIONS, processes=5, lasting=0.7, asleep=7)
"""Five seconds and a half pass before a message is sent again: lease, grace, and another look."""


def rows() -> list[Figure]:
    """Kill and suspend, one database beside the other."""
    with postgresql() as many, postgresql() as asleep, sqlite() as alone:
        works: dict[str, Callable[[], Any]] = {
            "3 processes on PostgreSQL": lambda: suffer(many, MANY).plain(),
            "1 process on SQLite": lambda: suffer(alone, ALONE).plain(),
        }
        found = [
            row
            for where, after in side_by_side(works).items()
            for row in _rows(where, Aftermath(**after), KILLS)
        ]
        drowsy = suffer(asleep, ASLEEP)
    return found + _suspended(drowsy)


def _rows(where: str, after: Aftermath, strikes: int) -> list[Figure]:
    at_random = after.struck.get("at random", 0)
    seen = f"{at_random} at random; {after.seconds:.0f} s"
    reached = sum(edge in after.struck for edge in EDGES)
    return [
        Figure(f"{where}: killed", after.strikes, strikes, "times", seen=seen),
        Figure(f"{where}: edges at which that happened", reached, len(EDGES), ""),
        *_counted(where, after),
    ]


def _suspended(after: Aftermath) -> list[Figure]:
    where = "5 processes on PostgreSQL"
    seen = f"for {ASLEEP.asleep:.0f} s, longer than lease and grace"
    return [
        Figure(f"{where}: suspended", after.strikes, SUSPENSIONS, "times", seen=seen),
        *_counted(where, after),
    ]


def _counted(where: str, after: Aftermath) -> list[Figure]:
    if after.lost or after.doubled or after.unsettled or after.disordered:
        print(after.complaints, file=sys.stderr)
    of = f"of {after.wanted:,}"
    return [
        Figure(f"{where}: deliveries lost", after.lost, 0, "", True, of),
        Figure(f"{where}: deliveries doubled", after.doubled, 0, "", True, of),
        Figure(f"{where}: deliveries not marked as sent", after.unsettled, 0, "", True, of),
        Figure(f"{where}: out of order in their channel", after.disordered, 0, "", True, of),
    ]
