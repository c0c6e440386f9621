"""Plays seasons, or writes examples: `python -m tests.seasons [--show] [--on slack] [000 …]`."""

import asyncio
import sys
from argparse import ArgumentParser
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.app.log import set_up_log
from storage.engine import migrate
from tests.seasons.checks import Checks
from tests.seasons.examples import write
from tests.seasons.platforms import PLATFORMS
from tests.seasons.playing import Played, play
from tests.seasons.reading import SeasonScript, seasons
from tests.seasons.worlds import clock_of


def main(arguments: list[str]) -> int:
    """Play the seasons that are named, or all; gives the exit status."""
    set_up_log("critical")
    asked = _parser().parse_args(arguments)
    wanted = [
        one for one in seasons() if not asked.names or one.name.startswith(tuple(asked.names))
    ]
    if asked.examples:
        for season in wanted:
            write(season)
        return 0
    played = [asyncio.run(_play(season, asked.on, show=asked.show)) for season in wanted]
    for one in played:
        print(one)
        for fault in one.faults:
            print(f"  {fault}")
    return int(any(one.faults for one in played))


def _parser() -> ArgumentParser:
    parser = ArgumentParser(prog="python -m tests.seasons", description=__doc__)
    parser.add_argument("names", nargs="*", help="how the names of seasons begin")
    parser.add_argument("--on", choices=PLATFORMS, default="local", help="the platform")
    parser.add_argument("--show", action="store_true", help="print what everybody was shown")
    parser.add_argument("--examples", action="store_true", help="write the examples")
    return parser


async def _play(season: SeasonScript, platform: str, *, show: bool) -> Played:
    with TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'season.db'}"
        migrate(url)
        async with PLATFORMS[platform](url, clock_of(season.clock)) as world:
            whole = platform == "local"
            played = await play(season, world, Checks(world.ledger, limits=whole), whole=whole)
    if show:
        for entry in world.ledger.entries:
            print(f"{entry.at:%Y-%m-%d %H:%M} {'*' if entry.unasked else ' '} {entry.to}")
            print("\n".join(f"    {line}" for line in entry.words.splitlines() if line))
    return played


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
