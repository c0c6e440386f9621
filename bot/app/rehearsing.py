"""Rehearses what is to come on a copy of a backup: all that would be sent is shown, to nobody."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

from bot.adapters.local import LocalPlatform
from bot.adapters.local.elsewhere import LOCAL, Home
from bot.adapters.local.kept import MAIL, USUAL, Somebody, handle, parted
from bot.app import CannotStart
from bot.app.backup import bring_into
from bot.app.local import LocalChat
from bot.app.platforms import PLATFORMS
from bot.chat import Account, Place
from storage import Storage, Transaction
from storage.community import Channel, Post
from storage.people import KnownAccount, Member
from storage.rehearsal import channels, direct, members

UNFIT = re.compile(r"""[\s:"“”«»#@=<>|/]+""")
"""What cannot be in a name that is typed in a line."""


def open_copy(file: Path) -> tuple[Storage, datetime]:
    """Copy a backup into memory, where nothing is left of it; gives the moment it was made.

    Raises CannotStart.
    """
    storage = Storage("sqlite://")
    try:
        return storage, bring_into(storage, file)
    except CannotStart:
        storage.close()
        raise


def rehearse(chat: LocalChat, opened: Transaction) -> None:
    """Have everybody and all channels of a copy be in a chat, which stands for their platforms."""
    chat.copied_at = chat.clock.now()
    known = {one.platform for member in members(opened.db) for one in member.accounts}
    known |= {one.platform for one in channels(opened.db)}
    chat.stand_for(name for name in PLATFORMS if name in known)
    Cast(chat.platform, opened).let_in()


class Cast:
    """Those who are in a rehearsal, from the records of a copy."""

    def __init__(self, platform: LocalPlatform, opened: Transaction) -> None:
        self.platform = platform
        self.elsewhere = platform.elsewhere
        self.members = members(opened.db)
        self.channels = [one for one in channels(opened.db) if one.platform not in (LOCAL, MAIL)]
        self.posts: Sequence[Post] = direct(opened.db)
        self.workspaces: dict[Home, str] = {}

    def let_in(self) -> None:
        """Let them in."""
        self._name_workspaces()
        for channel in self.channels:
            self._open(channel)
        for member in self.members:
            for known in self._accounts(member):
                self._meet(member, known)
        self._know_direct()
        self.elsewhere.first = next(iter(self.platform.people), "")
        self.elsewhere.where = next((f"#{one.channel}" for one in self._channels()), "")

    def _channels(self) -> Iterator[Place]:
        """Go through the channels of where one is at first."""
        workspace = parted(self.elsewhere.first)[1]
        return (one for one in self.platform.channels.values() if one.workspace == workspace)

    def _accounts(self, member: Member) -> Iterator[KnownAccount]:
        """Go through the accounts by which somebody is reached elsewhere."""
        for known in member.accounts:
            if known.platform in PLATFORMS and known.left_at is None:
                yield known

    def _name_workspaces(self) -> None:
        """Call the largest one as if it was the only one, and others by their platforms."""
        known = [one for member in self.members for one in self._accounts(member)]
        counts = Counter((one.platform, one.workspace) for one in known if one.platform != MAIL)
        counts.update({(one.platform, one.workspace): 0 for one in self.channels})
        free = [] if self.platform.people else [USUAL]
        for home, _ in counts.most_common():
            platform = home[0]
            free = free or [platform, *(f"{platform}-{n}" for n in range(2, len(counts) + 2))]
            name = next(one for one in free if one not in self.elsewhere.homes)
            self.workspaces[home], self.elsewhere.homes[name], free = name, home, []

    def _open(self, channel: Channel) -> None:
        workspace = self.workspaces[channel.platform, channel.workspace]
        name = UNFIT.sub("-", channel.name or channel.channel)
        if handle(name, workspace) in self.platform.channels:
            name = channel.channel
        here = self.platform.channel(name, workspace=workspace)
        there = Place(channel.platform, channel.workspace, channel.channel, channel.name)
        self.elsewhere.channels[handle(here.channel, workspace)] = there

    def _meet(self, member: Member, known: KnownAccount) -> None:
        """Let somebody in as one platform knows them."""
        account, home = _account(known), member.community
        workspace = self.workspaces.get((known.platform, known.workspace), USUAL)
        who = Somebody(
            name=self._free(UNFIT.sub("-", member.name).strip("-"), known, workspace),
            zone=member.effective_zone or home.zone,
            locale=member.effective_locale or home.locale,
            workspace=workspace,
            elsewhere=account,
        )
        self.platform.meet(who)
        self.elsewhere.names[account] = who.name

    def _free(self, name: str, known: KnownAccount, workspace: str) -> str:
        """Give a name that nobody has in a workspace."""
        wanted = (name, f"{name}-{known.platform}", known.account, str(known.id))
        people = self.platform.people
        return next(one for one in wanted if one and handle(one, workspace) not in people)

    def _know_direct(self) -> None:
        """Know whose the direct messages are that were posted."""
        by_id = {member.id: member for member in self.members}
        for post in self.posts:
            member = by_id.get(post.member_id or 0)
            for known in self._accounts(member) if member else ():
                if (known.platform, known.workspace) == (post.platform, post.workspace):
                    where = (post.platform, post.workspace, post.channel)
                    self.elsewhere.direct[where] = _account(known)


def _account(known: KnownAccount) -> Account:
    return Account(known.platform, known.workspace, known.account)
