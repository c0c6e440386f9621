"""Shows how database files are opened."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest

from storage import Storage
from storage.engine import migrate, open_engine
from tests.toys import NOW

WHETHER_LOCKED = """
import fcntl, sys
with open(sys.argv[1], "r+b") as file:
    try:
        fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB, 510, 0x40000002)  # as SQLite has it
        print("free")
    except OSError:
        print("locked")
"""


def locked(file: Path) -> str:
    command = [sys.executable, "-c", WHETHER_LOCKED, str(file)]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


@pytest.mark.processes
def test_opening_a_file_once_more_keeps_the_locks_on_it(tmp_path: Path) -> None:
    file = tmp_path / "some.db"
    migrate(f"sqlite:///{file}")
    first, second = Storage(f"sqlite:///{file}"), Storage(f"sqlite:///{file}")
    with first.write() as transaction:
        transaction.community_at("local", "home", NOW, "en", "UTC")
        before = locked(file)
        second.close()
        Storage(f"sqlite:///{file}").close()
        assert (before, locked(file)) == ("locked", "locked")
    first.close()


@pytest.mark.slow
def test_new_files_are_opened_by_several_at_once(tmp_path: Path) -> None:
    together = Barrier(6)

    def opened(number: int) -> None:
        engine = open_engine(f"sqlite:///{tmp_path / str(number)}")
        together.wait(60)
        with engine.connect():
            pass
        engine.dispose()

    with ThreadPoolExecutor(6) as threads:
        for number in range(100):
            for done in [threads.submit(opened, number) for _ in range(6)]:
                done.result(60)
