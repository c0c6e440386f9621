"""Tells what did not go out or did not happen: coordinators, and whoever has just asked for it."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from bot.domain.telling import awake
from storage import Records
from storage.deliveries import Wanted

TROUBLE = "community.trouble"
JUST = timedelta(minutes=10)
"""How long somebody who did something is surely awake, and waits for what comes of it."""


def report(
    records: Records, failed: str, args: Mapping[str, str], now: datetime, about: str = ""
) -> None:
    """Tell the coordinators what failed, and how; in the morning, if they sleep.

    Whoever has just acted on the thing it is `about` is told at once, coordinator or not.
    """
    acted = records.log.by_since(about, now - JUST) if about else None
    if acted is not None:
        one = Wanted(f"{about}|{now:%Y-%m-%dT%H:%M}", now, member_id=acted, args=args)
        records.deliveries.send(f"community:{records.community_id}", TROUBLE, one)
    way = args["error"].partition(":")[0]
    # Coordinators hear once an hour of each way to fail.
    kind = f"{failed}|{args.get('state', 'dead')}|{way}|{now:%Y-%m-%dT%H}"
    for member in records.members.with_role("coordinator"):
        if member.id == acted:
            continue
        at = awake(records, member, now, now + timedelta(days=1))
        one = Wanted(kind, at, member_id=member.id, args=args)
        records.deliveries.send(f"community:{records.community_id}", TROUBLE, one)
