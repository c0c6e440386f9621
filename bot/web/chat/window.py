"""Says what somebody looks at in the chat, and how its address is written."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from bot.adapters.local import LocalPlatform
from bot.adapters.local.kept import PostedMessage, Somebody
from bot.adapters.local.seat import ME
from bot.protocol import Reader

ALONE = "@"
"""The window in which the bot and somebody are alone."""


@dataclass(frozen=True, slots=True)
class Window:
    """A channel, a thread in it (`general/12`), or `@`, as one person sees it."""

    who: Somebody
    where: str

    @property
    def channel(self) -> str:
        """The channel; `@` where there is none."""
        return self.where.partition("/")[0]

    @property
    def thread(self) -> str:
        """The message below which the thread stands, if it is one."""
        return self.where.partition("/")[2]

    @property
    def name(self) -> str:
        """How a line names it, in which somebody says something."""
        return ALONE if self.where == ALONE else f"#{self.where}"

    @property
    def reader(self) -> Reader:
        """The language and zone of the person."""
        return Reader(self.who.locale or "en", self.who.zone or "UTC")

    @property
    def query(self) -> Mapping[str, str]:
        """How its address names it."""
        return {"as": self.who.handle, "in": self.where}

    def path(self, **more: str) -> str:
        """Give its address, beside that of the chat."""
        return f"?{urlencode({**self.query, **more})}"

    def other(self, **changed: str) -> str:
        """Give the address of another window: of somebody else (`as`) or elsewhere (`in`)."""
        return f"?{urlencode({**self.query, **changed})}"

    def has(self, posted: PostedMessage) -> bool:
        """Say whether a message that the person sees stands in it."""
        if posted.place.channel != self.channel.removeprefix(ALONE):
            return False
        return not self.thread or self.thread in (posted.id, posted.place.thread)


def window_of(platform: LocalPlatform, query: Mapping[str, str]) -> Window | None:
    """Find the window an address means, or the nearest there is; None while nobody is here."""
    people = [one for one in platform.people.values() if not one.gone]
    if not people:
        return None
    named = platform.people.get(query.get("as", ""))
    who = named if named in people else _first(people)
    there = [one.channel for one in channels(platform, who)]
    where, _, thread = query.get("in", "").partition("/")
    if where not in there and where != ALONE:
        return Window(who, there[0] if there else ALONE)
    found = Window(who, f"{where}/{thread}".rstrip("/"))
    shown = any(found.has(posted) for posted in platform.visible(who.handle)) if thread else True
    return found if shown else Window(who, where)


def exactly(platform: LocalPlatform, query: Mapping[str, str]) -> Window | None:
    """Find the window an address means, as somebody who is there and sees it; else None."""
    window = window_of(platform, query)
    meant = {"as": query.get("as"), "in": query.get("in")}
    return window if window and window.query == meant else None


def channels(platform: LocalPlatform, who: Somebody) -> list[Window]:
    """List the channels that somebody sees: those of their workspace, unless they only get mail."""
    if who.mail:
        return []
    here = (one for one in platform.channels.values() if one.workspace == who.workspace)
    return [Window(who, one.channel) for one in here]


def _first(people: Iterable[Somebody]) -> Somebody:
    """Give whom one is at first: the first who is not the one at the terminal."""
    return min(people, key=lambda one: one.handle == ME)
