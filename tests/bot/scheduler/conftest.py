"""Gives tests an outbox at work."""

from collections.abc import Iterator

import pytest

from tests.outboxes import World
from tests.toys import call, dispatcher


@pytest.fixture
def world(database_url: str) -> Iterator[World]:
    with dispatcher(database_url) as made:
        made.carry_out(call("toy.add", "ball"))
        yield World(made.storage)
