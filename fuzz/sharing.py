"""Shares the inputs of all areas between two processes."""

from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

from fuzz.area import Area
from fuzz.areas import AREAS
from fuzz.running import Tally, lots, play

PROCESSES = 2
SHARES = 4
"""Into how many shares the inputs of an area are divided, so that no process waits for long."""


def in_processes(areas: Sequence[Area], seed: int, inputs: int | None) -> list[Tally]:
    """Play so many inputs of each area, or its own number, in two processes that stay."""
    with ProcessPoolExecutor(PROCESSES, get_context("spawn")) as pool:
        begun = [
            pool.submit(share, area.name, seed, numbers)
            for area in areas
            for numbers in shares(area, area.inputs if inputs is None else inputs)
        ]
        return [one.result() for one in begun]


def shares(area: Area, inputs: int) -> Iterator[range]:
    """Divide the inputs of an area into shares of whole lots."""
    whole = list(lots(area, range(inputs)))
    each = -(-len(whole) // SHARES)
    for begin in range(0, len(whole), each):
        some = whole[begin : begin + each]
        yield range(some[0].start, some[-1].stop)


def share(name: str, seed: int, numbers: range) -> Tally:
    """Play a share of an area."""
    return play(AREAS[name], seed, numbers)
