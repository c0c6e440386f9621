"""Takes in sessions that were read of a file, in lots, and takes them back."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.domain import programmes, sessions
from bot.domain.announcing import schedule
from bot.domain.dates_ahead import put_date
from bot.domain.telling import tell
from bot.moments import WallTime, instant, wall
from storage import Records
from storage.community import Channel
from storage.deliveries import Wanted
from storage.imports import DONE, DROPPED, READY, RUNNING, UNDOING, Import, Imported
from storage.log import Actor, LogEntry
from storage.people import Member
from storage.programmes import DRAFT, Programme
from storage.sessions import Session
from storage.undoing import Undone, undoable

TIMER, OVER = "community.imports_on", "community.imported"
PAUSE = timedelta(milliseconds=10)
"""How long others have their turn between two transactions."""
AHEAD = timedelta(days=14)
"""How long before it a session is announced."""
FEW = 2
"""Rows that are taken in, or back, in one transaction: what follows from each takes time."""
MADE, HERE, FAILED = "made", "here", "not_made"
MOST_NAMED = 1000
CHANNELS = "channels"
SAID = ("title", "minutes", "description", "link", "place", "languages")
Row = Mapping[str, Any]


def begin(records: Records, content: str, by: Actor, channels: Collection[int]) -> Import:
    """Keep the text of a file until it is read; what it holds is for some channels."""
    new = Import(created_at=by.now, content=content, member_id=by.id or None)
    new.summary = {CHANNELS: [*channels]}
    records.imports.add(new)
    return new


def channels_of(records: Records, read: Import) -> Sequence[Channel]:
    """List the channels that what was read is held in, as far as they are still there."""
    return records.channels.many(read.summary.get(CHANNELS, []))


def keep_read(
    records: Records,
    read: Import,
    lots: Sequence[list[dict[str, Any]]],
    problems: list[list[Any]],
    summary: dict[str, Any],
) -> None:
    """Keep what was read of a file, to be looked at; its text is not needed any more."""
    records.imports.put_lots(read, lots)
    read.content, read.state = "", READY
    read.problems, read.summary = problems, {**read.summary, **summary}


def drop(records: Records, dropped: Import, now: datetime) -> None:
    """Forget what was read of a file."""
    records.imports.drop_lots(dropped)
    dropped.state, dropped.ended_at, dropped.content = DROPPED, now, ""
    dropped.problems = []


def start(records: Records, started: Import, places: Sequence[Channel] | None, by: Actor) -> None:
    """Have the rows of a file taken in, in lots; in some places they are announced."""
    started.state, started.announces = RUNNING, places is not None
    if places is not None:
        started.summary = {**started.summary, CHANNELS: [place.id for place in places]}
        for place in places:
            place.lost = ""
    records.timers.set(started.about, TIMER, by.now)


def go_on(records: Records, running: Import, now: datetime) -> None:
    """Take in the next rows of an import, or take back the next of one that is undone."""
    again = False
    if running.state == RUNNING:
        again = _take_in(records, running, now)
    elif running.state == UNDOING:
        again = _take_back(records, running, now)
    records.timers.set(running.about, TIMER, now + PAUSE if again else None)


def _take_in(records: Records, running: Import, now: datetime) -> bool:
    """Take in some rows of the next lot; says whether there may be more."""
    lot = records.imports.next_lot(running)
    if lot is None:
        _end(records, running, now)
        return False
    rows, left = lot.rows[:FEW], lot.rows[FEW:]
    known = records.imports.known([row["key"] for row in rows])
    came = [HERE if row["key"] in known else _made(records, running, row, now) for row in rows]
    records.imports.leave(lot, left)
    running.done += len(rows)
    running.made += came.count(MADE)
    failed = [
        [row["n"], FAILED, row["title"]]
        for row, end in zip(rows, came, strict=True)
        if end == FAILED
    ]
    running.problems = [*failed, *running.problems][:MOST_NAMED]
    running.summary = {
        **running.summary,
        "here": running.summary.get("here", 0) + came.count(HERE),
        "failed": running.summary.get("failed", 0) + len(failed),
    }
    return True


def _end(records: Records, ended: Import, now: datetime) -> None:
    """Say that all was taken in, to whoever asked, and in the log."""
    ended.state, ended.ended_at = DONE, now
    by = records.members.find(ended.member_id or 0)
    if ended.made:
        entry = records.log.add(ended.about, "imported", by, now)
        entry.after = {"made": ended.made}
    _tell(records, ended, by, now)


def _tell(records: Records, ended: Import, by: Member | None, now: datetime) -> None:
    if by is not None:
        one = Wanted(ended.state, now, by_id=by.id)
        tell(records, ended.about, OVER, one, [by])


def _made(records: Records, running: Import, row: Row, now: datetime) -> str:
    """Make a session or a programme of a row; says how that ended.

    What breaks leaves nothing behind, and the others go on.
    """
    by = Actor(records.members.find(running.member_id or 0), now)
    try:
        with undoable(records.db):
            kept = Imported(key=row["key"], import_id=running.id)
            if "rrule" in row:
                kept.programme_id = _programme(records, running, row, by).id
            else:
                kept.session_id = _session(records, running, row, by).id
            records.imports.keep(kept)
    except Undone:
        return HERE if records.imports.known([row["key"]]) else FAILED
    return MADE


# What is past comes as it was held, and nobody is told.
def _session(records: Records, running: Import, row: Row, by: Actor) -> Session:
    """Make a session: a draft, one that is announced in time, or one that was held."""
    at = datetime.fromisoformat(row["at"])
    session = Session(
        starts_at=at,
        wall=row["wall"],
        zone=row["zone"],
        created_at=by.now,
        organiser_id=by.id or None,
        **{name: row[name] for name in SAID},
    )
    channels = [place.id for place in channels_of(records, running)]
    sessions.plan(records, session, channels)
    if at <= by.now:
        session.state = "announced"
    elif running.announces:
        first = at - AHEAD
        later = WallTime(first, wall(first, session.zone), session.zone)
        schedule(records, session, channels, by.now, later if first > by.now else None)
    return session


def _programme(records: Records, running: Import, row: Row, by: Actor) -> Programme:
    """Make a programme by its rule, with the dates that are unlike it; start it where asked."""
    planned = Programme(
        created_at=by.now, organiser_id=by.id or None, **{name: row[name] for name in SAID}
    )
    channels = [place.id for place in channels_of(records, running)]
    programmes.plan(records, planned, (row["wall"], row["zone"], row["rrule"]), channels)
    for name in sorted({*row["off"], *row["moved"], *row["titles"]}):
        _unlike(records, planned, row, name, by.now)
    if running.announces:
        programmes.start(records, planned, records.channels.many(channels), by)
    return planned


def _unlike(records: Records, planned: Programme, row: Row, name: str, now: datetime) -> None:
    """Make a date that is called off, moved or called otherwise, where it is still to come."""
    held, zone, minutes = row["moved"].get(name, [name, row["zone"], row["minutes"]])
    starts_at = instant(held, ZoneInfo(zone))
    if name in row["off"] or starts_at <= now:  # it was held earlier than the rule says
        if instant(name, ZoneInfo(row["zone"])) > now:
            put_date(records, planned, name, {"state": "cancelled"}, now)
        return
    said: dict[str, Any] = {"title": row["titles"][name]} if name in row["titles"] else {}
    if name in row["moved"]:
        said |= {"wall": held, "zone": zone, "starts_at": starts_at, "minutes": minutes}
    put_date(records, planned, name, said, now)


# What was taken in is taken back while nobody knows of it.
def undo(records: Records, done: Import, entry: LogEntry, by: Actor) -> None:
    """Have all that an import made be taken back, in lots; whoever does it is told."""
    back = records.log.add(done.about, "import undone", by.member, by.now)
    records.db.flush()
    entry.undone_by_id = back.id
    done.member_id, done.ended_at = by.id or None, None
    done.state, done.done = UNDOING, 0
    done.problems, done.summary = [], {**done.summary, "after": 0, "stay": 0}
    records.timers.set(done.about, TIMER, by.now)


def _take_back(records: Records, undone: Import, now: datetime) -> bool:
    """Take back some of what was made; says whether there may be more."""
    rows = records.imports.made_by(undone, undone.summary["after"], FEW)
    staying = [title for row in rows if (title := _left(records, row, now))]
    undone.done += len(rows) - len(staying)
    stay = undone.summary["stay"] + len(staying)
    after = max((row.id for row in rows), default=0)
    undone.summary = {**undone.summary, "after": after, "stay": stay}
    undone.problems = [*undone.problems, *([0, "stays", title] for title in staying)][:MOST_NAMED]
    if not rows:
        undone.ended_at = now
        _tell(records, undone, records.members.find(undone.member_id or 0), now)
    return bool(rows)


def _left(records: Records, row: Imported, now: datetime) -> str:
    """Take back what a row made; gives the title of what stays: somebody knows of it."""
    if row.programme_id and (planned := records.programmes.find(row.programme_id)):
        if planned.state != DRAFT:
            return planned.title
        programmes.discard(records, planned)
    if row.session_id and (session := records.sessions.find(row.session_id)):
        if not _unknown(records, session, now):
            return session.title
        sessions.discard(records, session)
    return ""


def _unknown(records: Records, session: Session, now: datetime) -> bool:
    """Say whether nobody was told of a session, or has added anything to it."""
    if session.announce_at is not None and not sessions.waits(session, now):
        return False
    added = records.rsvps.answered(session.id) or records.attendance.of(session.id)
    return not (added or records.assets.of(session.about))


def entry_of(records: Records, done: Import) -> LogEntry | None:
    """Give the entry of an import in the log."""
    return records.log.last([done.about], "imported")
