"""Says which permissions the bot asks for when it is invited, and what each is for."""

from base64 import urlsafe_b64decode

import discord
from discord.utils import oauth_url

from bot.i18n import Text, t

PURPOSES: dict[str, Text] = {
    "view_channel": t("to see the channels where it announces and answers"),
    "send_messages": t("to announce, remind and answer"),
    "send_messages_in_threads": t("to send reminders in a session's thread"),
    "create_public_threads": t("to open one thread under each announcement"),
    "read_message_history": t(
        "to find its own messages again, so that none is posted twice after an interruption"
    ),
    "attach_files": t("to send calendars, documents and tables"),
    "create_events": t("to show each session among the server's events, and keep it up to date"),
}
LABELS = {
    "view_channel": "View Channels",
    "send_messages": "Send Messages",
    "send_messages_in_threads": "Send Messages in Threads",
    "create_public_threads": "Create Public Threads",
    "read_message_history": "Read Message History",
    "attach_files": "Attach Files",
    "create_events": "Create Events",
}
"""How Discord names them where they are given."""
SCOPES = ("bot", "applications.commands")


def permissions() -> discord.Permissions:
    """Give the least permissions the bot works with."""
    return discord.Permissions(**dict.fromkeys(PURPOSES, True))


def invitation(application: int) -> str:
    """Give the link by which somebody who manages a server invites the bot."""
    return oauth_url(application, permissions=permissions(), scopes=SCOPES)


def application_of(token: str) -> int:
    """Read the id of the application from its token. Raises ValueError when it is none."""
    head = token.partition(".")[0]
    return int(urlsafe_b64decode(head + "=" * (-len(head) % 4)).decode())
