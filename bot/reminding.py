"""Brings the reminders of sessions in line with who comes, who hosts and what each one wishes."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from bot.chat import Option
from bot.i18n import t
from bot.rules.reminders import LEAD, Due, Wish, quiet_shift, wanted
from storage import Records
from storage.community import Post
from storage.deliveries import Delivery, Wanted
from storage.people import Member
from storage.sessions import Rsvp, Session

ANNOUNCED = "session.announced"
REMINDER, HOST_REMINDER, OVER = "session.reminder", "session.host_reminder", "session.over"
HOST_ASKED, HOST_BEGUN = "host.asked", "host.begun"
REMIND = (
    Option("both", t("A day and an hour before")),
    Option("day", t("A day before")),
    Option("hour", t("An hour before")),
    Option("none", t("Not at all")),
)
REMIND_MINUTES = {"both": [24 * 60, 60], "day": [24 * 60], "hour": [60], "none": []}
Answered = tuple[Rsvp, Member]
USUAL = (24 * 60, 60)
HOSTS = (3 * 24 * 60, 2 * 60)
"""Minutes before the start."""


def wish_of(member: Member) -> str:
    """Name a member's reminder wish as `REMIND` does."""
    chosen = list(USUAL) if member.reminders is None else member.reminders
    return next((name for name, minutes in REMIND_MINUTES.items() if minutes == chosen), "both")


def remind(
    records: Records,
    session: Session,
    now: datetime,
    answered: Answered | None = None,
    zone: str = "",
) -> None:
    """Want the reminders a session needs as things stand; with `answered`, only that member's.

    `zone` is theirs, where it is at hand: their accounts need not be loaded for it then.
    """
    if answered is None:
        records.deliveries.refresh(hosting_of(session), now)
    if session.state != "announced":
        for notice in (REMINDER, HOST_REMINDER, OVER):
            records.deliveries.cancel(session.about, notice)
        return
    told = session.told_at or session.created_at
    coming: Sequence[Answered] = [answered] if answered else records.sessions.coming(session)
    people = {
        member.id: _wish(records, member, max(given.answered_at, told), zone=zone)
        for given, member in coming
        if given.answer == "yes"
    }
    channel = None if answered else _channel_wish(records, told)
    seen = max(now, session.announce_at or now)
    dues = wanted(session.starts_at, session.ends_at, channel, people, seen)
    rows = _rows(session, dues, channels_for(records, session) if dues else ())
    records.deliveries.want(
        session.about, REMINDER, rows, now, answered[1].id if answered else None
    )
    if answered is None:
        _remind_hosts(records, session, now)
        end = Wanted("end", session.ends_at)
        records.deliveries.want(session.about, OVER, [end], now)


def remind_member(records: Records, member: Member, now: datetime) -> None:
    """Bring all reminders of one member in line with what they wish now."""
    for session in records.sessions.coming_to(member.sight, now):
        answer = records.sessions.answer_of(session, member.id)
        if answer is not None:
            remind(records, session, now, (answer, member))


def hosting_of(session: Session) -> str:
    """Name what deliveries and posts on who hosts a session are about."""
    return f"host:{session.id}"


def _remind_hosts(records: Records, session: Session, now: datetime) -> None:
    turns = {turn.member_id or 0: turn for turn in records.hosting.accepted(session.id)}
    hosts = records.members.many(list(turns))
    people = {host.id: _wish(records, host, turns[host.id].changed_at, HOSTS) for host in hosts}
    moved = [host for host in hosts if turns[host.id].agreed_to != session.starts_at]
    for host in moved:
        _ask_again(records, session, host, now)
    dues = wanted(session.starts_at, session.ends_at, None, people, now)
    rows = _rows(session, dues, ())  # what people need is for hosts alone: no channel gets it
    records.deliveries.want(session.about, HOST_REMINDER, rows, now)
    start = Wanted("start", session.starts_at)
    records.deliveries.want(hosting_of(session), HOST_BEGUN, [start], now)


