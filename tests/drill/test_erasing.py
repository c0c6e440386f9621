"""Runs the drill of erasures in short: who erases is killed, and leaves all or nothing."""

import pytest

from tests.drill.drilled import drilled

pytestmark = [pytest.mark.processes, pytest.mark.slow]


def test_erasure_that_is_killed_leaves_all_or_nothing(sqlite_url: str) -> None:
    found = drilled("erasing", sqlite_url)
    assert found["killed"] > 5
    assert (found["half"], found["changed"], found["whole"]) == (0, 0, 1)
