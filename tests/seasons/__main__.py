"""Prints how many lines of each season play: `python -m tests.seasons [--show] [name …]`.

With `--examples` it writes the part that plays to the folder of examples instead.
"""

import asyncio
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.app.log import set_up_log
from storage.engine import migrate
from tests.seasons.checks import Checks
from tests.seasons.examples import write
from tests.seasons.playing import Played, play
from tests.seasons.reading import Season, seasons
from tests.seasons.worlds import clock_of, local_world


def main(arguments: list[str]) -> int:
    """Play the seasons that are named, or all; gives the exit status."""
    set_up_log("critical", "text")
    names = [one for one in arguments if not one.startswith("-")]
    wanted = [one for one in seasons() if not names or one.name.startswith(tuple(names))]
    if "--examples" in arguments:
        for season in wanted:
            write(season)
        return 0
    played = [asyncio.run(_play(season, show="--show" in arguments)) for season in wanted]
    for one in played:
        print(one)
        for fault in one.faults:
            print(f"  {fault}")
    return int(any(one.faults for one in played))


async def _play(season: Season, *, show: bool) -> Played:
    with TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'season.db'}"
        migrate(url)
        async with local_world(url, clock_of(season.clock)) as world:
            played = await play(season, world, Checks(world.ledger))
    if show:
        for entry in world.ledger.entries:
            print(f"{entry.at:%Y-%m-%d %H:%M} {'*' if entry.unasked else ' '} {entry.to}")
            print("\n".join(f"    {line}" for line in entry.words.splitlines() if line))
    return played


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
