"""Brings what arguments are read with."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from bot.options.basic import Reading
from storage import Records, Storage
from storage.sight import Sight

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)


@pytest.fixture
def records(database_url: str) -> Iterator[Records]:
    """Give the records of a community on its platform's workspace "home"."""
    storage = Storage(database_url)
    with storage.write() as transaction:
        community = transaction.community_at("toy", "home", NOW, "en", "Africa/Nairobi")
        yield transaction.records(community.id)
    storage.close()


@pytest.fixture
def reading(records: Records) -> Reading:
    """Read as somebody in Nairobi who speaks English."""
    return Reading("en", "Africa/Nairobi", NOW, "toy", "home", records, Sight(0, "member"))
