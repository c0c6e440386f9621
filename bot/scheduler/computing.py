"""Computes long work: apart from the bot, within limits, or at once where nobody else waits."""

import asyncio
import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.notices import Work
from bot.working import computed

ROOT = Path(__file__).parents[2]
"""Where `bot` is found, however this process was started."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How long work may take, and how much memory."""

    seconds: float = 60.0
    megabytes: int = 512


LIMITS = Limits()


class NotComputed(Exception):
    """Work that came to nothing, with the reason."""


async def apart(work: Work, limits: Limits = LIMITS) -> dict[str, Any]:
    """Compute work in a process of its own, which ends with this task. Raises NotComputed."""
    bounds = (str(int(limits.seconds) + 1), str(limits.megabytes))
    child = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot.working", work.function, *bounds,
        cwd=ROOT,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    try:
        async with asyncio.timeout(limits.seconds):
            written, trouble = await child.communicate(json.dumps(work.given).encode())
    except TimeoutError as late:
        raise NotComputed("time") from late
    finally:
        if child.returncode is None:
            child.kill()
            await child.wait()
    if child.returncode:
        raise NotComputed(_reason(child.returncode, trouble))
    result: dict[str, Any] = json.loads(written)
    return result


def _reason(status: int, trouble: bytes) -> str:
    last = trouble.decode(errors="replace").strip().rpartition("\n")[2]
    if last.startswith("MemoryError"):
        return "memory"
    return f"signal: {-status}" if status < 0 else last


async def at_once(work: Work) -> dict[str, Any]:
    """Compute work here and now, with data such as another process would get.

    Raises NotComputed.
    """
    given = json.loads(json.dumps(work.given))
    try:
        result: dict[str, Any] = json.loads(json.dumps(computed(work.function, given)))
    except Exception as error:  # another process would end with it, and this one goes on
        raise NotComputed(f"{type(error).__name__}: {error}") from error
    return result
