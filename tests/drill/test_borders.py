"""Shows that a coordinator gets no post into another community, whatever is typed."""

import pytest

from drill.borders import WORLDS, found

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("platform", WORLDS)
async def test_nothing_is_posted_beyond_the_border(platform: str, sqlite_url: str) -> None:
    seen = await found(platform, sqlite_url)
    assert seen["far"] == 0
    assert seen["home"] >= 1
