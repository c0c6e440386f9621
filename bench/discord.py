"""Measures interactions through discord.py, the adapter and the dispatcher, beside bare work."""

import asyncio
import json
import statistics
import time
from collections.abc import Iterator
from dataclasses import replace
from itertools import count, cycle
from typing import Any

from aiohttp import web
from discord.http import MultipartParameters
from discord.webhook.async_ import async_context

from bench.calls import Sides
from bench.homes import Home, home
from bench.rows import Figure, Work, beside, measured_apart, rate, resident
from bot.adapters.discord import Dependencies, Discord, DiscordSettings
from bot.app.parts import all_groups
from bot.chat import Account, Message, Place
from bot.dispatcher import Dispatcher
from bot.i18n import Text
from bot.protocol import Answer, Call

READ, WRITE, MEGABYTES = 0.6, 0.5, 150.0
FIRST_MS = 2_000.0
"""Discord takes a first answer for three seconds; after half of them ours asks to wait."""
SERVERS, MEMBERS, CHANNELS = 1000, 50, 10
THINKING = 5
MESSAGE: dict[str, Any] = {
    "id": "1", "channel_id": "7", "author": {"id": "1", "username": "b", "discriminator": "0",
    "avatar": None}, "content": "", "timestamp": "2026-01-01T00:00:00+00:00", "type": 20,
    "edited_timestamp": None, "tts": False, "mention_everyone": False, "mentions": [],
    "mention_roles": [], "attachments": [], "embeds": [], "pinned": False, "flags": 0,
    "components": [],
}  # fmt: skip


class BenchStore:
    """What the adapter is handed to keep things in."""

    def __init__(self) -> None:
        self.words: dict[str, str] = {}

    async def get(self, name: str) -> str:
        """Give what is kept under a name."""
        return self.words.get(name, "")

    async def put(self, name: str, words: str) -> None:
        """Keep words."""
        self.words[name] = words


class Answered:
    """Takes the answers to interactions where discord.py would send them, as JSON.

    `waiting` are told of the first answer, which may be that it is thought about; `unsettled` of
    the last.
    """

    def __init__(self) -> None:
        self.waiting: dict[int, asyncio.Future[None]] = {}
        self.unsettled: dict[str, asyncio.Future[None]] = {}

    async def create_interaction_response(
        self, interaction_id: int, token: str, *, params: MultipartParameters, **_: Any
    ) -> dict[str, Any]:
        """Take an answer, with whatever discord.py would put on the wire."""
        assert params.payload is not None
        json.dumps(params.payload)
        self.waiting.pop(interaction_id).set_result(None)
        if params.payload["type"] != THINKING:
            self.unsettled.pop(token).set_result(None)
        return {"interaction": {"id": str(interaction_id), "type": 2}}

    async def edit_original_interaction_response(
        self, application_id: int, token: str, **told: Any
    ) -> dict[str, Any]:
        """Take what comes of thinking."""
        json.dumps(told["payload"])
        self.unsettled.pop(token).set_result(None)
        return MESSAGE


