"""Shows which answers of a platform tell what time it is there."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.their_clock import TheirClock

NINE = datetime(2026, 11, 22, 9, tzinfo=UTC)
DATE = {"Date": "Sun, 22 Nov 2026 09:00:00 GMT"}


@pytest.mark.parametrize("passed", [0, 1, 60])
def test_time_goes_on_after_an_answer(passed: int) -> None:
    seconds = [0.0]
    clock = TheirClock(lambda: seconds[0])
    clock.hear(200, DATE)
    seconds[0] += passed
    assert clock.now() == NINE + timedelta(seconds=passed)


def test_time_of_an_old_answer_is_none() -> None:
    seconds = [0.0]
    clock = TheirClock(lambda: seconds[0])
    clock.hear(200, DATE)
    seconds[0] += 61
    assert clock.now() is None


@pytest.mark.parametrize(
    ("status", "headers"),
    [
        (429, DATE),
        (502, DATE),
        (301, DATE),
        (200, DATE | {"Age": "3600"}),
        (200, {}),
        (200, {"Date": "soon"}),
    ],
)
def test_answer_of_somebody_else_tells_no_time(status: int, headers: dict[str, str]) -> None:
    clock = TheirClock()
    clock.hear(status, headers)
    assert clock.now() is None
