"""Computes long work in a process of its own: plain data in, plain data out."""

import json
import os
import resource
import sys
from collections.abc import Mapping
from contextlib import suppress
from importlib import import_module
from typing import Any

NICE = 10
"""How far this process stands back behind the bot itself."""


def computed(function: str, given: Mapping[str, Any]) -> dict[str, Any]:
    """Call a pure function, named `module:function`, with plain data."""
    module, _, name = function.partition(":")
    result: dict[str, Any] = getattr(import_module(module), name)(given)
    return result


def _limit(seconds: int, megabytes: int) -> None:
    """Take as much time and memory as this, at most, also when nobody waits any more."""
    with suppress(OSError):  # a sandbox may refuse it
        os.nice(NICE)
    for what, most in ((resource.RLIMIT_CPU, seconds), (resource.RLIMIT_AS, megabytes << 20)):
        with suppress(ValueError, OSError):  # the limit there is may be lower, or not be one here
            resource.setrlimit(what, (most, most))


def main() -> None:
    """Read data, compute, and write the result."""
    function, seconds, megabytes = sys.argv[1:]
    _limit(int(seconds), int(megabytes))
    json.dump(computed(function, json.load(sys.stdin)), sys.stdout)


if __name__ == "__main__":
    main()
