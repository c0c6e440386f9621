"""Keeps action items: who does what until when; their owners are reminded once, on the day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.reminders import Concerned
from bot.domain.telling import tell, wish_of
from bot.folding import folded
from bot.rules.reminders import quiet_shift
from storage import Records
from storage.actions import ActionItem
from storage.deliveries import Wanted
from storage.log import Actor
from storage.people import Member
from storage.sessions import Session

SESSION = "session"
DUE, PASSED = "session.action_due", "session.action_passed"
MORNING, DAY = time(9), timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Action:
    """What is written on a line: what is to be done, by a member or a name, until which day."""

    words: str
    owner: Member | None = None
    name: str = ""
    due_on: date | None = None


def put(records: Records, session: Session, lines: Iterable[Action], by: Actor) -> None:
    """Have the action items of a session be these; what others wrote down or is done stays."""
    left = [*records.actions.of(session.about)]
    for line in lines:
        item = next((one for one in left if folded(one.words) == folded(line.words)), None)
        if item is None:
            item = ActionItem(about=session.about, words=line.words, created_at=by.now)
            item.by_id = by.id
            records.actions.add(item)
        else:
            left.remove(item)
        _write(records, item, line)
    for item in left:
        if item.by_id == by.id and item.done_at is None:
            records.actions.remove(item)
    records.db.flush()
    records.touched.add(session)


def _write(records: Records, item: ActionItem, line: Action) -> None:
    item.owner_id = line.owner.id if line.owner else None
    item.name, item.due_on = line.name, line.due_on
    zone = line.owner.effective_zone if line.owner else ""
    item.zone = item.zone or zone or records.community.zone


def done(records: Records, session: Session, item: ActionItem, by: Actor) -> bool:
    """Keep that something was done; False: it was already."""
    fresh = item.done_at is None
    item.done_at = item.done_at or by.now
    records.touched.add(session)
    return fresh


def pass_on(records: Records, session: Session, item: ActionItem, to: Member, by: Actor) -> None:
    """Give an action item to somebody else, who is told by whom."""
    item.owner_id, item.name, item.done_at = to.id, "", None
    records.touched.add(session)
    if to.id != by.id:
        kind, args = f"{item.id}:{by.now.isoformat()}", {"item": item.id}
        one = Wanted(kind, by.now, by.now + 7 * DAY, by_id=by.id, args=args)
        tell(records, session.about, PASSED, one, [to])


def put_off(records: Records, session: Session, item: ActionItem, day: date) -> None:
    """Have an action item be due on another day."""
    item.due_on = day
    records.touched.add(session)


def want(records: Records, session: Session, concerned: Concerned, now: datetime) -> None:
    """Want the owners of action items reminded once, in the morning of the day."""
    if concerned is not None or session.starts_at > now:
        return
    items = [one for one in records.actions.of(session.about) if one.due_on and not one.done_at]
    owners = {
        one.id: one for one in records.members.many([i.owner_id for i in items if i.owner_id])
    }
    rows = [
        _reminder(records, item, owners[item.owner_id], item.due_on)
        for item in items
        if item.owner_id in owners and item.due_on
    ]
    ahead = [row for row in rows if row.due_at >= now]
    records.deliveries.want(session.about, DUE, ahead, now)


def _reminder(records: Records, item: ActionItem, owner: Member, day: date) -> Wanted:
    zone = owner.effective_zone or records.community.zone
    at = datetime.combine(day, MORNING, ZoneInfo(zone)).astimezone(item.created_at.tzinfo)
    at = quiet_shift(at, wish_of(records, owner, at), at + DAY) or at
    args = {"item": item.id}
    return Wanted(f"{item.id}:{day}", at, at + DAY / 2, member_id=owner.id, args=args)


def follow_owner(records: Records, member: Member, concerned: Concerned, now: datetime) -> None:
    """Have the sessions followed whose action items somebody is reminded of: they may move."""
    dated = [one.about for one in records.actions.open_of(member.id) if one.due_on]
    ids = {int(id) for kind, _, id in (about.partition(":") for about in dated) if kind == SESSION}
    for session in records.sessions.many(sorted(ids)) if ids else ():
        records.touched.add(session)
