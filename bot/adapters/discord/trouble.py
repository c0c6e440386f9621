"""Says what Discord's refusals mean for a message: wait, look first, or give the place up."""

import aiohttp
import discord

from bot.adapters.discord.headers import seconds
from bot.errors import Busy, PersonClosed, PersonLeft, PostError, Refused, TargetLost, Uncertain
from bot.i18n import Text, t

MISSING_RIGHTS = t(
    "I'm not allowed to write in that channel. Open its settings, then its "
    "permissions, and give me “View Channel”, “Send Messages” and “Send "
    "Messages in Threads”."
)
CHANNEL_GONE = t("That channel isn't there any more. Choose another one in the community settings.")
SERVER_GONE = t("I'm not in that server any more. Somebody who manages it can invite me again.")

# Discord, “Opcodes and Status Codes”, JSON error codes
UNKNOWN_CHANNEL, UNKNOWN_MESSAGE, UNKNOWN_USER = 10003, 10008, 10013
UNKNOWN_MEMBER = 10007
NO_ACCESS, NO_PERMISSION = 50001, 50013
ARCHIVED, LOCKED = 50083, 160005
LOST = {
    10001: SERVER_GONE,  # account
    UNKNOWN_CHANNEL: CHANNEL_GONE,
    10004: SERVER_GONE,  # guild
    NO_ACCESS: MISSING_RIGHTS,
    50008: CHANNEL_GONE,  # no text can be sent there
    NO_PERMISSION: MISSING_RIGHTS,
    50024: CHANNEL_GONE,  # not that kind of channel
    ARCHIVED: CHANNEL_GONE,
    LOCKED: CHANNEL_GONE,
}
CLOSED = {UNKNOWN_USER, 50007}
LEFT = 50278
"""No server is shared with them any more."""
WAIT = {20016, 20022, 20028, 20029, 30046, 40062, 130000}
"""The slow mode of a channel, limits of writing and editing, and an overloaded Discord."""
THREAD_LOST = {UNKNOWN_CHANNEL, NO_ACCESS, NO_PERMISSION, ARCHIVED, LOCKED}
TROUBLES = (discord.DiscordException, aiohttp.ClientError, OSError)
PAUSE = 30.0


def post_error(error: BaseException, bucket: str) -> PostError:
    """Say what an error of discord.py or of the connection means; `bucket` is what has to wait.

    An empty bucket has everything wait.
    """
    match error:
        case PostError():
            return error
        case discord.RateLimited():
            return Busy(error.retry_after, bucket)
        case discord.HTTPException():
            return _answered(error, bucket)
        case aiohttp.ClientConnectorError():
            return Busy(PAUSE)
        case discord.DiscordException():
            return Busy(PAUSE)
    return Uncertain(type(error).__name__)


def _answered(error: discord.HTTPException, bucket: str) -> PostError:
    words = f"{error.status} {error.code} {error.text}"[:300]
    if error.status == 429:
        return Busy(_patience(error), bucket)
    if error.code in WAIT:
        return Busy(_patience(error), bucket)
    if error.code == LEFT:
        return PersonLeft(words)
    if error.code in CLOSED:
        return PersonClosed(words)
    if error.code in LOST:
        return TargetLost(str(error.code), LOST[error.code])
    return _by_status(error.status, words)


def _by_status(status: int, words: str) -> PostError:
    if status >= 500:
        return Uncertain(words)
    if status == 401:
        return Busy(10 * PAUSE)
    if status == 403:
        return TargetLost(words, MISSING_RIGHTS)
    return Refused(words)


def _patience(error: discord.HTTPException) -> float:
    return seconds(error.response.headers.get("Retry-After") or "", PAUSE)


def mend(error: BaseException) -> Text | None:
    """Say what to do about an error that ends the connection for good; None for any other."""
    if isinstance(error, discord.LoginFailure) or getattr(error, "code", 0) == 4004:
        return t(
            "Discord doesn't know this token. Open your application on "
            "discord.com/developers/applications, choose “Bot”, then “Reset Token”, "
            "and put the new one in the settings as discord.token."
        )
    if isinstance(error, discord.PrivilegedIntentsRequired):
        return t(
            "Discord refuses the intents I ask for. None of them is privileged, so "
            "this token may belong to an application that's under review. Look under "
            "“Bot” in that application."
        )
    return _of_gateway(getattr(error, "code", 0)) if _ends(error) else None


def _ends(error: BaseException) -> bool:
    return isinstance(error, discord.ConnectionClosed)


def _of_gateway(code: int) -> Text:
    if code in (4010, 4011):
        return t(
            "Discord refuses these shards. Check shard_ids and shard_count in the "
            "settings, or take both out: I'll then ask Discord how many I need."
        )
    return t("Discord closed the connection for good, with code {code}.", code=str(code))
