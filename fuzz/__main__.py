"""Plays all areas in two processes, prints faults and a table, and keeps that."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console

from bench.rows import Figure
from bench.table import page, table
from fuzz.area import Area
from fuzz.areas import AREAS
from fuzz.running import Fault, Tally, play
from fuzz.sharing import in_processes

SEED = 1
SHOWN = 12
PAGE = Path(__file__).parents[1] / "docs" / "fuzz.md"
ABOUT = """# What generated inputs do

Found by `make fuzz` on {machine}.

A fault is an incident, an exception where none is promised, something of another community read or
changed, a mention that rings everybody or a foreign link made live, words beyond a platform's
limits or lost, an unsound database, more than two seconds of a processor for an input, or a process
that grows. The seed is fixed; each fault is printed with what repeats it alone.
"""


def main() -> int:
    """Play what the command line asks for, or everything, and keep that."""
    asked = _asked(sys.argv[1:])
    console = Console()
    names = asked.areas or list(AREAS)
    if asked.only is not None:
        tallies = [play(AREAS[name], asked.seed, range(asked.only, asked.only + 1))
                   for name in names]  # fmt: skip
    else:
        tallies = in_processes([AREAS[name] for name in names], asked.seed, asked.inputs)
    rows = [_row(AREAS[name], [one for one in tallies if one.area == name]) for name in names]
    _tell(console, [fault for one in tallies for fault in one.faults])
    console.print(table(rows))
    if not sys.argv[1:]:
        PAGE.write_text(page(ABOUT, rows), encoding="utf-8")
    return int(not all(row.ok for row in rows))


def _asked(words: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        "python -m fuzz", description="Throw generated inputs at every way in."
    )
    parser.add_argument("areas", nargs="*", metavar="area", help=", ".join(AREAS))
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--inputs", type=int, help="for each area, instead of its own number")
    parser.add_argument("--only", type=int, help="the number of one input, with what leads to it")
    asked = parser.parse_args(words)
    if unknown := set(asked.areas) - AREAS.keys():
        parser.error(f"there is no area {', '.join(sorted(unknown))}")
    return asked


def _row(area: Area, tallies: Sequence[Tally]) -> Figure:
    inputs, seconds = sum(one.inputs for one in tallies), sum(one.seconds for one in tallies)
    faults = sum(len(one.faults) for one in tallies)
    seen = (
        f"{inputs:,} inputs, {seconds:.0f} s of a processor, {inputs / max(seconds, 0.01):,.0f}/s"
    )
    return Figure(f"{area.name}: {area.about}", faults, 0, "", True, seen)


def _tell(console: Console, faults: Sequence[Fault]) -> None:
    """Print each kind of fault once, with what repeats it; its last line says which kind it is."""
    kinds: dict[str, list[Fault]] = {}
    for fault in faults:
        kinds.setdefault(fault.what.strip().splitlines()[-1][:100], []).append(fault)
    for same in list(kinds.values())[:SHOWN]:
        again = ", ".join(one.again for one in same[:2])
        console.print(
            f"{len(same)} × {same[0].what}\n  again: {again}\n", markup=False, soft_wrap=True
        )
    if len(kinds) > SHOWN:
        console.print(f"… and {len(kinds) - SHOWN} kinds more")


if __name__ == "__main__":
    sys.exit(main())
