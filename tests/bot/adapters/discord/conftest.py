"""Opens the whole bot in a simulated server; nothing may leave it that Discord would refuse."""

from collections.abc import AsyncIterator

import pytest

from tests.fakes.discord_server import Whole, whole
from tests.fakes.discord_spec import wrong


@pytest.fixture
async def bot(sqlite_url: str) -> AsyncIterator[Whole]:
    """Give the whole bot in a server, on a fresh SQLite file."""
    async with whole(sqlite_url) as opened:
        yield opened
        left = opened.server.bodies()
        assert [fault for one in left for fault in wrong(*one)] == []
