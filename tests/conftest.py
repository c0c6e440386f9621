"""Brings what many tests stand on."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.chatting import Chat

pytest_plugins = ["tests.databases"]


@pytest.fixture
def chat(sqlite_url: str) -> "Iterator[Chat]":
    """Give a chat with nobody in it yet, on a fresh SQLite file."""
    from tests.chatting import chatting  # tests of rules load no bot

    with chatting(sqlite_url) as opened:
        opened.played = ()
        yield opened
