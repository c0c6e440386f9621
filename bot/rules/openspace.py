"""Says in which phase of an open space what can be done, so that every way of asking agrees."""

from collections.abc import Mapping
from datetime import datetime
from typing import Literal, get_args

Phase = Literal["gathering", "marketplace", "running", "harvest", "closed"]
Act = Literal["propose", "want", "merge", "place", "move", "note"]

PHASES: tuple[Phase, ...] = get_args(Phase)
ACTS: tuple[Act, ...] = get_args(Act)

# A late topic is welcome while the space runs: "whenever it starts is the right time". Merging is
# not, because people would be on their way to a topic that is no more.
_WHEN: dict[Act, frozenset[Phase]] = {
    "propose": frozenset({"gathering", "marketplace", "running"}),
    "want": frozenset({"gathering", "marketplace", "running"}),
    "merge": frozenset({"gathering", "marketplace"}),
    "place": frozenset({"marketplace", "running"}),
    "move": frozenset({"marketplace", "running"}),
    "note": frozenset({"running", "harvest"}),
}


def reached(begins: Mapping[str, datetime | None], now: datetime) -> Phase | Literal["draft"]:
    """Give the phase a space is in: the last whose beginning has come; `draft` before the first."""
    begun = [phase for phase in PHASES if (at := begins.get(phase)) is not None and at <= now]
    return begun[-1] if begun else "draft"


def follows(phase: str) -> Phase | None:
    """Name the phase after this one; None after the last. ValueError for an unknown phase."""
    later = PHASES[PHASES.index(phase) + 1 :]
    return later[0] if later else None


def may(act: Act, phase: str) -> bool:
    """Say whether an act has its place in a phase; in an unknown phase nothing has.

    `place` fills the board, `move` shifts what stands on it. KeyError for an unknown act.
    """
    return phase in _WHEN[act]
