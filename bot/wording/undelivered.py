"""Words why a message did not go out, and leads on from an announcement that is missing."""

from collections.abc import Mapping

from bot.authored import title_of
from bot.chat import Button, Place, button
from bot.i18n import Text, t
from storage.community import Channel
from storage.sessions import Session

UNKNOWN = t("it may have arrived, I couldn't find out. Please check before you send it again.")
UNWORDED = "Unworded"
COUNTED = ("no notice", UNWORDED)
"""Ends that are written down with more behind them: which notice, or how often."""
ENDS: Mapping[str, Text] = {
    "expired": t("it's out of date now."),
    "nowhere to send it": t("there's no channel for it, and I can't send a direct message."),
    "channel lost": t("I can't post in that channel any more."),
    "TargetLost": t("I can't post in that channel any more."),
    "elsewhere": t("that channel belongs to another community."),
    "MessageGone": t("it was deleted there."),
    "not seen": t("it was sent, but I can't see it there."),
    "not sent": t("it wasn't sent in time."),
    "PersonClosed": t("this person doesn't accept direct messages from me."),
    "no notice": t("my current version doesn't know this kind of message."),
    UNWORDED: t(
        "something went wrong on my side when I was writing it. Whoever runs me "
        "can find it in the log."
    ),
}
"""Why things end, by what the outbox writes down."""


def missing(session: Session, channel: Channel, error: str, state: str) -> Text:
    """Word that the announcement of a session does not stand in a channel, and why."""
    where = Place(channel.platform, channel.workspace, channel.channel, channel.name)
    told = {"title": title_of(session), "channel": where}
    if state == "unknown":
        return t("The announcement of “{title}” in {channel}: {why}", why=UNKNOWN, **told)
    return t("“{title}” wasn't announced in {channel}: {why}", why=why(error), **told)


def announcing(session: Session) -> tuple[Button, ...]:
    """Give the buttons that announce a session once more, there or in another channel."""
    return (
        button(t("Try again"), "session.announce", "primary", session=session.id),
        button(t("Announce elsewhere"), "session.announce-elsewhere", session=session.id),
    )


def why(error: str) -> Text:
    """Word why something did not go out, as kindly as what the outbox wrote allows."""
    detail, kind = error.partition(": ")[2], kind_of(error)
    if kind in ENDS:
        return ENDS[kind]
    return t("the platform rejected it ({reason}).", reason=(detail or error)[:200])


def kind_of(error: str) -> str:
    """Give the kind of an error by what the outbox wrote, without what comes behind."""
    kind = error.partition(": ")[0]
    return next((one for one in COUNTED if kind.startswith(f"{one} ")), kind)
