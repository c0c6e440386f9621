"""Asks things of Slack's Web API, with the token of the workspace they are for."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Protocol

import aiohttp
import structlog
from slack_sdk.web.async_client import AsyncWebClient

from bot.adapters.slack.blocks import Part
from bot.adapters.slack.refusals import LOST, answered, taken
from bot.chat import File
from bot.errors import PostError, Refused, TargetLost
from bot.options.files import MOST
from bot.their_clock import TheirClock

log = structlog.get_logger()

TIMEOUT = 20  # seconds; the outbox waits longer than this before it looks an open request up
# What is said is meant as it is written: Slack is to look for no names, links or previews in it.
AS_WRITTEN: dict[str, Any] = {
    "link_names": False,
    "parse": "none",
    "unfurl_links": False,
    "unfurl_media": False,
}
MARK = "convener_delivery"
FILES = "https://files.slack.com/"
JSON = {"Content-Type": "application/json; charset=utf-8"}


MEMBERS = 200  # more would take longer than anybody waits, and say the same
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Installed:
    """The app in a workspace, or in a whole Enterprise organisation when `workspace` is empty."""

    workspace: str
    organisation: str
    token: str = field(repr=False)
    bot_user: str = ""
    at: datetime = LONG_AGO

    @property
    def reaches_others(self) -> bool:
        """Say whether its token may reach the channels of workspaces beside this one."""
        return bool(self.organisation) and self.workspace != self.organisation


class InstallationSource(Protocol):
    """Where the app is installed."""

    async def find(self, workspace: str, organisation: str = "") -> Installed | None:
        """Give the installation that serves a workspace; None where there is none."""


class WebApi:
    """The Web API. Nothing is ever sent twice: what to do about an error is up to the caller."""

    def __init__(
        self, api_url: str, session: aiohttp.ClientSession, clock: TheirClock | None = None
    ) -> None:
        self.session = session
        self.clock = TheirClock() if clock is None else clock
        self.client = AsyncWebClient(
            base_url=api_url, session=session, timeout=TIMEOUT, retry_handlers=[]
        )
        self.installed: InstallationSource | None = None
        self.sites: dict[str, str] = {}
        ours = "https://slack.com/api/"
        self.files_at = FILES if api_url == ours else api_url.replace("/api/", "/files/")

    async def token(self, workspace: str) -> str:
        """Give the token for a workspace. Raises what `installation` does."""
        return (await self.installation(workspace)).token

    async def installation(self, workspace: str) -> Installed:
        """Give what serves a workspace.

        Raises TargetLost when the app is not installed there, Busy when the token is unreadable.
        """
        found = self.installed and await self.installed.find(workspace)
        if not found:
            raise TargetLost("not_installed", LOST["token_revoked"])
        return found

    async def post(
        self, workspace: str, channel: str, part: Part, *, thread: str = "", key: str = ""
    ) -> dict[str, Any]:
        """Post a part of a message; `channel` may be a person. Raises a PostError."""
        metadata = {"event_type": MARK, "event_payload": {"key": key}}
        request = self.client.chat_postMessage(
            token=await self.token(workspace),
            channel=channel,
            text=part.text,
            blocks=part.blocks or None,
            thread_ts=thread or None,
            metadata=metadata if key else None,
            **AS_WRITTEN,
        )
        return await answered(
            request, person=is_person(channel), bucket=f"{workspace}:{channel}:chat.postMessage"
        )

    async def update(self, workspace: str, channel: str, ts: str, part: Part) -> None:
        """Put a part in the place of an own message. Raises a PostError."""
        request = self.client.chat_update(
            token=await self.token(workspace),
            channel=channel,
            ts=ts,
            text=part.text,
            blocks=part.blocks,
            link_names=False,
            parse="none",
        )
        await answered(request, bucket=f"{workspace}:{channel}:chat.update")

    async def take_back(self, workspace: str, channel: str, ts: str) -> None:
        """Delete an own message; where that is not allowed, empty it. Raises a PostError."""
        request = self.client.chat_delete(token=await self.token(workspace), channel=channel, ts=ts)
        try:
            await answered(request, bucket=f"{workspace}:{channel}:chat.delete")
        except Refused as refused:
            if str(refused) == "message_not_found":
                return
            await self.update(workspace, channel, ts, Part("…", []))

    async def whisper(
        self, workspace: str, channel: str, user: str, part: Part, thread: str = ""
    ) -> None:
        """Say something in a channel that only one person sees. Raises a PostError."""
        request = self.client.chat_postEphemeral(
            token=await self.token(workspace),
            channel=channel,
            user=user,
            text=part.text,
            blocks=part.blocks or None,
            thread_ts=thread or None,
            link_names=False,
            parse="none",
        )
        await answered(request, bucket=f"{workspace}:{channel}:chat.postEphemeral")

    async def respond(self, url: str, part: Part, **more: Any) -> bool:
        """Answer through a response_url, good for five times in half an hour; False if spent.

        Also if nobody knows whether it was taken: an answer may come twice, rather than not at all.
        """
        shown = {"blocks": part.blocks} if part.blocks else {}
        body = {"text": part.text, **shown, **more}
        # Half a character, as programs cut them, is none that could be sent.
        sent = json.dumps(body, ensure_ascii=False).encode("utf-8", "replace")
        try:
            async with self.session.post(url, data=sent, headers=JSON) as answer:
                return answer.status == 200
        except (aiohttp.ClientError, TimeoutError) as error:
            log.info("no answer by its url", action="response_url", error=repr(error))
            return False

    async def direct(self, workspace: str, user: str) -> str:
        """Give the channel of the direct messages with a person. Raises a PostError."""
        request = self.client.conversations_open(token=await self.token(workspace), users=[user])
        answer = await answered(request, person=True, bucket=f"{workspace}::conversations.open")
        return str(answer["channel"]["id"])

    async def upload(
        self, workspace: str, channel: str, files: Sequence[File], thread: str = ""
    ) -> None:
        """Hand files over in a channel. Raises a PostError."""
        uploads = [{"file": one.content, "filename": one.name, "title": one.name} for one in files]
        if not uploads:
            return
        request = self.client.files_upload_v2(
            token=await self.token(workspace),
            channel=channel,
            thread_ts=thread or None,
            file_uploads=uploads,
        )
        await answered(request, bucket=f"{workspace}:{channel}:files")

    async def history(
        self, workspace: str, channel: str, thread: str, oldest: float, cursor: str = ""
    ) -> dict[str, Any]:
        """Give a page of what was posted in a channel or thread. Raises a PostError."""
        asked: dict[str, Any] = {
            "token": await self.token(workspace),
            "channel": channel,
            "oldest": f"{oldest:.6f}",
            "limit": 200,
            "include_all_metadata": True,
            "cursor": cursor or None,
        }
        if thread:
            request = self.client.conversations_replies(ts=thread, **asked)
        else:
            request = self.client.conversations_history(**asked)
        return await answered(request, bucket=f"{workspace}::conversations.history")

    async def open_view(self, workspace: str, trigger: str, view: dict[str, Any]) -> str:
        """Open a modal and give its id; empty when it is too late for the trigger.

        A trigger that was used has opened this very modal: the answer got lost, or what was asked
        came to another of our processes as well.
        """
        request = self.client.views_open(
            token=await self.token(workspace), trigger_id=trigger, view=view
        )
        try:
            return await self._shown(request)
        except PostError as error:
            return "open" if str(error) == "exchanged_trigger_id" else ""

    async def update_view(self, workspace: str, view_id: str, view: dict[str, Any]) -> bool:
        """Change a modal that is open; False when it was closed."""
        request = self.client.views_update(
            token=await self.token(workspace), view_id=view_id, view=view
        )
        try:
            return bool(await self._shown(request))
        except PostError:
            return False

    async def publish(self, workspace: str, user: str, view: dict[str, Any]) -> None:
        """Show a person's Home. Raises a PostError."""
        request = self.client.views_publish(
            token=await self.token(workspace), user_id=user, view=view
        )
        await answered(request, bucket=f"{workspace}::views.publish")

    async def user(self, workspace: str, user: str) -> dict[str, Any]:
        """Give what Slack knows of a person. Raises a PostError."""
        request = self.client.users_info(
            token=await self.token(workspace), user=user, include_locale=True
        )
        answer = await answered(request, person=True, bucket=f"{workspace}::users.info")
        return dict(answer["user"])

    async def users(self, workspace: str) -> Sequence[dict[str, Any]]:
        """Give what Slack knows of the members of a workspace, the first of many."""
        installed = await self.installation(workspace)
        request = self.client.users_list(
            token=installed.token,
            include_locale=True,
            limit=MEMBERS,
            team_id=None if installed.workspace else workspace,
        )
        answer = await answered(request, bucket=f"{workspace}::users.list")
        return [dict(one) for one in answer["members"]]

    async def channel_info(self, workspace: str, channel: str) -> dict[str, Any]:
        """Give what Slack knows of a channel. Raises a PostError."""
        request = self.client.conversations_info(token=await self.token(workspace), channel=channel)
        answer = await answered(request, bucket=f"{workspace}::conversations.info")
        return dict(answer["channel"])

    async def download(self, workspace: str, url: str) -> bytes | None:
        """Get a file that Slack keeps, as far as it is read; from nowhere else, and None if not."""
        if not url.startswith(self.files_at):
            return None
        headers = {"Authorization": f"Bearer {await self.token(workspace)}"}
        try:
            async with self.session.get(url, headers=headers, allow_redirects=False) as answer:
                return await answer.content.read(MOST + 1) if answer.status == 200 else None
        except (aiohttp.ClientError, TimeoutError) as error:
            log.info("file not read", action="download", error=repr(error))
            return None

    async def find_site(self, workspace: str) -> None:
        """Find out the web address of a workspace, unless it is known. Raises a PostError."""
        if workspace not in self.sites:
            request = self.client.auth_test(token=await self.token(workspace))
            answer = await answered(request, bucket=f"{workspace}::auth.test")
            self.sites[workspace] = str(answer.get("url") or "")

    async def time(self) -> datetime | None:
        """Give the time of Slack's clock, to the second; None without one. Raises a PostError."""
        try:
            await taken(self.client.api_test(), bucket="::api.test")
        except PostError:
            if self.clock.now() is None:
                raise
        return self.clock.now()

    async def _shown(self, request: Any) -> str:
        answer = await answered(request)
        return str(answer["view"]["id"])


def is_person(channel: str) -> bool:
    """Say whether an id is a person's."""
    return channel.startswith(("U", "W"))
