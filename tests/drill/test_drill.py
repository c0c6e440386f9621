"""Runs the drill in short: killed senders lose nothing, and what is taken out is missed."""

import pytest

from drill.mutations import MUTATIONS, SOUND, wrong
from drill.ordeal import Aftermath
from tests.drill.drilled import drilled

pytestmark = [pytest.mark.processes, pytest.mark.slow]
TAKEN_OUT = [name for name in MUTATIONS if name not in SOUND]


@pytest.mark.parametrize(
    "database_url",
    [
        pytest.param("sqlite", marks=pytest.mark.nightly),
        pytest.param("postgresql", marks=pytest.mark.postgresql),
    ],
    indirect=True,
)
def test_killed_senders_lose_double_and_disorder_nothing(database_url: str) -> None:
    after = drilled("killed", database_url)
    assert sum(after["struck"].values()) >= 16
    wrong = ("lost", "doubled", "disordered", "unsettled")
    assert {name: after[name] for name in wrong} == dict.fromkeys(wrong, 0), after["complaints"]


@pytest.mark.nightly
def test_drill_fails_as_soon_as_a_part_is_taken_out(sqlite_url: str) -> None:
    found = drilled("mutations", sqlite_url)
    broken = [name for name, after in found.items() if wrong(name, Aftermath(**after))]
    assert broken == TAKEN_OUT
