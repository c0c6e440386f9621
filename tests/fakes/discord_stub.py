"""Is as much of Discord as connections need: REST and a gateway that misbehave as they are told."""

import asyncio
import json
from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import WSCloseCode, WSMsgType, web

ME = {"id": "1", "username": "bot", "discriminator": "0", "avatar": None, "bot": True}
APPLICATION = {
    "id": "1", "name": "bot", "icon": None, "description": "", "bot_public": True,
    "bot_require_code_grant": False, "verify_key": "", "flags": 0,
    "owner": ME, "summary": "",
}  # fmt: skip
FIRST = 1600000000000000000
"""The id of the first message, which says when it was posted: in August 2027."""
HELLO, HEARTBEAT, IDENTIFY, RESUME, RECONNECT, INVALID = 10, 1, 2, 6, 7, 9


@dataclass(frozen=True, slots=True)
class Reply:
    """How one request is answered; `drop` closes the connection after it was taken."""

    status: int = 200
    body: Any = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)
    drop: bool = False


def limited(seconds: float, scope: str = "user") -> Reply:
    """Answer 429: for a route, for all (`global`), or for a resource many share (`shared`)."""
    everywhere = {"X-RateLimit-Global": "true"} if scope == "global" else {}
    headers = {"Retry-After": str(seconds), "X-RateLimit-Scope": scope, "Via": "stub"} | everywhere
    body = {"message": "slow down", "retry_after": seconds, "global": scope == "global"}
    return Reply(429, body, headers)


class Stub:
    """Discord on loopback. `heard` are the requests, `shaken` what arrived at the gateway."""

    def __init__(self) -> None:
        self.url = ""
        self.heard: list[tuple[str, str, Any]] = []
        self.shaken: list[dict[str, Any]] = []
        self.sockets: list[web.WebSocketResponse] = []
        self.replies: defaultdict[str, list[Reply]] = defaultdict(list)
        self.greetings: list[Callable[[web.WebSocketResponse], Awaitable[None]]] = []
        self.guilds: list[dict[str, Any]] = []
        self.messages: list[dict[str, Any]] = []
        self.arrived = asyncio.Event()
        self.answered: set[str] = set()

    def ops(self, op: int) -> list[dict[str, Any]]:
        """List what arrived at the gateway of one kind."""
        return [one for one in self.shaken if one["op"] == op]

    def posts(self) -> list[Any]:
        """List the messages that arrived, whether or not that was told."""
        return [body for method, path, body in self.heard if (method, path[-9:]) == POSTED]

    async def until(self, true: Callable[[], object]) -> None:
        """Wait until something has arrived."""
        async with asyncio.timeout(10):
            while not true():
                self.arrived.clear()
                await self.arrived.wait()

    async def close(self, code: int) -> None:
        """Close the newest connection of the gateway with a code."""
        await self.sockets[-1].close(code=code)

    async def send(self, op: int, told: Any = None, event: str = "", number: int = 1) -> None:
        """Send something on the newest connection of the gateway."""
        body = {"op": op, "d": told, "t": event or None, "s": number}
        await self.sockets[-1].send_str(json.dumps(body))

    async def rest(self, request: web.Request) -> web.Response:
        """Answer a request as told, or as Discord would."""
        path = request.path.removeprefix("/api/v10")
        body = await _body(request)
        self.heard.append((request.method, path, body))
        self.arrived.set()
        told = self.replies[f"{request.method} {path}"]
        before = int(request.query.get("before", 2**63))
        reply = told.pop(0) if told else self._usual(request.method, path, body, before)
        if reply.drop:
            assert request.transport is not None
            request.transport.abort()
        headers = {"Content-Type": "application/json", **reply.headers}  # without a charset
        return web.Response(
            body=json.dumps(reply.body).encode(), status=reply.status, headers=headers
        )

    def _usual(self, method: str, path: str, body: Any, before: int) -> Reply:
        if path == "/gateway/bot":
            limit = {"total": 9, "remaining": 9, "reset_after": 0, "max_concurrency": 1}
            gateway = self.url.replace("http", "ws") + "/gateway/"
            return Reply(body={"url": gateway, "shards": 1, "session_start_limit": limit})
        if (method, path[-9:]) == POSTED:
            self.messages.append(message(FIRST + len(self.messages), path, body))
            return Reply(body=self.messages[-1])
        if path.startswith("/interactions/"):
            return self._answer(path.split("/")[2])
        if method == "PATCH" and "/messages/" in path:
            id = path.split("/")[-1].replace("@original", str(FIRST))
            return Reply(body=message(int(id), path, body))
        usual = {"/users/@me": ME, "/oauth2/applications/@me": APPLICATION, ALONE: ALONE_WITH}
        if path.endswith("/messages"):
            listed = (one for one in self.messages[::-1] if int(one["id"]) < before)
            return Reply(body=[one | {"nonce": None} for one in listed])  # only the sender sees it
        return Reply(body=usual.get(path, [] if path.endswith("/commands") else {}))

    def _answer(self, id: str) -> Reply:
        """Take the first answer to an interaction, and no other."""
        if id in self.answered:
            said = "Interaction has already been acknowledged."
            return Reply(400, {"code": 40060, "message": said})
        self.answered.add(id)
        return Reply(body={"interaction": {"id": id, "type": 2}})

    async def gateway(self, request: web.Request) -> web.WebSocketResponse:
        """Shake hands with a shard, and listen until it goes."""
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        self.sockets.append(socket)
        await self.send(HELLO, {"heartbeat_interval": 41250})
        async for frame in socket:
            if frame.type is WSMsgType.TEXT:
                await self._shake(json.loads(frame.data))
        self.arrived.set()
        return socket

    async def _shake(self, said: dict[str, Any]) -> None:
        self.shaken.append(said)
        if said["op"] in (IDENTIFY, RESUME) and self.greetings:
            await self.greetings.pop(0)(self.sockets[-1])
        elif said["op"] == IDENTIFY:
            await self.send(0, self._ready(said["d"]), "READY")
            for number, guild in enumerate(self.guilds, 2):
                await self.send(0, guild, "GUILD_CREATE", number)
        elif said["op"] == RESUME:
            await self.send(0, {}, "RESUMED", 2)
        elif said["op"] == HEARTBEAT:
            await self.send(11)
        self.arrived.set()

    def _ready(self, said: dict[str, Any]) -> dict[str, Any]:
        return {
            "v": 10, "user": ME, "session_id": "session", "shard": said.get("shard", [0, 1]),
            "resume_gateway_url": self.url.replace("http", "ws") + "/gateway/",
            "guilds": [{"id": one["id"], "unavailable": True} for one in self.guilds],
            "application": {"id": "1", "flags": 0},
        }  # fmt: skip


