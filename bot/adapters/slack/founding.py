"""Finds out where and in which language most of a workspace live, for a community founded there."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import structlog

from bot.adapters.slack.people import SlackPerson, read
from bot.background import aside
from bot.errors import PostError

log = structlog.get_logger()

PATIENCE = 1.5  # seconds: whoever types first waits for it
LivedIn = Callable[[str], Awaitable[bool]]


class Usual(NamedTuple):
    """The zone and the language of most members of a workspace; nothing where that is unknown."""

    zone: str = ""
    locale: str = ""


class Founding:
    """Asks Slack once for the members of a workspace in which no community lives yet."""

    def __init__(
        self,
        members: Callable[[str], Awaitable[Sequence[Mapping[str, Any]]]],
        lived_in: LivedIn,
    ) -> None:
        self.members = members
        self.lived_in = lived_in
        self.patience = PATIENCE
        self._founded: set[str] = set()
        self._asked: dict[str, asyncio.Future[Sequence[SlackPerson]]] = {}

    async def usual(self, workspace: str, first: SlackPerson) -> Usual:
        """Say what is usual where a community is about to be founded, by a `first` person."""
        if workspace in self._founded:
            return Usual()
        if await self.lived_in(workspace):
            self._founded.add(workspace)
            self._asked.pop(workspace, None)
            return Usual()
        if workspace not in self._asked:
            self._asked[workspace] = aside(self._people(workspace), "users.list")
        done, _ = await asyncio.wait({self._asked[workspace]}, timeout=self.patience)
        people = self._asked[workspace].result() if done else ()
        return Usual(
            _most((one.zone for one in people), first.zone),
            _most((_language(one) for one in people), _language(first)),
        )

    async def _people(self, workspace: str) -> Sequence[SlackPerson]:
        try:
            listed = await self.members(workspace)
        except PostError as error:
            log.warning("members unknown", action="users.list", error=repr(error))
            return ()
        people = [read(user) for user in listed if not user.get("is_stranger")]
        return [one for one in people if not one.machine]


def _language(person: SlackPerson) -> str:
    return person.locale.partition("-")[0]


def _most(values: Iterable[str], own: str) -> str:
    """Give what most have; among equals what the first person has."""
    counts = Counter(value for value in values if value)
    most = max(counts.values(), default=0)
    if not counts or counts[own] == most:
        return own
    return counts.most_common(1)[0][0]
