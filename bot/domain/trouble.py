"""Tells coordinators what did not go out or did not happen: once an hour for each way to fail."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from bot.domain.telling import awake
from storage import Records
from storage.deliveries import Wanted

TROUBLE = "community.trouble"


def report(records: Records, failed: str, args: Mapping[str, str], now: datetime) -> None:
    """Tell the coordinators what failed, and how; in the morning, if they sleep."""
    way = args["error"].partition(":")[0]
    kind = f"{failed}|{args.get('state', 'dead')}|{way}|{now:%Y-%m-%dT%H}"
    for member in records.members.with_role("coordinator"):
        at = awake(records, member, now, now + timedelta(days=1))
        one = Wanted(kind, at, member_id=member.id, args=args)
        records.deliveries.send(f"community:{records.community_id}", TROUBLE, one)
