"""Holds the bot on every platform to noticing when somebody deletes what it posted."""

from sqlalchemy import select

from bot.wording.lost_posts import DELETED
from storage.community import Channel
from tests.contracts.adapter import words
from tests.contracts.test_adapter_edits import EditedHome, announced, home

__all__ = ["home"]


async def told(home: EditedHome) -> int:
    """Count what the coordinator was told of deleted posts."""
    seen = await home.world.see(home.world.amina, home.world.amina)
    return words(seen).count(DELETED.template)


async def test_deleted_post_is_told_once_and_posted_again(home: EditedHome) -> None:
    id, (amina, bruno) = await announced(home), (home.world.amina, home.world.bruno)
    await home.world.delete("Seeds")
    await home.ask(bruno, "session.rsvp", session=id, answer="yes")
    await home.ask(bruno, "session.rsvp", session=id, answer="no")
    assert await told(home) == 1
    home.world.bot.core = home.core.answer
    await home.world.press(amina, "Post it again")
    await home.settle()
    assert "Seeds" in words(await home.world.see(home.world.place, bruno))
    assert await home.edits(bruno, "session.rsvp", session=id, answer="yes") == 1
    assert await told(home) <= 1


async def test_deleted_channel_is_lost_and_no_deleted_post(home: EditedHome) -> None:
    id, bruno = await announced(home), home.world.bruno
    await home.world.close_channel()
    await home.ask(bruno, "session.rsvp", session=id, answer="yes")
    assert not await told(home)
    with home.storage.engine.connect() as connection:
        assert connection.scalar(select(Channel.lost))
