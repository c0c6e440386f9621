"""Does to sessions what is done to them: moves, changes, cancels and brings them back."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from bot.domain.agenda import changes_of, later
from bot.domain.announcing import announce_anew
from bot.domain.discarding import tell_discarded, tell_interpreters
from bot.domain.openspaces import along
from bot.domain.reminders import Concerned
from bot.domain.telling import addressed, hosting_of, interpreting_in, suggestion_of
from bot.moments import WallTime
from storage import Records
from storage.deliveries import Wanted
from storage.log import Actor, LogEntry
from storage.people import Member
from storage.sessions import Session

MOVED, CANCELLED, BACK = "session.moved", "session.cancelled", "session.back"
HELD = timedelta(minutes=1)
"""How long nobody is told of a move, so that it can still be undone."""
CLOCKS = "clocks"
"""Who moved a session when new rules for its clocks did."""


# An act checks nothing of who asks for it and words nothing. It leaves an entry in the log, and
# touches the session, so that reminders, posts and open spaces follow.
@dataclass(frozen=True, slots=True)
class SessionTime:
    """When a session is, and its length in minutes."""

    when: WallTime
    minutes: int


@dataclass(frozen=True, slots=True)
class News:
    """What is told of a session: a notice with its arguments, and by whom that is."""

    notice: str
    by: Actor
    args: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Done:
    """What was done: its log entry, how many people and channels are told of it, what went along.

    `entry` and `told` are None for a draft, of which nobody knows; `told` is None as well where a
    session is back at the time people know.
    """

    entry: LogEntry | None = None
    told: tuple[int, int] | None = None
    along: bool = False


def to_be_announced(session: Session, now: datetime) -> bool:
    """Say whether a session is announced only later."""
    return session.announce_at is not None and session.announce_at > now


def waits(session: Session, now: datetime) -> bool:
    """Say whether only those see a session who prepare it, until it is announced.

    The dates of a programme were announced with it.
    """
    return session.programme_id is None and to_be_announced(session, now)


def when_of(session: Session) -> dict[str, Any]:
    """Give when a session is as plain data, as the log keeps it."""
    return {
        "at": session.starts_at.isoformat(),
        "wall": session.wall,
        "zone": session.zone,
        "minutes": session.minutes,
    }


def go_on(records: Records, session: Session, concerned: Concerned, now: datetime) -> None:
    """Have a session followed again when it is announced, closes, goes on and is over."""
    if concerned is not None:
        return
    at = (session.announce_at, session.closes_at, session.starts_at, session.ends_at)
    instants = (*at, *(() if session.agenda_off else changes_of(session)))
    ahead = [at for at in instants if at and at > now and session.state == "announced"]
    records.timers.set(session.about, "session.goes_on", min(ahead, default=None))


def plan(records: Records, session: Session, channels: Collection[int]) -> None:
    """Keep a new session, to be held in some channels, as a draft."""
    records.sessions.add(session)
    place(records, session, channels)


def place(records: Records, session: Session, channels: Collection[int]) -> None:
    """Have a session be held in some channels."""
    records.placements.put(session.about, channels)
    records.touched.add(session)


def move(
    records: Records,
    session: Session,
    to: SessionTime,
    by: Actor,
    begun: datetime | None = None,
) -> Done:
    """Put a session to another time, its open space with it, and tell those who knew it.

    What had `begun` in the space by an instant, else by now, stays. A host who moves it agrees to
    the new time. People are told a little later, so that it can be undone unheard.
    """
    known, before = _last_heard(records, session), when_of(session)
    if by.member:
        _own(
            session,
            "when",
            *(("agenda",) if later(session, to.when, to.minutes) != session.agenda else ()),
        )
    went_along = put(records, session, to, by, begun)
    if session.state != "announced":
        return Done(along=went_along)
    session.told_at = by.now
    entry = records.log.add(session.about, "moved", by.member, by.now, before)
    entry.after = when_of(session)
    if session.starts_at == known and by.member is not None:
        records.deliveries.cancel(session.about, MOVED)
        return Done(entry, along=went_along)
    entry.told_at = by.now + (HELD if by.member else timedelta(0))
    args = {"before": known.isoformat(), "entry": entry.id}
    args |= {} if by.member else {"by": CLOCKS}
    return Done(entry, tell_all(records, session, News(MOVED, by, args)), went_along)


def put(
    records: Records,
    session: Session,
    to: SessionTime,
    by: Actor,
    begun: datetime | None = None,
) -> bool:
    """Put a session to another time, and tell nobody; says whether an open space went along.

    A date of a programme that is still to be announced is announced as long before as it was.
    """
    when, before = to.when, session.starts_at
    session.agenda = later(session, when, to.minutes)
    session.minutes = to.minutes
    session.starts_at, session.wall, session.zone = when.at, when.wall, when.zone
    went_along = along(records, session, None, begun or by.now)
    session.revision += 1
    if by.member:
        records.hosting.agrees(session, by.id)
    if session.programme_id and session.announce_at and session.announce_at > by.now:
        session.announce_at = max(by.now, session.announce_at + (when.at - before))
    if session.state == "announced":
        announce_anew(records, session, by.now)
    records.touched.add(session)
    return went_along


def _own(session: Session, *columns: str) -> None:
    """Keep that a date of a programme says something else than its programme."""
    if session.programme_id is not None:
        session.own = [*dict.fromkeys((*session.own, *columns))]


def _last_heard(records: Records, session: Session) -> datetime:
    """Say for when people know a session: before a move that nobody was told of yet."""
    rows = [
        row
        for row in records.deliveries.about(session.about)
        if row.notice == MOVED and row.kind == str(session.revision)
    ]
    if rows and all(row.state == "pending" for row in rows):
        return datetime.fromisoformat(rows[0].args["before"])
    return session.starts_at


def change(records: Records, session: Session, values: Mapping[str, Any], by: Actor) -> Done:
    """Change what is said of a session; without an entry when nothing is other than it was."""
    before = {
        column: getattr(session, column)
        for column, value in values.items()
        if value != getattr(session, column)
    }
    for column in before:
        setattr(session, column, values[column])
    _own(session, *before)
    records.touched.add(session)
    if session.state == "draft" or not before:
        return Done()
    return Done(records.log.changed(session.about, by, before, values))


def cancel(records: Records, session: Session, reason: str, by: Actor) -> Done:
    """Cancel a session, and tell all who answered."""
    call_off(records, session, reason, by)
    entry = records.log.add(session.about, "cancelled", by.member, by.now)
    entry.reason, entry.told_at = reason, by.now
    return Done(entry, tell_all(records, session, News(CANCELLED, by, {"entry": entry.id})))


def call_off(records: Records, session: Session, reason: str, by: Actor) -> None:
    """Have a session not take place, and tell nobody."""
    session.state, session.reason = "cancelled", reason
    session.told_at = None if waits(session, by.now) else session.told_at
    session.revision += 1
    records.deliveries.cancel(session.about)
    records.touched.add(session)


def reopen(records: Records, session: Session, by: Actor) -> Done:
    """Let a cancelled session take place, and tell those who know that it was cancelled."""
    unaware = records.deliveries.waiting_for(session.about, CANCELLED)
    records.deliveries.cancel(session.about, CANCELLED)
    go_ahead(records, session, by.now)
    entry = records.log.add(session.about, "reopened", by.member, by.now)
    entry.told_at = by.now
    return Done(entry, tell_all(records, session, News(BACK, by, {"entry": entry.id}), unaware))


def go_ahead(records: Records, session: Session, now: datetime) -> None:
    """Have a cancelled session take place, and tell nobody but those who never heard of it."""
    session.state, session.reason, session.told_at = "announced", "", now
    session.revision += 1
    announce_anew(records, session, now, ("cancelled",))
    records.touched.add(session)


def discard(records: Records, session: Session, by: Actor | None = None, reason: str = "") -> None:
    """Throw a draft away with everything that was to be said of it, and tell whose it was."""
    if by is not None:
        args = {"title": session.title, "reason": reason}
        tell_discarded(records, CANCELLED, session, by, args)
        tell_interpreters(records, CANCELLED, session, by, args)
    parts = (suggestion_of(session), hosting_of(session), interpreting_in(session))
    for about in (session.about, *parts):
        records.deliveries.cancel(about)
    records.placements.put(session.about, ())
    records.sessions.remove(session)


def erase(records: Records, member: Member, now: datetime) -> None:
    """Drop what somebody planned for themselves, and count them out of what they answered."""
    for session in records.sessions.answered_by(member.id, now):
        records.touched.add(session, member.id)
    for session in records.sessions.drafts(member.sight, now):
        discard(records, session)


def concerned(records: Records, session: Session, by: Actor) -> tuple[Sequence[int], Sequence[int]]:
    """List whom a change of a session concerns: the ids of people, `by` left out, and of channels.

    Those said yes or maybe, host it, contribute, interpret, or planned it, where others change it.
    """
    people = [m.id for r, m in records.rsvps.answered(session.id) if r.answer != "no"]
    people += [session.organiser_id] if by.member and session.organiser_id else []
    people += [turn.member_id for turn in records.roles.taken(session.id) if turn.member_id]
    people += records.contributions.confirmed(session.id)
    people += records.interpreters.confirmed(session.id)
    channels = {post.channel_id for post in records.posts.about(session.about) if post.channel_id}
    return [id for id in dict.fromkeys(people) if id != by.id], sorted(channels)


def tell_all(
    records: Records,
    session: Session,
    news: News,
    unaware: Collection[int] = (),
) -> tuple[int, int]:
    """Tell the channels and the people it concerns about a change of a session.

    Whoever does it knows it, and who is `unaware` of what is undone hears nothing. A move that
    somebody made is told a little later. Whoever sleeps is told in the morning, unless the session
    begins by then; whoever takes no direct messages is named in a channel. Gives how many people
    and channels.
    """
    notice, by = news.notice, news.by
    at = by.now + (HELD if notice == MOVED and by.member else timedelta(0))
    one = Wanted(
        str(session.revision), at, max(session.ends_at, at + timedelta(days=1)), args=news.args
    )
    whom, channels = concerned(records, session, by)
    people = [id for id in whom if id not in unaware]
    # Who has a part in a moved session is asked whether they still can, which tells the new time.
    hosts = [turn.member_id for turn in records.roles.taken(session.id)]
    asked = hosts if notice == MOVED else ()
    members = records.members.many([id for id in people if id not in asked])
    closed = replace(one, fallback_id=min(channels, default=None))
    wanted = addressed(records, session.about, notice, closed, members)
    for row in (*wanted, *(replace(one, channel_id=id) for id in channels)):
        records.deliveries.send(session.about, notice, row)
    return len(people), len(channels)
