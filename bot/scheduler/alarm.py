"""Is the alarm clock: it says when, and holds nothing that could be lost."""

import asyncio
from collections.abc import Callable, Coroutine
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.background import aside

JOB_DEFAULTS = {"misfire_grace_time": None, "coalesce": True, "max_instances": 1}


def now() -> datetime:
    """Give the present instant in UTC."""
    return datetime.now(UTC)


async def _rung(name: str, work: Callable[[], Coroutine[Any, Any, None]]) -> None:
    await asyncio.wait({aside(work(), name)})


class Alarm:
    """A handful of jobs, rebuilt at each start; the outbox waits on its own clock beside it."""

    def __init__(self) -> None:
        self._scheduler = AsyncIOScheduler(timezone=UTC, job_defaults=JOB_DEFAULTS)

    def start(self) -> None:
        """Begin to ring."""
        self._scheduler.start()

    def stop(self) -> None:
        """Ring no more."""
        self._scheduler.shutdown(wait=False)

    def ring_at(self, due: datetime, name: str, work: Callable[[], None]) -> None:
        """Ring once at an instant; a later call under the same name replaces it."""
        self._scheduler.add_job(work, "date", run_date=due, id=name, replace_existing=True)

    def ring_every(
        self,
        seconds: float,
        name: str,
        work: Callable[[], Coroutine[Any, Any, None]],
        first: float | None = None,
    ) -> None:
        """Ring again and again, `seconds` apart; the first time after `first`, or as long."""
        begins = now() + timedelta(seconds=seconds if first is None else first)
        self._scheduler.add_job(
            partial(_rung, name, work),
            "interval",
            seconds=seconds,
            next_run_time=begins,
            id=name,
            replace_existing=True,
        )

    def wakeup(self) -> None:
        """Have the alarm clock look at the time anew."""
        self._scheduler.wakeup()
