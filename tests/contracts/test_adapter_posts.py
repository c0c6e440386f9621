"""Holds every platform to what it promises of posts: where they reach, edits, look-ups."""

from datetime import timedelta

import pytest

from bot.chat import (
    Message,
    said,
)
from bot.errors import PostError, TargetLost, Uncertain
from bot.i18n import plain, t
from bot.protocol import IN_TIME
from bot.scheduler.alarm import now
from tests.contracts.adapter import EVERYBODY, READER, World, needs, usual, words

ALL = {"edits", "finds", "gathers", "founds"}
HAS = {"local": ALL, "slack": ALL, "discord": ALL, "mail": set[str]()}
"""What each platform is able to do: what it lacks, its tests are skipped for."""


@pytest.mark.by_mail
async def test_platform_says_what_it_is_able_to_do(world: World) -> None:
    able = {name for name in ALL if getattr(world.adapter, name)}
    assert able == HAS[world.adapter.name]


async def test_post_reaches_the_place(world: World) -> None:
    needs(world, "gathers")
    await world.adapter.post(world.place, said(plain("Good morning")), EVERYBODY, "a")
    assert "Good morning" in words(await world.see(world.place, world.bruno))


@pytest.mark.by_mail
async def test_post_to_a_person_reaches_that_person_alone(world: World) -> None:
    await world.adapter.post(world.amina, said(plain("For you")), READER, "a")
    assert "For you" in words(await world.see(world.amina, world.amina))
    assert not await world.see(world.bruno, world.bruno)
    assert not await world.see(world.place, world.bruno)


async def test_post_in_a_thread_stays_below_its_message(world: World) -> None:
    needs(world, "gathers")
    ref = await world.adapter.post(world.place, said(plain("Topic")), EVERYBODY, "a")
    thread = world.thread(ref)
    await world.adapter.post(thread, said(plain("Below")), EVERYBODY, "b")
    assert "Below" in words(await world.see(thread, world.amina))
    assert "Below" not in words(await world.see(world.place, world.amina))


async def test_what_follows_stands_where_the_message_says(world: World) -> None:
    needs(world, "gathers")
    message = Message(title=t("Topic"), thread=True)
    ref = await world.adapter.post(world.place, message, EVERYBODY, "a")
    await world.adapter.post(ref.place, said(plain("Below")), EVERYBODY, "b")
    assert "Below" in words(await world.see(ref.place, world.amina))


@pytest.mark.by_mail
async def test_what_is_too_late_does_not_go_out(world: World) -> None:
    until = IN_TIME.set(lambda: False)
    with pytest.raises(Uncertain):
        await world.adapter.post(usual(world), said(plain("Long ago")), EVERYBODY, "a")
    IN_TIME.reset(until)
    assert not await world.see(usual(world), world.amina)
    await world.adapter.post(usual(world), said(plain("Just now")), EVERYBODY, "b")
    assert "Just now" in words(await world.see(usual(world), world.amina))


async def test_edit_takes_the_place_of_the_message(world: World) -> None:
    needs(world, "edits")
    ref = await world.adapter.post(world.place, said(plain("Before")), EVERYBODY, "a")
    await world.adapter.edit(ref, said(plain("After")), EVERYBODY)
    [seen] = await world.see(world.place, world.amina)
    assert "After" in seen.words
    assert "Before" not in seen.words


async def test_edit_of_a_direct_message_takes_its_place(world: World) -> None:
    needs(world, "edits")
    ref = await world.adapter.post(world.amina, said(plain("Before")), READER, "a")
    await world.adapter.edit(ref, said(plain("After")), READER)
    [seen] = await world.see(world.amina, world.amina)
    assert "After" in seen.words


async def test_find_knows_a_message_by_its_key(world: World) -> None:
    needs(world, "finds")
    since = now() - timedelta(days=3650)
    ref = await world.adapter.post(world.place, said(plain("x")), EVERYBODY, "k1")
    await world.adapter.post(world.place, said(plain("y")), EVERYBODY, "k2")
    assert await world.adapter.find(world.place, "k1", since) == ref
    assert await world.adapter.find(world.place, "k3", since) is None


async def test_find_knows_a_direct_message_by_its_key(world: World) -> None:
    needs(world, "finds")
    since = now() - timedelta(days=3650)
    ref = await world.adapter.post(world.amina, said(plain("x")), READER, "k1")
    assert await world.adapter.find(world.amina, "k1", since) == ref
    assert await world.adapter.find(world.bruno, "k1", since) is None


@pytest.mark.by_mail
async def test_same_key_posts_once_where_that_is_promised(world: World) -> None:
    if not world.posts_once:
        assert world.adapter.finds
        pytest.skip("this platform promises nothing")
    refs = [
        await world.adapter.post(usual(world), said(plain("x")), EVERYBODY, "k1") for _ in range(2)
    ]
    assert refs[0] == refs[1]
    assert len(await world.see(usual(world), world.amina)) == 1


async def test_what_is_in_the_way_of_posting_is_said_before_anything_is_posted(
    world: World,
) -> None:
    needs(world, "gathers")
    assert await world.adapter.obstacle(world.place) is None
    assert await world.adapter.obstacle(world.vanished)


async def test_vanished_place_is_lost(world: World) -> None:
    needs(world, "gathers")
    with pytest.raises(TargetLost) as lost:
        await world.adapter.post(world.vanished, said(plain("x")), EVERYBODY, "a")
    assert lost.value.reason
    assert lost.value.text


async def test_find_in_a_vanished_place_raises_no_other_error(world: World) -> None:
    needs(world, "finds")
    with pytest.raises(PostError):
        await world.adapter.find(world.vanished, "k", now())


async def test_what_only_posts_posts_edits_and_finds(world: World) -> None:
    needs(world, "edits")
    needs(world, "finds")
    sending = await world.posting_only()
    ref = await sending.post(world.place, said(plain("Before")), EVERYBODY, "k1")
    assert await sending.find(world.place, "k1", now() - timedelta(days=3650)) == ref
    await sending.edit(ref, said(plain("After")), EVERYBODY)
    await sending.stop()
    assert "After" in words(await world.see(world.place, world.bruno))


@pytest.mark.by_mail
async def test_what_only_posts_reaches_people_alone(world: World) -> None:
    sending = await world.posting_only()
    await sending.post(world.amina, said(plain("For you")), READER, "k1")
    await sending.stop()
    assert "For you" in words(await world.see(world.amina, world.amina))
    assert not await world.see(world.place, world.bruno)


@pytest.mark.by_mail
async def test_time_is_told_in_a_zone_or_not_at_all(world: World) -> None:
    told = await world.adapter.time()
    assert told is None or told.utcoffset() == timedelta(0)


async def test_what_only_posts_tells_the_time_as_well(world: World) -> None:
    sending = await world.posting_only()
    told = [await sending.time(), await world.adapter.time()]
    await sending.stop()
    assert [one is None for one in told] in ([True, True], [False, False])


async def test_gap_between_two_messages_is_told_in_seconds(world: World) -> None:
    assert 0 <= world.adapter.gap < 60
