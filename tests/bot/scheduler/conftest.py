"""Gives tests an outbox at work."""

from collections.abc import Iterator

import pytest

from tests.outboxes import OutboxWorld
from tests.toys import call, dispatcher


@pytest.fixture
def world(database_url: str) -> Iterator[OutboxWorld]:
    with dispatcher(database_url) as made:
        made.execute(call("toy.add", "ball"))
        yield OutboxWorld(made.storage)
