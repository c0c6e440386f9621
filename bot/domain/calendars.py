"""Keeps calendars true: how often each entry changed, and at which addresses they are read."""

import hashlib
import json
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.domain.consents import public_assets
from bot.domain.people import log_settings
from bot.domain.reminders import Concerned
from storage import Records
from storage.calendars import CalendarEntry, CalendarFeed, Scope
from storage.digests import digest_of
from storage.log import Actor
from storage.people import Member
from storage.sessions import Session

PAST, STRUCK = timedelta(days=365), timedelta(days=7)
"""How long a calendar has what is over, and what was cancelled."""
MOST = 10
"""Addresses that somebody has at a time, one for each device or calendar; unused ones go first."""


def scope(now: datetime, member: int = 0, programme: int = 0) -> Scope:
    """Say what a calendar has at an instant: a member's, a programme's, or the community's."""
    return Scope(now, now - PAST, now - STRUCK, member, programme)


def keep_entry(records: Records, session: Session, concerned: Concerned, now: datetime) -> None:
    """Raise the sequence of a session's entry when its time, place or state is another.

    A reader keeps what it has when an entry comes with a lower sequence or the same.
    """
    if concerned is not None or session.state == "draft":
        return
    placed, worded = _digest(_placed(session)), _digest(_worded(records, session))
    entry = records.calendars.entry(session.id)
    if entry is None:
        first = CalendarEntry(session_id=session.id, changed_at=now, placed=placed, worded=worded)
        records.calendars.put(first)
    elif (entry.placed, entry.worded) != (placed, worded):
        entry.sequence += entry.placed != placed
        entry.placed, entry.worded, entry.changed_at = placed, worded, now


def _placed(session: Session) -> Sequence[object]:
    at = session.starts_at.isoformat()
    return [at, session.minutes, session.zone, session.place, session.link, session.state]


def _worded(records: Records, session: Session) -> Sequence[object]:
    kept = [(asset.kind, asset.url) for asset in public_assets(records, session)]
    texts = [session.title, session.description, session.guiding_question, session.agenda]
    return [*texts, session.texts, session.languages, session.partners, session.reason, kept]


def _digest(values: Sequence[object]) -> str:
    return hashlib.sha256(json.dumps(values, sort_keys=True).encode()).hexdigest()[:16]


def new_address(records: Records, member: Member, now: datetime) -> str:
    """Open one more address for somebody's calendar, and give its token, which is not kept."""
    token = secrets.token_urlsafe(16)
    feed = CalendarFeed(created_at=now, member_id=member.id, token=digest_of(token))
    feeds = sorted(records.calendars.feeds(member.id), key=_use)
    for unused in feeds[: max(0, len(feeds) + 1 - MOST)]:
        records.calendars.remove(unused)
    records.calendars.add(feed)
    return token


def _use(feed: CalendarFeed) -> tuple[bool, datetime]:
    return feed.read_at is not None, feed.read_at or feed.created_at


def close_addresses(records: Records, member: Member) -> int:
    """Close all addresses of somebody's calendar for good; gives how many there were."""
    feeds = records.calendars.feeds(member.id)
    for feed in feeds:
        records.calendars.remove(feed)
    return len(feeds)


def publish(records: Records, *, public: bool, by: Actor) -> bool:
    """Let everybody on the web read page and calendars, or nobody; says whether that is new."""
    home = records.community
    if home.public_calendar == public:
        return False
    home.public_calendar = public
    log_settings(records, ["public_calendar"], by)
    return True
