"""Tells people what concerns them: in no quiet hours of theirs, and nothing that was replaced."""

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import datetime

from bot.rules.reminders import LEAD, Wish, quiet_shift
from storage import Records
from storage.community import Channel, Post
from storage.deliveries import Delivery, Wanted
from storage.people import Member
from storage.sessions import Session

USUAL = (24 * 60, 60)
"""Minutes before the start at which people are reminded who chose nothing else."""


def hosting_of(session: Session) -> str:
    """Name what deliveries and posts on who hosts a session are about."""
    return f"host:{session.id}"


def suggestion_of(session: Session) -> str:
    """Name what deliveries and posts are about that ask for a session to be announced."""
    return f"suggestion:{session.id}"


def wish_of(
    records: Records, member: Member, since: datetime, offsets: Iterable[int] | None = None
) -> Wish:
    """Give what somebody wishes of reminders, `offsets` in minutes in the place of their own."""
    home = records.community
    chosen = USUAL if member.reminders is None else member.reminders
    return Wish(
        tuple(offsets or chosen),
        home.quiet_from if member.quiet_from is None else member.quiet_from,
        home.quiet_to if member.quiet_to is None else member.quiet_to,
        member.effective_zone or home.zone,
        since,
    )


def awake(records: Records, member: Member, at: datetime, latest: datetime) -> datetime:
    """Put a moment off to the end of a member's quiet hours; what cannot wait so long stays."""
    return quiet_shift(at, wish_of(records, member, at), latest) or at


def tell_awake(
    records: Records, session: Session, notice: str, people: Iterable[Member], one: Wanted
) -> list[Member]:
    """Tell some people about who hosts a session, in no quiet hours of theirs while it can wait.

    Without a kind it is what is told at that moment: whoever sleeps is told once in the morning, as
    things stand then, and by whom if that was one person. Gives those who are told later.
    """
    later = []
    about = hosting_of(session)
    waits = [row for row in records.deliveries.about(about) if row.state == "pending"]
    waiting = {row.key: row for row in waits}
    for member in people:
        due_at = awake(records, member, one.due_at, session.starts_at - LEAD)
        kind = one.kind or due_at.isoformat()
        row = replace(one, kind=kind, due_at=due_at, member_id=member.id)
        before = waiting.get(row.key(about, notice))
        if before is None:
            records.deliveries.send(about, notice, row)
        elif before.by_id != row.by_id:
            before.by_id = None
        later += [member] if due_at > one.due_at else []
    return later


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
    one, latest = Wanted("suggested", now, session.starts_at), session.starts_at - LEAD
    wanted = [replace(one, channel_id=channel.id) for channel in core]
    for member in people:
        due_at = awake(records, member, now, latest)
        wanted.append(replace(one, member_id=member.id, due_at=due_at))
    for row in wanted:
        records.deliveries.send(suggestion_of(session), "session.suggested", row)
    return all(row.due_at > now for row in wanted)
