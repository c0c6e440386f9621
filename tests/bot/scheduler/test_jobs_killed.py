"""Kills a bot while it computes: another begins the job again, and whoever asked is told once."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, update

from bot.scheduler.alarm import now
from storage import Records
from storage.jobs import Job
from storage.openspace import OpenSpace, Room, Slot
from storage.topics import Topic
from tests.processes import Town, town

pytestmark = [pytest.mark.processes, pytest.mark.slow]
TOPICS = 250
"""So many that filling their board takes a while."""


def ask(made: Town) -> None:
    """Have somebody ask for the board of a large open space."""
    with made.storage.write() as transaction:
        known = transaction.known("slack", "T0HOME", made.people[0])
        assert known
        records = transaction.records(known.community_id)
        space = _large(records, now())
        records.jobs.ask(space.about, "openspace.filling", known.id, now())


def _large(records: Records, at: datetime) -> OpenSpace:
    opened = at - timedelta(days=1)
    space = OpenSpace(guiding_question="What now?", opened_at=opened, marketplace_at=opened)
    records.openspaces.add(space)
    for hour in range(1, 21):
        start = at + timedelta(hours=hour)
        end = start + timedelta(minutes=45)
        records.slots.add(Slot(openspace_id=space.id, starts_at=start, ends_at=end))
    for number in range(25):
        records.rooms.add(Room(openspace_id=space.id, name=f"Room {number}"))
    for number in range(TOPICS):
        title = f"Topic {number}"
        records.topics.add(Topic(openspace_id=space.id, title=title, proposed_at=opened))
    return space


def states(made: Town) -> list[str]:
    with made.storage.read() as transaction:
        return list(transaction.db.scalars(select(Job.state)))


async def test_job_of_a_bot_that_was_killed_begins_again(sqlite_url: str, tmp_path: Path) -> None:
    async with town(sqlite_url, tmp_path, people=1) as made:
        ask(made)
        async with made.bot() as bot:
            await made.until_there(lambda: states(made) != ["waiting"])
            bot.child.kill()
            await bot.ended()
        assert states(made) == ["running"]
        with made.storage.write() as transaction:
            transaction.db.execute(update(Job).values(due_at=now()))
        async with made.bot():
            await made.until_there(lambda: states(made) == ["done"])
            await made.until(sent=1)
        assert made.states() == {"sent": 1}
