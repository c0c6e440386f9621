"""Remembers what Slack says of people: their name, language, time zone and standing."""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from time import monotonic
from typing import Any, Literal

import structlog

from bot.background import aside
from bot.errors import PostError
from bot.moments import known_zones

log = structlog.get_logger()

MOST = 20_000
FRESH = 900.0  # seconds; of what changes, Slack tells one of our processes only
PATIENCE = 1.0  # seconds: a call is answered without a name rather than late


@dataclass(frozen=True, slots=True)
class SlackPerson:
    """What Slack says of a person; `role` is what it vouches for.

    `workspaces` are the workspaces of an organisation they are in, for those of one. Who is not
    `known` is somebody of whom Slack said nothing in time.
    """

    name: str = ""
    locale: str = ""
    zone: str = ""
    role: Literal["", "coordinator"] = ""
    machine: bool = False
    known: bool = True
    workspaces: frozenset[str] = frozenset()

    def is_in(self, workspace: str) -> bool:
        """Say whether they are in a workspace, as far as Slack says."""
        return not self.workspaces or workspace in self.workspaces


NOBODY = SlackPerson(known=False)


def read(user: Mapping[str, Any]) -> SlackPerson:
    """Read what users.info or user_change says of a person.

    Those who administer the workspace are coordinators at first; guests and people from connected
    workspaces never are, whatever they are at home.
    """
    profile = user.get("profile") or {}
    names = (profile.get("display_name"), profile.get("real_name"), user.get("real_name"))
    guest = any(user.get(mark) for mark in ("is_restricted", "is_ultra_restricted", "is_stranger"))
    admin = any(user.get(mark) for mark in ("is_admin", "is_owner", "is_primary_owner"))
    return SlackPerson(
        name=next((name for name in names if name), str(user.get("name") or "")),
        locale=str(user.get("locale") or ""),
        # Slack may know zones that we do not, which would be of no use.
        zone=zone if (zone := str(user.get("tz") or "")) in known_zones() else "",
        role="coordinator" if admin and not guest else "",
        machine=bool(user.get("is_bot") or user.get("deleted") or user.get("id") == "USLACKBOT"),
        workspaces=frozenset((user.get("enterprise_user") or {}).get("teams") or ()),
    )


@dataclass(frozen=True, slots=True)
class _KnownPerson:
    somebody: SlackPerson
    at: float


class People:
    """Who is who, asked and remembered for a while, or until Slack says that it changed."""

    def __init__(
        self,
        ask: Callable[[str, str], Awaitable[Mapping[str, Any]]],
        clock: Callable[[], float] = monotonic,
    ) -> None:
        self.ask = ask
        self.clock = clock
        self.patience = PATIENCE
        self._known: OrderedDict[tuple[str, str], _KnownPerson] = OrderedDict()

    async def get(self, workspace: str, id: str) -> SlackPerson:
        """Give somebody; when Slack cannot say who it is, as before, or without a name."""
        known = self._known.get((workspace, id))
        if known is not None and self.clock() - known.at < FRESH:
            self._known.move_to_end((workspace, id))
            return known.somebody
        asked = aside(self._asked(workspace, id), "users.info")
        done, _ = await asyncio.wait({asked}, timeout=self.patience)
        found = asked.result() if done else None
        if found is not None:
            return found
        if known is None:
            return NOBODY
        self.learn(workspace, id, known.somebody)
        return known.somebody

    async def _asked(self, workspace: str, id: str) -> SlackPerson | None:
        """Ask who somebody is; what comes too late for this call is there for the next."""
        try:
            somebody = read(await self.ask(workspace, id))
        except PostError as error:
            log.warning("person unknown", action="users.info", error=repr(error))
            return None
        self.learn(workspace, id, somebody)
        return somebody

    def learn(self, workspace: str, id: str, somebody: SlackPerson) -> None:
        """Remember somebody, and let go of who was asked for longest ago."""
        self._known[workspace, id] = _KnownPerson(somebody, self.clock())
        self._known.move_to_end((workspace, id))
        while len(self._known) > MOST:
            self._known.popitem(last=False)

    def forget(self, workspace: str, id: str) -> None:
        """Ask anew the next time."""
        self._known.pop((workspace, id), None)
