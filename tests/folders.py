"""Keeps in memory what tests write, where there is room, and takes it away when they are over."""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

MEMORY = Path("/dev/shm")
ROOM = 2**30
"""How many bytes have to be free there."""
NAME = "convener-tests-"
DISK = "CONVENER_TEST_DISK"
"""Names the folder for what has to be on a disk, for all processes tests are divided among."""


def folder_for(memory: Path, disk: Path, room: int = ROOM) -> Path:
    """Choose between memory and a disk."""
    with suppress(OSError):
        if os.access(memory, os.W_OK | os.X_OK) and shutil.disk_usage(memory).free >= room:
            return memory
    return disk


def claim(folder: Path) -> int:
    """Say that we use a folder as long as we live. Raises OSError when somebody does already."""
    claimed = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(claimed, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(claimed)
        raise
    return claimed


def sweep(inside: Path) -> None:
    """Take away what others left who did not live to do it."""
    for left in inside.glob(f"{NAME}*"):
        with suppress(OSError):
            claimed = claim(left)
            shutil.rmtree(left, ignore_errors=True)
            os.close(claimed)


class Folder:
    """A folder for everything temporary, as long as the tests run."""

    def __init__(self, inside: Path) -> None:
        sweep(inside)
        made = Path(tempfile.mkdtemp(prefix=f".{NAME}", dir=inside))
        made.chmod(0o711)  # a server may run as somebody else
        self.claimed = claim(made)
        self.path = made.rename(made.with_name(made.name[1:]))  # claimed before it can be swept

    def use(self) -> None:
        """Have this process, and those it starts, write here."""
        os.environ.setdefault(DISK, tempfile.gettempdir())
        os.environ["TMPDIR"] = tempfile.tempdir = str(self.path)

    def end(self) -> None:
        """Take it away."""
        tempfile.tempdir = os.environ["TMPDIR"] = os.environ.pop(DISK)
        shutil.rmtree(self.path, ignore_errors=True)
        os.close(self.claimed)


def pytest_configure(config: pytest.Config) -> None:
    """Make the folder, but for tests divided among processes only once."""
    if not hasattr(config, "workerinput"):
        made = Folder(folder_for(MEMORY, Path(tempfile.gettempdir())))
        made.use()
        config.add_cleanup(made.end)


@pytest.fixture
def disk_path() -> Iterator[Path]:
    """Give a folder on a disk, for tests of what a disk keeps."""
    with tempfile.TemporaryDirectory(prefix=NAME, dir=os.environ[DISK]) as folder:
        yield Path(folder)
