"""Is what a Slack workspace holds: people, channels, messages, modals, Homes, files."""

import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Any

BOT = "U0BOT"
TEAM = "T0HOME"
SCOPES = frozenset(
    [
        "app_mentions:read",
        "channels:history",
        "channels:read",
        "chat:write",
        "commands",
        "files:read",
        "files:write",
        "groups:history",
        "groups:read",
        "im:history",
        "im:write",
        "users:read",
    ]
)
TRIGGER_SECONDS = 3.0
RESPONSES, RESPONSE_SECONDS = 5, 1800.0


class Refusal(Exception):
    """What Slack answers with `ok: false`."""


@dataclass
class FakeChannel:
    """A channel of a workspace, shared with others; `bot` says whether the bot is in it."""

    id: str
    name: str
    bot: bool = True
    archived: bool = False
    private: bool = False
    members: set[str] = field(default_factory=set)
    host: str = TEAM
    shared: Sequence[str] = ()

    def described(self) -> dict[str, Any]:
        """Describe it as `conversations.info` does."""
        teams = [self.host, *self.shared]
        info = {"id": self.id, "name": self.name, "is_private": self.private, "is_channel": True}
        info["is_member"] = self.bot
        hosted = {"conversation_host_id": self.host} if self.shared else {}
        info |= {"is_archived": self.archived, "is_shared": bool(self.shared), **hosted}
        return info | {"context_team_id": self.host, "shared_team_ids": teams}


@dataclass
class FakeMessage:
    """A message; `only` is who alone sees it."""

    channel: str
    ts: str
    text: str
    blocks: list[dict[str, Any]]
    user: str = BOT
    only: str = ""
    thread: str = ""
    metadata: dict[str, Any] | None = None
    files: list[str] = field(default_factory=list)
    edits: int = 0


@dataclass
class Trigger:
    """What opens one modal, soon."""

    user: str
    at: float
    used: bool = False


@dataclass
class Hook:
    """A response_url: where it answers, and how often it was used."""

    channel: str
    user: str
    message: str = ""
    thread: str = ""
    used: int = 0
    at: float = field(default_factory=time.monotonic)


@dataclass
class Mishap:
    """Something that goes wrong once: an error, a status, or a dropped connection."""

    error: str = ""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    accepts: bool = False
    drops: bool = False
    delay: float = 0.0


class State:
    """One workspace. Tests set it up and look into it directly."""

    def __init__(self) -> None:
        self.team = TEAM
        self.organisation = ""  # whose token reaches channels of all its workspaces
        self.token = "xoxb-home"
        self.app_token = "xapp-home"
        self.secret = "shush"
        self.revoked = ""
        self.scopes = set(SCOPES)
        self.users: dict[str, dict[str, Any]] = {}
        self.channels: dict[str, FakeChannel] = {}
        self.messages: list[FakeMessage] = []
        self.views: dict[str, dict[str, Any]] = {}
        self.open: dict[str, str] = {}
        self.homes: dict[str, dict[str, Any]] = {}
        self.files: dict[str, dict[str, Any]] = {}
        self.triggers: dict[str, Trigger] = {}
        self.hooks: dict[str, Hook] = {}
        self.mishaps: defaultdict[str, list[Mishap]] = defaultdict(list)
        self.asked: list[tuple[str, dict[str, Any]]] = []
        self.complaints: list[str] = []
        self.tickets: set[str] = set()
        self.hides_history = False
        self._numbers = count(1)

    @property
    def of(self) -> dict[str, Any]:
        """Say beside a workspace of which organisation it is."""
        return {"enterprise_id": self.organisation} if self.organisation else {}

    def number(self) -> int:
        return next(self._numbers)

    def new_ts(self) -> str:
        return f"{int(time.time())}.{self.number():06d}"

    def person(self, id: str, name: str, **more: Any) -> str:
        """Let somebody in."""
        self.users[id] = {
            "id": id,
            "team_id": self.team,
            "name": name.lower().split()[0],
            "real_name": name,
            "deleted": False,
            "tz": "Africa/Nairobi",
            "locale": "en-US",
            "is_admin": False,
            "is_bot": False,
            "profile": {"display_name": "", "real_name": name},
        } | more
        return id

    def channel(self, name: str, **more: Any) -> str:
        """Open a channel with everybody in it."""
        id = f"C{self.number():04d}{''.join(filter(str.isalnum, name.upper()))}"
        self.channels[id] = FakeChannel(id, name, members=set(self.users), **more)
        return id

    def direct(self, user: str) -> str:
        """Give the direct messages of the bot with somebody. Raises Refusal."""
        if user not in self.users:
            raise Refusal("user_not_found")
        if self.users[user]["deleted"]:
            raise Refusal("user_disabled")
        id = f"D{user[1:]}"
        self.channels.setdefault(id, FakeChannel(id, "directmessage", members={user}))
        return id

    def where(self, channel: str, *, archived: bool = False) -> FakeChannel:
        """Give a channel that can be posted in, or only looked into. Raises Refusal."""
        found = self.reached(self.direct(channel) if channel[:1] in "UW" else channel)
        if found.archived and not archived:
            raise Refusal("is_archived")
        if not found.bot:
            raise Refusal("not_in_channel")
        return found

    def reached(self, channel: str) -> FakeChannel:
        """Give a channel that the token reaches. Raises Refusal."""
        found = self.channels.get(channel)
        if found is None or (found.private and not found.bot):
            raise Refusal("channel_not_found")
        if not self.organisation and self.team not in (found.host, *found.shared):
            raise Refusal("channel_not_found")
        return found

    def message(self, channel: str, ts: str) -> FakeMessage | None:
        return next((m for m in self.messages if (m.channel, m.ts) == (channel, ts)), None)

    def visible(self, user: str) -> Iterator[FakeMessage]:
        """Go through the messages somebody sees, the newest first."""
        for posted in reversed(self.messages):
            if posted.only in ("", user) and user in self.channels[posted.channel].members:
                yield posted

    def trigger(self, user: str) -> str:
        id = f"{self.number()}.trigger"
        self.triggers[id] = Trigger(user, time.monotonic())
        return id

    def spend(self, id: str) -> str:
        """Use a trigger and give whose it was. Raises Refusal."""
        trigger = self.triggers.get(id)
        if trigger is None:
            raise Refusal("invalid_trigger_id")
        if trigger.used:
            raise Refusal("exchanged_trigger_id")
        if time.monotonic() - trigger.at > TRIGGER_SECONDS:
            raise Refusal("expired_trigger_id")
        trigger.used = True
        return trigger.user
