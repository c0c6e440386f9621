"""Tells coordinators what to do where Discord leaves something out that people would miss."""

import discord

from bot.adapters.discord.dependencies import Dependencies
from bot.adapters.discord.trouble import NO_ACCESS, NO_PERMISSION
from bot.i18n import Text, t

EVENTS, THREADS, IN_THREADS = "events", "threads", "in-threads"
TOO_MANY_EVENTS = 30038
RIGHTS = (NO_ACCESS, NO_PERMISSION)
ADVICE: dict[tuple[str, int], Text] = {
    **dict.fromkeys(
        ((EVENTS, code) for code in RIGHTS),
        t(
            "I may not show sessions among the events of this server. They are announced all the "
            "same. To have them there, open the settings of the server, then “Roles”, choose my "
            "role and switch on “Create Events”."
        ),
    ),
    **dict.fromkeys(
        ((about, code) for about in (THREADS, IN_THREADS) for code in RIGHTS),
        t(
            "I may not open threads beneath announcements, or not write there, so reminders stand "
            "in the channel itself. To have them in threads, open the settings of the channel, "
            "then its permissions, and give me “Create Public Threads” and “Send Messages in "
            "Threads”."
        ),
    ),
    (EVENTS, TOO_MANY_EVENTS): t(
        "This server has a hundred events, which is all Discord takes. New sessions are announced, "
        "but are not among the events until some of the old ones are ended or deleted."
    ),
}


class ServerAdvice:
    """Gives each piece of advice once in a server, and again only when it was followed between."""

    def __init__(self, core: Dependencies) -> None:
        self.core = core

    async def give(self, workspace: str, about: str, error: BaseException) -> None:
        """Tell the coordinators what to do about a refusal, where they can do something."""
        code = error.code if isinstance(error, discord.HTTPException) else 0
        words = ADVICE.get((about, code))
        if words is None or await self.core.notes.get(_name(workspace, about)) == str(code):
            return
        await self.core.notes.put(_name(workspace, about), str(code))
        await self.core.advise(workspace, words)

    async def mended(self, workspace: str, about: str) -> None:
        """Note that it works; the next refusal is told again."""
        if await self.core.notes.get(_name(workspace, about)):
            await self.core.notes.put(_name(workspace, about), "")


def _name(workspace: str, about: str) -> str:
    return f"advised:{workspace}:{about}"
