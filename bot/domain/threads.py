"""Opens one thread for each announced session, in which people ask, and says who belongs there."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime

from bot.chat import Place
from bot.domain.reminders import ANNOUNCED
from storage import Records
from storage.community import Post
from storage.deliveries import Wanted
from storage.people import KnownAccount
from storage.sessions import Session

QUESTIONS = "session.questions"
LOT = 20
"""How many are added to a thread at a time."""


def open_beneath(records: Records, post: Post, now: datetime) -> None:
    """Have the first line written beneath an announcement, where people see no thread before."""
    session = _announced(records, post)
    if session is None or not post.below or session.ends_at <= now:
        return
    one = Wanted(f"below {post.message}", now, session.ends_at, thread=post.below)
    records.deliveries.send(post.about, QUESTIONS, replace(one, channel_id=post.channel_id))


def beneath(records: Records, session: Session, place: Place) -> Place | None:
    """Give the thread for questions about a session in the workspace of a place."""
    post = records.threads.beneath(session.about, place.platform, place.workspace)
    channel = records.channels.find(post.channel_id or 0) if post else None
    if post is None or channel is None:
        return None
    thread = post.thread or post.below
    return Place(post.platform, post.workspace, post.channel, channel.name, thread)


def missing(records: Records, post: Post, now: datetime) -> Sequence[KnownAccount]:
    """List who comes and is not in the thread beneath an announcement yet: one lot of them."""
    session = _announced(records, post)
    over = session is None or session.state != "announced" or session.ends_at <= now
    if over or session is None or not post.thread or post.thread != post.message:
        return ()
    return records.threads.missing(post, session.id, LOT)


def added(records: Records, post: Post, members: Collection[int], now: datetime) -> None:
    """Take note of who was added to a thread, and have the next lot looked for, if there is one."""
    session = _announced(records, post)
    if session is not None and members:
        records.threads.added(post.thread, session.id, members)
        if missing(records, post, now):
            records.deliveries.refresh(post.about, now)


def _announced(records: Records, post: Post) -> Session | None:
    """Give the session that a post announces, if it announces one."""
    if post.notice != ANNOUNCED:
        return None
    return records.sessions.find(int(post.about.rpartition(":")[2]))
