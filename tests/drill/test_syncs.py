"""Shows that nobody is answered before the disk has it, and that the drill misses the sync."""

import pytest

from drill.syncs import answered, unsynced

pytestmark = pytest.mark.slow


def test_nobody_is_answered_before_the_disk_has_it(disk_url: str) -> None:
    early, syncs = answered(disk_url, calls=120)
    assert early == 0
    assert 0 < syncs < 120


def test_drill_misses_the_sync(disk_url: str) -> None:
    assert answered(disk_url, unsynced, calls=60) == (60, 0)
