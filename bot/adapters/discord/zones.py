"""Asks people for their time zone once, the first time it matters: Discord does not tell it."""

from collections.abc import Iterable

from bot.adapters.discord.handed import Handed
from bot.calls import Call, Reader
from bot.chat import CommandRef
from bot.commands import Group
from bot.i18n import Text, t
from bot.options import MomentKind


class Zones:
    """Knows where hours are asked for, and who has been asked for a zone already."""

    def __init__(self, handed: Handed) -> None:
        self.handed = handed
        self.timed = timed(handed.groups)

    async def question(self, call: Call, reader: Reader) -> Text | None:
        """Give the question where it is due; it is never due again."""
        if call.command not in self.timed:
            return None
        space, user = call.account.space, call.account.id
        asked = f"zone-asked:{space}:{user}"
        if await self.handed.zone(space, user) or await self.handed.notes.get(asked):
            return None
        await self.handed.notes.put(asked, "yes")
        return t(
            "Discord does not tell me your time zone, so I take the hours you write as being in "
            "{zone}. If you are elsewhere, tell me with {command}. I ask only this once.",
            zone=reader.zone,
            command=CommandRef("me"),
        )


def timed(groups: Iterable[Group]) -> frozenset[str]:
    """Name the commands that ask for a moment."""
    commands = (one for group in groups for one in group.commands.values())
    return frozenset(
        one.name
        for one in commands
        if any(isinstance(argument.kind, MomentKind) for argument in one.arguments)
    )
