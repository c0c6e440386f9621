"""Holds every platform to it: whoever leaves is missed, told of by the platform or looked up."""

from tests.contracts.adapter import World


async def test_whoever_leaves_is_missed_until_they_are_back(world: World) -> None:
    await world.leave(world.bruno)
    assert not await world.is_there(world.bruno)
    assert await world.is_there(world.amina)
    await world.come_back(world.bruno)
    assert await world.is_there(world.bruno)
