"""Brings the reminders of sessions in line with who comes, who hosts and what each one wishes."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from bot.chat import Option
from bot.i18n import t
from bot.rules.reminders import Due, Wish, wanted
from storage import Records
from storage.deliveries import Wanted
from storage.people import Member
from storage.sessions import Session

REMINDER, HOST_REMINDER = "session.reminder", "session.host_reminder"
REMIND = (
    Option("both", t("A day and an hour before")),
    Option("day", t("A day before")),
    Option("hour", t("An hour before")),
    Option("none", t("Not at all")),
)
REMIND_MINUTES = {"both": [24 * 60, 60], "day": [24 * 60], "hour": [60], "none": []}
USUAL = (24 * 60, 60)
HOSTS = (3 * 24 * 60, 2 * 60)
"""Minutes before the start."""


def wish_of(member: Member) -> str:
    """Name a member's reminder wish as `REMIND` does."""
    chosen = list(USUAL) if member.reminders is None else member.reminders
    return next((name for name, minutes in REMIND_MINUTES.items() if minutes == chosen), "both")


def remind(records: Records, session: Session, now: datetime, member: Member | None = None) -> None:
    """Want the reminders a session needs as things stand; with `member`, only theirs."""
    if session.state != "announced":
        for notice in (REMINDER, HOST_REMINDER):
            records.deliveries.cancel(session.about, notice)
        return
    coming = records.sessions.coming(session)
    people = {m.id: _wish(records, m, r.answered_at) for r, m in coming if member in (None, m)}
    channel = None if member else _channel_wish(records, session, now)
    dues = wanted(session.starts_at, session.ends_at, channel, people, now)
    rows = _rows(records, session, dues)
    records.deliveries.want(
        session.about, REMINDER, rows, now, None if member is None else member.id
    )
    if member is None:
        _remind_hosts(records, session, now)


def remind_member(records: Records, member: Member, now: datetime) -> None:
    """Bring all reminders of one member in line with what they wish now."""
    for session in records.sessions.coming_to(member.id, now):
        remind(records, session, now, member)


def _remind_hosts(records: Records, session: Session, now: datetime) -> None:
    turns = {turn.member_id: turn.changed_at for turn in records.hosting.accepted(session.id)}
    hosts = records.members.many([id for id in turns if id])
    people = {host.id: _wish(records, host, turns[host.id], HOSTS) for host in hosts}
    dues = wanted(session.starts_at, session.ends_at, None, people, now)
    rows = _rows(records, session, dues)
    records.deliveries.want(session.about, HOST_REMINDER, rows, now)


def _wish(
    records: Records, member: Member, since: datetime, offsets: Iterable[int] | None = None
) -> Wish:
    home = records.community
    chosen = USUAL if member.reminders is None else member.reminders
    return Wish(
        tuple(offsets or chosen),
        home.quiet_from if member.quiet_from is None else member.quiet_from,
        home.quiet_to if member.quiet_to is None else member.quiet_to,
        member.effective_zone or home.zone,
        since,
    )


def _channel_wish(records: Records, session: Session, now: datetime) -> Wish:
    home = records.community
    return Wish(USUAL, home.quiet_from, home.quiet_to, home.zone, session.told_at or now)


def _rows(records: Records, session: Session, dues: Iterable[Due]) -> list[Wanted]:
    places = channels_for(records, session)
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
    chosen = records.channels.reminding() or records.channels.announcing()
    if chosen:
        return [channel.id for channel in chosen]
    return [session.channel_id] if session.channel_id else []
