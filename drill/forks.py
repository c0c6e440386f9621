"""Forks processes off a warm parent, so that a start costs milliseconds."""

import ctypes
import gc
import json
import os
import signal
import sys
import traceback
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

DIE_WITH_PARENT = 1
"""PR_SET_PDEATHSIG of prctl(2)."""


def forked(work: Callable[[], object], log: Path) -> int:
    """Do work in a process of its own, complaining into a file; gives its id.

    Only for a parent without threads, loops or open databases.
    """
    pid = os.fork()
    if pid:
        return pid
    status = 1
    try:
        _settle(log)
        work()
        status = 0
    finally:
        if status:
            traceback.print_exc()
        sys.stderr.flush()
        os._exit(status)


def _settle(log: Path) -> None:
    """End with the parent, and write complaints where they are kept."""
    gc.freeze()  # what is loaded is shared with the parent, and no more looked through
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(DIE_WITH_PARENT, signal.SIGKILL)
    out = os.open(log, os.O_CREAT | os.O_WRONLY | os.O_APPEND, 0o600)
    os.dup2(out, sys.stderr.fileno())
    os.close(out)


def done(work: Callable[[], object], log: Path) -> None:
    """Do work in a process of its own and wait for its end. Raises ChildProcessError."""
    _await(forked(work, log), log)


def _await(pid: int, log: Path) -> None:
    _, status = os.waitpid(pid, 0)
    if status:
        raise ChildProcessError(f"ended with {status}: {log.read_text()[-3000:]}")


def side_by_side(works: Mapping[str, Callable[[], Any]]) -> dict[str, Any]:
    """Do several kinds of work at once, each in a process of its own; gives what each gave.

    That has to be of the kind JSON knows. Raises ChildProcessError.
    """
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory()))
        pids = {name: _begun(name, work, folder) for name, work in works.items()}
        for name, pid in pids.items():
            _await(pid, folder / f"{name}.log")
        return {name: json.loads((folder / f"{name}.json").read_text()) for name in works}


def _begun(name: str, work: Callable[[], Any], folder: Path) -> int:
    found = folder / f"{name}.json"
    return forked(lambda: found.write_text(json.dumps(work())), folder / f"{name}.log")
