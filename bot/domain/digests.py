"""Keeps who wants a digest, and has it looked at when its morning comes."""

from datetime import date, datetime, timedelta

from bot.domain.reminders import Concerned
from bot.domain.telling import tell, wish_of
from bot.rules.digests import next_morning
from storage import Records
from storage.community import Community
from storage.deliveries import Wanted
from storage.people import Member

DIGEST = "my.digest"
"""The notice, and the timer that wants it."""
LATE = timedelta(hours=36)
"""A digest that is later than this waits for the next one."""
OLDEST = timedelta(days=45)
"""What is older than this is no news any more, however long somebody was away."""


def choose(records: Records, member: Member, often: str, now: datetime) -> None:
    """Have digests come weekly, monthly or not at all; what is new counts from the first choice."""
    if often and not member.digest:
        member.digest_at = now
    member.digest = often
    records.touched.add(member)


def resume(records: Records, member: Member, often: str, now: datetime) -> None:
    """Have digests come as before they were stopped, with what is new since the last one."""
    if not member.digest:
        member.digest = often
        member.digest_at = max(member.digest_at or now, now - OLDEST)
        records.touched.add(member)


def next_of(records: Records, member: Member, now: datetime) -> datetime | None:
    """Say when the next digest comes to somebody; None when they want none."""
    return _next(records, member, now)[0] if member.digest else None


def _next(records: Records, member: Member, now: datetime) -> tuple[datetime, date]:
    after = max(min(member.digest_at or now, now), now - LATE)
    days = [
        row.kind
        for row in records.deliveries.about(member.about)
        if row.notice == DIGEST and row.state != "cancelled" and row.due_at <= now
    ]
    return next_morning(
        member.digest, after, max(days, default=""), wish_of(records, member, after)
    )


def want(records: Records, member: Member, concerned: Concerned, now: datetime) -> None:
    """Have the next digest of somebody looked at in its morning, if they want any and are here."""
    if concerned is not None:
        return
    if not member.digest or member.left_at is not None:
        if member.digest_at is not None:
            records.timers.set(member.about, DIGEST, None)
        return
    if member.digest_at is None or member.digest_at > now:  # the clock was ahead
        member.digest_at = now
    records.timers.set(member.about, DIGEST, next_of(records, member, now))


def want_all(records: Records, home: Community, concerned: Concerned, now: datetime) -> None:
    """Have all digests come in line with the zone and the quiet hours of the community."""
    for member in records.news.readers():
        want(records, member, None, now)


def look(records: Records, member: Member, now: datetime) -> None:
    """Want a digest whose morning has come; what is new in the next one counts from now."""
    if not member.digest or member.left_at is not None:
        return
    at, day = _next(records, member, now)
    if at <= now:
        since = max(member.digest_at or now, now - OLDEST)
        span = {"since": since.isoformat(), "until": now.isoformat(), "often": member.digest}
        tell(records, member.about, DIGEST, Wanted(str(day), at, at + LATE, args=span), [member])
        member.digest_at = now
    records.touched.add(member)
