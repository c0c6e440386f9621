"""Shows that a jump of the clock sends nothing early and loses nothing."""

from collections.abc import Awaitable
from datetime import UTC, datetime, timedelta

import pytest
from structlog.testing import capture_logs

from bot.errors import Busy
from bot.scheduler.trusted_clock import TrustedClock

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
STEPS = [timedelta(**{unit: sign * 1}) for unit in ("hours", "days") for sign in (1, -1)]
STEPS += [timedelta(days=365), timedelta(days=-365)]


class Machine:
    """A machine with a wall clock that can be set, and one that only runs on."""

    def __init__(self) -> None:
        self.at = NOON
        self.true = NOON
        self.seconds = 0.0
        self.asked = 0
        self.watch = TrustedClock(lambda: self.at, lambda: self.seconds)

    def run_on(self, seconds: float) -> None:
        """Let time pass."""
        self.seconds += seconds
        self.at += timedelta(seconds=seconds)
        self.true += timedelta(seconds=seconds)

    async def platform(self) -> datetime | None:
        """Tell the true time."""
        self.asked += 1
        return self.true

    async def is_sure(self) -> bool:
        """Ask whether the watch is, with the platform at hand."""
        return await self.watch.sure([self.platform])


async def silent() -> datetime | None:
    """Give no answer."""
    raise Busy(1)


def without_clock() -> Awaitable[datetime | None]:
    """Answer, with no time."""

    async def none() -> None:
        return None

    return none()


@pytest.fixture
async def machine() -> Machine:
    made = Machine()
    assert await made.is_sure()
    return made


async def test_first_look_at_the_clock_is_confirmed() -> None:
    machine = Machine()
    machine.at += timedelta(days=365)
    assert machine.watch.doubted
    assert await machine.is_sure()
    assert machine.watch() == NOON


@pytest.mark.parametrize("step", STEPS, ids=str)
async def test_wrong_step_changes_nothing(machine: Machine, step: timedelta) -> None:
    machine.at += step
    machine.run_on(5)
    assert machine.watch() == NOON + timedelta(seconds=5)
    assert await machine.is_sure()
    machine.run_on(5)
    assert machine.watch() == NOON + timedelta(seconds=10)


@pytest.mark.parametrize("step", STEPS, ids=str)
async def test_clock_set_right_is_followed_when_confirmed(
    machine: Machine, step: timedelta
) -> None:
    machine.at += step
    machine.true += step
    assert machine.watch() == NOON
    assert await machine.is_sure()
    assert machine.watch() == NOON + step


async def test_wrong_clock_that_is_mended_is_followed_again(machine: Machine) -> None:
    machine.at += timedelta(days=1)
    assert await machine.is_sure()
    machine.at -= timedelta(days=1)
    assert await machine.is_sure()
    machine.run_on(5)
    assert machine.watch() == machine.true


async def test_time_goes_on_in_doubt_and_nothing_is_sure(machine: Machine) -> None:
    machine.at += timedelta(days=30)
    assert not await machine.watch.sure([silent])
    machine.run_on(7)
    assert machine.watch() == NOON + timedelta(seconds=7)
    assert not await machine.watch.sure([silent])
    assert await machine.watch.sure([silent, machine.platform])


async def test_wall_is_followed_where_nobody_has_a_clock(machine: Machine) -> None:
    machine.at += timedelta(days=30)
    assert await machine.watch.sure([without_clock])
    assert machine.watch() == NOON + timedelta(days=30)


async def test_machine_that_slept_takes_leases_for_over_at_once(machine: Machine) -> None:
    machine.at += timedelta(hours=1)
    assert machine.watch() == NOON
    assert machine.watch.latest() == NOON + timedelta(hours=1)


async def test_nobody_is_asked_without_a_jump(machine: Machine) -> None:
    asked = machine.asked
    for _ in range(100):
        machine.run_on(50)
        machine.at += timedelta(seconds=0.5)  # a clock that is a little fast
        assert await machine.is_sure()
    assert machine.asked == asked
    assert machine.watch() == machine.at


@pytest.mark.parametrize(("seconds", "said"), [(10, []), (61, ["error"])])
async def test_doubt_is_said_once_and_not_at_a_usual_start(seconds: float, said: list[str]) -> None:
    machine = Machine()
    with capture_logs() as logs:
        for passed in (0, seconds, 1):
            machine.run_on(passed)
            assert not await machine.watch.sure([silent])
    assert [one["log_level"] for one in logs] == said
