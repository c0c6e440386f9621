"""Shows what the connection survives, and that it says what to mend where it cannot."""

import asyncio
from time import monotonic

import discord.http
import pytest
from aiohttp import web

from bot.adapters.discord import CannotConnect
from bot.chat import Account, Place, said
from bot.errors import Busy, PersonClosed, PostError, Refused, TargetLost, Uncertain
from bot.i18n import plain
from bot.protocol import IN_TIME, Reader
from tests.bot.adapters.discord.conftest import made, started
from tests.contracts.adapter import Scripted
from tests.fakes.discord_server import House
from tests.fakes.discord_stub import (
    APPLICATION,
    FIRST,
    IDENTIFY,
    INVALID,
    RECONNECT,
    RESUME,
    Reply,
    Stub,
    limited,
)
from tests.toys import NOW, toy

THERE = Place("discord", "5", "7")
POST = "POST /channels/7/messages"
HELLO = said(plain("Hello"))


async def posted(platform: Stub, *replies: Reply) -> str:
    """Post once while Discord answers as told; gives the id, or raises what the adapter raises."""
    async with started(platform) as adapter:
        platform.replies[POST] = list(replies)
        return (await adapter.post(THERE, HELLO, Reader(), "key")).id


async def test_start_logs_in_and_asks_for_no_privileged_intent(platform: Stub) -> None:
    async with started(platform):
        [identified] = platform.ops(IDENTIFY)
    intents = discord.Intents._from_value(identified["d"]["intents"])
    assert (intents.members, intents.presences, intents.message_content) == (False, False, False)


async def test_unchanged_commands_are_not_sent_again(platform: Stub) -> None:
    house = House(Scripted(), [toy])
    for _ in range(2):
        async with started(platform, house):
            pass
    assert len([path for method, path, _ in platform.heard if method == "PUT"]) == 1


async def test_changed_commands_are_sent_again(platform: Stub) -> None:
    house = House(Scripted(), [toy])
    async with started(platform, house):
        pass
    house.groups = ()
    async with started(platform, house):
        pass
    assert [body == [] for method, _, body in platform.heard if method == "PUT"] == [False, True]


async def test_commands_that_are_not_taken_now_stop_nothing(platform: Stub) -> None:
    platform.replies["PUT /applications/1/commands"] = [limited(600)]
    async with started(platform) as adapter:
        assert await adapter.connected()


async def test_commands_are_sent_until_they_are_taken(platform: Stub) -> None:
    platform.replies["PUT /applications/1/commands"] = [
        *[limited(600)] * 3,
        Reply(body=[{"name": "toy", "id": "33"}]),
    ]
    adapter = made(platform)
    adapter.commands.pause = 0.01
    await adapter.start()
    assert adapter.catching_up is not None
    await asyncio.wait_for(adapter.catching_up, 30)
    await adapter.stop()
    assert adapter.commands.ids == {"toy": "33"}


async def test_commands_go_to_the_servers_they_are_tried_in(platform: Stub) -> None:
    async with started(platform, sync_to=(5, 6)):
        pass
    sent = [path for method, path, _ in platform.heard if method == "PUT"]
    assert sent == [f"/applications/1/guilds/{one}/commands" for one in (5, 6)]


async def test_shards_identify_one_by_one(platform: Stub) -> None:
    house = House(Scripted(), [toy])
    async with started(platform, house, shard_ids=(1, 2), shard_count=3):
        shards = [one["d"]["shard"] for one in platform.ops(IDENTIFY)]
    assert shards == [[1, 3], [2, 3]]
    assert [name for name, _ in house.turns] == ["discord:identify"] * 2
    assert all(seconds >= 5 for _, seconds in house.turns)


async def test_closed_connection_is_resumed(platform: Stub) -> None:
    async with started(platform):
        await platform.close(4000)
        await platform.until(lambda: platform.ops(RESUME))
    assert platform.ops(RESUME)[0]["d"]["session_id"] == "session"


async def test_request_to_reconnect_is_followed(platform: Stub) -> None:
    async with started(platform):
        await platform.send(RECONNECT)
        await platform.until(lambda: platform.ops(RESUME))
    assert len(platform.sockets) == 2


@pytest.mark.slow
async def test_invalid_session_begins_a_new_one(platform: Stub) -> None:
    async with started(platform):
        await platform.send(INVALID, told=False)
        await platform.until(lambda: len(platform.ops(IDENTIFY)) == 2)
    assert platform.ops(RESUME) == []


async def test_wrong_token_says_what_to_mend(platform: Stub) -> None:
    platform.replies["GET /users/@me"] = [Reply(401, {"message": "401: Unauthorized", "code": 0})]
    with pytest.raises(CannotConnect) as refused:
        async with started(platform):
            pass
    assert "Reset Token" in refused.value.text.template


async def test_application_that_is_heard_elsewhere_says_what_to_mend(platform: Stub) -> None:
    elsewhere = APPLICATION | {"interactions_endpoint_url": "https://example.org"}
    platform.replies["GET /oauth2/applications/@me"] = [Reply(body=elsewhere)]
    with pytest.raises(CannotConnect) as refused:
        async with started(platform):
            pass
    assert "Interactions Endpoint URL" in refused.value.text.template


