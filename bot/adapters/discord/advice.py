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
            "I'm not allowed to show sessions among this server's events. I announce them "
            "all the same. To have them there, open the server's settings, then “Roles”, "
            "choose my role and switch on “Create Events”."
        ),
    ),
    **dict.fromkeys(
        ((about, code) for about in (THREADS, IN_THREADS) for code in RIGHTS),
        t(
            "I'm not allowed to open threads under announcements or to write in them, so "
            "reminders go in the channel itself. To have them in threads, open the channel's "
            "settings, then its permissions, and give me “Create Public Threads” and “Send "
            "Messages in Threads”."
        ),
    ),
    (EVENTS, TOO_MANY_EVENTS): t(
        "This server has 100 events, the most Discord allows. I'm "
        "announcing new sessions, but they won't be among the "
        "events until some of the old ones end or are deleted."
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
