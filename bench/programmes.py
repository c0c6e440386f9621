"""Measures what a day of a thousand programmes takes, and how long it holds the storage worker."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.rows import Figure
from bot.app.parts import all_groups
from bot.domain import programmes as domain
from bot.domain.follow import follow
from bot.domain.programme_answers import answer
from bot.groups import merged
from bot.rules.recurrence import first_from
from bot.scheduler.timers import TimerRunner
from storage import Records, Storage
from storage.engine import migrate
from storage.log import Actor
from storage.programmes import Programme
from tests.chatting import START

COMMUNITIES, EACH, DAYS, ANSWERS = 50, 20, 7, 10
DAY_SECONDS, HELD_MS = 10.0, 50.0
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR")


@contextmanager
def _running() -> Iterator[Storage]:
    """Have a thousand programmes run, each once a month, to all of whose dates ten people come."""
    with TemporaryDirectory() as folder:  # in one transaction for each community
        url = f"sqlite:///{Path(folder) / 'programmes.db'}"
        migrate(url)
        storage = Storage(url)
        for number in range(COMMUNITIES):
            with storage.write() as transaction:
                home = transaction.community_at("local", f"home{number}", START, "en", "UTC")
                records = transaction.records(home.id)
                _start(records, f"home{number}")
        yield storage
        storage.close()


def _start(records: Records, workspace: str) -> None:
    channel = records.channels.meet("local", workspace, "general", "general")
    channel.announces = True
    people = [records.members.meet("local", workspace, f"p{n}", f"p{n}", START) for n in range(12)]
    for number in range(EACH):
        programme = Programme(
            title=f"Programme {number}", minutes=60, created_at=START, organiser_id=people[0].id
        )
        nth = f"{number % 4 + 1}{WEEKDAYS[number % 5]}"
        rrule = f"FREQ=MONTHLY;BYDAY={nth}"
        first = first_from(
            rrule, START.date() + timedelta(days=1), f"{8 + number % 10:02}:00", "UTC"
        )
        domain.plan(records, programme, (f"{first:%Y-%m-%d %H:%M}", "UTC", rrule), [channel.id])
        for person in people[2:]:
            answer(records, programme, "yes", Actor(person, START))
        domain.start(records, programme, [channel], Actor(people[0], START))
    follow(records, START)


def _days(storage: Storage) -> Iterator[tuple[float, float]]:
    """Let days pass; gives how long each took, and the longest single transaction of it."""
    now = START

    def clock() -> datetime:
        return now

    runner = TimerRunner(storage, clock)
    runner.known = merged(group.timers for group in all_groups())
    for _ in range(DAYS):
        now += timedelta(days=1)
        spent = [*_lots(runner)]
        yield sum(spent), max(spent)


def _lots(runner: TimerRunner) -> Iterator[float]:
    """Run what is due in transactions; gives how long each took."""
    done = 1
    while done:
        began = time.perf_counter()
        done = runner.run()
        yield time.perf_counter() - began


def rows() -> list[Figure]:
    """Measure a day in the mean of a week, and the longest hold of it."""
    with _running() as storage:
        days = [*_days(storage)]
    took = sum(day for day, _ in days) / len(days)
    held = max(longest for _, longest in days) * 1000
    what = f"a day's work of {COMMUNITIES * EACH:,} programmes"
    return [
        Figure(f"{what}, the mean of {DAYS} days", took, DAY_SECONDS, "s", True),
        Figure(f"{what}, the longest transaction", held, HELD_MS, "ms", True),
    ]
