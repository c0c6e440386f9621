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
    public = [session for session in sessions if session.state == "announced"]
    ahead = [session for session in public if session.starts_at > sending.now]
    standing = [(session, stands(records, session)) for session in ahead]
    open = [(session, now["offered"]) for session, now in standing if not now["hosts"]]
    offered = [session for session, is_offered in open if is_offered]
    alone = [session for session, is_offered in open if not is_offered]
    return words.gone(member, offered, alone)
