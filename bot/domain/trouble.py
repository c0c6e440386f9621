"""Tells what did not go out or did not happen: coordinators, and whoever has just asked for it."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta

from bot.domain import lost_posts
from bot.domain.reminders import ANNOUNCED
from bot.domain.telling import tell
from storage import Records
from storage.deliveries import GONE, Delivery, Wanted
from storage.people import Member

TROUBLE = "community.trouble"
JUST = timedelta(minutes=10)
"""How long somebody who did something is surely awake, and waits for what comes of it."""


def actor_of(records: Records, row: Delivery, now: datetime) -> int | None:
    """Give who did just now what a delivery tells of: by its own word, or by the log's.

    Of a post that was deleted only those who may post it again: nobody did that to have it told.
    """
    acted = _acted(records, row, now)
    who = records.members.find(acted or 0)
    if who is None or row.error != GONE:
        return acted
    thing = lost_posts.missed(records, row, now)
    return acted if thing and lost_posts.may_post(records, row, thing, who) else None


def _acted(records: Records, row: Delivery, now: datetime) -> int | None:
    if row.by_id not in (None, row.member_id) and row.due_at > now - JUST:
        return row.by_id
    return records.log.by_since(row.about, now - JUST) if row.channel_id else None


def report(
    records: Records, failed: str, args: Mapping[str, str], now: datetime, acted: int | None = None
) -> None:
    """Tell the coordinators what failed, and how; in the morning, if they sleep.

    Whoever has just `acted`, so that it was to go out, is told at once, coordinator or not. Of an
    announcement hear those as well who planned the session and had it announced.
    """
    home = f"community:{records.community_id}"
    if acted is not None:
        asked = Wanted(f"{failed}|{now:%Y-%m-%dT%H:%M}", now, by_id=acted, args=args)
        tell(records, home, TROUBLE, asked, records.members.many([acted]))
    way = args["error"].partition(":")[0]
    # Coordinators hear once an hour of each way to fail.
    kind = f"{failed}|{args.get('state', 'dead')}|{way}|{now:%Y-%m-%dT%H}"
    about = args.get("about", "")
    kind = f"{about}|{kind}" if way == GONE else kind  # each is posted again by a button of its own
    hear = [one for one in _concerned(records, failed, about, now) if one.id != acted]
    one = Wanted(f"{about}|{way}|{now:%Y-%m-%dT%H}", now, args=args)
    tell(records, home, TROUBLE, one, hear)
    warn(records, home, Wanted(kind, now, args=args), [acted or 0, *(one.id for one in hear)])


def warn(records: Records, about: str, one: Wanted, but: Collection[int] = ()) -> None:
    """Tell the coordinators that something is wrong, but for those who hear of it otherwise."""
    people = [who for who in records.members.with_role("coordinator") if who.id not in but]
    tell(records, about, TROUBLE, one, people)


def _concerned(records: Records, failed: str, about: str, now: datetime) -> Sequence[Member]:
    """List who planned a session that is not announced, and who had it announced last.

    Of a post that was deleted, list who looks after what it was about.
    """
    if lost := records.lost_posts.about([about], failed):
        thing = lost_posts.missed(records, lost[-1], now)
        return lost_posts.keepers(records, lost[-1], thing) if thing else ()
    if failed != ANNOUNCED or not about.startswith("session:"):
        return ()
    session = records.sessions.find(int(about.partition(":")[2]))
    announced = records.log.last([about], "announced")
    ids = (session.organiser_id if session else None, announced.by_id if announced else None)
    return records.members.many([id for id in dict.fromkeys(ids) if id])
