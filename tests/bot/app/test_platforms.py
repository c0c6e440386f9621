"""Holds to what becomes of the bot and its messages while a platform is not there."""

import asyncio

import pytest

from bot.app import CannotStart
from bot.app.platforms import Begun
from bot.app.running import Running
from bot.config import Settings
from bot.errors import Busy
from storage import Storage
from tests.toys import ToyPlatform


class Refusing(ToyPlatform):
    """A platform that does not take the token."""

    async def start(self, listen: bool = True) -> None:
        """Refuse."""
        raise CannotStart("Copy the token once more.")


async def test_platform_that_refuses_us_is_not_tried_all_the_time() -> None:
    refusing = Begun(Refusing())
    with pytest.raises(Busy) as connecting:
        await refusing.time()
    with pytest.raises(CannotStart):
        await refusing.start()
    with pytest.raises(Busy) as refused:
        await refusing.time()
    assert refused.value.retry_after > 10 * connecting.value.retry_after


class Leaving(ToyPlatform):
    """A platform that takes us for a while."""

    async def lasts(self) -> None:
        """Take us no more."""
        raise CannotStart("Copy the token once more.")


async def test_platform_that_takes_us_no_more_ends_the_run_with_the_reason(sqlite_url: str) -> None:
    storage = Storage(sqlite_url)
    bot = Running(Settings(), storage, lambda core: {"toy": ToyPlatform(), "other": Leaving()})
    async with asyncio.timeout(30):
        with pytest.raises(CannotStart, match="once more"):
            await bot.until(asyncio.Event())
    storage.close()
