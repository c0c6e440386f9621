"""Takes the database away in the middle of sending, case by case, as the tests have them."""

import re
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from xml.etree import ElementTree

from bench.rows import Figure

ROOT = Path(__file__).parents[1]
CASES = "tests/bot/test_database_trouble.py"
UNPROVEN = ("failure", "error", "skipped")


def rows() -> list[Figure]:
    """Run each case, and say whether anything was lost, doubled or answered unkindly."""
    with TemporaryDirectory() as folder:
        report = Path(folder) / "report.xml"
        run = [sys.executable, "-m", "pytest", "-q", CASES, f"--junitxml={report}"]
        done = subprocess.run(run, check=False, capture_output=True, text=True, cwd=ROOT)
        if not report.exists():
            raise ChildProcessError(f"ended with {done.returncode}: {done.stderr[-3000:]}")
        return [_row(case) for case in ElementTree.parse(report).iter("testcase")]


def _row(case: ElementTree.Element) -> Figure:
    """Say how a case ended; one that was left out here shows nothing, and does not count."""
    words = case.attrib["name"].removeprefix("test_").replace("_", " ")
    words = re.sub(r"\[(\d+)\]", r", by signal \1", words)
    ended = next((end for end in UNPROVEN if case.find(end) is not None), "")
    seen = ended or f"{float(case.attrib['time']):.0f} s"
    return Figure(f"database: {words}", int(bool(ended)), 0, "broken", True, seen)
