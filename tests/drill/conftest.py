"""Puts what is drilled on a disk."""

import pytest


@pytest.fixture
def sqlite_url(disk_url: str) -> str:
    """Give a migrated SQLite file on a disk."""
    return disk_url
