"""Holds to what becomes of messages while their platform is not there."""

import pytest

from bot.app import CannotStart
from bot.app.platforms import Begun
from bot.errors import Busy
from tests.toys import Memory


class Refusing(Memory):
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