@pytest.mark.parametrize(
    ("code", "words"), [(4004, "Reset Token"), (4014, "intent"), (4010, "shard_ids")]
)
async def test_gateway_that_refuses_says_what_to_mend(
    platform: Stub, code: int, words: str
) -> None:
    async def refuse(socket: web.WebSocketResponse) -> None:
        await socket.close(code=code)

    platform.greetings = [refuse]
    with pytest.raises(CannotConnect) as refused:
        async with started(platform):
            pass
    assert words in refused.value.text.template


async def test_post_carries_its_key_as_nonce(platform: Stub) -> None:
    await posted(platform)
    [body] = platform.posts()
    assert (body["nonce"], body["enforce_nonce"]) == ("key", True)
    assert body["allowed_mentions"] == {"parse": []}


async def test_posted_message_is_found_by_its_key(platform: Stub) -> None:
    async with started(platform) as adapter:
        ref = await adapter.post(THERE, HELLO, Reader(), "key")
        assert await adapter.find(THERE, "key", NOW) == ref
        assert await adapter.find(THERE, "other", NOW) is None


@pytest.mark.parametrize("scope", ["user", "shared"])
async def test_short_limit_is_waited_for(platform: Stub, scope: str) -> None:
    assert await posted(platform, limited(0.05, scope)) == str(FIRST)


@pytest.mark.parametrize("scope", ["user", "shared", "global"])
async def test_long_limit_is_handed_back(platform: Stub, scope: str) -> None:
    with pytest.raises(Busy) as busy:
        await posted(platform, limited(120, scope))
    assert busy.value.retry_after == pytest.approx(120, abs=5)
    assert busy.value.bucket == ("" if scope == "global" else "7")


async def test_post_that_is_cut_off_while_all_wait_keeps_no_other_waiting(platform: Stub) -> None:
    """Of one that is cut off discord.py forgets to let the others go on."""
    platform.replies[POST] = [limited(0.3, "global")]
    async with started(platform) as adapter:
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.1):
                await adapter.post(THERE, HELLO, Reader(), "key")
        async with asyncio.timeout(10):
            await adapter.post(THERE, HELLO, Reader(), "other")


async def test_nothing_is_written_after_a_limit_when_it_is_too_late(platform: Stub) -> None:
    platform.replies[POST] = [limited(0.2)]
    async with started(platform) as adapter:
        until = monotonic() + 0.1
        was = IN_TIME.set(lambda: monotonic() < until)
        with pytest.raises(Uncertain):
            await adapter.post(THERE, HELLO, Reader(), "key")
        IN_TIME.reset(was)
    assert len(platform.posts()) == 1


async def test_message_that_was_taken_and_not_answered_is_uncertain(platform: Stub) -> None:
    with pytest.raises(Uncertain):
        await posted(platform, *[Reply(drop=True)] * 10)


@pytest.mark.parametrize(
    ("status", "code", "kind"),
    [
        (403, 50007, PersonClosed),
        (403, 50001, TargetLost),
        (403, 50013, TargetLost),
        (404, 10003, TargetLost),
        (400, 50035, Refused),
        (400, 50083, TargetLost),
        (401, 0, Busy),
    ],
)
async def test_refusal_is_told_apart(
    platform: Stub, status: int, code: int, kind: type[PostError]
) -> None:
    with pytest.raises(kind):
        await posted(platform, Reply(status, {"code": code, "message": "no"}))


async def test_person_who_takes_no_messages_is_closed(platform: Stub) -> None:
    no = Reply(403, {"code": 50007, "message": "Cannot send messages to this user"})
    platform.replies["POST /users/@me/channels"] = [no]
    async with started(platform) as adapter:
        with pytest.raises(PersonClosed):
            await adapter.post(Account("discord", "5", "9"), HELLO, Reader(), "key")


async def test_lost_thread_gives_way_to_its_channel(platform: Stub) -> None:
    platform.replies["POST /channels/8/messages"] = [Reply(404, {"code": 10003})]
    async with started(platform) as adapter:
        thread = Place("discord", "5", "7", thread="8")
        ref = await adapter.post(thread, HELLO, Reader(), "key")
    assert (ref.place.channel, ref.place.thread) == ("7", "")


async def test_message_gone_from_under_a_live_post_is_refused(platform: Stub) -> None:
    async with started(platform) as adapter:
        ref = await adapter.post(THERE, HELLO, Reader(), "key")
        gone = Reply(404, {"code": 10008, "message": "Unknown Message"})
        platform.replies[f"PATCH /channels/7/messages/{ref.id}"] = [gone]
        with pytest.raises(Refused):
            await adapter.edit(ref, HELLO, Reader())


async def test_discord_knows_whether_it_is_connected(platform: Stub) -> None:
    async with started(platform) as adapter:
        assert await adapter.connected()
        await adapter.stop()
        assert not await adapter.connected()
