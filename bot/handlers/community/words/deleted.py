"""Words that somebody deleted a post, and that it is posted again."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from bot.chat import Message, said
from bot.commands import COORDINATORS
from bot.domain import lost_posts
from bot.handlers.community.words.setting_up import place
from bot.handlers.community.words.undelivered import see
from bot.i18n import plain, series, t
from bot.wording.lost_posts import told
from storage import Records
from storage.community import Channel
from storage.people import Member


def posted(places: Sequence[Channel]) -> Message:
    """Confirm where something is posted again."""
    where = series(plain(place(channel)) for channel in places)
    return said(t("I'm posting it in {channels}.", channels=where))


def trouble(
    records: Records, args: Mapping[str, str], reader: Member | None, now: datetime
) -> Message | None:
    """Tell that a post was deleted, unless it stands again or is of no use any more."""
    rows = records.lost_posts.about([args["about"]], args["notice"])
    thing = lost_posts.missed(records, rows[0], now) if rows else None
    channel = records.channels.find(rows[0].channel_id or 0) if rows else None
    if thing is None or channel is None or reader is None:
        return None
    may = lost_posts.may_post(records, rows[0], thing, reader)
    message = told(rows[0], thing, channel, may=may)
    more = (see(),) if reader.role == COORDINATORS else ()
    return replace(message, buttons=(*message.buttons, *more))
