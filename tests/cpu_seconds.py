"""Tells, when all tests are over, how long each area kept a processor busy."""

from collections import Counter
from collections.abc import Generator
from pathlib import PurePosixPath
from resource import RUSAGE_CHILDREN, RUSAGE_SELF, getrusage
from typing import Protocol

import pytest

BUDGET = 200
"""Seconds that all tests together may keep a processor busy."""
FINISHED = 300
"""The same, once the product is finished."""
NAME = "meter"
BESIDE = "(start, collection)"
POSTGRESQL = "(PostgreSQL)"
"""Servers are no children of ours: who starts one says what it took."""

TOLD: list[float] = []
"""What processes that are no children of ours have told of themselves."""


class XdistWorker(Protocol):
    """One of the processes that tests are divided among."""

    workeroutput: dict[str, dict[str, float]]


def busy() -> float:
    """Say how long this process, with its children that have ended, kept a processor busy."""
    used = (getrusage(who) for who in (RUSAGE_SELF, RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in used) + sum(TOLD)


def area(nodeid: str) -> str:
    """Name the area a test belongs to: the folder it is in."""
    return str(PurePosixPath(nodeid.partition("::")[0]).parent)


def table(areas: dict[str, float], budget: int = BUDGET) -> list[str]:
    """Lay out what each area took, most first, and all of them."""
    lines = [f"{seconds:8.1f}  {name}" for name, seconds in Counter(areas).most_common()]
    return [*lines, f"{sum(areas.values()):8.1f}  of {budget} ({FINISHED} for all there will be)"]


class Meter:
    """Measures each test, and puts together what other processes have measured."""

    def __init__(self) -> None:
        self.areas = {BESIDE: 0.0}
        self.last = 0.0

    def spend(self, area: str, seconds: float) -> None:
        """Count towards an area."""
        self.areas[area] = self.areas.get(area, 0.0) + seconds

    def lap(self, area: str) -> None:
        """Count what was used since the last time."""
        before, self.last = self.last, busy()
        self.spend(area, self.last - before)

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Generator[None, object, object]:
        """Measure a test, with what is set up before it and put away behind it."""
        self.lap(BESIDE)
        done = yield
        self.lap(area(item.nodeid))
        return done

    @pytest.hookimpl(tryfirst=True)  # before the processes it divided tests among count as its own
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Hand over what was measured, where another process puts it together."""
        self.lap(BESIDE)
        if handed_over := getattr(session.config, "workeroutput", None):
            handed_over["cpu_seconds"] = self.areas

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: XdistWorker) -> None:
        """Add what another process has measured; nothing when it broke down."""
        for name, seconds in getattr(node, "workeroutput", {}).get("cpu_seconds", {}).items():
            self.spend(name, seconds)

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Print it."""
        terminalreporter.section("CPU-seconds by area")
        for line in table(self.areas):
            terminalreporter.write_line(line)


def meter_of(config: pytest.Config) -> Meter:
    """Give what measures a run."""
    meter = config.pluginmanager.get_plugin(NAME)
    assert isinstance(meter, Meter)
    return meter


def pytest_configure(config: pytest.Config) -> None:
    """Begin to measure."""
    config.pluginmanager.register(Meter(), NAME)
