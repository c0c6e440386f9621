"""Brings the reminders of sessions in line with who comes, who hosts and what each one wishes."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain.telling import USUAL, addressed, hosting_of, replace_posts, wish_of
from bot.rules.reminders import Due, Wish, wanted
from storage import Records
from storage.deliveries import Wanted
from storage.hosting import HOST
from storage.people import Member
from storage.rsvps import Rsvp
from storage.sessions import Session

ANNOUNCED = "session.announced"
ROLE_REMINDER = "host.role_reminder"
REMINDER, HOST_REMINDER, HOST_ASKED = "session.reminder", "session.host_reminder", "host.asked"
NUDGE, NUDGED = "session.nudge", timedelta(days=3)
"""A nudge, and how long before a session it goes out."""
HOSTS = (3 * 24 * 60, 2 * 60)
CHANNELS = (24 * 60, 60)
"""Minutes before the start."""
DAY_OF = "day"
"""The kind of a reminder at an hour of the day, whichever that is."""
Concerned = Set[int] | None
"""The members whose part in a thing has changed; None where everybody's may have."""


def want(records: Records, session: Session, concerned: Concerned, now: datetime) -> None:
    """Bring the reminders of attendees and channels in line with the present state."""
    if session.state != "announced":
        for notice in (REMINDER, HOST_REMINDER):
            records.deliveries.cancel(session.about, notice)
        return
    told, nudged = session.told_at or session.created_at, _nudged(records, session, now)
    people = {
        member.id: _wish(records, session, given, member, nudged)
        for given, member in records.rsvps.reminded(session.id, concerned)
    }
    channel = None if concerned is not None else _channel_wish(records, told)
    seen = max(now, session.announce_at or now)
    dues = wanted(session.starts_at, session.ends_at, channel, people, seen)
    rows = _rows(session, dues, channels_for(records, session) if dues else ())
    for member_id in (None,) if concerned is None else concerned:
        own = rows if member_id is None else [one for one in rows if one.member_id == member_id]
        records.deliveries.want(session.about, REMINDER, own, now, member_id)


def want_hosts(records: Records, session: Session, concerned: Concerned, now: datetime) -> None:
    """Want what hosts are reminded of."""
    if session.state != "announced" or concerned is not None:
        return
    turns = {turn.member_id or 0: turn for turn in records.hosting.accepted(session.id)}
    hosts = records.members.many(list(turns))
    people = {host.id: wish_of(records, host, turns[host.id].changed_at, HOSTS) for host in hosts}
    dues = wanted(session.starts_at, session.ends_at, None, people, now)
    rows = _rows(session, dues, ())  # what people need is for hosts alone: no channel gets it
    records.deliveries.want(session.about, HOST_REMINDER, rows, now)


def want_assistants(
    records: Records, session: Session, concerned: Concerned, now: datetime
) -> None:
    """Want whoever has a role beside hosting reminded of it, a day before."""
    if concerned is not None:
        return
    if session.state != "announced":
        records.deliveries.cancel(session.about, ROLE_REMINDER)
        return
    turns = {one.member_id or 0: one for one in records.roles.taken(session.id) if one.role != HOST}
    assistants = records.members.many(list(turns))
    people = {
        one.id: wish_of(records, one, turns[one.id].changed_at, USUAL[:1]) for one in assistants
    }
    dues = wanted(session.starts_at, session.ends_at, None, people, now)
    records.deliveries.want(session.about, ROLE_REMINDER, _rows(session, dues, ()), now)


def ask_hosts_again(
    records: Records, session: Session, concerned: Concerned, now: datetime
) -> None:
    """Ask whoever has a part whether a new time suits them, once for each time it was moved to.

    They are asked when people are told of the move: until then it can be undone.
    """
    if session.state != "announced" or concerned is not None:
        return
    turns = records.roles.taken(session.id)
    moved = [turn.member_id for turn in turns if turn.agreed_to != session.starts_at]
    if not moved:
        return
    last = records.log.last([session.about], "moved")
    told_at = max(now, last.told_at) if last and last.told_at else now
    args = {"before": last.before["at"]} if last else {}
    for host in records.members.many([id for id in moved if id]):
        _ask_again(records, session, host, told_at, args)


def _ask_again(
    records: Records, session: Session, host: Member, told_at: datetime, args: Mapping[str, str]
) -> None:
    about = hosting_of(session)
    one = Wanted(f"moved:{session.revision}", told_at, session.starts_at, args=args)
    (again,) = addressed(records, about, HOST_ASKED, one, [host])
    asked = {row.key for row in records.deliveries.about(about) if row.state != "cancelled"}
    if again.key(about, HOST_ASKED) not in asked:
        replace_posts(records, session, HOST_ASKED, told_at, [host.id])
        records.deliveries.send(about, HOST_ASKED, again)


def wants_reminders(given: Rsvp | None) -> bool:
    """Say whether somebody may be told more of a session than that it is moved or cancelled."""
    return given is None or not given.muted


def reminded_now(records: Records, session: Session) -> Mapping[int, str]:
    """Give what those answered who are reminded as things stand; without a seat nobody is."""
    return records.rsvps.reminded_answers(session.id)


def _nudged(records: Records, session: Session, now: datetime) -> frozenset[int]:
    """Give who was asked lately whether they come: that stands for the reminder a day before."""
    if session.programme_id is None or session.starts_at - now > NUDGED:
        return frozenset()
    return records.deliveries.told_members(session.about, NUDGE)


def _wish(
    records: Records, session: Session, given: Rsvp, member: Member, nudged: Set[int]
) -> Wish:
    """Give what somebody wishes of a session; that it starts now is for those who said yes.

    It stands for the reminder a day before where they were nudged, or concerned only later.
    """
    since = max(given.answered_at, session.told_at or session.created_at)
    wish = wish_of(records, member, since)
    late = since > session.starts_at - timedelta(minutes=USUAL[0])
    if member.reminders is None and (member.id in nudged or late):
        wish = replace(wish, offsets=USUAL[1:])
    if given.answer == "yes":
        return wish
    return replace(wish, offsets=tuple(offset for offset in wish.offsets if offset))


def _channel_wish(records: Records, since: datetime) -> Wish:
    home = records.community
    return Wish(CHANNELS, home.quiet_from, home.quiet_to, home.zone, since)


def _rows(session: Session, dues: Sequence[Due], places: Sequence[int]) -> list[Wanted]:
    fallback = places[0] if places else None
    rows: list[Wanted] = []
    for due in dues:
        row = Wanted(
            kind=DAY_OF if due.offset is None else f"{due.offset}m",
            due_at=due.due_at,
            expires_at=due.expires_at,
            revision=session.revision,
            args={"revision": session.revision},
        )
        if due.who is None:
            rows += [replace(row, channel_id=channel) for channel in places]
        else:
            rows.append(replace(row, member_id=due.who, fallback_id=fallback))
    return rows


def channels_for(records: Records, session: Session) -> list[int]:
    """Name the channels where a session is reminded: those for it, else where it is announced.

    Those with a language of their own where it is announced are reminded in any case.
    """
    public = records.deliveries.channels(session.about, ANNOUNCED)
    told = [one for one in public if one.told]
    chosen = [one for one in public if one.reminds or (one.locale and one.told)]
    chosen = chosen if any(one.reminds for one in chosen) else told
    own = list(records.placements.of(session.about))
    return [one.id for one in chosen or public] or own
