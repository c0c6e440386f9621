"""Tells what did not go out or did not happen: coordinators, and whoever has just asked for it."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from bot.domain.reminders import ANNOUNCED
from bot.domain.telling import awake
from storage import Records
from storage.deliveries import Delivery, Wanted
from storage.people import Member

TROUBLE = "community.trouble"
ANNOUNCEMENTS = (ANNOUNCED, "openspace.space")
"""Notices whose posts are missed when somebody deletes them."""
JUST = timedelta(minutes=10)
"""How long somebody who did something is surely awake, and waits for what comes of it."""


def actor_of(records: Records, row: Delivery, now: datetime) -> int | None:
    """Give who did just now what a delivery tells of: by its own word, or by the log's."""
    if row.by_id is not None and row.due_at > now - JUST:
        return row.by_id
    return records.log.by_since(row.about, now - JUST) if row.channel_id else None


def report(
    records: Records, failed: str, args: Mapping[str, str], now: datetime, acted: int | None = None
) -> None:
    """Tell the coordinators what failed, and how; in the morning, if they sleep.

    Whoever has just `acted`, so that it was to go out, is told at once, coordinator or not. Of an
    announcement hear those as well who planned the session and had it announced.
    """
    if acted is not None:
        one = Wanted(f"{failed}|{now:%Y-%m-%dT%H:%M}", now, member_id=acted, args=args)
        records.deliveries.send(f"community:{records.community_id}", TROUBLE, one)
    way = args["error"].partition(":")[0]
    # Coordinators hear once an hour of each way to fail.
    kind = f"{failed}|{args.get('state', 'dead')}|{way}|{now:%Y-%m-%dT%H}"
    about = args.get("about", "")
    hear = [one for one in _concerned(records, failed, about) if one.id != acted]
    for member in hear:
        at = awake(records, member, now, now + timedelta(days=1))
        one = Wanted(f"{about}|{way}|{now:%Y-%m-%dT%H}", at, member_id=member.id, args=args)
        records.deliveries.send(f"community:{records.community_id}", TROUBLE, one)
    for member in records.members.with_role("coordinator"):
        if member.id in (acted, *(one.id for one in hear)):
            continue
        at = awake(records, member, now, now + timedelta(days=1))
        one = Wanted(kind, at, member_id=member.id, args=args)
        records.deliveries.send(f"community:{records.community_id}", TROUBLE, one)


def _concerned(records: Records, failed: str, about: str) -> Sequence[Member]:
    """List who planned a session that is not announced, and who had it announced last."""
    if failed != ANNOUNCED or not about.startswith("session:"):
        return ()
    session = records.sessions.find(int(about.partition(":")[2]))
    announced = records.log.last([about], "announced")
    ids = (session.organiser_id if session else None, announced.by_id if announced else None)
    return records.members.many([id for id in dict.fromkeys(ids) if id])
