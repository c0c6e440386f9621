"""Tells people what concerns them: in no quiet hours of theirs, and nothing that was replaced."""

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain.quiet import QUIET, Quiet
from bot.rules.reminders import LEAD, Wish, quiet_shift
from storage import Records
from storage.community import Channel, Post
from storage.deliveries import Delivery, Wanted
from storage.guests import ALL, is_mailed
from storage.people import Member
from storage.sessions import Session

USUAL = (24 * 60, 0)
"""Minutes before the start at which people are reminded who chose nothing else."""
DAY = timedelta(days=1)
WAIT = (Quiet.WAITS, Quiet.UNLESS_BEGUN)
OF_SESSIONS = ("session", "host", "suggestion", "after", "contribution", "interpreting")
"""What names of deliveries begin with that are about a session."""


def hosting_of(session: Session) -> str:
    """Name what deliveries and posts on who hosts a session are about."""
    return f"host:{session.id}"


def after_of(session: Session) -> str:
    """Name what deliveries and posts are about that tell what stays of a session."""
    return f"after:{session.id}"


def interpreting_in(session: Session) -> str:
    """Name what deliveries and posts on who interprets in a session are about."""
    return f"interpreting:{session.id}"


def suggestion_of(session: Session) -> str:
    """Name what deliveries and posts are about that ask for a session to be announced."""
    return f"suggestion:{session.id}"


def usual_of(member: Member) -> tuple[int, ...]:
    """Give when somebody is reminded who chose nothing: by mail once, with an entry for calendars.

    A mail for the announcement, a reminder and one for what stays are the three of a session.
    """
    return USUAL[:1] if is_mailed(member) or member.reached_by == ALL else USUAL


def wish_of(
    records: Records, member: Member, since: datetime, offsets: Iterable[int] | None = None
) -> Wish:
    """Give what somebody wishes of reminders, `offsets` in minutes in the place of their own."""
    home = records.community
    own = usual_of(member) if member.reminders is None else member.reminders
    return Wish(
        tuple(own if offsets is None else offsets),
        home.quiet_from if member.quiet_from is None else member.quiet_from,
        home.quiet_to if member.quiet_to is None else member.quiet_to,
        member.effective_zone or home.zone,
        since,
        member.reminds_at if offsets is None else None,
    )


def addressed(
    records: Records, about: str, notice: str, one: Wanted, people: Iterable[Member]
) -> list[Wanted]:
    """Address something to people, due to each when the table of quiet hours lets it reach them.

    Whoever did it is awake.
    """
    latest = _latest(records, about, notice, one)
    rows = []
    for member in people:
        at = one.due_at
        if latest is not None and member.id != one.by_id:
            at = _shifted(records, member, at, latest)
        rows.append(replace(one, member_id=member.id, due_at=at))
    return rows


def tell(
    records: Records, about: str, notice: str, one: Wanted, people: Iterable[Member]
) -> list[Wanted]:
    """Tell people something about a thing, when their quiet hours allow; gives what is sent."""
    rows = addressed(records, about, notice, one, people)
    for row in rows:
        records.deliveries.send(about, notice, row)
    return rows


def put_off(records: Records, row: Delivery, member: Member, now: datetime) -> datetime:
    """Say when a delivery that is late goes out to somebody: in the morning, if it can wait."""
    late = Wanted(row.kind, now, row.expires_at, args=row.args)
    latest = _latest(records, row.about, row.notice, late) or row.expires_at or now + DAY
    return _shifted(records, member, now, latest)


def _shifted(records: Records, member: Member, at: datetime, latest: datetime) -> datetime:
    """Put a moment off to the end of a member's quiet hours; what cannot wait so long stays."""
    return quiet_shift(at, wish_of(records, member, at), latest) or at


def _latest(records: Records, about: str, notice: str, one: Wanted) -> datetime | None:
    """Say until when a notice can wait for the morning; None: it does not wait."""
    quiet = QUIET.get(notice, Quiet.WAITS)
    begins = _begins(records, about, one) if quiet is Quiet.UNLESS_BEGUN else None
    if begins is not None:
        return begins - LEAD
    return (one.expires_at or one.due_at + DAY) if quiet in WAIT else None


def _begins(records: Records, about: str, one: Wanted) -> datetime | None:
    """Say when what a notice is about begins first: a session that is moved, at either time."""
    kind, _, id = about.partition(":")
    ids = one.args.get("sessions", [int(id)] if kind in OF_SESSIONS else [])
    begins = [session.starts_at for session in records.sessions.many(ids)]
    if before := one.args.get("before"):
        begins += [at for at in [datetime.fromisoformat(before)] if at > one.due_at]
    return min(begins, default=None)


def tell_awake(
    records: Records, session: Session, notice: str, people: Iterable[Member], one: Wanted
) -> list[Member]:
    """Tell some people about who hosts a session, in no quiet hours of theirs while it can wait.

    Without a kind it is what is told at that moment: whoever sleeps is told once in the morning, as
    things stand then, and by whom if that was one person. Gives those who are told later.
    """
    about, people = hosting_of(session), [*people]
    waits = [row for row in records.deliveries.about(about) if row.state == "pending"]
    waiting = {row.key: row for row in waits}
    rows = addressed(records, about, notice, one, people)
    for row in rows:
        sent = replace(row, kind=one.kind or row.due_at.isoformat())
        before = waiting.get(sent.key(about, notice))
        if before is None:
            records.deliveries.send(about, notice, sent)
        elif before.by_id != sent.by_id:
            before.by_id = None
    return [who for who, row in zip(people, rows, strict=True) if row.due_at > one.due_at]


def replace_posts(
    records: Records, session: Session, notice: str, now: datetime, people: Collection[int] = ()
) -> None:
    """Make room for a notice that is about to be sent: what it said before counts no more.

    What waits is not sent, and what stands is worded once more, with nothing to press. With
    `people` that is only what they were told.
    """
    about = hosting_of(session)
    before = f"replaced at {now.isoformat()}:{session.id}"
    rows = [row for row in records.deliveries.about(about) if row.state == "pending"]
    told: list[Delivery | Post] = [*rows, *records.posts.about(about)]
    for one in told:
        if one.notice == notice and (not people or one.member_id in people):
            if isinstance(one, Delivery) and one.post_id is None:
                one.state = "cancelled"
            else:
                one.about, one.notice = before, "host.replaced"
    records.db.flush()
    for refreshed in (before, about):
        records.deliveries.refresh(refreshed, now)


def suggest_to(
    records: Records,
    session: Session,
    core: Iterable[Channel],
    people: Iterable[Member],
    now: datetime,
) -> bool:
    """Ask the core group to announce a session, where it talks, else each of them.

    Says whether they are asked only when their quiet hours end.
    """
    about, notice = suggestion_of(session), "session.suggested"
    one = Wanted("suggested", now, session.starts_at)
    wanted = [replace(one, channel_id=channel.id) for channel in core]
    for row in wanted:
        records.deliveries.send(about, notice, row)
    wanted += tell(records, about, notice, one, people)
    return all(row.due_at > now for row in wanted)
