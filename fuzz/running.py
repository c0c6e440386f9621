"""Plays inputs lot by lot, and notes what should not have come of them, or took too long."""

import time
import traceback
from collections.abc import Iterator
from dataclasses import dataclass, field

from bench.rows import resident
from fuzz.area import Area, Take
from fuzz.complaints import Complaints, listening
from fuzz.dice import Dice

SECONDS = 2.0
"""Of a processor that one input may take."""
WARM = 8
"""Inputs at first that may take longer: they load what is loaded once."""
MEGABYTES = 120.0
"""By which a process may grow between its first lot and its last."""
GIVE_UP = 20
"""Faults in one lot after which the rest of it tells nothing new."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What went wrong, and what repeats it alone."""

    what: str
    again: str


@dataclass(slots=True)
class Tally:
    """What came of some inputs of an area, and the seconds of a processor that they took."""

    area: str
    inputs: int = 0
    seconds: float = 0.0
    faults: list[Fault] = field(default_factory=list)


def play(area: Area, seed: int, numbers: range) -> Tally:
    """Play inputs by their numbers; whole lots, or the part of one that leads to its last."""
    tally, began, grown = Tally(area.name), time.process_time(), 0.0
    with listening() as complaints:
        for lot in lots(area, numbers):
            _play_lot(area, seed, lot, complaints, tally)
            grown = grown or resident()
        if (more := resident() - grown) > MEGABYTES:
            whole = f"python -m fuzz {area.name} --seed {seed} --inputs {numbers.stop}"
            tally.faults.append(Fault(f"the process has grown by {more:.0f} MB", whole))
    tally.seconds = time.process_time() - began
    return tally


def lots(area: Area, numbers: range) -> Iterator[range]:
    """Divide numbers where a new world begins."""
    for begin in range(numbers.start - numbers.start % area.lot, numbers.stop, area.lot):
        yield range(begin, min(begin + area.lot, numbers.stop))


def _play_lot(area: Area, seed: int, lot: range, complaints: Complaints, tally: Tally) -> None:
    most, number = len(tally.faults) + GIVE_UP, lot.start
    try:
        with area.world(Dice(f"{area.name}:{seed}:world:{lot.start}")) as take:
            for number in lot:
                tally.inputs += 1
                spent = time.process_time()
                _take(take, Dice(f"{area.name}:{seed}:{number}"), _Note(tally, seed, number))
                _complain(area, complaints, _Note(tally, seed, number))
                spent = time.process_time() - spent
                if spent > SECONDS and tally.inputs > WARM:
                    _Note(tally, seed, number)(f"took {spent:.1f} s of a processor")
                if len(tally.faults) > most:
                    break
    except Exception:
        _Note(tally, seed, number)(traceback.format_exc(limit=-8))
    _complain(area, complaints, _Note(tally, seed, number))


@dataclass(frozen=True, slots=True)
class _Note:
    """Notes what was wrong with one input."""

    tally: Tally
    seed: int
    number: int

    def __call__(self, what: str) -> None:
        again = f"python -m fuzz {self.tally.area} --seed {self.seed} --only {self.number}"
        self.tally.faults.append(Fault(what, again))


def _take(take: Take, dice: Dice, note: _Note) -> None:
    try:
        take(dice)
    except Exception:
        note(traceback.format_exc(limit=-8))


def _complain(area: Area, complaints: Complaints, note: _Note) -> None:
    for what in complaints.taken():
        if not (area.promised and what.startswith(area.promised)):
            note(what)
