"""Shows here what other platforms would deliver, and takes it as if they had."""

from dataclasses import replace
from datetime import UTC, datetime

from bot.adapters.local.kept import MAIL, Somebody, handle
from bot.adapters.local.platform import NOT_HERE, LocalPlatform
from bot.chat import Account, Message, MessageRef, Place
from bot.errors import MessageGone, TargetLost
from bot.i18n import Text
from bot.protocol import Reader, Target

EVER = datetime.min.replace(tzinfo=UTC)


class StandIn:
    """Stands for the adapter of another platform: each message appears in the same window.

    Whoever is not here yet sees theirs when they join. Mail has no channels, and stays as it is.
    """

    gap = 0.0

    def __init__(self, platform: LocalPlatform, name: str) -> None:
        self.platform = platform
        self.name = name
        self.edits = self.finds = self.gathers = self.founds = name != MAIL

    async def start(self, listen: bool = True) -> None:
        """Need nothing."""

    async def stop(self) -> None:
        """Leave nothing."""

    async def post(self, target: Target, message: Message, reader: Reader, key: str) -> MessageRef:
        """Show a message where it would arrive. Raises TargetLost."""
        elsewhere = self.platform.elsewhere
        posted = await self.platform.post(self._here(target), message, reader, key)
        return elsewhere.ref(posted, target)

    async def edit(self, ref: MessageRef, message: Message, reader: Reader) -> None:
        """Show a message in the place of another, or as edited where that one is not shown here.

        Raises MessageGone where nobody knows whose it was, and for every mail.
        """
        if ref.id in self.platform.messages:
            await self.platform.edit(ref, message, reader)
            return
        here = self._whose(ref)
        if here is None:
            raise MessageGone(ref.id)
        first = await self.platform.find(here, ref.id, EVER)
        if first is not None:
            await self.platform.edit(first, message, reader)
        else:
            await self._show_edited(here, message, reader, ref.id)

    async def _show_edited(self, here: Target, message: Message, reader: Reader, key: str) -> None:
        platform = self.platform
        ref = await platform.post(here, message, reader, key)
        platform.messages[ref.id] = replace(platform.messages[ref.id], edited=True)
        platform.keep(f"message:{ref.id}", platform.messages[ref.id])

    async def find(self, target: Target, key: str, since: datetime) -> MessageRef | None:
        """Find what was shown here; nobody can look into the mail of others."""
        found = await self.platform.find(self._here(target), key, since) if self.finds else None
        return found and self.platform.elsewhere.ref(found, target)

    async def obstacle(self, place: Place) -> Text | None:
        """Say that a channel is not there."""
        here = self.platform.elsewhere.here(place)
        if not self.gathers or isinstance(here, Account):
            return NOT_HERE
        return await self.platform.obstacle(here)

    async def time(self) -> datetime | None:
        """Have no clock."""
        return None

    def _here(self, target: Target) -> Target:
        if isinstance(target, Place) and not self.gathers:
            raise TargetLost("not_found", NOT_HERE)
        return self.platform.elsewhere.here(target)

    def _whose(self, ref: MessageRef) -> Target | None:
        """Find where a message would be that stands on its own platform; None: nobody knows."""
        here = self.platform.elsewhere.here(ref.place)
        if (
            isinstance(here, Place)
            and handle(here.channel, here.workspace) not in self.platform.channels
        ):
            return None
        return here if self.edits else None


def hand_over(platform: LocalPlatform, who: Somebody) -> None:
    """Give somebody who joins what was mailed to their address before."""
    for posted in [*platform.messages.values()]:
        if who.mail and posted.person == who.mail:
            theirs = replace(posted, person=who.name)
            platform.messages[posted.id] = theirs
            platform.keep(f"message:{posted.id}", theirs)
