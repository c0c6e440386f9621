"""Holds every platform to what a poll is there: one post, and hours that people answer."""

import pytest

from tests.contracts.test_adapter_edits import EditedHome, home

__all__ = ["home"]


@pytest.mark.parametrize("hours", [6, 10])
async def test_poll_is_answered_hour_by_hour_and_counted_in_its_post(
    home: EditedHome, hours: int
) -> None:
    world, bruno = home.world, home.world.bruno
    world.bot.core = home.core.answer
    dates = ";".join(f"2026-12-{day:02} 15:00" for day in range(10, 10 + hours))
    id = await home.ask(world.amina, "session.poll", title="Seeds", dates=dates)
    await home.ask(world.amina, "session.poll-start", poll=id)
    await world.press(bruno, "Say when you can")
    asked = (await world.see(world.place, bruno))[-1]
    if hours == 6:
        await world.press(bruno, "Good")
    else:
        assert len(asked.menus) == hours
        await world.choose(bruno, next(iter(asked.menus)), "Good")
    await home.settle()
    seen = await world.see(world.place, bruno)
    assert [each.words.count(": Good") for each in seen if "All good" in each.buttons] == [1]
    (post,) = [each for each in seen if "Say when you can" in each.buttons]
    assert post.words.count(": 1 good") == 1
