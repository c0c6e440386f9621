"""Takes the database away in the middle of sending, case by case, as the tests have them."""

import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from xml.etree import ElementTree

from bench.rows import Row

CASES = "tests/bot/test_database_trouble.py"


def rows() -> list[Row]:
    """Run each case, and say whether anything was lost, doubled or answered unkindly."""
    with TemporaryDirectory() as folder:
        report = Path(folder) / "report.xml"
        run = [sys.executable, "-m", "pytest", "-q", CASES, f"--junitxml={report}"]
        subprocess.run(run, check=False, stdout=subprocess.DEVNULL)
        return [_row(case) for case in ElementTree.parse(report).iter("testcase")]


def _row(case: ElementTree.Element) -> Row:
    words = case.attrib["name"].removeprefix("test_").replace("_", " ")
    wrong = any(case.find(end) is not None for end in ("failure", "error"))
    return Row(f"database: {words}", int(wrong), 0, "broken", True)
