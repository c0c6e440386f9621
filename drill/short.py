"""Is the drill in a few seconds, for the tests: it says what it found as JSON."""

import json
import sys
from dataclasses import replace
from typing import Any

from bot.scheduler.outbox import Pace
from drill.erasing import killed
from drill.mutations import MUTATIONS, broken
from drill.ordeal import Ordeal, suffer
from drill.world import Load

PACE = Pace(batch=10, at_once=60, poll=0.5, lease=2, grace=1.5, again=0.5, longest=1)
KILLED = Ordeal(
    Load(300, channels=80, people=20), strikes=16, lasting=0.5, pace=PACE, most=60, settling=90
)
MANY = replace(KILLED, strikes=30, processes=3)


def main() -> None:
    """Drill what the command line names, on the migrated database it names."""
    name, url = sys.argv[1:]
    print(json.dumps(_found(name, url)))


def _found(name: str, url: str) -> dict[str, Any]:
    if name == "mutations":
        return {one: after.plain() for one, after in broken(url, tuple(MUTATIONS)).items()}
    if name == "erasing":
        return killed(url, every=12)
    return suffer(url, KILLED if url.startswith("sqlite") else MANY).plain()


if __name__ == "__main__":
    main()
