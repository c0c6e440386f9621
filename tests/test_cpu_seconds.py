"""Shows that what tests take is measured, put together and told."""

import subprocess
import sys
import time
from types import SimpleNamespace

import pytest

from tests import cpu_seconds
from tests.cpu_seconds import BESIDE, Meter, area, busy, table

WORK = "import time\nwhile time.process_time() < 0.2: pass"


def spin(seconds: float) -> None:
    until = time.process_time() + seconds
    while time.process_time() < until:
        pass


def test_area_is_the_folder_of_the_test() -> None:
    assert area("tests/bot/handlers/test_help.py::test_x[a/b::c]") == "tests/bot/handlers"
    assert area("tests/test_house.py::test_x") == "tests"


def test_waiting_counts_nothing_and_work_counts() -> None:
    meter = Meter()
    meter.lap(BESIDE)
    time.sleep(0.2)
    meter.lap("waiting")
    spin(0.2)
    meter.lap("working")
    assert meter.areas["waiting"] < 0.1 < meter.areas["working"]


@pytest.mark.processes
def test_child_that_has_ended_counts() -> None:
    before = busy()
    subprocess.run([sys.executable, "-c", WORK], check=True)
    assert busy() - before > 0.15


def test_what_others_have_measured_is_added() -> None:
    meter = Meter()
    for node in (SimpleNamespace(workeroutput={"cpu_seconds": {"a": 1.0}}), SimpleNamespace()):
        meter.pytest_testnodedown(node)
    meter.spend("a", 0.5)
    assert meter.areas["a"] == 1.5


def test_table_tells_the_most_first_and_the_sum_beside_the_budget() -> None:
    shown = [line.split() for line in table({"a": 1.0, "b": 20.04})]
    assert shown[:2] == [["20.0", "b"], ["1.0", "a"]]
    assert shown[2][:3] == ["21.0", "of", str(cpu_seconds.BUDGET)]
