"""Connects to Slack by a socket of our own, for those who have no public address."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from time import time
from typing import TypeVar

import aiohttp
import structlog
from slack_bolt.adapter.socket_mode.async_internals import run_async_bolt_app, send_async_response
from slack_bolt.async_app import AsyncApp
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.async_client import AsyncBaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.web.async_client import AsyncWebClient

from bot.adapters.slack.refusals import LOCKED_OUT, LOST, answered
from bot.adapters.slack.web import Installed
from bot.background import aside, kept_up
from bot.errors import PostError, Refused, TargetLost, Uncertain

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
            log.warning(
                "slack does not answer", action="connect", error=repr(error), again_in=pause
            )
        await asyncio.sleep(pause)
        pause = min(pause * 2, LONGEST)


async def one_workspace(client: AsyncWebClient, token: str) -> Installed:
    """Ask Slack which workspace a token is for. Raises a PostError."""
    told = await answered(client.auth_test(token=token))
    return Installed(
        workspace=str(told["team_id"]),
        organisation=str(told.get("enterprise_id") or ""),
        token=token,
        bot_user=str(told.get("user_id") or ""),
    )


class SocketClient(SocketModeClient):
    """Slack's own client, whose `connect` asks for an address once and stays with it for ever.

    The ticket in an address is good once and not for long: here each attempt asks for its own.
    """

    def __init__(self, token: str, logger: logging.Logger, web: AsyncWebClient) -> None:
        super().__init__(token, logger, web, ping_interval=PING)
        self.refused: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    async def issue_new_wss_url(self) -> str:
        """Leave it to `connect`."""
        return ""

    async def connect(self, first: float = FIRST) -> None:
        """Open a socket in the place of the one before, for as long as it takes.

        Raises Refused when Slack does not take the app token.
        """
        await until_there(self._attempt, first)

    async def connect_to_new_endpoint(self, force: bool = False) -> None:
        """Connect anew when the socket broke; Slack's client tries for ever what is refused."""
        try:
            await super().connect_to_new_endpoint(force)
        except Refused as refused:
            if not self.refused.done():
                self.refused.set_exception(refused)
            raise

    def _kept_up(self, work: Callable[[], Awaitable[None]]) -> "asyncio.Future[None]":
        return aside(kept_up("slack socket", work), "slack socket")

    async def _attempt(self) -> None:
        if self.closed:
            return
        self.auto_reconnect_enabled = False
        if self.current_session is not None:
            await self.current_session.close()
        told = await answered(self.web_client.apps_connections_open(app_token=self.app_token))
        try:
            self.current_session = await self.aiohttp_client_session.ws_connect(
                str(told["url"]), autoping=False, heartbeat=self.ping_interval, proxy=self.proxy
            )
            await self.current_session.ping(f"sdk-ping-pong:{time()}".encode())
        except (aiohttp.ClientError, OSError) as error:  # a timeout is an OSError as well
            raise Uncertain(repr(error)) from error
        self.last_ping_pong_time = None
        self.auto_reconnect_enabled, self.stale = True, False
        # The one that is let go may be running this very attempt, which waits for nothing more.
        for before in (self.current_session_monitor, self.message_receiver):
            if before is not None:
                before.cancel()
        self.current_session_monitor = self._kept_up(self.monitor_current_session)
        self.message_receiver = self._kept_up(self.receive_messages)


class Socket:
    """A socket, opened anew whenever it breaks."""

    def __init__(self, app: AsyncApp, client: AsyncWebClient, token: str) -> None:
        self.app = app
        # The socket's own client: an app token is good for opening sockets and nothing else.
        web = AsyncWebClient(token, base_url=client.base_url, retry_handlers=[])
        self.client = SocketClient(token, app.logger, web)
        self.client.socket_mode_request_listeners.append(self._handle)

    async def _handle(self, client: AsyncBaseSocketModeClient, heard: SocketModeRequest) -> None:
        start = time()
        await send_async_response(client, heard, await run_async_bolt_app(self.app, heard), start)

    async def start(self, first: float = FIRST) -> None:
        """Open it. Raises Refused when Slack does not take the app token."""
        await self.client.connect(first)

    async def lasts(self) -> None:
        """Wait until Slack does not take the app token any more. Raises Refused."""
        await asyncio.shield(self.client.refused)

    async def connected(self) -> bool:
        """Say whether it is open and answers."""
        return await self.client.is_connected()

    async def stop(self) -> None:
        """Close it."""
        await self.client.close()  # type: ignore[no-untyped-call]
