"""Connects to Slack by a socket of our own, for those who have no public address."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

import structlog
from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.adapters.slack.refusals import LOCKED_OUT, LOST, answered
from bot.adapters.slack.web import Installed
from bot.errors import PostError, Refused, TargetLost

log = structlog.get_logger()

FIRST, LONGEST = 1.0, 60.0  # seconds between two attempts to reach Slack
PING = 10.0
Result = TypeVar("Result")


async def until_there(attempt: Callable[[], Awaitable[Result]], first: float = FIRST) -> Result:
    """Try until Slack answers, with longer and longer pauses, for as long as it takes.

    Raises Refused when Slack does answer, and does not let us in.
    """
    pause = first
    while True:
        try:
            return await attempt()
        except TargetLost as error:
            if LOST.get(error.reason) is not LOCKED_OUT:
                raise
            raise Refused(f"Slack does not take the token in [slack]: {error.reason}") from error
        except PostError as error:
            log.warning("slack does not answer", action="start", error=repr(error), again_in=pause)
        await asyncio.sleep(pause)
        pause = min(pause * 2, LONGEST)


async def one_workspace(client: AsyncWebClient, token: str) -> Installed:
    """Ask Slack which workspace a token is for. Raises a PostError."""
    told = await answered(client.auth_test(token=token))
    return Installed(
        space=str(told["team_id"]),
        organisation=str(told.get("enterprise_id") or ""),
        token=token,
        bot_user=str(told.get("user_id") or ""),
    )


class Socket:
    """A socket, opened anew whenever it breaks."""

    def __init__(self, app: AsyncApp, client: AsyncWebClient, token: str) -> None:
        self.client = client
        self.token = token
        # The socket's own client: an app token is good for opening sockets and nothing else.
        self._handler = AsyncSocketModeHandler(
            app,
            token,
            web_client=AsyncWebClient(token, base_url=client.base_url, retry_handlers=[]),
            ping_interval=PING,
        )

    async def start(self, first: float = FIRST) -> None:
        """Open it. Raises Refused when Slack does not take the app token."""
        told: dict[str, Any] = await until_there(self._address, first)
        socket = self._handler.client
        socket.wss_uri = str(told["url"])
        await socket.connect()  # type: ignore[no-untyped-call]

    async def _address(self) -> dict[str, Any]:
        return await answered(self.client.apps_connections_open(app_token=self.token))

    async def connected(self) -> bool:
        """Say whether it is open and answers."""
        return bool(await self._handler.client.is_connected())

    async def stop(self) -> None:
        """Close it."""
        await self._handler.client.close()  # type: ignore[no-untyped-call]
