"""Holds every platform to what a digest is there: a direct message that leads on."""

from tests.contracts.test_adapter_edits import EditedHome, announced, home

__all__ = ["home"]


async def test_digest_is_a_direct_message_that_leads_on(home: EditedHome) -> None:
    world, bruno = home.world, home.world.bruno
    world.bot.core = home.core.answer
    await home.ask(bruno, "my.reminders", digest="monthly")
    await announced(home)
    home.watch.at = home.watch.at.replace(month=11, day=28, hour=8)
    await home.settle()
    (told,) = await world.see(bruno, bruno)
    assert "New session: “Seeds”" in told.words
    assert [len(options) for options in told.menus.values()] == [1]
    await world.press(bruno, "Stop digest")
    assert "I won't send you a digest." in str(world.bot.answers[-1])
