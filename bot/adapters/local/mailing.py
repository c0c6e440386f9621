"""Shows what is mailed to people of the local chat who have an address and no chat account."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from bot.adapters.local.kept import Somebody
from bot.adapters.local.platform import NOT_HERE, LocalPlatform
from bot.chat import Account, Message, MessageRef, Place
from bot.errors import MessageGone, TargetLost
from bot.i18n import Text
from bot.protocol import Reader, Target


class LocalMail:
    """Stands for the adapter that sends mail: each mail is a message in the same window.

    Whoever has not joined yet sees theirs when they do.
    """

    name = "mail"
    gap = 0.0
    edits = finds = gathers = founds = False

    def __init__(self, platform: LocalPlatform) -> None:
        self.platform = platform

    async def start(self, listen: bool = True) -> None:
        """Need nothing."""

    async def stop(self) -> None:
        """Leave nothing."""

    async def post(self, target: Target, message: Message, reader: Reader, key: str) -> MessageRef:
        """Show a message to whoever has an address. Raises TargetLost for a channel."""
        if not isinstance(target, Account):
            raise TargetLost("not_found", NOT_HERE)
        reached = mailed(self.platform.people, target)
        here = replace(target, platform=self.platform.name, workspace=self.platform.usual)
        if reached is not None:
            here = replace(here, workspace=reached.workspace, id=reached.name)
        return await self.platform.post(here, message, reader, key)

    async def edit(self, ref: MessageRef, message: Message, reader: Reader) -> None:
        """Change nothing: a mail stays as it is. Raises MessageGone."""
        raise MessageGone(ref.id)

    async def find(self, target: Target, key: str, since: datetime) -> MessageRef | None:
        """Find nothing: nobody can look into the mail of others."""
        return None

    async def obstacle(self, place: Place) -> Text | None:
        """Say that there are no channels."""
        return NOT_HERE

    async def time(self) -> datetime | None:
        """Have no clock."""
        return None


def mailed(people: Mapping[str, Somebody], account: Account) -> Somebody | None:
    """Find who has an address, in the mail of a community."""
    wanted = (account.workspace, account.id)
    return next((one for one in people.values() if (one.mailed_by, one.mail) == wanted), None)


def hand_over(platform: LocalPlatform, who: Somebody) -> None:
    """Give somebody who joins what was mailed to their address before."""
    for posted in [*platform.messages.values()]:
        if who.mail and posted.person == who.mail:
            theirs = replace(posted, person=who.name)
            platform.messages[posted.id] = theirs
            platform.keep(f"message:{posted.id}", theirs)
