"""Shows that a clock that is stepped, or sleeps, sends nothing early, loses and doubles nothing."""

import pytest

from drill.clock import played


@pytest.mark.slow
async def test_steps_and_sleep_do_no_harm() -> None:
    seen = await played(seconds=3)
    assert {
        what: (one.early, one.lost, one.doubled) for what, one in seen.items()
    } == dict.fromkeys(seen, (0, 0, 0))
