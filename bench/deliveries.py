"""Measures how fast the outbox empties, and whether the event loop stays free meanwhile."""

import asyncio
import time
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.homes import NOW
from bench.rows import Figure
from bot.adapters.local import Clock
from bot.adapters.local.kept import Somebody
from bot.app.local import LocalChat, LocalStore
from bot.app.parts import all_groups
from bot.domain.follow import follow
from storage import Records, Storage
from storage.engine import migrate
from storage.rsvps import Rsvp
from storage.sessions import Session

MEMBERS, SESSIONS = 400, 25
STARTS = NOW + timedelta(days=3)


@dataclass(slots=True)
class Watched:
    """How long the event loop kept a coroutine waiting at the most, in seconds."""

    worst: float = 0.0

    async def tick(self) -> None:
        """Sleep a little, over and over, until cancelled."""
        while True:
            began = time.perf_counter()
            await asyncio.sleep(0.005)
            self.worst = max(self.worst, time.perf_counter() - began - 0.005)


def rows() -> list[Figure]:
    """Send 10,000 reminders to members that fall due at one moment, as the local chat does."""
    with TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'bench.db'}"
        migrate(url)
        storage = Storage(url)
        names = _filled(storage)
        found = asyncio.run(_sent(storage, names))
        storage.close()
    return found


def _filled(storage: Storage) -> list[str]:
    """Found a community all of whose members come to all of its sessions."""
    names = [f"person{n}" for n in range(MEMBERS)]
    with storage.write() as transaction:
        founded = transaction.community_at("local", "local", NOW, "en", "UTC")
        records = transaction.records(founded.id)
        channel = records.channels.meet("local", "local", "general", "general")
        members = [records.members.meet("local", "local", name, name, NOW) for name in names]
        for n in range(SESSIONS):
            planned = records.sessions.add(
                Session(
                    title=f"Session {n}",
                    starts_at=STARTS,
                    wall=f"{STARTS:%Y-%m-%d %H:%M}",
                    zone="UTC",
                    minutes=60,
                    created_at=NOW,
                    state="announced",
                    told_at=NOW,
                    link="https://meet.example.org/learning",
                    languages=["en", "es"],
                )
            )
            records.placements.put(planned.about, [channel.id])
            _all_come(records, planned, [member.id for member in members])
            records.touched.add(planned)
            follow(records, NOW)
    return names


def _all_come(records: Records, planned: Session, members: list[int]) -> None:
    for member in members:
        one = Rsvp(session_id=planned.id, member_id=member, answer="yes", answered_at=NOW)
        one.community_id = records.community_id
        records.db.add(one)
    records.db.flush()


async def _sent(storage: Storage, names: list[str]) -> list[Figure]:
    clock = Clock(NOW)
    local = LocalChat(storage, all_groups(), clock, lambda shown: None, LocalStore(storage))
    await local.start()
    for name in names:
        local.platform.meet(Somebody(name))
    local.platform.channel("general")
    clock.step(STARTS - timedelta(days=1))
    watched = Watched()
    ticking = asyncio.create_task(watched.tick())
    began, done = time.perf_counter(), 0
    while claimed := await local.outbox.turn():
        done += claimed
    took = time.perf_counter() - began
    ticking.cancel()
    posted = len(local.platform.messages)
    seen = f"{posted:,} reminders in {took:.1f} s"
    return [
        Figure(
            "deliveries claimed, worded, posted and marked", done / took, 1_800, "/s", seen=seen
        ),
        Figure("longest wait of the event loop meanwhile", watched.worst * 1000, 50, "ms", True),
    ]
