"""Maps what Slack refuses, and what goes wrong on the way, to the errors all platforms share."""

from collections.abc import Awaitable, Iterable
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.chat import File
from bot.errors import (
    Busy,
    MessageGone,
    PersonClosed,
    PostError,
    Refused,
    TargetLost,
    Uncertain,
)
from bot.i18n import Text, t

SOON, LATER = 5.0, 30.0

INVITE = t("I'm not in that channel. Please invite me there with /invite and my name.")
GONE = t("I can't see that channel. It was deleted, or it's private and I'm not in it.")
ARCHIVED = t("That channel is archived. Please choose another one, or unarchive it.")
LOCKED_OUT = t("Slack doesn't let me into this workspace any more. Please install me again.")
FORBIDDEN = t("Slack doesn't let me post there. A Slack admin can change that.")
UNSCOPED = t(
    "I'm missing a permission that Slack requires. Please install me again with all permissions."
)
ELSEWHERE = t("That channel belongs to another workspace. Please choose one from this community.")
UNTOLD = t(
    "Slack doesn't let me see which workspace a channel belongs to. Until you "
    "install me again with all permissions, I only know channels where somebody "
    "here has used a command."
)

WAITED = t("Slack asked me to wait too long.")
UNANSWERED = t("Slack didn't tell me in time whether it worked.")
REFUSED = t("Slack didn't accept it.")

LOST: dict[str, Text] = {
    "not_in_channel": INVITE,
    "channel_not_found": GONE,
    "is_archived": ARCHIVED,
    "account_inactive": LOCKED_OUT,
    "token_revoked": LOCKED_OUT,
    "token_expired": LOCKED_OUT,
    "invalid_auth": LOCKED_OUT,
    "not_authed": LOCKED_OUT,
    "not_allowed_token_type": LOCKED_OUT,
    "app_uninstalled": LOCKED_OUT,
    "org_login_required": LOCKED_OUT,
    "team_access_not_granted": LOCKED_OUT,
    "enterprise_is_restricted": FORBIDDEN,
    "ekm_access_denied": FORBIDDEN,
    "access_denied": FORBIDDEN,
    "no_permission": FORBIDDEN,
    "restricted_action": FORBIDDEN,
    "restricted_action_read_only_channel": FORBIDDEN,
    "restricted_action_thread_only_channel": FORBIDDEN,
    "restricted_action_non_threadable_channel": FORBIDDEN,
    "restricted_action_thread_locked": FORBIDDEN,
    "slack_connect_canvas_sharing_blocked": FORBIDDEN,
    "slack_connect_file_link_sharing_blocked": FORBIDDEN,
    "missing_scope": UNSCOPED,
}
OUT = frozenset(
    {"not_installed", *(name for name, words in LOST.items() if words in (LOCKED_OUT, UNSCOPED))}
)
"""Reasons that are over when the app is let in again."""

CLOSED = frozenset(
    {
        "cannot_dm_bot",
        "channel_not_found",
        "invalid_users",
        "is_archived",
        "is_inactive",
        "messages_tab_disabled",
        "not_in_channel",
        "user_disabled",
        "user_not_found",
        "user_not_visible",
    }
)

WAIT: dict[str, float] = {
    "rate_limited": LATER,
    "ratelimited": LATER,
    "message_limit_exceeded": 3600.0,
    "request_timeout": SOON,
    "service_unavailable": LATER,
    "team_added_to_org": 600.0,
    "accesslimited": LATER,
}

MISSING = frozenset({"message_not_found", "thread_not_found"})
"""What Slack says of a message that somebody deleted, and of the thread beneath it."""
OPEN = frozenset({"fatal_error", "internal_error", "timeout"})

# What is wrong with the message itself, or with the way it was asked: asking again would not help.
WRONG = frozenset(
    {
        "as_user_not_supported",
        "cannot_reply_to_message",
        "cant_delete_message",
        "cant_update_message",
        "compliance_exports_prevent_deletion",
        "duplicate_channel_not_found",
        "duplicate_message_not_found",
        "edit_window_closed",
        "invalid_arg_name",
        "invalid_arguments",
        "invalid_array_arg",
        "invalid_attachments",
        "invalid_blocks",
        "invalid_blocks_format",
        "invalid_charset",
        "invalid_form_data",
        "invalid_json",
        "invalid_metadata_format",
        "invalid_metadata_schema",
        "invalid_post_type",
        "invalid_ts_latest",
        "invalid_ts_oldest",
        "is_inactive",
        "json_not_object",
        "markdown_text_conflict",
        "message_not_found",
        "metadata_must_be_sent_from_app",
        "metadata_too_large",
        "method_deprecated",
        "method_not_supported_for_channel_type",
        "missing_post_type",
        "msg_blocks_too_long",
        "msg_too_long",
        "no_text",
        "not_enough_users",
        "thread_not_found",
        "too_many_attachments",
        "too_many_contact_cards",
        "too_many_users",
        "update_failed",
        "upgrade_required",
        "users_list_not_supplied",
    }
)

KNOWN = frozenset({*LOST, *CLOSED, *WAIT, *OPEN, *WRONG, "invalid_user_combination"})


def mapped(name: str, *, person: bool = False, bucket: str = "") -> PostError:
    """Give the error for a name of Slack's; one nobody has met yet is refused for good."""
    if name in WAIT:
        return Busy(WAIT[name], bucket)
    if name in OPEN:
        return Uncertain(name)
    if person and name in CLOSED:
        return PersonClosed(name)
    if name in LOST:
        return TargetLost(name, LOST[name])
    return MessageGone(name) if name in MISSING else Refused(name)


def why(error: PostError) -> Text:
    """Say to people why something did not get to them."""
    match error:
        case TargetLost():
            return error.text
        case Busy():
            return WAITED
        case Uncertain():
            return UNANSWERED
    return REFUSED


def unfollowed(files: Iterable[File], error: PostError) -> Text:
    """Say to people which files are missing, and why."""
    names = ", ".join(one.name for one in files)
    return t("I couldn't send {names}. {why}", names=names, why=why(error))


async def answered(
    request: Awaitable[AsyncSlackResponse], *, person: bool = False, bucket: str = ""
) -> dict[str, Any]:
    """Await a request and give what Slack answered. Raises a PostError.

    Uncertain whenever Slack may have taken the request: it was sent, and no answer was read.
    """
    response = await taken(request, person=person, bucket=bucket)
    return response.data if isinstance(response.data, dict) else {}


async def taken(
    request: Awaitable[AsyncSlackResponse], *, person: bool = False, bucket: str = ""
) -> AsyncSlackResponse:
    """Await a request and give the whole response, headers included. Raises a PostError."""
    try:
        return await request
    except SlackApiError as error:
        raise _refused(error, person=person, bucket=bucket) from error
    except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
        raise Busy(SOON, bucket) from error
    except (aiohttp.ClientError, TimeoutError, SlackClientError) as error:
        raise Uncertain(type(error).__name__) from error


def _refused(error: SlackApiError, *, person: bool, bucket: str) -> PostError:
    response: Any = error.response
    status = getattr(response, "status_code", None) or getattr(response, "status", 0)
    if status == 429:
        return Busy(_retry_after(response.headers), bucket)
    said = getattr(response, "data", None)
    if not isinstance(said, dict) or "error" not in said:
        return Uncertain(f"HTTP {status}")
    return mapped(str(said["error"]), person=person, bucket=bucket)


def _retry_after(headers: Any) -> float:
    told = str(headers.get("Retry-After", ""))
    return float(told) if told.isascii() and told.isdigit() else LATER
