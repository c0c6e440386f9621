"""Announces sessions once more whose announcement does not stand, and says that one went out."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.domain.reminders import ANNOUNCED, Concerned
from bot.domain.telling import tell
from storage import Records
from storage.community import Channel
from storage.deliveries import Wanted
from storage.log import Actor
from storage.sessions import Session

TAKEN_UP = "session.taken_up"
FRESH = timedelta(days=1)
"""How long it is news that a session was announced."""


def confirm(records: Records, session: Session, concerned: Concerned, now: datetime) -> None:
    """Tell whoever planned a session that somebody else announces it: once, when it went out.

    Of what is announced only later they are told before.
    """
    at, planner = session.announce_at, session.organiser_id
    if concerned is not None or session.state != "announced" or at is None or planner is None:
        return
    entry = records.log.last([session.about], "announced") if at > now - FRESH else None
    if entry is None or entry.by_id in (None, planner):
        return
    rows = records.deliveries.about(session.about)
    out = [row for row in rows if row.notice == ANNOUNCED and row.due_at >= at]
    one = Wanted(f"out:{at.isoformat()}", now, session.starts_at)
    kept = [row for row in rows if row.notice == TAKEN_UP and row.kind == one.kind]
    news = at > now or any(row.state == "sent" for row in out)
    if news and all(row.state == "cancelled" for row in kept):
        tell(records, session.about, TAKEN_UP, one, records.members.many([planner]))


def announce_again(
    records: Records, session: Session, by: Actor, elsewhere: Channel | None = None
) -> Sequence[Channel]:
    """Announce a session once more where it does not stand, or in another channel; gives where."""
    failed = records.undelivered.of(session.about)
    if elsewhere is None:
        places = records.channels.many([row.channel_id for row in failed if row.channel_id])
        for row in failed:
            records.undelivered.again(row, by.now)
    else:
        places = [elsewhere]
        records.undelivered.elsewhere(failed[0], elsewhere.id, by.now)
    for place in places:
        place.lost = ""
    session.told_at = by.now
    records.touched.add(session)
    records.log.add(session.about, "announced", by.member, by.now)
    return places
