"""Words which posts somebody deleted, with the buttons that post them again."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from bot.authored import title_of
from bot.chat import Actions, Block, Button, Message, Paragraph, Place, button
from bot.commands import Caller
from bot.domain import lost_posts
from bot.domain.lost_posts import Thing
from bot.i18n import Authored, Text, t
from storage import Records
from storage.community import Channel, Community
from storage.deliveries import Delivery

DELETED = t("A post was deleted")
WORDS: Mapping[str, Callable[[Authored, Place], Text]] = {
    "session.suggested": lambda title, channel: t(
        "The request to announce “{title}” in {channel} was deleted.", title=title, channel=channel
    ),
    "host.offered": lambda title, channel: t(
        "The offer to host “{title}” in {channel} was deleted.", title=title, channel=channel
    ),
    "host.roles_offered": lambda title, channel: t(
        "The offer of roles at “{title}” in {channel} was deleted.", title=title, channel=channel
    ),
    "openspace.board": lambda title, channel: t(
        "The board of “{title}” in {channel} was deleted.", title=title, channel=channel
    ),
    "session.polled": lambda title, channel: t(
        "The poll “{title}” in {channel} was deleted.", title=title, channel=channel
    ),
}
"""What is said of a post, by its notice; of all others that it is an announcement."""


def deleted(row: Delivery, thing: Thing, channel: Channel) -> Text:
    """Say that a post was deleted, and where it stood."""
    where = Place(channel.platform, channel.workspace, channel.channel, channel.name)
    if isinstance(thing, Community):
        return t("The offer of several turns in {channel} was deleted.", channel=where)
    if row.notice in WORDS:
        return WORDS[row.notice](title_of(thing), where)
    named = {"title": title_of(thing), "channel": where}
    return t("The announcement of “{title}” in {channel} was deleted.", **named)


def ways(row: Delivery) -> tuple[Button, ...]:
    """Give the buttons that post something again, where it stood or in another channel."""
    return (
        button(t("Post it again"), "community.post-again", "primary", post=row.id),
        button(t("Post it elsewhere"), "community.post-elsewhere", post=row.id),
    )


def missing(caller: Caller, records: Records, *abouts: str) -> tuple[Block, ...]:
    """Show what was deleted about some things to who may post it again, with the buttons."""
    blocks: list[Block] = []
    for row, thing in lost_posts.lost(records, abouts, caller.now):
        channel = records.channels.find(row.channel_id or 0)
        if channel and lost_posts.may_post(records, row, thing, caller.member):
            blocks += [Paragraph(deleted(row, thing, channel)), Actions(ways(row))]
    return tuple(blocks)


def told(row: Delivery, thing: Thing, channel: Channel, *, may: bool) -> Message:
    """Tell that a post was deleted, with the buttons for who may post it again."""
    words = Paragraph(deleted(row, thing, channel))
    if may:
        return Message(DELETED, (words,), ways(row))
    return Message(DELETED, (words, Paragraph(t("The core group can post it again."))))


def with_missing(caller: Caller, records: Records, message: Message, *abouts: str) -> Message:
    """Put what was deleted about some things before all that a message shows of them."""
    return replace(message, blocks=(*missing(caller, records, *abouts), *message.blocks))
