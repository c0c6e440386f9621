"""Knows to which workspaces a channel belongs, as Slack says, and caches it for some minutes."""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from time import monotonic
from typing import Any

import structlog

from bot.adapters.slack.notes import SlackNotes
from bot.adapters.slack.refusals import ELSEWHERE, INVITE, SOON, UNSCOPED, UNTOLD
from bot.adapters.slack.web import WebApi
from bot.errors import Busy, PostError, TargetLost, Uncertain
from bot.i18n import Text
from bot.protocol import let_go_out

log = structlog.get_logger()

Advise = Callable[[str, Text], Awaitable[None]]
FRESH = 300.0  # seconds
MOST = 5_000
PATIENCE = 10.0  # seconds
AT_ONCE = 1.0  # seconds: a call is passed on without a channel rather than late
EVERYWHERE = "*"


def workspaces(channel: Mapping[str, Any]) -> frozenset[str]:
    """Name the workspaces a channel belongs to: its host and those that accepted to share it.

    In whose context it was asked for tells nothing where there is more to go by.
    """
    lists = ("shared_team_ids", "internal_team_ids", "connected_team_ids")
    ids = {id for name in lists for id in channel.get(name) or ()}
    ids |= {channel.get("conversation_host_id") or ""} - {""}
    everywhere = {EVERYWHERE} if channel.get("is_global_shared") else set()
    return frozenset((ids or {str(channel.get("context_team_id") or "")}) | everywhere)


@dataclass(frozen=True, slots=True)
class _KnownChannel:
    workspaces: frozenset[str] | None  # None: the permission to ask is missing
    at: float


class SlackChannels:
    """The channels of all workspaces; `advise` tells the coordinators of one what to do.

    The token of an organisation reaches the channels of all its workspaces, whose communities are
    strangers to each other. A token of one workspace reaches no others: nothing is asked for it.
    """

    def __init__(
        self, web: WebApi, notes: SlackNotes, advise: Advise, clock: Callable[[], float] = monotonic
    ) -> None:
        self.web = web
        self.notes = notes
        self.advise = advise
        self.clock = clock
        self._known: OrderedDict[tuple[str, str], _KnownChannel] = OrderedDict()

    async def counts(self, workspace: str, channel: str) -> bool:
        """Say whether a channel belongs to a workspace; not while Slack cannot say."""
        try:
            await self.check(workspace, channel, AT_ONCE)
        except PostError as error:
            log.info("channel not taken", action="conversations.info", error=repr(error))
            return False
        return True

    async def check(self, workspace: str, channel: str, patience: float = PATIENCE) -> None:
        """Let only a channel of this workspace pass.

        Raises TargetLost; Busy when Slack does not answer, for nothing was posted yet; Uncertain
        when it is too late to post anything.
        """
        if not (await self.web.installation(workspace)).reaches_others:
            return
        known = await self._workspaces(workspace, channel, patience)
        if known is None:
            if not await self.notes.get(_seen(workspace, channel)):
                raise TargetLost("missing_scope", UNSCOPED)
        elif not known & {workspace, EVERYWHERE}:
            raise TargetLost("elsewhere", ELSEWHERE)

    async def may_count(self, workspace: str, channel: str) -> bool:
        """Say whether something that came from a channel may be of a workspace, as far as we know.

        Note that it came: that is all there is to go by without the permission to ask.
        """
        try:
            if not (await self.web.installation(workspace)).reaches_others:
                return True
            known = await self._workspaces(workspace, channel, AT_ONCE)
        except PostError:
            return True
        if known is None and not await self.notes.get(_seen(workspace, channel)):
            await self.notes.put(_seen(workspace, channel), "seen")
        return known is None or bool(known & {workspace, EVERYWHERE})

    async def obstacle(self, workspace: str, channel: str) -> Text | None:
        """Say why Slack takes no post in a channel; None where it does or does not say."""
        try:
            info = await self.web.channel_info(workspace, channel)
        except TargetLost as lost:
            return None if lost.reason == "missing_scope" else lost.text
        return INVITE if info.get("is_member") is False else None

    async def _workspaces(
        self, workspace: str, channel: str, patience: float
    ) -> frozenset[str] | None:
        """Name the workspaces of a channel; None where Slack does not let us ask."""
        known = self._known.get((workspace, channel))
        if known is not None and self.clock() - known.at < FRESH:
            return known.workspaces
        belongs = await self._ask(workspace, channel, patience)
        self._known[workspace, channel] = _KnownChannel(belongs, self.clock())
        self._known.move_to_end((workspace, channel))
        while len(self._known) > MOST:
            self._known.popitem(last=False)
        if belongs is None and await self.notes.first(f"advised:{workspace}:channels"):
            await self.advise(workspace, UNTOLD)
        return belongs

    async def _ask(self, workspace: str, channel: str, patience: float) -> frozenset[str] | None:
        try:
            async with asyncio.timeout(patience):
                return workspaces(await self.web.channel_info(workspace, channel))
        except TargetLost as lost:
            if lost.reason != "missing_scope":
                raise
            return None
        except (Uncertain, TimeoutError) as error:
            let_go_out()
            raise Busy(SOON) from error


def _seen(workspace: str, channel: str) -> str:
    return f"seen:{workspace}:{channel}"
