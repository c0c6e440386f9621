"""Serves the fake workspace over HTTP and sockets, and carries to the app what people do."""

import asyncio
import hashlib
import hmac
import json
import time
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

import aiohttp
from aiohttp import web

from tests.fakes.slack.api import Api, show
from tests.fakes.slack.checks import wrong_blocks
from tests.fakes.slack.state import (
    BOT,
    RESPONSE_SECONDS,
    RESPONSES,
    FakeMessage,
    Hook,
    Refusal,
    State,
)

Body = dict[str, Any]
KINDS = {"slash": "slash_commands", "interactive": "interactive", "event": "events_api"}


class FakeSlack:
    """A running Slack. `url` is where the app takes requests; without one it has sockets."""

    def __init__(self, state: State | None = None) -> None:
        self.state = state or State()
        self.api = Api(self.state, lambda: self.address)
        self.address = ""
        self.url = ""
        self.sockets: list[web.WebSocketResponse] = []
        self.acks: dict[str, asyncio.Future[Body]] = {}
        self.changed = asyncio.Condition()
        self.down = False
        self.turned_away = 0
        self.deaf: set[web.WebSocketResponse] = set()
        self._turn = 0

    async def start(self, port: int = 0) -> "FakeSlack":
        """Begin to serve."""
        server = web.Application(client_max_size=64 * 1024 * 1024)
        server.router.add_route("*", "/api/{method}", self._method)
        server.router.add_post("/response/{id}", self._response)
        server.router.add_post("/upload/{id}", self._upload)
        server.router.add_get("/socket", self._socket)
        server.router.add_get("/files/{id}", self._file)
        self.runner = web.AppRunner(server, access_log=None, shutdown_timeout=0.5)
        await self.runner.setup()
        await web.TCPSite(self.runner, "127.0.0.1", port).start()
        self.address = f"http://127.0.0.1:{self.runner.addresses[0][1]}"
        self.session = aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True))
        return self

    async def stop(self) -> None:
        """Close everything."""
        for socket in self.sockets:
            await socket.close()
        await self.session.close()
        await self.runner.cleanup()

    @property
    def api_url(self) -> str:
        return f"{self.address}/api/"

    async def _method(self, request: web.Request) -> web.Response:
        name = request.match_info["method"]
        args: Body = dict(request.query)
        if request.content_type == "application/json":
            args |= await request.json()
        else:
            args |= {key: str(value) for key, value in (await request.post()).items()}
        token = request.headers.get("Authorization", "").removeprefix("Bearer ")
        if self.down:
            return web.Response(status=503, text="down")
        if self.state.mishaps[name]:
            return await self._mishap(request, name, token, args)
        return web.json_response(self.api.answer(name, token, args))

    async def _mishap(
        self, request: web.Request, name: str, token: str, args: Body
    ) -> web.Response:
        mishap = self.state.mishaps[name].pop(0)
        answer: Body = {"ok": False, "error": mishap.error or "internal_error"}
        if mishap.accepts or (mishap.delay and not mishap.error):
            answer = self.api.answer(name, token, args)
        await asyncio.sleep(mishap.delay)
        if mishap.drops and request.transport is not None:
            request.transport.close()
        return web.json_response(answer, status=mishap.status, headers=mishap.headers)

    async def _upload(self, request: web.Request) -> web.Response:
        content = await request.read()
        self.state.files[request.match_info["id"]]["content"] = content
        return web.Response(text=f"OK - {len(content)}", content_type="text/plain")

    async def _response(self, request: web.Request) -> web.Response:
        """Answer through a response_url, five times in half an hour."""
        hook = self.state.hooks[request.match_info["id"]]
        body = await request.json()
        self.state.asked.append(("response_url", body))
        if hook.used >= RESPONSES or time.monotonic() - hook.at > RESPONSE_SECONDS:
            return web.Response(status=404, text="used_url")
        try:
            self._respond(hook, body)
        except Refusal as refusal:
            return web.Response(status=400, text=str(refusal))
        return web.Response(text="ok")

    def _respond(self, hook: Hook, body: Body) -> None:
        state, blocks = self.state, body.get("blocks") or []
        if not body.get("text") and not blocks:
            raise Refusal("no_text")
        if blocks:
            self.api.checked(wrong_blocks(blocks), "invalid_blocks")
            self.api.weighed(blocks)
        hook.used += 1
        replaced = state.message(hook.channel, hook.message)
        if body.get("replace_original") and replaced:
            replaced.text, replaced.blocks = body["text"], blocks
            replaced.edits += 1
            return
        only = "" if body.get("response_type") == "in_channel" else hook.user
        thread = body.get("thread_ts") or ""
        state.messages.append(
            FakeMessage(
                hook.channel, state.new_ts(), body["text"], blocks, only=only, thread=thread
            )
        )

    async def _socket(self, request: web.Request) -> web.StreamResponse:
        """Let in whoever has a ticket, once; but not the next few that are to be turned away."""
        if (ticket := request.query.get("ticket", "")) not in self.state.tickets:
            return web.Response(status=404, text="this ticket was used")
        self.state.tickets.remove(ticket)
        if self.turned_away:
            self.turned_away -= 1
            return web.Response(status=503)
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        async with self.changed:
            self.sockets.append(socket)
            self.changed.notify_all()
        await socket.send_json({"type": "hello", "num_connections": len(self.sockets)})
        async for message in socket:
            if message.type == aiohttp.WSMsgType.TEXT and socket not in self.deaf:
                answer = json.loads(message.data)
                ack = self.acks.pop(answer["envelope_id"], None)
                if ack and not ack.done():
                    ack.set_result(answer.get("payload") or {})
        async with self.changed:
            self.sockets.remove(socket)
            self.changed.notify_all()
        return socket

    async def connected(self, sockets: int = 1) -> None:
        """Wait until the app has opened its socket."""
        async with asyncio.timeout(10), self.changed:
            await self.changed.wait_for(lambda: len(self.sockets) >= sockets)

    async def deliver(self, kind: str, body: Body) -> Body:
        """Carry something to the app, and give what it acknowledged with."""
        if self.url:
            status, answer = await self.request(*_encoded(kind, body))
            assert status == 200, (status, answer)
            return dict(json.loads(answer)) if answer.startswith("{") else {}
        return await self.send(kind, body)

    async def send(
        self,
        kind: str,
        body: Body,
        *,
        envelope: str = "",
        socket: web.WebSocketResponse | None = None,
    ) -> Body:
        """Carry something to the app by one of its sockets, in turn, and give the answer."""
        envelope = envelope or f"envelope-{self.state.number()}"
        self._turn += 1
        ack: asyncio.Future[Body] = asyncio.get_running_loop().create_future()
        self.acks[envelope] = ack
        to = socket or self.sockets[self._turn % len(self.sockets)]
        await to.send_json(_packed(kind, body, envelope))
        async with asyncio.timeout(30):
            return await ack

    async def send_again(self, kind: str, body: Body) -> Body:
        """Carry something to a socket that drops before it is acknowledged, then to another."""
        first, other = self.sockets[0], self.sockets[-1]
        assert first is not other
        envelope = f"envelope-{self.state.number()}"
        self.deaf.add(first)
        await first.send_json(_packed(kind, body, envelope))
        await first.close()
        return await self.send(kind, body, envelope=envelope, socket=other)

    async def request(
        self,
        body: bytes,
        content_type: str,
        *,
        headers: Mapping[str, str] | None = None,
        timestamp: str = "",
        secret: str = "",
    ) -> tuple[int, str]:
        """Send the app a signed request."""
        timestamp = timestamp or str(int(time.time()))
        key = (secret or self.state.secret).encode()
        signed_words = b"v0:" + timestamp.encode() + b":" + body
        signed = {
            "Content-Type": content_type,
            "X-Slack-Request-Timestamp": timestamp,
            "X-Slack-Signature": "v0=" + hmac.new(key, signed_words, hashlib.sha256).hexdigest(),
        }
        sent = {k: v for k, v in (signed | dict(headers or {})).items() if v}
        async with self.session.post(self.url, data=body, headers=sent) as answer:
            return answer.status, await answer.text()

    async def _file(self, request: web.Request) -> web.Response:
        """Give a file to who has the token and the scope for it."""
        asked = request.headers.get("Authorization", "")
        if asked != f"Bearer {self.state.token}" or "files:read" not in self.state.scopes:
            return web.Response(status=302, headers={"Location": "https://slack.com/signin"})
        return web.Response(body=self.state.files[request.match_info["id"]]["content"])

    def hook(self, channel: str, user: str, message: str = "", thread: str = "") -> str:
        """Make a response_url."""
        id = str(self.state.number())
        self.state.hooks[id] = Hook(channel, user, message, thread)
        return f"{self.address}/response/{id}"

    async def event(self, event: Body, *, id: str = "", **more: Any) -> Body:
        """Tell the app of an event."""
        body = {
            "token": "old",
            "team_id": self.state.team,
            "api_app_id": "A0APP",
            "event": event,
            "type": "event_callback",
            "event_id": id or f"Ev{self.state.number()}",
            "event_time": int(time.time()),
            "authorizations": [
                {
                    "enterprise_id": None,
                    "team_id": self.state.team,
                    "user_id": BOT,
                    "is_bot": True,
                    "is_enterprise_install": False,
                }
            ],
            "is_ext_shared_channel": False,
            "event_context": "context",
        }
        return await self.deliver("event", body | more)

    def close_view(self, user: str) -> None:
        """Take somebody's modal away."""
        self.state.open.pop(user, None)

    def take_ack(self, user: str, view: str, ack: Body) -> None:
        """Do with a modal what the app said when it was sent off."""
        action = ack.get("response_action")
        if action == "update":
            show(self.state, user, ack["view"], view)
        elif action != "errors":
            self.close_view(user)


def _packed(kind: str, body: Body, envelope: str) -> Body:
    return {
        "type": KINDS[kind],
        "envelope_id": envelope,
        "payload": body,
        "accepts_response_payload": kind != "event",
    }


def _encoded(kind: str, body: Body) -> tuple[bytes, str]:
    if kind == "event":
        return json.dumps(body).encode(), "application/json"
    fields = body if kind == "slash" else {"payload": json.dumps(body)}
    return urlencode(fields).encode(), "application/x-www-form-urlencoded"
