"""Words what stands around the messages on the pages of the local chat."""

from collections.abc import Mapping
from datetime import datetime

from bot.chat import Moment
from bot.i18n import Text, t, tn

PAGE: Mapping[str, Text] = {
    "skip": t("Skip to the message field"),
    "channels": t("Channels"),
    "people": t("Writing as"),
    "alone": t("Convener (only you)"),
    "mail": t("Mail"),
    "only_you": t("Only you see this"),
    "edited": t("edited"),
    "earlier": t("Earlier messages"),
    "empty": t("Nothing has been written here yet."),
    "in_thread": t("In the thread of"),
    "thread": t("Thread"),
    "whole_channel": t("Back to the channel"),
    "messages": t("Messages"),
    "hour": t("+1 hour"),
    "day": t("+1 day"),
    "next": t("Next message"),
    "clock": t("Clock of this chat"),
    "other_time": t("Other…"),
    "step": t("Move the clock by"),
    "until": t("Or until"),
    "week": t("+1 week"),
    "move": t("Move the clock"),
    "you": t("You (in the terminal)"),
    "more": t("More"),
    "try": t("Try next"),
    "anew": t("Begin anew…"),
    "choose": t("Choose"),
    "working": t("One moment…"),
    "send": t("Send"),
    "discard": t("Discard"),
    "saved": t("Saved. You can go on later."),
    "let_in": t("Let somebody in"),
    "let_in_now": t("Let in"),
    "name": t("Name"),
    "language": t("Language"),
    "zone": t("Time zone"),
    "new": t("New messages"),
    "suggestions": t("Suggestions"),
    "find": t("Find somebody"),
    "only_some": t("More people are found by their names."),
    "local": t("Everything here stays on this computer."),
}
NOT_READ = t("I can't read this. Please reload the page.")
NOTHING_SAID = t("Please write something first.")
NO_STEP = t("Say how far to move the clock, like +3d.")
NO_NAME = t("Please give a name.")
GONE = t("There's nothing at this address. The address of the chat is in the terminal.")
ANEW = t("Begin anew?")
BEGIN = t("Begin anew")
ANEW_SURE = t(
    "You'll start with the small example community again. The chat there is now is kept in a file "
    "beside it."
)
ANEW_COPIED = t("You'll start again with the copy as it was. What was done here since is gone.")
KEEP = t("Keep this chat")


def rehearsal(copied_at: datetime) -> Text:
    """Say that nobody gets anything."""
    return t(
        "This is a rehearsal on a copy of {moment}. Nobody gets anything. The clock stands until "
        "you move it.",
        moment=Moment(copied_at),
    )


def unread(number: int) -> Text:
    """Say how many messages were not looked at."""
    return tn("{count} unread", "{count} unread", number)


def shown_name(name: str) -> str:
    """Write a name, which is typed in small letters, as names are written."""
    return name[:1].upper() + name[1:]


def message_to(where: str, alone: bool) -> Text:
    """Say what the message field is for."""
    if alone:
        return t("Write to Convener, or type / for a command")
    return t("Write in {where}, or type / for a command", where=where)
