"""Holds tests to their ring: only one marked `processes` or `postgresql` starts a process."""

import sys
from collections.abc import Generator

import pytest

STARTS = frozenset(
    {"subprocess.Popen", "os.exec", "os.fork", "os.forkpty", "os.posix_spawn", "os.system"}
)
"""What Python calls the ways to start a process (“Audit events table”)."""
MAY = ("processes", "postgresql")


class Guard:
    """Notes each process that is started."""

    def __init__(self) -> None:
        self.started: list[str] = []

    def __call__(self, event: str, arguments: tuple[object, ...]) -> None:
        """Hear what Python does."""
        if event in STARTS:
            self.started.append(f"{event} {arguments[:2]}")

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_call(self, item: pytest.Item) -> Generator[None, object, object]:
        """Fail a test that has started a process without saying so."""
        done = yield
        if self.started and not any(item.get_closest_marker(name) for name in MAY):
            pytest.fail(f"Mark it with `processes`, it has started one: {self.started[0]}")
        return done

    def pytest_runtest_logstart(self) -> None:
        """Begin anew with each test."""
        self.started.clear()


def pytest_configure(config: pytest.Config) -> None:
    """Begin to listen."""
    sys.addaudithook(guard := Guard())
    config.pluginmanager.register(guard)
