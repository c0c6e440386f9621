"""Tells coordinators of people who left, and of their turns."""

from bot.chat import Message
from bot.domain.hosting import stands
from bot.handlers.hosting.group import host
from bot.handlers.hosting.words import leaving as words
from bot.i18n import t
from bot.notices import Sending
from storage import Records


@host.notice(t("Notice of somebody who left"), live=True)
def gone(records: Records, sending: Sending) -> Message | None:
    """Tell a coordinator that somebody left, what became of their turns, and when they are back."""
    member = records.members.find(sending.about)
    if member is None or member.erased_at is not None:
        return None
    if member.left_at is None:
        return words.back(member) if sending.kind == "refresh" else None
    sessions = records.sessions.many(sending.args.get("turns", ()))
    ahead = [one for one in sessions if one.starts_at > sending.now and one.state == "announced"]
    standing = [(one, stands(records, one)) for one in ahead]
    offered = [one for one, now in standing if now["offered"] and not now["hosts"]]
    alone = [one for one, now in standing if not now["offered"] and not now["hosts"]]
    return words.gone(member, offered, alone)
