"""Looks up whether somebody is still in a server, for which no intent has to be asked."""

import asyncio

import discord
import structlog

from bot.adapters.discord.trouble import TROUBLES
from bot.chat import Account

log = structlog.get_logger()
UNKNOWN = {10007, 10013}
"""The codes by which Discord says that it knows no such member, or no such user."""
AT_MOST = 5.0
"""Seconds a look-up may take: what it is asked for goes out all the same."""


async def is_there(client: discord.Client, account: Account) -> bool:
    """Say whether somebody is in their server; when Discord does not say, they are."""
    try:
        async with asyncio.timeout(AT_MOST):
            await client.http.get_member(int(account.workspace), int(account.id))
    except (*TROUBLES, ValueError) as error:
        log.info("looked up", action="get_member", error=str(error)[:200])
        return getattr(error, "code", 0) not in UNKNOWN
    return True
