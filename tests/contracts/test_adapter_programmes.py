"""Holds every platform to what a series is there: one post, and an answer to all its dates."""

from datetime import UTC, datetime

from sqlalchemy import select, update

from storage.programmes import Programme
from storage.sessions import Session
from tests.contracts.adapter import Seen
from tests.contracts.test_adapter_edits import EditedHome, home

__all__ = ["home"]
RULE = "first Thursday of the month at 15:00"


async def begun(home: EditedHome) -> None:
    """Have a series of twelve dates announced by buttons, the first on 3 December."""
    amina, here = home.world.amina, f"<#{home.world.place.channel}>"
    home.world.bot.core = home.core.answer
    await home.ask(amina, "community.setup", core_channel=here, announcements=here)
    await home.ask(home.world.bruno, "my.week")
    id = await home.ask(amina, "programme.plan", title="Circle", rule=RULE, count="12")
    await home.ask(amina, "programme.start", programme=id)


async def series(home: EditedHome) -> Seen:
    """See the one post of the series."""
    seen = await home.world.see(home.world.place, home.world.amina)
    (post,) = [each for each in seen if "Some dates…" in each.buttons]
    return post


def shows(post: Seen, day: str) -> bool:
    """Say whether a post shows 15:00 of a day, in words or as the platform counts seconds."""
    at = datetime.strptime(f"{day} 15", "%d %b %Y %H").replace(tzinfo=UTC)
    return day in post.words or f"<t:{int(at.timestamp())}" in post.words


async def test_series_is_one_post_with_buttons_for_all_dates(home: EditedHome) -> None:
    await begun(home)
    post = await series(home)
    assert [shows(post, day) for day in ("3 Dec 2026", "6 May 2027", "4 Nov 2027")] == [True] * 3
    await home.world.press(home.world.bruno, "Coming to all dates")
    seen = await home.world.see(home.world.place, home.world.bruno)
    assert "You're coming to all dates of “Circle”." in seen[-1].words
    (dates,) = seen[-1].menus.values()
    assert dates[0].startswith("Circle: Thu 3 Dec 2026")


async def test_post_of_a_series_is_edited_when_one_date_moves(home: EditedHome) -> None:
    await begun(home)
    with home.storage.engine.connect() as connection:
        first = connection.scalar(select(Session.id).order_by(Session.starts_at)) or 0
    amina = home.world.amina
    await home.ask(amina, "session.move", session=str(first), when="2026-12-11T15:00Z")
    post = await series(home)
    assert shows(post, "11 Dec 2026")
    assert not shows(post, "3 Dec 2026")


async def test_button_of_a_series_that_ended_answers_kindly(home: EditedHome) -> None:
    await begun(home)
    with home.storage.engine.begin() as connection:
        connection.execute(update(Programme).values(state="ended"))
    await home.world.press(home.world.bruno, "Coming to all dates")
    seen = await home.world.see(home.world.place, home.world.bruno)
    assert "“Circle” has ended." in seen[-1].words
