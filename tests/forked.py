"""Starts `python -m bot` in no time, forked off a process that has loaded all of it."""

import json
import os
import select
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from io import TextIOWrapper
from pathlib import Path
from tempfile import mkdtemp
from types import TracebackType

from tests import cpu_seconds
from tests.reading import ROOT

BOT = "bot.__main__"


class Forked:
    """A bot in a process of its own, as `subprocess.Popen` gives it; files are its first three.

    It is the `main` of another module, if that is named.
    """

    def __init__(self, arguments: Sequence[str], *files: int, module: str = BOT) -> None:
        sys.audit("os.fork")  # another process forks for us, which those who listen are to hear
        self.returncode: int | None = None
        self.told = socket.socket(socket.AF_UNIX)
        self.told.connect(str(_warm()[1]))
        asked: dict[str, object] = {"environment": dict(os.environ), "folder": str(ROOT)}
        asked |= {"module": module, "arguments": list(arguments)}
        socket.send_fds(self.told, [json.dumps(asked).encode()], files)
        self.lines = self.told.makefile()
        self.pid = int(self.lines.readline())

    def __enter__(self) -> "Forked":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self.kill()
        self.wait()

    def send_signal(self, sign: signal.Signals) -> None:
        """Send it a signal, if it is alive."""
        if self.poll() is None:
            os.kill(self.pid, sign)

    def kill(self) -> None:
        """End it at once."""
        self.send_signal(signal.SIGKILL)

    def poll(self) -> int | None:
        """Give its exit status, if it has ended."""
        if self.returncode is None and select.select([self.told], [], [], 0)[0]:
            self.wait()
        return self.returncode

    def wait(self) -> int:
        """Wait for its exit status."""
        if self.returncode is None:
            self.returncode, busy = json.loads(self.lines.readline())
            cpu_seconds.TOLD.append(busy)
            self.lines.close()
            self.told.close()
        assert self.returncode is not None
        return self.returncode


@contextmanager
def piped(
    *arguments: str, module: str = BOT
) -> Iterator[tuple[Forked, TextIOWrapper, TextIOWrapper]]:
    """Start a bot; gives it with what it reads and what it writes."""
    (reads, typed), (shown, writes) = os.pipe(), os.pipe()
    with (
        open(typed, "w") as typing,
        open(shown) as seen,
        Forked(arguments, reads, writes, 2, module=module) as bot,
    ):
        os.close(reads)
        os.close(writes)
        yield bot, typing, seen


@cache
def _warm() -> tuple["subprocess.Popen[bytes]", Path]:
    """Start what loads the bot; it ends with us. Gives where to ask it."""
    address = Path(mkdtemp(prefix="convener-")) / "warm"
    command = [sys.executable, "-m", "tests.warm", str(address)]
    warm = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT)
    assert warm.stdout
    warm.stdout.readline()
    return warm, address
