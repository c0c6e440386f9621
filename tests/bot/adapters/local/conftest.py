"""Brings a local platform whose bot gives the replies it is told to."""

from collections.abc import AsyncIterator

import pytest

from tests.contracts.local import LocalWorld, local_world


@pytest.fixture
async def world() -> AsyncIterator[LocalWorld]:
    """Give a chat with amina and bruno in it, and a channel."""
    async with local_world() as opened:
        yield opened