POSTED = ("POST", "/messages")
ALONE = "/users/@me/channels"
ALONE_WITH = {"id": "77", "type": 1, "recipients": []}


def message(number: int, path: str, body: Any) -> dict[str, Any]:
    """Make a message as Discord gives it back."""
    sent = body or {}
    return {
        "id": str(number), "channel_id": path.split("/")[2], "author": ME, "content": "",
        "timestamp": "2026-11-22T09:00:00+00:00", "edited_timestamp": None, "tts": False,
        "mention_everyone": False, "mentions": [], "mention_roles": [], "attachments": [],
        "embeds": [], "pinned": False, "type": 0, "flags": sent.get("flags", 0),
        "components": sent.get("components", []), "nonce": sent.get("nonce"),
    }  # fmt: skip


def interaction(number: int, guild: int, command: str) -> dict[str, Any]:
    """Make a slash command without options as the gateway brings it."""
    group, _, verb = command.partition(" ")
    options = [{"name": verb, "type": 1, "options": []}] if verb else []
    return {
        "id": str(FIRST + number), "application_id": "1", "type": 2, "token": f"token{number}",
        "version": 1, "guild_id": str(guild), "channel_id": "7", "locale": "en-US", "context": 0,
        "channel": {"id": "7", "type": 0, "name": "general", "position": 0}, "entitlements": [],
        "authorizing_integration_owners": {}, "attachment_size_limit": 1,
        "member": {
            "user": ME | {"id": "9", "username": "bruno", "bot": False}, "roles": [], "flags": 0,
            "permissions": "0", "joined_at": "2026-01-01T00:00:00+00:00", "deaf": False,
            "mute": False,
        },
        "data": {"id": "1", "name": group, "type": 1, "options": options},
    }  # fmt: skip


def press(number: int, guild: int, id: str) -> dict[str, Any]:
    """Make the press of a button with an id as the gateway brings it."""
    button = {"type": 2, "style": 1, "label": "See", "custom_id": id}
    rows = [{"type": 1, "components": [button]}]
    where = message(FIRST, "/channels/7", {"components": rows}) | {"guild_id": str(guild)}
    about = {"custom_id": id, "component_type": 2}
    return interaction(number, guild, "toy") | {"type": 3, "data": about, "message": where}


async def _body(request: web.Request) -> Any:
    if request.content_type == "multipart/form-data":
        form = await request.post()
        return json.loads(str(form["payload_json"]))
    words = await request.text()
    return json.loads(words) if words else None


@asynccontextmanager
async def stub() -> AsyncIterator[Stub]:
    """Open a Discord on a free port of loopback."""
    made = Stub()
    app = web.Application()
    app.router.add_get("/gateway/", made.gateway)
    app.router.add_route("*", "/api/v10/{rest:.*}", made.rest)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    port = runner.addresses[0][1]
    made.url = f"http://127.0.0.1:{port}"
    yield made
    for socket in made.sockets:
        await socket.close(code=WSCloseCode.GOING_AWAY)
    await runner.cleanup()
