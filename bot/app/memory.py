"""Keeps Python's collector from halting everything while it looks through all that is loaded."""

import gc

YOUNG = 20_000
"""Objects made before the collector looks at the young ones; 700 is Python's own choice."""


def set_up_memory() -> None:
    """Leave what is loaded by now out of every later look, and look less often.

    A full look at the loaded modules takes more than a tenth of a second, in which no call is
    answered. See https://docs.python.org/3/library/gc.html#gc.freeze.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG, 20, 20)
