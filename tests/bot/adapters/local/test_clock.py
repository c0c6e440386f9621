"""Holds the clock to going forward only."""

from datetime import UTC, datetime, timedelta

from bot.adapters.local import Clock

START = datetime(2026, 11, 1, 8, tzinfo=UTC)
HOUR = timedelta(hours=1)


class Real:
    """The time on the wall, for the test to set."""

    def __init__(self) -> None:
        self.at = START

    def __call__(self) -> datetime:
        return self.at


def test_clock_with_a_start_stands_still() -> None:
    real = Real()
    clock = Clock(START, real)
    real.at += HOUR
    assert clock.now() == START


def test_clock_without_a_start_ticks() -> None:
    real = Real()
    clock = Clock(real=real)
    real.at += HOUR
    assert clock.now() == START + HOUR


def test_clock_never_goes_back() -> None:
    real = Real()
    clock = Clock(real=real)
    clock.step(START + HOUR)
    clock.step(START)
    real.at -= HOUR
    assert clock.now() == START + HOUR


def test_clock_stepped_over_a_moment_waits_for_the_real_time() -> None:
    real = Real()
    clock = Clock(real=real)
    clock.step(START + timedelta(seconds=2))
    real.at += timedelta(seconds=1)
    assert clock.now() == START + timedelta(seconds=2)
    real.at += timedelta(seconds=3)
    assert clock.now() == START + timedelta(seconds=4)


def test_clock_moved_far_ticks_on_from_there() -> None:
    real = Real()
    clock = Clock(real=real)
    clock.step(START + 24 * HOUR)
    clock.go_on()
    real.at += HOUR
    assert clock.now() == START + 25 * HOUR
