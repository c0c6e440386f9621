"""Shows what becomes of posts, edits and look-ups when Discord refuses, waits or falls silent."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.adapters.discord import Discord
from bot.chat import Account, Message, MessageRef, Place, button, said
from bot.errors import Busy, PersonClosed, PostError, Refused, TargetLost, Uncertain
from bot.i18n import plain
from bot.protocol import Reader
from bot.their_clock import TheirClock
from tests.bot.adapters.discord.conftest import started
from tests.contracts.adapter import Scripted
from tests.fakes.discord_server import House
from tests.fakes.discord_stub import IDENTIFY, Reply, Stub, limited
from tests.toys import NOW, toy

HERE = Place("discord", "5", "7")
BRUNO = Account("discord", "5", "9")
HELLO = said(plain("Hello"))
PRESS = said(plain("Hello"), button(plain("Press"), "toy.see"))
LOOK = "GET /channels/7/messages"
NO_RIGHT = Reply(403, {"code": 50013, "message": "Missing Permissions"})


async def looked_up(platform: Stub, *replies: Reply, target: Place | Account = HERE) -> object:
    """Look for a message while Discord answers as told."""
    async with started(platform, listen=False) as adapter:
        platform.replies[LOOK] = list(replies)
        return await adapter.find(target, "key", NOW)


@pytest.mark.parametrize(
    ("reply", "kind"),
    [
        (Reply(403, {"code": 50001}), TargetLost),
        (NO_RIGHT, TargetLost),
        (Reply(404, {"code": 10003}), TargetLost),
        (Reply(400, {"code": 50035}), Refused),
        (limited(120), Busy),
        (Reply(503, {}), Uncertain),
    ],
)
async def test_look_up_that_fails_says_whether_to_look_again(
    platform: Stub, reply: Reply, kind: type[PostError]
) -> None:
    with pytest.raises(kind):
        await looked_up(platform, reply)


async def test_look_up_that_is_dropped_is_uncertain(platform: Stub) -> None:
    with pytest.raises(Uncertain):
        await looked_up(platform, *[Reply(drop=True)] * 10)


async def test_look_up_says_how_long_to_wait(platform: Stub) -> None:
    with pytest.raises(Busy) as busy:
        await looked_up(platform, limited(90))
    assert busy.value.retry_after == pytest.approx(90, abs=5)


async def test_look_up_at_a_person_who_has_closed_is_closed(platform: Stub) -> None:
    platform.replies["POST /users/@me/channels"] = [Reply(403, {"code": 50007})]
    with pytest.raises(PersonClosed):
        await looked_up(platform, target=BRUNO)


@pytest.mark.parametrize("message", [HELLO, PRESS, Message()])
async def test_message_without_buttons_is_found_too(platform: Stub, message: Message) -> None:
    async with started(platform, listen=False) as adapter:
        ref = await adapter.post(HERE, message, Reader(), "key")
        assert await adapter.find(HERE, "key", NOW) == ref
        assert await adapter.find(HERE, "yek", NOW) is None


async def test_message_for_a_lost_thread_is_found_in_its_channel(platform: Stub) -> None:
    gone = Reply(404, {"code": 10003})
    platform.replies["POST /channels/8/messages"] = [gone]
    platform.replies["GET /channels/8/messages"] = [gone]
    async with started(platform, listen=False) as adapter:
        thread = Place("discord", "5", "7", thread="8")
        ref = await adapter.post(thread, HELLO, Reader(), "key")
        assert await adapter.find(thread, "key", NOW) == ref
    assert ref.place == HERE


async def test_every_message_carries_its_key(platform: Stub) -> None:
    async with started(platform, listen=False) as adapter:
        for target in (HERE, BRUNO):
            await adapter.post(target, HELLO, Reader(), "key")
    assert [(one["nonce"], one["enforce_nonce"]) for one in platform.posts()] == [("key", True)] * 2


async def test_message_that_was_posted_stays_so_when_its_thread_fails(platform: Stub) -> None:
    house = House(Scripted(), [toy])
    async with started(platform, house, listen=False) as adapter:
        platform.replies["POST /channels/7/messages/1600000000000000000/threads"] = [
            Reply(drop=True)
        ] * 10
        ref = await adapter.post(HERE, Message(plain("Topic"), thread=True), Reader(), "key")
    assert ref.place.thread == ""
    assert house.told == []


async def test_coordinators_are_told_once_that_no_thread_can_be_opened(platform: Stub) -> None:
    house = House(Scripted(), [toy])
    async with started(platform, house, listen=False) as adapter:
        for number in range(2):
            path = f"/channels/7/messages/{1600000000000000000 + number}/threads"
            platform.replies[f"POST {path}"] = [NO_RIGHT]
            await adapter.post(HERE, Message(plain("Topic"), thread=True), Reader(), "key")
    [(words, workspace)] = house.told
    assert ("Create Public Threads" in words, workspace) == (True, "5")


async def test_coordinators_are_told_once_that_nothing_can_be_said_in_threads(
    platform: Stub,
) -> None:
    house = House(Scripted(), [toy])
    platform.replies["POST /channels/8/messages"] = [NO_RIGHT, NO_RIGHT]
    async with started(platform, house, listen=False) as adapter:
        for _ in range(2):
            await adapter.post(Place("discord", "5", "7", thread="8"), HELLO, Reader(), "key")
    [(words, _)] = house.told
    assert "Send Messages in Threads" in words


async def test_coordinators_are_told_again_when_it_fails_anew(platform: Stub) -> None:
    house = House(Scripted(), [toy])
    async with started(platform, house, listen=False) as adapter:
        for number, replies in enumerate(([NO_RIGHT], [], [NO_RIGHT])):
            path = f"/channels/7/messages/{1600000000000000000 + number}/threads"
            platform.replies[f"POST {path}"] = list(replies)
            await adapter.post(HERE, Message(plain("Topic"), thread=True), Reader(), "key")
    assert len(house.told) == 2


async def test_process_that_only_posts_opens_no_gateway_and_sends_no_commands(
    platform: Stub,
) -> None:
    async with started(platform, listen=False) as adapter:
        assert await adapter.connected()
    assert (platform.sockets, platform.ops(IDENTIFY)) == ([], [])
    assert "PUT" not in [method for method, _, _ in platform.heard]
    assert not await adapter.connected()


async def test_process_that_only_posts_names_commands_as_they_were_sent(platform: Stub) -> None:
    house = House(Scripted(), [toy])
    platform.replies["PUT /applications/1/commands"] = [Reply(body=[{"name": "toy", "id": "33"}])]
    async with started(platform, house):
        pass
    async with started(platform, house, listen=False) as adapter:
        assert adapter.commands.ids == {"toy": "33"}


async def test_edit_without_a_view_of_servers_names_the_server_on_buttons(platform: Stub) -> None:
    async with started(platform, listen=False) as adapter:
        ref = MessageRef(HERE, "1600000000000000000")
        await adapter.edit(ref, PRESS, Reader())
    [body] = [body for method, _, body in platform.heard if method == "PATCH"]
    assert body["components"][-1]["components"][0]["custom_id"] == "toy.see||5"


async def told_time(platform: Stub, *replies: Reply, heard_before: bool = False) -> datetime | None:
    async with started(platform, listen=False) as adapter:
        if not heard_before:
            adapter.client.headers.clock = TheirClock()
        platform.replies["GET /users/@me"] = list(replies)
        return await adapter.time()


async def test_time_is_what_discord_says(platform: Stub) -> None:
    at = {"Date": "Sun, 22 Nov 2026 09:00:00 GMT"}
    assert await told_time(platform, Reply(headers=at)) == NOW


async def test_time_is_not_told_where_discord_says_none(platform: Stub) -> None:
    assert await told_time(platform, Reply(headers={"Date": ""})) is None


async def test_time_of_a_silent_discord_raises(platform: Stub) -> None:
    with pytest.raises(PostError):
        await told_time(platform, *[Reply(drop=True)] * 10)


@pytest.mark.parametrize("wrong", [limited(60), Reply(404, {"message": "none"})])
async def test_time_is_that_of_any_other_answer_where_the_question_fails(
    platform: Stub, wrong: Reply
) -> None:
    wrong.headers["Date"] = "Sun, 22 Nov 2020 09:00:00 GMT"  # of something in between
    told = await told_time(platform, wrong, heard_before=True)
    assert told is not None
    assert abs(told - datetime.now(UTC)) < timedelta(minutes=5)


async def test_time_is_current_without_being_told(platform: Stub) -> None:
    told = await told_time(platform)
    assert told is not None
    assert abs(told - datetime.now(UTC)) < timedelta(minutes=5)


async def test_login_waits_until_discord_is_there(platform: Stub) -> None:
    platform.replies["GET /users/@me"] = [Reply(503, {"message": "away"})]
    adapter: Discord
    async with started(platform, listen=False) as adapter:
        assert await adapter.connected()
