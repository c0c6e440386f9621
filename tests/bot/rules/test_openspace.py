"""Shows which phase follows which, and what can be done in each."""

from datetime import UTC, datetime

import pytest

from bot.rules.openspace import ACTS, PHASES, Act, follows, may, reached

WHEN: dict[Act, str] = {
    "propose": "gathering marketplace running",
    "want": "gathering marketplace running",
    "merge": "gathering marketplace",
    "place": "marketplace running",
    "move": "marketplace running",
    "note": "running harvest",
}


def test_a_space_goes_through_its_phases_and_ends() -> None:
    phases = ["gathering"]
    while after := follows(phases[-1]):
        phases.append(after)
    assert phases == ["gathering", "marketplace", "running", "harvest", "closed"] == [*PHASES]


@pytest.mark.parametrize("act", ACTS)
def test_an_act_has_its_phases(act: Act) -> None:
    assert [phase for phase in PHASES if may(act, phase)] == WHEN[act].split()


@pytest.mark.parametrize("phase", ["closed", "", "Gathering", "lunch"])
def test_nothing_can_be_done_in_a_phase_that_is_closed_or_unknown(phase: str) -> None:
    assert not any(may(act, phase) for act in ACTS)


def test_no_phase_follows_an_unknown_one() -> None:
    with pytest.raises(ValueError, match="not in"):
        follows("lunch")


def test_an_unknown_act_is_a_mistake() -> None:
    with pytest.raises(KeyError):
        may("dance", "running")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("day", "phase"),
    [(1, "draft"), (2, "gathering"), (4, "gathering"), (5, "running"), (9, "closed")],
)
def test_a_space_is_in_the_last_phase_that_has_begun(day: int, phase: str) -> None:
    dates = {"gathering": 2, "marketplace": None, "running": 5, "harvest": 7, "closed": 8}
    begins = {
        name: None if at is None else datetime(2026, 12, at, tzinfo=UTC)
        for name, at in dates.items()
    }
    assert reached(begins, datetime(2026, 12, day, tzinfo=UTC)) == phase


def test_a_space_without_dates_is_a_draft() -> None:
    assert reached({}, datetime(2026, 12, 1, tzinfo=UTC)) == "draft"
