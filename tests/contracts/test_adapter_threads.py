"""Holds every platform to one thread for questions beneath an announcement."""

from dataclasses import replace

import pytest
from sqlalchemy import delete, select, update

from bot.chat import Place
from bot.protocol import Invites
from storage.community import Post
from storage.deliveries import Delivery
from storage.rsvps import Rsvp
from tests.contracts.adapter import words
from tests.contracts.discord import DiscordWorld
from tests.contracts.test_adapter_edits import EditedHome, announced, home

__all__ = ["home"]


def thread(home: EditedHome) -> Place:
    """Give the thread beneath the announcement."""
    with home.storage.engine.connect() as connection:
        post = connection.execute(select(Post).where(Post.notice == "session.announced")).one()
    place = home.world.place
    return replace(place, thread=post.thread or post.below)


async def answer(home: EditedHome, id: str, *answers: str) -> None:
    for said in answers:
        await home.ask(home.world.bruno, "session.rsvp", session=id, answer=said)


async def test_thread_begins_once_and_whoever_comes_is_led_into_it(home: EditedHome) -> None:
    id, bruno = await announced(home), home.world.bruno
    home.world.bot.core = lambda call: home.core.answer(replace(call, at=home.watch()))
    await home.ask(bruno, "my.week")
    await home.world.press(bruno, "Coming")
    await home.settle()
    seen = await home.world.see(home.world.place, bruno)
    assert "Questions? Ask them in this thread: " in words(seen)
    await answer(home, id, "no", "yes")
    beneath = words(await home.world.see(thread(home), bruno))
    invites = isinstance(home.world.adapter, Invites)
    assert beneath.count("Questions about this session? Ask them here.") == (0 if invites else 1)


async def test_what_follows_stands_in_the_channel_where_the_thread_is_for_questions(
    home: EditedHome,
) -> None:
    id = await announced(home)
    if isinstance(home.world.adapter, Invites):
        pytest.skip("people see the thread in their list")
    before = len(await home.world.see(thread(home), home.world.amina))
    await home.ask(home.world.amina, "session.move", session=id, when="2026-12-04T15:00Z")
    home.watch.forward(minutes=15)
    await home.settle()
    assert len(await home.world.see(thread(home), home.world.amina)) == before


async def test_thread_does_not_begin_twice_after_a_crash(home: EditedHome) -> None:
    await announced(home)
    if isinstance(home.world.adapter, Invites):
        pytest.skip("nothing is written into the thread")
    beneath = thread(home)
    names = ("session.announced", "session.questions")
    with home.storage.engine.begin() as connection:
        left = {"state": "sending", "lease_until": home.watch(), "sent_at": None}
        connection.execute(update(Delivery).where(Delivery.notice.in_(names)).values(left))
        connection.execute(delete(Post))
    for _ in range(4):
        home.watch.forward(minutes=2)
        await home.outbox.recover()
        await home.settle()
    assert thread(home) == beneath
    assert len(await home.world.see(beneath, home.world.amina)) == 1


def adding(home: EditedHome) -> DiscordWorld:
    """Give the world where people are added to threads."""
    if not isinstance(home.world, DiscordWorld):
        pytest.skip("nobody is added to threads")
    return home.world


async def test_whoever_comes_is_added_to_the_thread_once(home: EditedHome) -> None:
    world = adding(home)
    id, bruno = await announced(home), home.world.bruno
    await answer(home, id, "no", "maybe")
    assert world.added_to(thread(home)) == set()
    await answer(home, id, "yes")
    assert world.added_to(thread(home)) == {bruno.id}
    world.opened.env.backend.remove_thread_member(int(thread(home).thread), int(bruno.id))
    await answer(home, id, "no", "yes")
    assert world.added_to(thread(home)) == set()


async def test_nobody_is_added_who_wants_no_reminders_of_it(home: EditedHome) -> None:
    world = adding(home)
    id = await announced(home)
    await answer(home, id, "no")
    with home.storage.engine.begin() as connection:
        connection.execute(update(Rsvp).values(muted=True))
    await answer(home, id, "yes")
    assert world.added_to(thread(home)) == set()


async def test_whom_an_archived_thread_does_not_take_is_added_later(home: EditedHome) -> None:
    world = adding(home)
    id = await announced(home)
    there = world.opened.env.backend.get_channel(int(thread(home).thread)).thread_metadata
    assert there is not None
    there.archived = True
    await answer(home, id, "yes")
    assert world.added_to(thread(home)) == set()
    there.archived = False
    await home.ask(home.world.amina, "session.rsvp", session=id, answer="yes")
    assert world.added_to(thread(home)) == {home.world.amina.id, home.world.bruno.id}
