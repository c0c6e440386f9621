"""Keeps what hosts have to do and hand over, and brings in line when they are reminded of it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.needs import planner_of
from bot.domain.reminders import HOSTS, Concerned
from bot.domain.telling import hosting_of, wish_of
from bot.folding import folded
from bot.rules.checklists import NEXT_DAY, Reminder, own_messages, soon_after
from storage import Records
from storage.checklists import ChecklistItem, Handover
from storage.deliveries import Wanted
from storage.log import Actor
from storage.sessions import Session

CHECKLIST, AFTER = "host.checklist_due", "host.after"
DAY = timedelta(days=1)
LONGEST = 60 * DAY
"""How long after a session its hosts are reminded of what is left, or shown it, at most."""
NOTHING = timedelta()
AHEAD = 7 * DAY
JOINED = {-(minutes // (24 * 60)): minutes for minutes in HOSTS}
"""On which days, from the start, what is to be done stands in a host's reminder, and in which."""
FIRST = max(HOSTS)


@dataclass(frozen=True, slots=True)
class ToDo:
    """What is written on a line of a checklist: what, and how many days after the start."""

    words: str
    days: int


def put(records: Records, programme_id: int | None, lines: Sequence[ToDo], by: Actor) -> None:
    """Have a checklist hold these lines; an item that is only worded or dated anew stays ticked."""
    left = [*records.checklists.listed(programme_id)]
    for line, item in _matched(lines, left):
        if item is None:
            item = ChecklistItem(words=line.words, days=line.days, created_at=by.now)
            item.programme_id = programme_id
            records.checklists.add(item)
        item.words, item.days = line.words, line.days
    for item in left:
        item.removed_at = by.now
    records.db.flush()
    for session in records.checklists.followed(programme_id, by.now - LONGEST):
        records.touched.add(session)


def _matched(
    lines: Sequence[ToDo], left: list[ChecklistItem]
) -> Iterable[tuple[ToDo, ChecklistItem | None]]:
    """Pair lines with the items they stand for, which are taken from those `left`."""
    pairs: dict[int, ChecklistItem] = {}
    for same in (_same_words, _same_day):
        for place, line in enumerate(lines):
            item = next((one for one in left if same(one, line)), None)
            if place not in pairs and item is not None:
                pairs[place] = item
                left.remove(item)
    return [(line, pairs.get(place)) for place, line in enumerate(lines)]


def _same_words(item: ChecklistItem, line: ToDo) -> bool:
    return folded(item.words) == folded(line.words)


def _same_day(item: ChecklistItem, line: ToDo) -> bool:
    return item.days == line.days


def still_open(
    records: Records, sessions: Sequence[Session]
) -> Mapping[int, Sequence[ChecklistItem]]:
    """Give by session what is not done yet, what is to be done first first."""
    items = records.checklists.present()
    ids = [session.id for session in sessions]
    done = {(tick.session_id, tick.item_id) for tick in records.checklists.ticks(ids) if items}
    return {
        session.id: [
            item
            for item in items
            if item.programme_id in (None, session.programme_id)
            and (session.id, item.id) not in done
        ]
        for session in sessions
    }


def due(
    records: Records, sessions: Sequence[Session], now: datetime, ahead: timedelta = NOTHING
) -> Mapping[int, Sequence[ChecklistItem]]:
    """Give by session what is not done and is to be done by now, or a while ahead.

    What was to be done before a session is over with it.
    """
    known = {session.id: session for session in sessions}
    left = still_open(records, sessions)
    return {
        id: [
            item
            for item in items
            if known[id].starts_at + item.days * DAY <= now + ahead
            and (item.days > 0 or known[id].ends_at > now)
        ]
        for id, items in left.items()
    }


def due_on(records: Records, session: Session, days: int) -> Sequence[ChecklistItem]:
    """List what is not done and is to be done that many days after the start of a session."""
    return [item for item in still_open(records, [session])[session.id] if item.days == days]


def due_with_next_day(records: Records, session: Session) -> Sequence[ChecklistItem]:
    """List what is not done and stands in the question on the day after a session."""
    return due_on(records, session, NEXT_DAY)


def due_with(records: Records, session: Session, kind: str) -> Sequence[ChecklistItem]:
    """List what stands in a host's reminder of that kind and is not done."""
    days = next((day for day, minutes in JOINED.items() if kind == f"{minutes}m"), None)
    return [] if days is None else due_on(records, session, days)


def handovers(records: Records, session: Session) -> Sequence[Handover]:
    """List what the hosts of the sessions before have those of a session know."""
    before = records.checklists.before(session)
    known = {one.id: records.checklists.handover_of(one.id) for one in before}
    return [handover for handover in known.values() if handover is not None]


def handovers_for(records: Records, session: Session, kind: str) -> Sequence[Handover]:
    """List the handovers that stand in a host's reminder of that kind.

    The first one holds all of it, the next what was written since: the first may have gone out on
    the evening before.
    """
    since = session.starts_at - timedelta(minutes=FIRST) - DAY / 2
    first = kind == f"{FIRST}m"
    return [one for one in handovers(records, session) if first or one.at > since]


def hand_over(records: Records, session: Session, words: str, by: Actor) -> None:
    """Keep what the hosts of a session have the next ones know."""
    records.hosting.hold(session.id)
    records.checklists.hand_over(session.id, words, by.id, by.now)
    records.touched.add(session)


def tick(records: Records, session: Session, item: ChecklistItem, by: Actor) -> bool:
    """Keep that something was done for a session; False: it was already."""
    records.hosting.hold(session.id)
    records.touched.add(session)
    return records.checklists.tick(session.id, item.id, by.id, by.now)


def untick(records: Records, session: Session, item: ChecklistItem) -> None:
    """Take it that something was not done for a session; its reminders are wanted again."""
    records.hosting.hold(session.id)
    records.checklists.untick(session.id, item.id)
    records.touched.add(session)


def want(records: Records, session: Session, concerned: Concerned, now: datetime) -> None:
    """Want what hosts are told of their checklist, and asked after the session.

    An item that is ticked is still wanted: its message is worded from what is open by then.
    """
    if concerned is not None or session.ends_at + LONGEST < now:
        return
    about = hosting_of(session)
    if session.state != "announced":
        for notice in (CHECKLIST, AFTER):
            records.deliveries.cancel(about, notice)
        return
    hosts = {t.member_id: t.changed_at for t in records.hosting.accepted(session.id) if t.member_id}
    days = {item.days for item in records.checklists.of_session(session)}
    rows: dict[str, list[Wanted]] = {CHECKLIST: [], AFTER: []}
    for host in records.members.many([*hosts]):
        wish = wish_of(records, host, hosts[host.id])
        for one in own_messages(session.starts_at, days, JOINED, wish):
            rows[CHECKLIST].append(_row(one, host.id))
        rows[AFTER].append(_row(soon_after(session.ends_at, wish), host.id))
    planner = None if hosts else planner_of(records, session)
    if planner is not None:
        wish = wish_of(records, planner, session.created_at)
        rows[AFTER].append(_row(soon_after(session.ends_at, wish), planner.id))
    for notice, wanted in rows.items():
        ahead = [row for row in wanted if row.due_at >= now]
        records.deliveries.want(about, notice, ahead, now)


def _row(one: Reminder, host: int) -> Wanted:
    # The same however often a session is moved: nobody hears twice of the same day.
    return Wanted(f"{one.days}d", one.due_at, one.expires_at, member_id=host)
