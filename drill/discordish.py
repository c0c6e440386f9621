"""Is as much of Discord's REST interface as posting and looking up need."""

import json
import random
import time
from itertools import count
from typing import Any

from aiohttp import web

from drill.ledger import Ledger, Temper, answer
from tests.fakes.discord_stub import APPLICATION, ME, limited, message

SPACE = "11"
EPOCH_MS = 1_420_070_400_000
USUAL = {"/users/@me": ME, "/oauth2/applications/@me": APPLICATION}


class DrillDiscord:
    """Discord's REST interface on loopback."""

    def __init__(self, temper: Temper, dice: random.Random) -> None:
        numbers = count(1)
        self.ledger = Ledger(temper, lambda: str(_id(next(numbers))), dice)

    def attach(self, app: web.Application) -> None:
        """Answer under an address."""
        app.router.add_post("/discord/channels/{channel}/messages", self.post)
        app.router.add_get("/discord/channels/{channel}/messages", self.told)
        app.router.add_post("/discord/users/@me/channels", self.open)
        app.router.add_route("*", "/discord{rest:/.*}", self.usual)

    async def usual(self, request: web.Request) -> web.Response:
        """Answer what is asked at a start."""
        return answer(USUAL.get(request.match_info["rest"], []))

    async def open(self, request: web.Request) -> web.Response:
        """Give the channel of direct messages with somebody."""
        id = str((await request.json())["recipient_id"])
        person = {**ME, "id": id, "username": "member", "bot": False}
        return answer({"id": f"7{id}", "type": 1, "recipients": [person]})

    async def post(self, request: web.Request) -> web.Response:
        """Take a message."""
        channel, body = request.match_info["channel"], await request.json()
        nonce = str(body.get("nonce", "")) if body.get("enforce_nonce") else ""

        def take() -> dict[str, Any]:
            one = self.ledger.take(channel, json.dumps(body), body, nonce)
            return message(int(one.id), request.path[8:], one.body)

        return await self.ledger.post(request, channel, take, _limited)

    async def told(self, request: web.Request) -> web.Response:
        """Give a page of what was said in a channel, the newest first."""
        before = int(request.query.get("before", 2**63))
        limit = int(request.query.get("limit", 50))

        def page() -> list[Any]:
            told = self.ledger.told(request.match_info["channel"])
            listed = [one for one in told if int(one.id) < before][:limit]
            return [message(int(one.id), request.path[8:], one.body) for one in listed]

        return await self.ledger.look(request, page)


def _id(number: int) -> int:
    return (int(time.time() * 1000) - EPOCH_MS) << 22 | number % (1 << 22)


def _limited(seconds: float) -> web.Response:
    told = limited(seconds)
    return answer(told.body, told.status, told.headers)
