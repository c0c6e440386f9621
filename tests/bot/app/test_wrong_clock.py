"""Shows that a machine whose clock is wrong goes by the right time from its start."""

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.app.roles import Roles
from bot.app.running import Running
from bot.app.zone_data import ZoneData
from bot.config import Settings
from bot.scheduler.alarm import now
from storage import Storage
from storage.sessions import Session
from tests.chatting import chatting
from tests.toys import ToyPlatform
from tests.zones import zone

RIGHT = now() - timedelta(days=365)
"""What time it is; the clock of the machine is a year ahead."""


class Knowing(ToyPlatform):
    """A platform that knows the time."""

    async def time(self) -> datetime | None:
        """Tell it."""
        return RIGHT


@pytest.fixture
def storage(sqlite_url: str) -> Iterator[Storage]:
    """Have a session be announced that takes place in a month, at three in Nairobi."""
    with chatting(sqlite_url, RIGHT) as chat:
        chat.join("amina", zone="Africa/Nairobi", role="coordinator")
        day = RIGHT + timedelta(days=30)
        chat.say("amina", f'/session plan title=Seeds when="{day:%Y-%m-%d} 15:00"', "#general")
        chat.press("amina", "Announce now")
        yield chat.storage


async def followed(bot: Running) -> None:
    while bot.unfollowed is not None:  # noqa: ASYNC110  # it is followed by itself
        await asyncio.sleep(0.01)


@pytest.mark.parametrize("roles", [Roles(), Roles(frozenset({"toy"}))])
async def test_zone_data_is_followed_by_the_right_time(storage: Storage, roles: Roles) -> None:
    """By the other all sessions to come would be over, and never be looked at again."""
    earlier = zone("EAT-3:30")
    bot = Running(Settings(), storage, lambda core: {"toy": Knowing()}, roles)
    bot.unfollowed = ZoneData(
        "2026b", "made up", lambda key: earlier if key == "Africa/Nairobi" else ZoneInfo(key)
    )
    stopped = asyncio.Event()
    at_work = asyncio.create_task(bot.until(stopped))
    async with asyncio.timeout(30):
        await followed(bot)
        stopped.set()
        await at_work
    with storage.read() as transaction:
        begins = transaction.db.query(Session).one().starts_at.astimezone(UTC)
    assert f"{begins:%H:%M}" == "11:30"