def _ask_again(records: Records, session: Session, host: Member, now: datetime) -> None:
    """Ask a host once whether a new time suits them, however often the session has moved."""
    about, at = hosting_of(session), awake(records, host, now, session.starts_at - LEAD)
    again = Wanted(f"moved:{session.revision}", at, session.starts_at, member_id=host.id)
    asked = {row.key for row in records.deliveries.about(about) if row.state != "cancelled"}
    if again.key(about, HOST_ASKED) not in asked:
        replace_posts(records, session, HOST_ASKED, now, [host.id])
        records.deliveries.send(about, HOST_ASKED, again)


def replace_posts(
    records: Records, planned: Session, notice: str, now: datetime, people: Collection[int] = ()
) -> None:
    """Make room for a notice that is about to be sent: what it said before counts no more.

    What waits is not sent, and what stands is worded once more, with nothing to press. With
    `people` that is only what they were told.
    """
    about = hosting_of(planned)
    before = f"replaced at {now.isoformat()}:{planned.id}"
    rows = [row for row in records.deliveries.about(about) if row.state == "pending"]
    told: list[Delivery | Post] = [*rows, *records.posts.about(about)]
    for one in told:
        if one.notice == notice and (not people or one.member_id in people):
            if isinstance(one, Delivery) and one.post_id is None:
                one.state = "cancelled"
            else:
                one.about, one.notice = before, "host.replaced"
    records.session.flush()
    for refreshed in (before, about):
        records.deliveries.refresh(refreshed, now)


def awake(records: Records, member: Member, at: datetime, latest: datetime) -> datetime:
    """Put a moment off to the end of a member's quiet hours; what cannot wait so long stays."""
    wish = _wish(records, member, at)
    return quiet_shift(at, wish, latest) or at


def tell_awake(
    records: Records, session: Session, notice: str, people: Iterable[Member], one: Wanted
) -> list[Member]:
    """Tell some people about who hosts a session, in no quiet hours of theirs while it can wait.

    Without a kind it is what is told at that moment: whoever sleeps is told once in the morning, as
    things stand then. Gives those who are told later.
    """
    later = []
    about = hosting_of(session)
    waiting = {row.key for row in records.deliveries.about(about) if row.state == "pending"}
    for member in people:
        due_at = awake(records, member, one.due_at, session.starts_at - LEAD)
        kind = one.kind or due_at.isoformat()
        row = replace(one, kind=kind, due_at=due_at, member_id=member.id)
        if row.key(about, notice) not in waiting:
            records.deliveries.send(about, notice, row)
        later += [member] if due_at > one.due_at else []
    return later


def _wish(
    records: Records,
    member: Member,
    since: datetime,
    offsets: Iterable[int] | None = None,
    zone: str = "",
) -> Wish:
    chosen = USUAL if member.reminders is None else member.reminders
    return Wish(
        tuple(offsets or chosen),
        records.community.quiet_from if member.quiet_from is None else member.quiet_from,
        records.community.quiet_to if member.quiet_to is None else member.quiet_to,
        zone or member.effective_zone or records.community.zone,
        since,
    )


def _channel_wish(records: Records, since: datetime) -> Wish:
    home = records.community
    return Wish(USUAL, home.quiet_from, home.quiet_to, home.zone, since)


def _rows(session: Session, dues: Sequence[Due], places: Sequence[int]) -> list[Wanted]:
    fallback = places[0] if places else None
    rows: list[Wanted] = []
    for due in dues:
        row = Wanted(
            kind=f"{due.offset}m",
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
    """Name the channels where a session is reminded: those for it, else where it is announced."""
    public = records.deliveries.channels(session.about, ANNOUNCED)
    chosen = [one for one in public if one.reminds] or [one for one in public if one.told]
    own = [session.channel_id] if session.channel_id else []
    return [one.id for one in chosen or public] or own
