"""Knows what people, channels and workspaces that are shown here are called elsewhere."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from bot.adapters.local.kept import MAIL, USUAL, Somebody, handle
from bot.chat import Account, MessageRef, Place
from bot.protocol import Call, Target

LOCAL = "local"
MENTION = re.compile(r"<(?P<sign>[@#])(?P<name>[^<>|\s]+)(?=[|>])")
Home = tuple[str, str]
"""A platform, and a workspace of it."""


@dataclass(slots=True)
class Elsewhere:
    """What stands here for other platforms; nothing does, until it is filled.

    `homes` and `channels` are by what they are called here, `direct` names whose direct messages
    stand in a channel, `names` who has an account that was known before. `first` and `where` are
    who one is at first, and where.
    """

    people: Mapping[str, Somebody]
    homes: dict[str, Home] = field(default_factory=dict)
    channels: dict[str, Place] = field(default_factory=dict)
    direct: dict[tuple[str, str, str], Account] = field(default_factory=dict)
    names: dict[Account, str] = field(default_factory=dict)
    first: str = ""
    where: str = ""

    def account(self, who: Somebody) -> Account | None:
        """Give the account somebody gets who joins a workspace that is elsewhere."""
        home = self.homes.get(who.workspace)
        return Account(*home, who.name) if home else None

    def there(self, call: Call) -> Call:
        """Give a call as the platform would pass it on on which the caller is known."""
        here, home = call.place, self.homes.get(call.place.workspace)
        if home is None:
            return call
        place = self.channels.get(handle(here.channel, here.workspace))
        place = place or Place(*home, here.channel, here.name)
        known = call.account in self.names  # of whom the platform has nothing new to say
        return replace(
            call,
            place=replace(place, thread=here.thread),
            words=self._named(call.words, here.workspace),
            args={name: self._named(raw, here.workspace) for name, raw in call.args.items()},
            vouched={self._id(id, here.workspace): name for id, name in call.vouched.items()},
            name="" if known else call.name,
            locale="" if known else call.locale,
            zone="" if known else call.zone,
        )

    def here(self, target: Target) -> Target:
        """Give where somebody or a channel of elsewhere is here."""
        usual = self._workspace(target.platform, target.workspace)
        if isinstance(target, Account):
            called = (one for one in self.people.values() if one.elsewhere == target)
            who = next(called, Somebody(target.id, workspace=usual))
            return Account(LOCAL, who.workspace, who.name)
        if whose := self.direct.get((target.platform, target.workspace, target.channel)):
            return self.here(whose)
        plain = replace(target, thread="", name="")
        found = (name for name, one in self.channels.items() if replace(one, name="") == plain)
        channel = next(found, target.channel).partition("/")[0]
        return Place(LOCAL, usual, channel, channel, target.thread)

    def ref(self, posted: MessageRef, target: Target) -> MessageRef:
        """Give where a message stands, as its platform would tell it."""
        home = {"platform": target.platform, "workspace": target.workspace}
        if isinstance(target, Place):
            home |= {"channel": target.channel, "name": target.name}
        return replace(posted, place=replace(posted.place, **home))

    def _workspace(self, platform: str, workspace: str) -> str:
        """Name a workspace as it is called here; mail is where one usually is."""
        named = (name for name, one in self.homes.items() if one == (platform, workspace))
        return next(named, USUAL if platform == MAIL else workspace)

    def _named(self, words: str, workspace: str) -> str:
        """Write the mentions in words as they are written elsewhere."""
        return MENTION.sub(lambda found: f"<{self._id(found[0][1:], workspace)}", words)

    def _id(self, mentioned: str, workspace: str) -> str:
        """Give the `@id` or `#id` of who or what is mentioned, as it is elsewhere."""
        sign, known = mentioned[:1], handle(mentioned[1:], workspace)
        who, place = self.people.get(known), self.channels.get(known)
        if sign == "@" and who and who.elsewhere:
            return f"@{who.elsewhere.id}"
        return f"#{place.channel}" if sign == "#" and place else mentioned
