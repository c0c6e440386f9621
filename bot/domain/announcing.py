"""Announces sessions: now, later, once more where it does not stand; says that it went out."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot.chat import Place
from bot.domain.reminders import ANNOUNCED, Concerned
from bot.domain.telling import addressed, tell
from bot.moments import WallTime
from storage import Records
from storage.community import Channel
from storage.deliveries import Wanted
from storage.log import Actor, LogEntry
from storage.programmes import RUNNING, Programme
from storage.sessions import Session

TAKEN_UP = "session.taken_up"
MAILED, PROGRAMME_MAILED = "session.mailed", "programme.mailed"
FIRST = "first"
LATELY, WAITS = timedelta(hours=1), timedelta(days=3)
"""How soon those are found who are to be told by mail, and how long a mail may wait to be sent."""
FRESH = timedelta(days=1)
"""How long it is news that a session was announced."""


def channel_of(records: Records, place: Place) -> list[int]:
    """Give the channel of a call; none in a direct message."""
    known = (place.platform, place.workspace, place.channel, place.name)
    return [records.channels.meet(*known).id] if place.channel else []


def announce(
    records: Records,
    session: Session,
    places: Sequence[Channel],
    by: Actor,
    later: WallTime | None = None,
) -> LogEntry:
    """Announce a session in some channels, now or later; whoever planned it is told by a step.

    What was to be announced at another time is not any more.
    """
    if session.state == "announced":
        session.revision += 1
        records.deliveries.cancel(session.about, ANNOUNCED)
    elif session.organiser_id:  # what nobody else knew of is not in the log
        planner = records.members.find(session.organiser_id)
        records.log.add(session.about, "planned", planner, session.created_at)
    for place in places:
        place.lost = ""  # I may have been let in again: whoever announces there finds out
    schedule(records, session, [place.id for place in places], by.now, later)
    return records.log.add(session.about, "announced", by.member, by.now)


def schedule(
    records: Records,
    session: Session,
    channels: Iterable[int],
    now: datetime,
    later: WallTime | None = None,
) -> None:
    """Have a session announced in some channels, now or later."""
    at = later.at if later else now
    written = {"wall": later.wall, "zone": later.zone} if later else {}
    first = Wanted(FIRST, at, session.starts_at, revision=session.revision, args=written)
    session.state, session.announce_at, session.told_at = "announced", at, at
    for id in records.channels.beside([*channels]):
        records.deliveries.send(session.about, ANNOUNCED, replace(first, channel_id=id))
    records.touched.add(session)


def announce_anew(
    records: Records, session: Session, now: datetime, states: Collection[str] = ("pending",)
) -> None:
    """Want what was not announced yet announced as the session is now, and not told of before."""
    if session.announce_at is None:
        return
    about = records.deliveries.about(session.about)
    firsts = [row for row in about if row.notice == ANNOUNCED and row.kind == FIRST]
    at = max(session.announce_at, now)
    for row in firsts:
        if row.state in states and row.revision == max(one.revision for one in firsts):
            one = Wanted(FIRST, at, session.starts_at, channel_id=row.channel_id, args=row.args)
            records.deliveries.send(session.about, ANNOUNCED, replace(one, revision=row.revision))
            session.told_at = at


def spread(records: Records, channel: Channel, now: datetime) -> None:
    """Have what is still to be announced beside a channel go there as well, if it has a language.

    Where it has none any more, nothing of that is announced there.
    """
    for session in records.sessions.to_come(now):
        about = records.deliveries.about(session.about)
        waiting = [r for r in about if (r.notice, r.kind, r.state) == (ANNOUNCED, FIRST, "pending")]
        there = [row for row in waiting if row.channel_id == channel.id]
        others = [row.channel_id or 0 for row in waiting if row.channel_id != channel.id]
        if others and not there and channel.id in records.channels.beside(others):
            row = waiting[0]
            copy = Wanted(FIRST, row.due_at, row.expires_at, channel_id=channel.id, args=row.args)
            records.deliveries.send(session.about, ANNOUNCED, replace(copy, revision=row.revision))
        for row in there if others and not channel.locale and not channel.announces else ():
            row.state = "cancelled"
        records.touched.add(session)


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


def mail_session(records: Records, session: Session, concerned: Concerned, now: datetime) -> None:
    """Announce a session to those reached by mail alone; a date with its whole programme."""
    if concerned is None and session.programme_id is None:
        at = session.announce_at if session.state == "announced" else None
        _mail(records, session.about, MAILED, (at, session.starts_at), now)


def mail_programme(
    records: Records, programme: Programme, concerned: Concerned, now: datetime
) -> None:
    """Announce a programme to those reached by mail alone, once with all its dates."""
    at = programme.announced_at if programme.state == RUNNING else None
    _mail(records, programme.about, PROGRAMME_MAILED, (at, at and at + WAITS), now)


def _mail(
    records: Records,
    about: str,
    notice: str,
    between: tuple[datetime | None, datetime | None],
    now: datetime,
) -> None:
    """Want one mail to each who was here when a thing was announced, or is when it will be."""
    at, until = between
    rows: list[Wanted] = []
    if at is not None and until is not None and until > now:
        told = {one.member_id for one in records.deliveries.about(about) if one.notice == notice}
        there = [one for one in records.guests.by_mail_alone() if one.joined_at <= at]
        readers = [one for one in there if one.id in told or at > now - LATELY]
        rows = addressed(records, about, notice, Wanted(FIRST, at, until), readers)
    records.deliveries.want(about, notice, rows, now)


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
