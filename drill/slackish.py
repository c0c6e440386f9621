"""Is as much of Slack as posting and looking up need."""

import json
import random
import time
from itertools import count
from typing import Any

from aiohttp import web

from drill.ledger import Ledger, LedgerMessage, Temper, answer

TEAM, BOT = "T0DRILL", "U0BOT"


class DrillSlack:
    """Slack's Web API on loopback."""

    def __init__(self, temper: Temper, dice: random.Random) -> None:
        numbers = count(1)
        self.ledger = Ledger(temper, lambda: f"{time.time():.3f}{next(numbers) % 1000:03}", dice)

    def attach(self, app: web.Application) -> None:
        """Answer under an address."""
        app.router.add_route("*", "/slack/{method}", self.method)

    async def method(self, request: web.Request) -> web.Response:
        """Answer one method."""
        args: dict[str, Any] = dict(request.query)
        if request.content_type == "application/json":
            args |= await request.json()
        else:
            args |= {key: str(value) for key, value in (await request.post()).items()}
        match request.match_info["method"]:
            case "auth.test":
                return answer({"ok": True, "team_id": TEAM, "user_id": BOT})
            case "conversations.open":
                id = direct(args["users"].strip('[]"'))
                return answer({"ok": True, "channel": {"id": id}})
            case "chat.postMessage":
                return await self._post(request, args)
            case "conversations.history":
                return await self.ledger.look(request, lambda: self._told(args))
        return answer({"ok": False, "error": "unknown_method"})

    async def _post(self, request: web.Request, args: dict[str, Any]) -> web.Response:
        channel = direct(args["channel"])

        def take() -> dict[str, Any]:
            one = self.ledger.take(channel, args["text"], args)
            return {"ok": True, "channel": channel, "ts": one.id, "message": {}}

        return await self.ledger.post(request, channel, take, _limited)

    def _told(self, args: dict[str, Any]) -> dict[str, Any]:
        told = self.ledger.told(args["channel"])
        since = float(args.get("oldest") or 0)
        begin, limit = int(args.get("cursor") or 0), int(args.get("limit") or 100)
        listed = [one for one in told if float(one.id) >= since]
        after = str(begin + limit) if len(listed) > begin + limit else ""
        page = [_as_told(one) for one in listed[begin : begin + limit]]
        return {"ok": True, "messages": page, "response_metadata": {"next_cursor": after}}


def direct(channel: str) -> str:
    """Give the channel behind an id, which may be a person's."""
    return f"D{channel[1:]}" if channel.startswith("U") else channel


def _as_told(one: LedgerMessage) -> dict[str, Any]:
    metadata = one.body.get("metadata") or {}
    metadata = json.loads(metadata) if isinstance(metadata, str) else metadata
    return {"type": "message", "user": BOT, "text": "", "ts": one.id, "metadata": metadata}


def _limited(seconds: float) -> web.Response:
    told = {"Retry-After": str(max(1, round(seconds)))}
    return answer({"ok": False, "error": "ratelimited"}, 429, told)