class BenchDiscord:
    """A REST interface on loopback that takes everything and counts what is synced."""

    def __init__(self) -> None:
        self.synced = 0

    async def start(self) -> None:
        """Listen on a free port."""
        app = web.Application()
        app.router.add_route("*", "/{path:.*}", self._answer)
        self.runner = web.AppRunner(app, access_log=None)
        await self.runner.setup()
        await web.TCPSite(self.runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{self.runner.addresses[0][1]}/api/v10"

    async def _answer(self, request: web.Request) -> web.Response:
        await request.read()
        self.synced += request.method == "PUT"
        body = b"[]" if request.method == "PUT" else _body(request.path)
        return web.Response(body=body, headers={"Content-Type": "application/json"})


def _body(path: str) -> bytes:
    if path.endswith("/oauth2/applications/@me"):
        return (
            b'{"id":"1","name":"b","icon":null,"description":"","bot_public":true,"summary":"",'
            b'"bot_require_code_grant":false,"verify_key":"","flags":0,"owner":{"id":"1",'
            b'"username":"b","discriminator":"0","avatar":null}}'
        )
    return b'{"id":"1","username":"bot","discriminator":"0","avatar":null,"bot":true}'


class BenchClient:
    """The adapter, logged in on a Discord of ours, with interactions fed in as they arrive."""

    def __init__(self, made: Home) -> None:
        self.made = made
        self.dispatcher = Dispatcher(made.storage, all_groups())
        self.platform = BenchDiscord()
        self.numbers = count(1600000000000000000)
        self.kept = BenchStore()
        self.answers = Answered()
        self.waited: list[float] = []

    async def start(self) -> None:
        """Log in."""
        async_context.set(self.answers)  # type: ignore[arg-type]  # it only takes answers
        await self.platform.start()
        self.adapter = await self.logged_in()
        for number in range(self.made.communities):
            self.join(number + 1)

    def join(self, id: int) -> None:
        """Be in one more server."""
        guild: Any = _guild(id)
        self.adapter.client._connection._add_guild_from_data(guild)

    async def logged_in(self) -> Discord:
        """Make one more adapter, logged in."""
        from bot.adapters.discord.client import point

        settings = DiscordSettings("x.y.z", self.platform.url, shard_count=1)
        adapter = Discord(settings, self._handed())
        point(settings)
        await adapter.client.login(settings.token)
        return adapter

    def _handed(self) -> Dependencies:
        async def workspaces(user: str) -> tuple[str, ...]:
            return ()

        async def zone(workspace: str, user: str) -> str:
            return "UTC"

        async def nothing(workspace: str) -> None:
            return None

        async def lived_in(workspace: str) -> bool:
            return True

        async def turn(name: str, seconds: float) -> None:
            return None

        async def advise(workspace: str, words: Text) -> None:
            return None

        return Dependencies(
            all_groups(), self._dispatch, self.dispatcher.complete, self.kept, workspaces, zone,
            nothing, nothing, lived_in, turn, advise, Message(),
        )  # fmt: skip

    async def stop(self) -> None:
        """Close everything."""
        await self.adapter.client.close()
        await self.platform.runner.cleanup()

    async def _dispatch(self, call: Call) -> Answer:
        """Carry a call out in the home its server's number names."""
        workspace, name = f"home{int(call.account.workspace) - 1}", f"person{call.account.id}"
        known = Account("local", workspace, name)
        place = Place("local", workspace, "general", "general")
        return await self.dispatcher.answer(replace(call, account=known, place=place))

    def interactions(self, command: str) -> Iterator[dict[str, Any]]:
        """Give slash commands as the gateway brings them, without end."""
        for call in cycle(self.made.calls(command)):
            yield self._interaction(self.made.anew(call))

    def _interaction(self, call: Call) -> dict[str, Any]:
        group, verb = call.command.split(".")
        user = {"id": call.account.id[6:], "username": call.account.id, "discriminator": "0"}
        wanted = {"session.show": ("session",)}.get(call.command, tuple(call.args))
        options = [{"name": one, "type": 3, "value": call.args[one]} for one in wanted]
        number = str(next(self.numbers))
        return {
            "id": number, "application_id": "1", "type": 2, "token": f"t{number}", "version": 1,
            "guild_id": str(int(call.account.workspace[4:]) + 1), "channel_id": "7",
            "locale": "en-US",
            "channel": {"id": "7", "type": 0, "name": "general", "position": 0}, "entitlements": [],
            "member": {
                "user": {**user, "avatar": None}, "roles": [], "permissions": "0", "flags": 0,
                "joined_at": "2026-01-01T00:00:00+00:00", "deaf": False, "mute": False,
            },
            "authorizing_integration_owners": {}, "context": 0, "attachment_size_limit": 1,
            "data": {
                "id": "1", "name": group, "type": 1,
                "options": [{"name": verb, "type": 1, "options": options}],
            },
        }  # fmt: skip

    def work(self, command: str) -> Work:
        """Have somebody give a command, and wait until Discord has the answer."""
        arriving = self.interactions(command)
        parse = self.adapter.client._connection.parse_interaction_create

        async def give() -> None:
            one: Any = next(arriving)
            loop = asyncio.get_running_loop()
            answered: asyncio.Future[None] = loop.create_future()
            settled: asyncio.Future[None] = loop.create_future()
            self.answers.waiting[int(one["id"])] = answered
            self.answers.unsettled[one["token"]] = settled
            began = time.perf_counter()
            parse(one)
            await answered
            self.waited.append(time.perf_counter() - began)
            await settled

        return give


async def _measured(made: Home) -> list[Figure]:
    opened = BenchClient(made)
    await opened.start()
    found = []
    sides = Sides(made)
    for command, wanted in (("session.show", READ), ("session.rsvp", WRITE)):
        measured = await beside(opened.work(command), sides.theirs(command), 50)
        what = f"Discord: {command} from the gateway to the answer beside its bare transaction"
        found.append(Figure(what, measured.ratio, wanted, seen=measured.seen))
    found.append(await _crowded(opened))
    found.append(await _unchanged(opened))
    await opened.stop()
    return found


async def _crowded(opened: BenchClient) -> Figure:
    await rate(opened.work("session.show"), 200, seconds=1)
    opened.waited.clear()
    each = await rate(opened.work("session.show"), 200, seconds=3)
    late = statistics.quantiles(opened.waited, n=20)[-1] * 1000
    what = "Discord: 95th percentile to the first answer, 200 at a time"
    return Figure(what, late, FIRST_MS, "ms", True, f"{each:,.0f} answers/s")


async def _unchanged(opened: BenchClient) -> Figure:
    before = opened.platform.synced
    again = await opened.logged_in()
    await again.client.close()
    what = "Discord: requests to sync commands at a start without a change"
    return Figure(what, float(opened.platform.synced - before), 0.0, "requests", True)


def memory() -> float:
    """Give the megabytes a process takes that is in 1,000 servers."""
    with home(10, 1_000) as made:
        asyncio.run(_joined(made))
    return resident()


async def _joined(made: Home) -> None:
    opened = BenchClient(made)
    await opened.start()
    kept.append(opened)
    for number in range(SERVERS):
        opened.join((number + 1) << 40)
    await opened.stop()


kept: list[BenchClient] = []


def _guild(id: int) -> dict[str, Any]:
    channels: list[dict[str, Any]] = [
        {"id": str(id + n), "type": 0, "name": f"channel-{n}", "position": n, "nsfw": False,
         "permission_overwrites": [], "parent_id": None}
        for n in range(CHANNELS)
    ]  # fmt: skip
    members = [
        {"user": {"id": str(id + 1000 + n), "username": f"user{n}", "discriminator": "0",
                  "avatar": None}, "roles": [], "joined_at": "2026-01-01T00:00:00+00:00",
         "deaf": False, "mute": False, "flags": 0}
        for n in range(MEMBERS)
    ]  # fmt: skip
    everyone = {
        "id": str(id), "name": "@everyone", "permissions": "0", "position": 0, "color": 0,
        "colors": {"primary_color": 0}, "hoist": False, "managed": False, "mentionable": False,
        "flags": 0,
    }  # fmt: skip
    return {
        "id": str(id), "name": f"server {id}", "member_count": MEMBERS, "large": False,
        "owner_id": str(id + 1000), "channels": channels, "members": members, "threads": [],
        "roles": [everyone], "emojis": [], "stickers": [], "features": [], "presences": [],
        "voice_states": [], "stage_instances": [], "guild_scheduled_events": [],
        "soundboard_sounds": [], "verification_level": 0, "default_message_notifications": 0,
        "explicit_content_filter": 0, "mfa_level": 0, "nsfw_level": 0, "premium_tier": 0,
        "preferred_locale": "en-US", "afk_timeout": 60, "system_channel_flags": 0,
        "premium_progress_bar_enabled": False, "icon": None, "splash": None, "banner": None,
        "description": None, "vanity_url_code": None, "safety_alerts_channel_id": None,
        "discovery_splash": None, "afk_channel_id": None, "system_channel_id": None,
        "rules_channel_id": None, "public_updates_channel_id": None, "application_id": None,
    }  # fmt: skip


def rows() -> list[Figure]:
    """Measure Discord's side."""
    with home(10, 1_000) as made:
        found = asyncio.run(_measured(made))
    megabytes = measured_apart("from bench.discord import memory; print(memory())")
    what = f"Discord: memory in {SERVERS:,} servers of {MEMBERS} members, bench included"
    return [*found, Figure(what, megabytes, MEGABYTES, "MB", True)]
