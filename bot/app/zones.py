"""Follows the zone data where its rules have changed since the last start."""

import zoneinfo
from datetime import datetime

import structlog

from bot import moments
from bot.app.lots import Lots
from bot.app.zone_data import ZoneData
from bot.domain.follow import follow
from bot.domain.reminders import ANNOUNCED
from bot.domain.sessions import SessionTime, move, to_be_announced
from bot.moments import WallTime
from storage import Records, Storage
from storage.log import Actor
from storage.sessions import Session, to_come

log = structlog.get_logger()
KEPT = "zone data"


def follow_zone_data(storage: Storage, rules: ZoneData, now: datetime) -> int:
    """Bring all sessions to come in line with zone data newer than what they were set by.

    Those whose moment changes are treated as moved: reminders, calendars and posts follow, and
    people are told. Gives how many did. It can be broken off and begun anew, and done by several
    processes at once. Zone data older than what was seen before changes nothing, so that machines
    that differ do not move sessions to and fro.
    """
    with storage.read() as transaction:
        before = transaction.key_values.get(KEPT)
    if rules.version <= before:
        if rules.version < before:
            log.warning("zone data is old", action="zones", here=rules.version, newest=before)
        return 0
    moved = _follow_all(storage, rules, now)
    with storage.write() as transaction:
        if transaction.key_values.hold(KEPT, now) < rules.version:
            transaction.key_values.put(KEPT, rules.version, now)
    log.info("zone data is new", action="zones", version=rules.version, before=before, moved=moved)
    return moved


def _follow_all(storage: Storage, rules: ZoneData, now: datetime) -> int:
    """Look at all sessions, some in each transaction, so that nobody waits long for one."""
    lots = Lots(
        "zones",
        lambda open, last, most: to_come(open.db, now, last, most),
        lambda records, session: _follow(records, session, rules, now),
    )
    more = True
    while more:
        with storage.write() as transaction:
            more = lots.next(transaction)
    return lots.changed


def _follow(records: Records, session: Session, rules: ZoneData, now: datetime) -> bool:
    at = _instant(session.wall, session.zone, rules) or session.starts_at
    _announce_anew(records, session, rules, now)
    moved = at != session.starts_at
    if moved:
        when = WallTime(at, session.wall, session.zone)
        move(records, session, SessionTime(when, session.minutes), Actor(None, now))
    records.touched.add(session)  # quiet hours may be at another time where people are
    follow(records, now)
    return moved


def _announce_anew(records: Records, session: Session, rules: ZoneData, now: datetime) -> None:
    """Bring an announcement for later in line."""
    if session.state != "announced" or not to_be_announced(session, now):
        return
    for row in records.deliveries.about(session.about):
        if row.notice == ANNOUNCED and row.state == "pending" and row.args:
            at = _instant(row.args["wall"], row.args["zone"], rules) or row.due_at
            row.due_at = session.announce_at = session.told_at = at


def _instant(wall: str, zone: str, rules: ZoneData) -> datetime | None:
    """Find the moment of a time on the wall; None where the zone or the time is none."""
    try:
        return moments.instant(wall, rules.zone(zone))
    except (ValueError, zoneinfo.ZoneInfoNotFoundError) as error:
        log.error("time on the wall is unknown", action="zones", wall=wall, error=str(error))
        return None
